"""Working days and days off under the yearly schedules of the State Council. Pure: schedules and dates are passed in.

行政处罚法 第八十五条: the periods of two, three, five and seven days in that law are working days; its other periods
(fifteen, ninety days) are calendar days. 民法典 第二百零一条 to 第二百零三条 say how a calendar period is counted:
not from the day of the event itself, and to the next working day when it would end on a day off. 行政处罚法 has no
article of its own on that, so they are applied by analogy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearSchedule:
    """One year: weekdays that are off and weekend days that are worked (调休上班). ValueError for any other day."""

    year: int
    days_off: frozenset[dt.date]
    working_weekend_days: frozenset[dt.date]

    def __post_init__(self) -> None:
        if wrong := [day for day in self.days_off if day.year != self.year or _is_weekend(day)]:
            raise ValueError(f"{self.year}: not a weekday of the year: {min(wrong)}")
        if wrong := [
            day for day in self.working_weekend_days if day.year != self.year or not _is_weekend(day)
        ]:
            raise ValueError(f"{self.year}: not a weekend day of the year: {min(wrong)}")


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day found by counting; `unseeded_year` is the first year on the way whose schedule is not known."""

    day: dt.date
    unseeded_year: int | None = None

    @property
    def provisional(self) -> bool:
        """True when Monday to Friday was assumed for part of the way: count again once the schedule is out."""
        return self.unseeded_year is not None


@dataclass(frozen=True, slots=True)
class DayCount:
    """A number of working days; `unseeded_year` as in `CountedDay`."""

    days: int
    unseeded_year: int | None = None

    @property
    def provisional(self) -> bool:
        """True when Monday to Friday was assumed for some of the days."""
        return self.unseeded_year is not None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. In a year without a schedule Monday to Friday are, and results are provisional."""

    schedules: tuple[YearSchedule, ...]
    _by_year: Mapping[int, YearSchedule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_year = {schedule.year: schedule for schedule in self.schedules}
        if len(by_year) != len(self.schedules):
            raise ValueError("a year has two schedules")
        object.__setattr__(self, "_by_year", MappingProxyType(by_year))

    @property
    def years(self) -> frozenset[int]:
        """The years whose schedule is known."""
        return frozenset(self._by_year)

    def is_seeded(self, day: dt.date) -> bool:
        """Whether the schedule of the day's year is known."""
        return day.year in self._by_year

    def is_working_day(self, day: dt.date) -> bool:
        """A weekday that is not off, or a weekend day that is worked."""
        schedule = self._by_year.get(day.year)
        if schedule is None:
            return not _is_weekend(day)
        return day in schedule.working_weekend_days if _is_weekend(day) else day not in schedule.days_off

    def add_working_days(self, start: dt.date, n: int) -> CountedDay:
        """The n-th working day after `start`, which is not counted itself (民法典 第二百零一条). ValueError below one."""
        return self._step(start, n, ONE_DAY)

    def subtract_working_days(self, start: dt.date, n: int) -> CountedDay:
        """The n-th working day before `start`, which is not counted: the last lawful day for an act due n days before.

        Counting backward mirrors counting forward; that is our convention, no article says it. ValueError below one.
        """
        return self._step(start, n, -ONE_DAY)

    def roll_to_working_day(self, day: dt.date) -> CountedDay:
        """`day` itself if it is worked, else the first working day after it (民法典 第二百零三条)."""
        unseeded = self._unseeded(day)
        while not self.is_working_day(day):
            day += ONE_DAY
            unseeded = unseeded or self._unseeded(day)
        return CountedDay(day, unseeded)

    def count_working_days(self, after: dt.date, until: dt.date) -> DayCount:
        """Working days after `after`, up to and including `until`; nought when `until` is not later."""
        days, unseeded, day = 0, None, after
        while day < until:
            day += ONE_DAY
            days += self.is_working_day(day)
            unseeded = unseeded or self._unseeded(day)
        return DayCount(days, unseeded)

    def _step(self, start: dt.date, n: int, step: dt.timedelta) -> CountedDay:
        if n < 1:
            raise ValueError("count at least one working day")
        day, left, unseeded = start, n, None
        while left:
            day += step
            left -= self.is_working_day(day)
            unseeded = unseeded or self._unseeded(day)
        return CountedDay(day, unseeded)

    def _unseeded(self, day: dt.date) -> int | None:
        return None if self.is_seeded(day) else day.year


def _is_weekend(day: dt.date) -> bool:
    return day.weekday() >= SATURDAY
