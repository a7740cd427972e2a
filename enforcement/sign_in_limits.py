"""When too many wrong passwords or codes keep a name, or an address, from trying again. Pure.

Five failures within half an hour close the name for half an hour after the last of them, even for the right password;
fifty close the address they came from. Tries while closed do not count, or anybody could keep a name closed for good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

NAME_LIMIT = 5
# An office often shares one address: the second net is wider.
ADDRESS_LIMIT = 50
WINDOW = dt.timedelta(minutes=30)
CLOSED_FOR = dt.timedelta(minutes=30)
# A password that was right waits this long for its code.
CODE_WAIT = dt.timedelta(minutes=10)


def closed_until(failures: Sequence[dt.datetime], *, limit: int, now: dt.datetime) -> dt.datetime | None:
    """The moment from which a try counts again, None when one counts now. `failures` in any order."""
    latest = sorted(failures)[-limit:]
    if len(latest) < limit or latest[-1] - latest[0] > WINDOW:
        return None
    until = latest[-1] + CLOSED_FOR
    return until if now < until else None
