"""How statutory periods end: units, rolls, extensions, excluded time, and rules of one field of enforcement."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.deadline_rules import (
    Approver,
    DeadlineRule,
    Extension,
    Period,
    PeriodUnit,
    Roll,
    add_months,
    applicable_rule,
    deadline,
)
from enforcement.seed.deadline_rules import read_deadline_rules
from enforcement.seed.work_calendar import read_work_calendar

CALENDAR = read_work_calendar()
RULES = read_deadline_rules()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def rule(length: int, unit: PeriodUnit, **more: object) -> DeadlineRule:
    return DeadlineRule("X", "某条", (Period("x", "某事", length, unit, **more),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("length", "unit", "start", "due", "unrolled"),
    [
        (10, PeriodUnit.CALENDAR_DAY, "2025-09-20", "2025-09-30", "2025-09-30"),
        (11, PeriodUnit.CALENDAR_DAY, "2025-09-20", "2025-10-09", "2025-10-01"),
        (21, PeriodUnit.CALENDAR_DAY, "2025-09-20", "2025-10-11", "2025-10-11"),
        (22, PeriodUnit.CALENDAR_DAY, "2025-09-20", "2025-10-13", "2025-10-12"),
        (10, PeriodUnit.WORKING_DAY, "2025-09-20", "2025-10-10", "2025-10-10"),
        (1, PeriodUnit.MONTH, "2025-01-31", "2025-02-28", "2025-02-28"),
        (3, PeriodUnit.MONTH, "2025-11-01", "2026-02-02", "2026-02-01"),
        (1, PeriodUnit.YEAR, "2024-02-29", "2025-02-28", "2025-02-28"),
    ],
)
def test_a_period_ends(length: int, unit: PeriodUnit, start: str, due: str, unrolled: str) -> None:
    end = deadline(rule=rule(length, unit), start=day(start), calendar=CALENDAR)
    assert (end.due_on, end.unrolled, end.provisional) == (day(due), day(unrolled), False)


def test_a_ceiling_does_not_run_on() -> None:
    ceiling = rule(11, PeriodUnit.CALENDAR_DAY, roll=Roll.NONE)
    assert deadline(rule=ceiling, start=day("2025-09-20"), calendar=CALENDAR).due_on == day("2025-10-01")


def test_a_backward_period_lies_before_its_event_and_is_not_cut_short() -> None:
    before = rule(3, PeriodUnit.WORKING_DAY, backward=True)
    assert deadline(rule=before, start=day("2025-10-10"), calendar=CALENDAR).due_on == day("2025-09-29")
    before = rule(5, PeriodUnit.CALENDAR_DAY, backward=True)
    assert deadline(rule=before, start=day("2025-10-10"), calendar=CALENDAR).due_on == day("2025-10-05")


@pytest.mark.parametrize(
    ("length", "unit", "start", "due", "year"),
    [
        (7, PeriodUnit.CALENDAR_DAY, "2026-12-24", "2026-12-31", None),
        (8, PeriodUnit.CALENDAR_DAY, "2026-12-24", "2027-01-01", 2027),
        (9, PeriodUnit.CALENDAR_DAY, "2026-12-24", "2027-01-02", 2027),  # a Saturday, and not rolled
        (7, PeriodUnit.WORKING_DAY, "2026-12-24", "2027-01-04", 2027),
        (5, PeriodUnit.WORKING_DAY, "2026-12-24", "2026-12-31", None),
    ],
)
def test_a_day_of_an_unknown_year_is_provisional(
    length: int, unit: PeriodUnit, start: str, due: str, year: int | None
) -> None:
    end = deadline(rule=rule(length, unit), start=day(start), calendar=CALENDAR)
    assert (end.due_on, end.unseeded_year) == (day(due), year)


@pytest.mark.parametrize(
    ("extension", "approver", "due"),
    [
        (0, None, "2025-03-31"),
        (20, Approver.HEAD, "2025-04-21"),  # the 20th is a Sunday
        (20, None, "2025-04-21"),
        (21, Approver.HEAD, "2025-03-31"),
        (21, None, "2025-03-31"),
        (21, Approver.COLLECTIVE, "2025-04-21"),
        (22, Approver.COLLECTIVE, "2025-04-22"),
    ],
)
def test_an_extension_counts_when_the_right_person_grants_it(
    extension: int, approver: Approver | None, due: str
) -> None:
    terms = Extension(length=20, beyond=Approver.COLLECTIVE)
    end = deadline(
        rule=rule(30, PeriodUnit.CALENDAR_DAY, extension=terms),
        start=day("2025-03-01"),
        calendar=CALENDAR,
        extension=extension,
        extension_approved_by=approver,
    )
    assert end.due_on == day(due)


def test_without_a_term_for_it_an_extension_changes_nothing() -> None:
    end = deadline(
        rule=rule(30, PeriodUnit.CALENDAR_DAY), start=day("2025-03-01"), calendar=CALENDAR, extension=1
    )
    assert end.due_on == day("2025-03-31")


def test_only_days_on_a_ground_of_the_rule_are_left_out() -> None:
    period = Period("x", "某事", 30, PeriodUnit.CALENDAR_DAY)
    terms = DeadlineRule("X", "某条", (period,), excluded=frozenset({"testing", "hearing"}))
    left_out = {"testing": 3, "hearing": 4, "travel": 100}
    end = deadline(rule=terms, start=day("2025-03-01"), calendar=CALENDAR, excluded_days=left_out)
    assert end.due_on == day("2025-04-07")


def test_wrong_terms_are_refused() -> None:
    with pytest.raises(ValueError, match="calendar days"):
        DeadlineRule(
            "X", "某条", (Period("x", "某事", 7, PeriodUnit.WORKING_DAY),), excluded=frozenset({"testing"})
        )
    for wrong in ({"extension": -1}, {"excluded_days": {"testing": -1}}):
        with pytest.raises(ValueError, match="nought"):
            deadline(
                rule=rule(30, PeriodUnit.CALENDAR_DAY), start=day("2025-03-01"), calendar=CALENDAR, **wrong
            )


def test_a_field_of_enforcement_has_its_own_rule() -> None:
    assert applicable_rule(RULES, rule_id="APL-60-90DAYS").id == "APL-60-90DAYS"
    assert applicable_rule(RULES, rule_id="APL-60-90DAYS", domain="none").id == "APL-60-90DAYS"
    assert applicable_rule(RULES, rule_id="APL-60-90DAYS", domain="market").id == "SAMR-64-90"
    assert applicable_rule(RULES, rule_id="SAMR-64-90", domain="market").id == "SAMR-64-90"
    with pytest.raises(ValueError, match="market"):
        applicable_rule(RULES, rule_id="SAMR-64-90", domain="none")
    with pytest.raises(KeyError):
        applicable_rule(RULES, rule_id="NO-SUCH-RULE")


def test_a_period_is_chosen_by_code_or_length() -> None:
    hearing = RULES["APL-64-HEARING-TIME"]
    assert hearing.period().code == "request"
    assert hearing.period(code="notify").length == 7
    assert hearing.period(length=7).backward
    with pytest.raises(ValueError, match="no period"):
        hearing.period(length=6)


def test_short_periods_of_the_penalty_law_are_working_days_and_long_ones_are_not() -> None:
    """行政处罚法 第八十五条."""
    penalty_law = [one for one in RULES.values() if one.source.startswith("行政处罚法")]
    assert len(penalty_law) == 7
    for one in penalty_law:
        for period in one.periods:
            assert (period.unit is PeriodUnit.WORKING_DAY) is (period.length in (2, 3, 5, 7)), one.id


def test_every_replacing_rule_exists() -> None:
    replacing = {other for one in RULES.values() for other in one.domain_rules.values()}
    assert replacing
    assert replacing <= set(RULES)


@given(
    start=st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1)),
    months=st.integers(min_value=-600, max_value=600),
)
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(start: dt.date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + dt.timedelta(days=1)).day == 1)
