"""Counting working days around holidays, make-up weekends and the ends of years."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.seed.work_calendar import read_work_calendar
from enforcement.working_days import WorkCalendar, YearSchedule

SEEDED = read_work_calendar()
DAYS = st.dates(min_value=dt.date(2023, 6, 1), max_value=dt.date(2027, 6, 30))
COUNTS = st.integers(min_value=1, max_value=90)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        ("2024-02-09", True),  # the day before the holiday, a Friday
        ("2024-02-10", False),
        ("2024-02-16", False),
        ("2024-02-17", False),
        ("2024-02-18", True),  # a Sunday worked for it
        ("2024-02-25", False),  # an ordinary Sunday
        ("2024-09-14", True),
        ("2024-09-17", False),
        ("2024-09-18", True),
        ("2025-01-26", True),
        ("2025-01-27", True),
        ("2025-01-28", False),
        ("2025-02-04", False),
        ("2025-02-05", True),
        ("2025-02-08", True),
        ("2025-09-27", False),
        ("2025-09-28", True),
        ("2025-10-08", False),
        ("2025-10-09", True),
        ("2026-01-02", False),
        ("2026-01-03", False),
        ("2026-01-04", True),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-05-09", True),
        ("2026-05-10", False),
        ("2026-12-31", True),
        ("2027-01-01", True),  # not known yet: a Friday is assumed to be worked
        ("2027-01-02", False),
    ],
)
def test_worked_or_off(on: str, worked: bool) -> None:
    assert SEEDED.is_working_day(day(on)) is worked


@pytest.mark.parametrize(
    ("year", "working_days"),
    [(2024, 262 - 19 + 8), (2025, 261 - 18 + 5), (2026, 261 - 19 + 6)],
)
def test_a_year_has_its_weekdays_less_days_off_and_more_made_up(year: int, working_days: int) -> None:
    counted = SEEDED.count_working_days(dt.date(year - 1, 12, 31), dt.date(year, 12, 31))
    assert (counted.days, counted.provisional) == (working_days, False)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2025-03-03", 1, "2025-03-04"),
        ("2025-03-07", 1, "2025-03-10"),  # Friday to Monday
        ("2025-03-08", 1, "2025-03-10"),  # from a day off
        ("2025-09-29", 2, "2025-10-09"),
        ("2025-09-29", 1, "2025-09-30"),
        ("2025-09-30", 2, "2025-10-10"),
        ("2025-09-30", 3, "2025-10-11"),  # a worked Saturday counts
        ("2025-09-30", 4, "2025-10-13"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2025-12-30", 7, "2026-01-09"),
        ("2026-12-30", 1, "2026-12-31"),
    ],
)
def test_adding(start: str, n: int, end: str) -> None:
    found = SEEDED.add_working_days(day(start), n)
    assert (found.day, found.provisional) == (day(end), False)


@pytest.mark.parametrize(
    ("event", "n", "last"),
    [
        ("2025-10-09", 1, "2025-09-30"),
        ("2025-10-09", 3, "2025-09-28"),
        ("2025-10-13", 7, "2025-09-26"),
        ("2026-01-05", 1, "2026-01-04"),
        ("2026-01-05", 2, "2025-12-31"),
    ],
)
def test_subtracting(event: str, n: int, last: str) -> None:
    found = SEEDED.subtract_working_days(day(event), n)
    assert (found.day, found.provisional) == (day(last), False)


@pytest.mark.parametrize(
    ("on", "rolled"),
    [
        ("2025-09-30", "2025-09-30"),
        ("2025-10-01", "2025-10-09"),
        ("2025-10-08", "2025-10-09"),
        ("2025-10-11", "2025-10-11"),
        ("2025-10-12", "2025-10-13"),
        ("2024-02-10", "2024-02-18"),
        ("2026-01-01", "2026-01-04"),
    ],
)
def test_rolling(on: str, rolled: str) -> None:
    found = SEEDED.roll_to_working_day(day(on))
    assert (found.day, found.provisional) == (day(rolled), False)


@pytest.mark.parametrize(
    ("start", "n", "end", "year"),
    [
        ("2026-12-24", 5, "2026-12-31", None),
        ("2026-12-24", 6, "2027-01-01", 2027),
        ("2026-12-31", 2, "2027-01-04", 2027),
        ("2023-12-29", 1, "2024-01-02", 2023),  # 30 and 31 December 2023 are not recorded
        ("2023-12-31", 1, "2024-01-02", None),
    ],
)
def test_a_year_without_schedule_makes_the_result_provisional(
    start: str, n: int, end: str, year: int | None
) -> None:
    found = SEEDED.add_working_days(day(start), n)
    assert (found.day, found.unseeded_year) == (day(end), year)
    assert found.provisional is (year is not None)


def test_rolling_and_counting_into_an_unknown_year_is_provisional() -> None:
    assert SEEDED.roll_to_working_day(day("2027-01-02")).day == day("2027-01-04")
    assert SEEDED.roll_to_working_day(day("2027-01-02")).unseeded_year == 2027
    assert SEEDED.roll_to_working_day(day("2027-01-06")).provisional
    assert not SEEDED.count_working_days(day("2026-12-01"), day("2026-12-31")).provisional
    assert SEEDED.count_working_days(day("2026-12-01"), day("2027-01-01")).unseeded_year == 2027


def test_counting_leaves_out_the_first_day_and_nothing_runs_backward() -> None:
    assert SEEDED.count_working_days(day("2025-09-26"), day("2025-10-13")).days == 7
    assert SEEDED.count_working_days(day("2025-10-13"), day("2025-10-13")).days == 0
    assert SEEDED.count_working_days(day("2025-10-14"), day("2025-10-13")).days == 0


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_day_cannot_be_counted(n: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        SEEDED.add_working_days(day("2025-03-03"), n)
    with pytest.raises(ValueError, match="at least one"):
        SEEDED.subtract_working_days(day("2025-03-03"), n)


@given(start=DAYS, n=COUNTS)
def test_counting_undoes_adding(start: dt.date, n: int) -> None:
    end = SEEDED.add_working_days(start, n)
    assert SEEDED.is_working_day(end.day)
    assert SEEDED.count_working_days(start, end.day).days == n
    assert SEEDED.count_working_days(start, end.day).unseeded_year == end.unseeded_year


@given(start=DAYS, n=COUNTS)
def test_subtracting_undoes_adding_from_a_working_day(start: dt.date, n: int) -> None:
    worked = SEEDED.roll_to_working_day(start).day
    assert SEEDED.subtract_working_days(SEEDED.add_working_days(worked, n).day, n).day == worked


@given(start=DAYS)
def test_rolling_twice_is_rolling_once_and_never_passes_a_working_day(start: dt.date) -> None:
    rolled = SEEDED.roll_to_working_day(start).day
    assert SEEDED.roll_to_working_day(rolled).day == rolled
    assert rolled >= start
    assert SEEDED.count_working_days(start, rolled).days == (0 if rolled == start else 1)


def test_the_known_years() -> None:
    assert SEEDED.years == {2024, 2025, 2026}
    assert SEEDED.is_seeded(day("2024-01-01"))
    assert not SEEDED.is_seeded(day("2023-12-31"))


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (["2025-10-04"], []),  # a Saturday is off anyway
        (["2026-10-01"], []),  # another year
        ([], ["2025-10-09"]),  # a Thursday is worked anyway
    ],
)
def test_a_schedule_refuses_days_that_change_nothing(off: list[str], worked: list[str]) -> None:
    with pytest.raises(ValueError, match="2025"):
        YearSchedule(2025, frozenset(map(day, off)), frozenset(map(day, worked)))


def test_a_year_has_one_schedule() -> None:
    with pytest.raises(ValueError, match="two schedules"):
        WorkCalendar((YearSchedule(2025, frozenset(), frozenset()),) * 2)
