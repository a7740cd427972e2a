"""When a day's readings of personal data are unusual. Pure.

More than 100 in a day, or more than five times the person's own median of earlier days (security.md C6). The second
rule needs five earlier days with readings, and more than ten readings: otherwise every first busy day would ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

DAY_LIMIT = 100
MEDIAN_FACTOR = 5
MEDIAN_DAYS_NEEDED = 5
QUIET_UP_TO = 10
# How far back the own median looks, in calendar days.
WINDOW_DAYS = 60


@dataclass(frozen=True, slots=True)
class Unusual:
    """Which rule rang (`day_limit` or `own_median`), and the median it was compared with where there is one."""

    rule: str
    own_median: int | None


def unusual_reading(today: int, earlier_days: Sequence[int]) -> Unusual | None:
    """None for an ordinary day. `earlier_days` holds the counts of days with at least one reading."""
    usual = median_low(earlier_days) if len(earlier_days) >= MEDIAN_DAYS_NEEDED else None
    if today > DAY_LIMIT:
        return Unusual("day_limit", usual)
    if usual is not None and today > QUIET_UP_TO and today > MEDIAN_FACTOR * usual:
        return Unusual("own_median", usual)
    return None
