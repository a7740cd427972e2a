"""A list of a lower agency beside its superior's: differences are named, never silently kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from enforcement.actors import Role, actor_for
from exemption_lists.clashes import ComparedEntry, clashes_with_superiors
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, publish_list
from tests.cast import COUNTY, MARKET, Cast, make_account, raise_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("no_penalty", "已有规定"), ("lighter", "更严"), ("mitigated", "更严"), ("no_compulsion", "")],
)
def test_an_entry_is_compared_with_the_superiors_entry_on_the_same_act(
    cast: Cast, kind: str, words: str
) -> None:
    publish_list(cast)
    remarks = clashes_with_superiors(
        region_code=COUNTY, line_code=MARKET, on=SPRING, entries=[ComparedEntry("7", kind, PRICE_TAG)]
    )
    assert (words in remarks[0]) if words else remarks == []


def test_a_more_lenient_entry_is_named_as_such(cast: Cast) -> None:
    publish_list(cast, entries=(entry_fields(kind="lighter"),))
    (remark,) = clashes_with_superiors(
        region_code=COUNTY, line_code=MARKET, on=SPRING, entries=[ComparedEntry("7", "no_penalty", PRICE_TAG)]
    )
    assert "更宽" in remark


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
    entries = [ComparedEntry("7", "lighter", name)]
    assert clashes_with_superiors(region_code=region, line_code=line, on=on, entries=entries) == []


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
