"""A list of a lower agency beside its superior's: differences are named, never silently kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from enforcement.actors import Role, actor_for
from exemption_lists.checks.superior_lists import differences_from_superiors
from exemption_lists.models import ListEntry
from exemption_lists.services.entry_fields import apply_fields
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, publish_list
from tests.cast import COUNTY, MARKET, Cast, make_account, raise_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def unsaved(*, kind: str = "no_penalty", name: str = PRICE_TAG) -> ListEntry:
    """An entry as an import reads it, with the conditions of the published one."""
    entry = ListEntry(serial="7", slug="7", position=1)
    apply_fields(entry, entry_fields(serial="7", kind=kind, violation_name=name))
    return entry


def said(entry: ListEntry, *, region: str = COUNTY, line: str = MARKET, on: dt.date = SPRING) -> list[str]:
    found = differences_from_superiors([entry], region_code=region, line_code=line, on=on)
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("no_penalty", "不必重复"), ("lighter", "更严"), ("mitigated", "更严"), ("no_compulsion", "")],
)
def test_an_entry_is_compared_with_the_superiors_entry_on_the_same_act(
    cast: Cast, kind: str, words: str
) -> None:
    publish_list(cast)
    remarks = said(unsaved(kind=kind))
    assert (words in remarks[0]) if words else remarks == []


def test_a_more_lenient_entry_is_named_as_such(cast: Cast) -> None:
    publish_list(cast, entries=(entry_fields(kind="lighter"),))
    (remark,) = said(unsaved())
    assert "处理方式为“应当不予处罚”" in remark


@pytest.mark.parametrize(
    ("region", "line", "on", "name"),
    [
        ("5301", MARKET, SPRING, PRICE_TAG),
        ("5303", MARKET, SPRING, PRICE_TAG),
        (COUNTY, "ecology", SPRING, PRICE_TAG),
        (COUNTY, MARKET, SPRING - dt.timedelta(days=1), PRICE_TAG),
        (COUNTY, MARKET, SPRING, "别的行为"),
    ],
)
def test_only_superiors_lists_in_force_in_the_line_count(
    cast: Cast, region: str, line: str, on: dt.date, name: str
) -> None:
    publish_list(cast)
    assert said(unsaved(kind="lighter", name=name), region=region, line=line, on=on) == []


def test_the_compiler_and_legal_review_read_the_remark(cast: Cast) -> None:
    publish_list(cast)
    county = make_account("county", "县局编制人", cast.county_market, Role.COMPILER)
    draft_list(
        cast,
        slug="county-list",
        entries=(entry_fields(kind="lighter"),),
        compiler=actor_for(county),
        agency=cast.county_market,
    )
    client = Client()
    client.force_login(county)
    assert "更严" in client.get("/officer/lists/county-list/v1/").content.decode()
    reviewer = Client()
    reviewer.force_login(cast.reviewer)
    assert "更严" in reviewer.get("/officer/lists/county-list/v1/review/").content.decode()
