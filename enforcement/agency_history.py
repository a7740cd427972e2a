"""What an agency was called on a day, and whether it may still begin something. Pure over loaded rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

from enforcement.errors import Refusal
from enforcement.wording import date_zh


class NameSpan(Protocol):
    """A name borne on some days."""

    @property
    def name(self) -> str: ...

    def covers(self, day: dt.date) -> bool: ...


def name_on(day: dt.date, *, current: str, earlier: Iterable[NameSpan]) -> str:
    """The name on that day: an earlier one whose span holds the day, else the current one."""
    return next((one.name for one in earlier if one.covers(day)), current)


def refuse_after_end(
    *,
    name: str,
    established_on: dt.date | None,
    ended_on: dt.date | None,
    successors: Sequence[str],
    on: dt.date,
) -> Refusal | None:
    """Why an agency cannot open a case on `on`: it is not yet there, or its last day has passed."""
    if established_on is not None and on < established_on:
        return Refusal(
            "agency_not_yet",
            f"{name}自{date_zh(established_on)}设立，{date_zh(on)}还不能立案。请核对立案日期。",
        )
    if ended_on is None or on <= ended_on:
        return None
    to = f"由{'、'.join(successors)}立案" if successors else "由承接其职责的机关立案"
    return Refusal("agency_ended", f"{name}的最后执法日是{date_zh(ended_on)}，此后不能立案。请{to}。")
