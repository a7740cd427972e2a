"""Which entries match the facts of a case, and which entries are looked at for a violation."""

from __future__ import annotations

import datetime as dt

import pytest

from enforcement.conditions.evaluate import Truth
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.vocabulary import STANDARD
from enforcement.models import DocumentKind, Violation
from enforcement.selectors.documents import versions_in_force
from exemption_lists.matching import ABSENT_PREFIX, MatchableEntry, absent_fact, exclusion_of, match_entry
from exemption_lists.models import ListEntry
from exemption_lists.selectors import entries_of_versions
from exemption_lists.services.edit_entry import set_condition
from tests.builders import (
    PRICE_TAG,
    SPRING,
    draft_list,
    entry_fields,
    entry_of,
    publish,
    publish_list,
    publish_next,
)
from tests.cast import COUNTY, ECOLOGY, MARKET, Cast, raise_cast

FIRST_AND_CORRECTED = {
    "all": [
        {"fact": "offence_count", "op": "eq", "value": 1},
        {"any": [
            {"fact": "corrected_on_spot", "op": "eq", "value": True},
            {"fact": "corrected_within_order", "op": "eq", "value": True},
        ]},
    ]
}  # fmt: skip
GOUGING = {"fact": "emergency_price_gouging", "op": "eq", "value": True}
UNTYPED = "严重扰乱市场秩序的"


def entry() -> MatchableEntry:
    typed, _none = exclusion_of("突发事件期间哄抬价格", parse_condition(GOUGING, STANDARD))
    untyped, declared = exclusion_of(UNTYPED, None)
    return MatchableEntry(
        entry_id=1, version_id=1, document_slug="a", document_title="清单", version_number=2, agency_name="局",
        region_code="5301", serial="17", slug="17", kind="no_penalty", mandate="must", is_general=False,
        violation_name=PRICE_TAG, condition_text=("首次违法", "及时改正"),
        condition=parse_condition(FIRST_AND_CORRECTED, STANDARD), exclusions=(typed, untyped),
        declared_facts=tuple(declared),
    )  # fmt: skip


ABSENT = absent_fact(UNTYPED)["code"]
ALL_GOOD = {"offence_count": 1, "corrected_on_spot": True, "emergency_price_gouging": False, ABSENT: True}


@pytest.mark.parametrize(
    ("changes", "truth", "still_open"),
    [
        ({}, Truth.TRUE, ()),
        ({"offence_count": 2}, Truth.FALSE, ()),
        ({"offence_count": None}, Truth.UNKNOWN, ("offence_count",)),
        ({"corrected_on_spot": None}, Truth.UNKNOWN, ("corrected_on_spot", "corrected_within_order")),
        ({"corrected_on_spot": None, "corrected_within_order": True}, Truth.TRUE, ()),
        ({"emergency_price_gouging": True}, Truth.FALSE, ()),
        ({"emergency_price_gouging": None}, Truth.UNKNOWN, ("emergency_price_gouging",)),
        ({ABSENT: False}, Truth.FALSE, ()),
        ({ABSENT: None}, Truth.UNKNOWN, (ABSENT,)),
        ({ABSENT: None, "offence_count": 2}, Truth.FALSE, ()),
    ],
)
def test_an_entry_applies_when_its_condition_holds_and_no_exclusion_does(
    changes: dict[str, object], truth: Truth, still_open: tuple[str, ...]
) -> None:
    match = match_entry(entry(), {**ALL_GOOD, **changes}, STANDARD)  # type: ignore[dict-item]
    assert (match.truth, match.open_facts) == (truth, still_open)
    assert len(match.exclusions) == 2


def test_an_applying_exclusion_is_told_apart_from_a_failing_condition() -> None:
    match = match_entry(entry(), {**ALL_GOOD, "emergency_price_gouging": True}, STANDARD)
    assert match.conditions.truth is Truth.TRUE
    assert [one.truth for one in match.exclusions] == [Truth.FALSE, Truth.TRUE]


def test_an_untyped_exclusion_is_asked_as_its_absence() -> None:
    match = match_entry(entry(), {}, STANDARD)
    assert match.vocabulary[ABSENT].label == f"{ABSENT_PREFIX}{UNTYPED}"
    assert match.vocabulary[ABSENT].confirmed_by_officer


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


def in_force(
    *,
    region: str = "5301",
    line: str = MARKET,
    on: dt.date = SPRING,
    violation_id: int | None = None,
    violation_name: str = "",
) -> tuple[MatchableEntry, ...]:
    """Entries for a violation as a case finds them: from the versions in force for its agency."""
    versions = versions_in_force(
        kinds=(DocumentKind.EXEMPTION_LIST,), region_code=region, line_code=line, on=on
    )
    return entries_of_versions(
        version_ids=[version.pk for version in versions],
        violation_id=violation_id,
        violation_name=violation_name,
    )


def found(
    cast: Cast, *, region: str = COUNTY, line: str = MARKET, on: dt.date = SPRING, name: str = PRICE_TAG
) -> list[str]:
    entries = in_force(region=region, line=line, on=on, violation_name=name)
    return [f"{one.document_slug}/{one.version_number}/{one.serial}" for one in entries]


def test_entries_for_a_violation_come_from_own_and_superior_lists_in_force(cast: Cast) -> None:
    first = publish_list(
        cast, entries=(entry_fields(), entry_fields(serial="2", violation_name="别的行为"),
                       entry_fields(serial="3", scope="general", violation_name="")),
    )  # fmt: skip
    draft_list(cast, slug="draft-list")
    assert found(cast) == ["market-list/1/1", "market-list/1/3"]
    assert found(cast, region="53") == []
    assert found(cast, region="5303") == []
    assert found(cast, line=ECOLOGY) == []
    assert found(cast, on=SPRING - dt.timedelta(days=1)) == []
    assert found(cast, name="没有列入的行为") == ["market-list/1/3"]
    publish_next(cast, first, effective_from=dt.date(2025, 6, 1))
    assert found(cast, on=dt.date(2025, 5, 31))[0] == "market-list/1/1"
    assert found(cast, on=dt.date(2025, 6, 1))[0] == "market-list/2/1"


def test_a_link_to_the_register_finds_the_entry_whatever_its_words(cast: Cast) -> None:
    violation = Violation.objects.create(code="V1", name="未明码标价", line_id=MARKET)
    draft = draft_list(cast)
    ListEntry.objects.filter(version=draft).update(violation=violation)
    publish(cast, draft)
    entries = in_force(violation_id=violation.pk)
    assert [one.serial for one in entries] == ["1"]


def test_stored_entries_match_with_their_typed_condition(cast: Cast) -> None:
    draft = draft_list(cast)
    set_condition(
        actor=cast.actor("compiler"),
        version_id=draft.pk,
        entry_id=entry_of(draft).pk,
        document=FIRST_AND_CORRECTED,
    )
    set_condition(
        actor=cast.actor("compiler"),
        version_id=draft.pk,
        entry_id=entry_of(draft).pk,
        document=GOUGING,
        exclusion=0,
    )
    publish(cast, draft)
    (stored,) = in_force(violation_name=PRICE_TAG)
    assert stored.declared_facts == ()
    assert match_entry(stored, ALL_GOOD, STANDARD).truth is Truth.TRUE
    assert stored.public_path == "/public/lists/market-list/v1/1/"
