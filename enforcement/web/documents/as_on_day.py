"""What of a document applied on a day that a reader names: “当时的内容”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from enforcement.models import RuleVersion
from enforcement.typed_dates import read_date
from enforcement.web.documents.day_asked import LONGEST, NOT_A_DAY, version_on
from enforcement.wording import date_zh


@dataclass(frozen=True, slots=True)
class AskedDay:
    """What was asked, the version that applied, and the sentence that says so. `version` is None where none applied."""

    text: str
    day: dt.date | None
    version: RuleVersion | None
    sentence: str


def asked_day(text: str, versions: Sequence[RuleVersion], *, today: dt.date) -> AskedDay | None:
    """None where no day was asked. `versions` are all published ones of one document."""
    text = text.strip()[:LONGEST]
    if not text:
        return None
    day = read_date(text)
    if day is None:
        return AskedDay(text, None, None, NOT_A_DAY)
    version = version_on(versions, day)
    return AskedDay(text, day, version, _sentence(day, version, versions, today))


def _sentence(
    day: dt.date, version: RuleVersion | None, versions: Sequence[RuleVersion], today: dt.date
) -> str:
    if version is None:
        begins = min((one.effective_from for one in versions if one.effective_from), default=None)
        since = f"最早的版本自{date_zh(begins)}起生效。" if begins and day < begins else ""
        return f"{date_zh(day)}没有适用的版本。{since}"
    words = f"{date_zh(day)}适用的是第 {version.number} 版。"
    announced = timezone.localdate(version.published_at) if version.published_at else day
    if announced > day:
        words += f"它在{date_zh(announced)}才公布，当天还查不到。"
    if day > today:
        words += "这一天还没有到，以后公布的新版可能改变它。"
    return words
