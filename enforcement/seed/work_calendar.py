"""Reads the yearly schedules of days off from `work_calendar.yaml` (source in docs/data_sources.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from enforcement.working_days import SATURDAY, WorkCalendar, YearSchedule

WORK_CALENDAR_FILE = Path(__file__).with_name("work_calendar.yaml")


@cache
def read_work_calendar() -> WorkCalendar:
    """The calendar of every year in the file, read once. ValueError if a make-up day is no weekend day."""
    years = yaml.safe_load(WORK_CALENDAR_FILE.read_text(encoding="utf-8"))
    return WorkCalendar(tuple(_year_schedule(year) for year in years))


def _year_schedule(year: dict[str, Any]) -> YearSchedule:
    holidays = year["holidays"]
    return YearSchedule(
        year=year["year"],
        days_off=frozenset(day for holiday in holidays for day in _weekdays(holiday)),
        working_weekend_days=frozenset(day for holiday in holidays for day in holiday["working"]),
    )


def _weekdays(holiday: dict[str, Any]) -> Iterator[dt.date]:
    """The days of a holiday that would otherwise be worked."""
    day: dt.date = holiday["first"]
    while day <= holiday["last"]:
        if day.weekday() < SATURDAY:
            yield day
        day += dt.timedelta(days=1)
