"""The due day of a case: which unit, which day, and the days left around weekends and holidays."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cases.deadlines import DueDay, decision_deadline, latest_filing_due_by, next_due, provisional_note
from cases.models import Case, CaseStatus
from enforcement.seed.work_calendar import read_work_calendar
from tests.case_builders import CaseWorld, make_case

CALENDAR = read_work_calendar()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def due(status: CaseStatus, start: str, today: str) -> DueDay:
    first = day(start)
    found = next_due(
        status=status,
        opened_on=first,
        issued_on=first,
        delivered_on=first,
        today=day(today),
        calendar=CALENDAR,
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("today", "days_left", "calendar_days_left"),
    [
        ("2025-09-26", 7, 17),
        ("2025-09-27", 7, 16),
        ("2025-09-28", 6, 15),  # a worked Sunday
        ("2025-09-30", 4, 13),
        ("2025-10-08", 4, 5),  # the holiday uses up no working day
        ("2025-10-11", 1, 2),
        ("2025-10-12", 1, 1),
        ("2025-10-13", 0, 0),
        ("2025-10-14", -1, -1),
        ("2025-10-20", -5, -7),
    ],
)
def test_delivery_is_counted_in_working_days(today: str, days_left: int, calendar_days_left: int) -> None:
    found = due(CaseStatus.DELIVERY, "2025-09-26", today)
    assert (found.due_on, found.unit, found.note) == (day("2025-10-13"), "个工作日", "")
    assert (found.days_left, found.calendar_days_left) == (days_left, calendar_days_left)


def test_a_missed_day_is_overdue_on_the_weekend_after_it() -> None:
    assert due(CaseStatus.DELIVERY, "2025-03-05", "2025-03-14").days_left == 0
    for today in ("2025-03-15", "2025-03-16", "2025-03-17"):
        assert due(CaseStatus.DELIVERY, "2025-03-05", today).days_left == -1
    assert due(CaseStatus.DELIVERY, "2025-03-05", "2025-03-18").days_left == -2


@pytest.mark.parametrize(
    ("status", "start", "due_on"),
    [
        (CaseStatus.INVESTIGATION, "2025-07-02", "2025-09-30"),
        (CaseStatus.DECISION, "2025-07-03", "2025-10-09"),
        (CaseStatus.NOTICE, "2025-06-30", "2025-09-28"),  # a worked Sunday
        (CaseStatus.EXECUTION, "2025-09-15", "2025-09-30"),
        (CaseStatus.EXECUTION, "2025-09-16", "2025-10-09"),
    ],
)
def test_long_periods_are_calendar_days_that_run_on_over_days_off(
    status: CaseStatus, start: str, due_on: str
) -> None:
    found = due(status, start, start)
    assert (found.due_on, found.unit) == (day(due_on), "日")
    assert found.days_left == found.calendar_days_left == (day(due_on) - day(start)).days


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.WITHDRAWN])
def test_an_ended_case_is_not_due(status: CaseStatus) -> None:
    first = day("2025-03-03")
    dates = {"opened_on": first, "issued_on": first, "delivered_on": first, "today": first}
    assert next_due(status=status, calendar=CALENDAR, **dates) is None


def test_a_day_in_a_year_without_schedule_says_that_it_may_move() -> None:
    assert due(CaseStatus.DELIVERY, "2026-12-22", "2026-12-22").note == ""
    assert due(CaseStatus.DELIVERY, "2026-12-23", "2026-12-23").note == "（2027 年放假安排公布前为暂定）"
    assert due(CaseStatus.INVESTIGATION, "2026-10-02", "2026-10-02").note == ""
    assert due(CaseStatus.INVESTIGATION, "2026-10-03", "2026-10-03").note == "（2027 年放假安排公布前为暂定）"
    assert provisional_note(2023, CALENDAR) == "（2023 年放假安排录入前为暂定）"


@given(st.dates(min_value=dt.date(2024, 1, 1), max_value=dt.date(2027, 6, 30)))
def test_the_latest_filing_is_the_last_one_due_by_that_day(by: dt.date) -> None:
    opened_on = latest_filing_due_by(by, CALENDAR)
    assert decision_deadline(opened_on, CALENDAR).due_on <= by
    assert decision_deadline(opened_on + dt.timedelta(days=1), CALENDAR).due_on > by


def test_cases_are_found_by_the_rolled_due_day(world: CaseWorld) -> None:
    opened_on = day("2025-07-03")  # ninety days end on 1 October, and run on to the 9th
    case = make_case(world, act_date=opened_on, found_on=opened_on, opened_on=opened_on)
    assert case.decision_due_on == day("2025-10-09")
    assert case.decision_due_note == ""
    assert not Case.objects.all().decision_due_by(day("2025-10-08")).exists()
    assert Case.objects.all().decision_due_by(day("2025-10-09")).get() == case


def test_the_page_shows_the_unit_and_the_note(world: CaseWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_on = day("2026-11-02")
    case = make_case(world, act_date=opened_on, found_on=opened_on, opened_on=opened_on)
    assert case.decision_due_on == day("2027-01-31")
    officer = Client()
    officer.force_login(world.accounts["officer"])
    monkeypatch.setattr("cases.web.pages.today", lambda: day("2026-11-20"))
    page = officer.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "剩 72 日" in page
    assert "2027年1月31日 · 立案起九十日内作出决定" in page
    assert "（2027 年放假安排公布前为暂定）" in page
