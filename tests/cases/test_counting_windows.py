"""First violations within any window: the family of counted facts, its boundaries to the day, and what a case computes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Case
from cases.selectors.analysis import analysis_input
from cases.selectors.computed_facts import computed_facts, is_within
from enforcement.conditions.describe import describe
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.tree import Compare, Operator
from enforcement.conditions.vocabulary import STANDARD, FactType
from enforcement.conditions.vocabulary.counting_windows import (
    COUNTED,
    OFFENCES,
    PUNISHMENTS,
    CountingWindow,
    window_of,
)
from tests.case_builders import (
    NOT_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    list_entry,
    make_case,
    make_party,
    publish_list,
)

WINDOWS = st.builds(CountingWindow, st.sampled_from(COUNTED), st.none() | st.integers(1, 60)) | st.builds(
    CountingWindow, st.sampled_from(COUNTED), st.none(), st.just(True)
)


@given(window=WINDOWS)
def test_every_window_is_a_fact_found_by_its_code(window: CountingWindow) -> None:
    assert window_of(window.code) == window
    definition = STANDARD[window.code]
    assert (definition.code, definition.type, definition.unit) == (window.code, FactType.INTEGER, "次")
    assert (
        definition.computed and definition.label.endswith("（含本次）") and definition.question.endswith("？")
    )
    leaf = parse_condition({"fact": window.code, "op": "eq", "value": 1}, STANDARD)
    assert describe(leaf, STANDARD).startswith(window.span or "首次")


@pytest.mark.parametrize(
    "code",
    [
        "offence_count_0m",
        "offence_count_61m",
        "offence_count_06m",
        "offence_count_m",
        "offence_count_１２m",
        "offence_count_12",
        "offence_count_12m_24m",
        "list_matter_count_12m",
        "offence_count_calendar_year_12m",
    ],
)
def test_other_codes_are_no_facts(code: str) -> None:
    assert window_of(code) is None and code not in STANDARD


def test_the_windows_are_not_listed_one_by_one() -> None:
    assert "offence_count_18m" in STANDARD and "offence_count_18m" not in list(STANDARD)


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        ("offence_count", 1, "首次被发现同类违法"),
        ("offence_count_12m", 1, "近一年内首次被发现同类违法"),
        ("offence_count_18m", 1, "近18个月内首次被发现同类违法"),
        ("punishment_count_24m", 1, "近两年内首次因同类违法受处罚"),
        ("punishment_count_calendar_year", 1, "本年度内首次因同类违法受处罚"),
        ("offence_count_18m", 2, "近18个月内同类违法次数（含本次）为2次"),
    ],
)
def test_a_first_time_is_said_in_plain_words(code: str, value: int, sentence: str) -> None:
    assert describe(Compare(code, Operator.EQ, value), STANDARD) == sentence


def days(earlier: str, counted_on: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(earlier), dt.date.fromisoformat(counted_on)


@pytest.mark.parametrize(
    ("code", "earlier", "counted_on", "inside"),
    [
        # The day before, the day, the day after the same day of the month.
        ("offence_count_12m", "2025-03-10", "2026-03-09", True),
        ("offence_count_12m", "2025-03-10", "2026-03-10", True),
        ("offence_count_12m", "2025-03-10", "2026-03-11", False),
        ("offence_count_18m", "2025-05-17", "2026-11-17", True),
        ("offence_count_18m", "2025-05-16", "2026-11-17", False),
        ("punishment_count_24m", "2024-11-17", "2026-11-17", True),
        ("punishment_count_24m", "2024-11-16", "2026-11-17", False),
        ("offence_count_1m", "2026-10-17", "2026-11-17", True),
        ("offence_count_1m", "2026-10-16", "2026-11-17", False),
        ("offence_count_60m", "2021-11-17", "2026-11-17", True),
        ("offence_count_60m", "2021-11-16", "2026-11-17", False),
        # From 29 February a year ends on 28 February; to 29 February it began on that of last year plus one.
        ("offence_count_12m", "2024-02-29", "2025-02-28", True),
        ("offence_count_12m", "2024-02-29", "2025-03-01", False),
        ("offence_count_12m", "2023-02-28", "2024-02-28", True),
        ("offence_count_12m", "2023-02-28", "2024-02-29", False),
        ("offence_count_12m", "2023-03-01", "2024-02-29", True),
        # A month that is too short ends on its last day.
        ("offence_count_1m", "2026-01-31", "2026-02-28", True),
        ("offence_count_1m", "2026-01-31", "2026-03-01", False),
        # The calendar year begins on 1 January.
        ("offence_count_calendar_year", "2026-01-01", "2026-11-17", True),
        ("offence_count_calendar_year", "2025-12-31", "2026-01-01", False),
        ("punishment_count_calendar_year", "2025-12-31", "2025-12-31", True),
        # Without a window everything counts.
        ("offence_count", "1999-01-01", "2026-11-17", True),
    ],
)
def test_windows_end_to_the_day(code: str, earlier: str, counted_on: str, inside: bool) -> None:
    window = window_of(code)
    assert window is not None
    assert is_within(window, *days(earlier, counted_on)) is inside


@given(
    day=st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
    reference=st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
    months=st.integers(1, 59),
)
def test_a_longer_window_holds_whatever_a_shorter_one_holds(
    day: dt.date, reference: dt.date, months: int
) -> None:
    shorter, longer = (CountingWindow(OFFENCES, count) for count in (months, months + 1))
    assert not is_within(shorter, day, reference) or is_within(longer, day, reference)


@pytest.mark.django_db
def test_a_case_computes_the_windows_its_rules_ask_for(world: CaseWorld) -> None:
    party = make_party(world)
    found = dt.date(2026, 5, 17)
    first = make_case(world, party=party, act_date=dt.date(2026, 5, 1), found_on=found, opened_on=found)
    decide(world, answer(world, first, NOT_CORRECTED))
    second = make_case(world, party=party)
    codes = ["offence_count_5m", "offence_count_6m", "punishment_count_1m", "punishment_count_calendar_year"]
    counted = {code: computed_facts(second, codes)[code].value for code in codes}
    # Found half a year to the day before; punished today, whenever it was committed.
    assert counted == {
        "offence_count_5m": 1,
        "offence_count_6m": 2,
        "punishment_count_1m": 2,
        "punishment_count_calendar_year": 2,
    }
    assert "offence_count_7m" not in computed_facts(second, codes)


@pytest.mark.django_db
def test_the_analysis_asks_for_the_window_of_the_list(world: CaseWorld) -> None:
    tree = {"all": [{"fact": "punishment_count_18m", "op": "eq", "value": 1}]}
    publish_list(world, [list_entry(condition=tree)], slug="window-list")
    case = Case.objects.for_reading().get(pk=make_case(world).pk)
    inputs = analysis_input(case, today=TODAY)
    assert inputs.records["punishment_count_18m"].value == 1
    assert inputs.records["punishment_count_18m"].note == "本系统查询，无此前记录"
    assert {
        window.code for code in inputs.records if (window := window_of(code)) and window.months == 18
    } == {CountingWindow(PUNISHMENTS, 18).code}
