"""May a delegate act for the agency that delegated: by matter, authority and term, each side of every boundary."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from enforcement.delegation_rules import (
    COMPULSION,
    IntendedAct,
    Mandate,
    agency_key,
    delegated_further,
    may_act_for,
    scope_problems,
)

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
ONE_DAY = dt.timedelta(days=1)
BUREAU, TOWN, OTHER = 1, 2, 3
MANDATE = Mandate(
    agency_id=BUREAU,
    delegate_key=agency_key(TOWN),
    acts=frozenset({"penalty"}),
    violation_codes=frozenset({"CSGL-001"}),
    penalty_kinds=frozenset({"warning", "fine"}),
    valid_from=FIRST,
    last_day=LAST,
)
FINE = IntendedAct("penalty", "CSGL-001", frozenset({"fine"}))


def answer(
    intended: IntendedAct = FINE,
    *,
    on: dt.date = FIRST,
    mandates: tuple[Mandate, ...] = (MANDATE,),
    **who: int,
) -> str | None:
    refusal = may_act_for(
        delegate_key=agency_key(who.get("delegate", TOWN)),
        agency_id=who.get("agency", BUREAU),
        intended=intended,
        mandates=mandates,
        on=on,
    )
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (FIRST - ONE_DAY, "delegation_not_begun"),
        (FIRST, None),
        (LAST, None),
        (LAST + ONE_DAY, "delegation_ended"),
    ],
    ids=["day before", "first day", "last day", "day after"],
)
def test_the_term_counts_its_first_and_its_last_day(on: dt.date, expected: str | None) -> None:
    assert answer(on=on) == expected


@pytest.mark.parametrize(
    ("intended", "expected"),
    [
        (FINE, None),
        (IntendedAct("penalty", "CSGL-001", frozenset({"fine", "warning"})), None),
        (IntendedAct("penalty", "CSGL-001", frozenset({"fine", "stop_business"})), "penalty_not_delegated"),
        (IntendedAct("penalty", "CSGL-002", frozenset({"fine"})), "matter_not_delegated"),
        (IntendedAct("inspection", "CSGL-001"), "act_not_delegated"),
        (IntendedAct(COMPULSION, "CSGL-001"), "compulsion_not_delegable"),
    ],
)
def test_matter_authority_and_act_must_all_be_delegated(intended: IntendedAct, expected: str | None) -> None:
    assert answer(intended) == expected


def test_without_codes_every_matter_of_the_line_is_covered() -> None:
    whole = replace(MANDATE, violation_codes=None)
    assert answer(IntendedAct("penalty", "CSGL-999", frozenset({"fine"})), mandates=(whole,)) is None


@pytest.mark.parametrize("who", [{"delegate": OTHER}, {"agency": OTHER}])
def test_only_between_the_two_that_signed(who: dict[str, int]) -> None:
    assert answer(**who) == "no_delegation"


def test_two_documents_are_never_added_up() -> None:
    """One gives the matter with a warning only, the other a fine for another matter."""
    first = replace(MANDATE, penalty_kinds=frozenset({"warning"}))
    second = replace(MANDATE, violation_codes=frozenset({"CSGL-002"}))
    assert answer(mandates=(first, second)) == "penalty_not_delegated"
    assert answer(mandates=(first, second, MANDATE)) is None


@pytest.mark.parametrize(
    ("matters", "is_refused"),
    [
        ("违反市容管理规定行为的行政处罚", False),
        ("查封经营场所", True),
        ("行政处罚及相关行政强制措施", True),
        ("市容类行政处罚，查封、扣押等行政强制措施除外", False),
        ("市容类行政处罚，不含扣押；查封设施", True),
    ],
)
def test_compulsory_measures_are_found_in_the_words_of_the_scope(matters: str, is_refused: bool) -> None:
    assert bool(scope_problems(matters)) is is_refused


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (LAST + ONE_DAY, LAST + 9 * ONE_DAY, None),
        (LAST, LAST + 9 * ONE_DAY, "delegated_further"),
        (FIRST - 9 * ONE_DAY, FIRST, "delegated_further"),
        (FIRST - 9 * ONE_DAY, FIRST - ONE_DAY, None),
    ],
)
def test_who_acts_by_delegation_does_not_delegate_in_the_same_days(
    first: dt.date, last: dt.date, expected: str | None
) -> None:
    refusal = delegated_further(
        delegating_key=agency_key(TOWN),
        delegate_key=agency_key(OTHER),
        first=first,
        last=last,
        others=[MANDATE],
    )
    assert (refusal.code if refusal else None) == expected


def test_who_delegates_does_not_become_a_delegate_in_the_same_days() -> None:
    refusal = delegated_further(
        delegating_key=agency_key(OTHER),
        delegate_key=agency_key(BUREAU),
        first=FIRST,
        last=LAST,
        others=[MANDATE],
    )
    assert refusal is not None
    assert refusal.code == "delegate_delegates"
