"""“当时的内容”: the day of `?on=` on public pages of documents, as people type it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from enforcement.models import RuleVersion
from enforcement.selectors.documents import Validity, place_in_time
from enforcement.typed_dates import read_date

NOT_A_DAY = "没有认出这个日期。请写成 2026-03-01 或者 2026年3月1日。"
LONGEST = 20


@dataclass(frozen=True, slots=True)
class DayAsked:
    """What was typed; its day, None when nothing was typed or it is no day; what is wrong with it, in Chinese."""

    text: str = ""
    day: dt.date | None = None
    problem: str = ""


def day_asked(request: HttpRequest) -> DayAsked:
    """The day a reader asks for."""
    text = request.GET.get("on", "").strip()[:LONGEST]
    if not text:
        return DayAsked()
    day = read_date(text)
    return DayAsked(text, day, "" if day is not None else NOT_A_DAY)


def version_on(versions: Iterable[RuleVersion], day: dt.date) -> RuleVersion | None:
    """The version of one document in force on the day."""
    placed = place_in_time(versions, on=day)
    return next((row.version for row in placed if row.validity is Validity.IN_FORCE), None)
