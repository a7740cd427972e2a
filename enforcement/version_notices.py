"""Which notices a published version asks for by a day, for the agencies that apply it. Pure: dates in, dates out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

TRIAL_NOTICE_DAYS = 30


class NoticeKind(StrEnum):
    PUBLISHED = "published"
    TAKES_EFFECT = "takes_effect"
    TRIAL_ENDING = "trial_ending"
    REPEALED = "repealed"


NOTICE_LABELS = {
    NoticeKind.PUBLISHED: "新版本发布",
    NoticeKind.TAKES_EFFECT: "开始施行",
    NoticeKind.TRIAL_ENDING: "试行即将届满",
    NoticeKind.REPEALED: "废止",
}


@dataclass(frozen=True, slots=True)
class VersionDates:
    """The days of a version that notices hang on. `effective_until` and `repealed_from` are first days without effect;
    a later version replaces it from `replaced_from` on, published on `successor_published_on`.
    """

    published_on: dt.date
    effective_from: dt.date
    effective_until: dt.date | None = None
    replaced_from: dt.date | None = None
    successor_published_on: dt.date | None = None
    repealed_from: dt.date | None = None
    repeal_published_on: dt.date | None = None


def notices_due(dates: VersionDates, *, today: dt.date) -> Iterator[tuple[NoticeKind, dt.date]]:
    """Each notice with its day, when that day has come. What is due does not depend on when somebody asks:

    a later act only drops a notice when it was known by the notice's own day.
    """
    for kind, day in _planned(dates):
        if day <= today and not _is_dropped(dates, kind, day):
            yield kind, day


def _planned(dates: VersionDates) -> Iterator[tuple[NoticeKind, dt.date]]:
    yield NoticeKind.PUBLISHED, dates.published_on
    if dates.effective_from > dates.published_on:
        yield NoticeKind.TAKES_EFFECT, dates.effective_from
    if dates.effective_until is not None:
        warned = dates.effective_until - dt.timedelta(days=TRIAL_NOTICE_DAYS)
        yield NoticeKind.TRIAL_ENDING, max(warned, dates.published_on)
    if dates.repeal_published_on is not None:
        yield NoticeKind.REPEALED, dates.repeal_published_on


def _is_dropped(dates: VersionDates, kind: NoticeKind, day: dt.date) -> bool:
    """A version that no longer holds, or never will, neither begins nor runs out."""
    if kind not in (NoticeKind.TAKES_EFFECT, NoticeKind.TRIAL_ENDING):
        return False
    ended_by_successor = _ended(dates.replaced_from, dates.successor_published_on, day)
    return ended_by_successor or _ended(dates.repealed_from, dates.repeal_published_on, day)


def _ended(from_day: dt.date | None, known_on: dt.date | None, day: dt.date) -> bool:
    return from_day is not None and known_on is not None and from_day <= day and known_on <= day
