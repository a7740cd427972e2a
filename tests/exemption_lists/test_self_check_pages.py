"""The pages of the self-check: which matters can be checked, where, and what an address that ended says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exemption_lists.self_check_selectors import PAGE_SIZE
from exemption_lists.services.edit_entry import remove_entry
from tests.builders import PRICE_TAG, draft_list, entry_fields, entry_of, publish, publish_list, publish_next
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
INDEX = "/public/self-check/"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_published_matters_in_force_are_offered_and_drafts_are_not(cast: Cast) -> None:
    publish_list(cast)
    draft_list(cast, slug="draft", entries=(entry_fields(violation_name="还没有公布的事"),))
    text = page(INDEX)
    assert PRICE_TAG in text and f"{INDEX}market-list/1/" in text
    assert "还没有公布的事" not in text
    assert page(f"{INDEX}draft/1/", status=404)


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=明码", True), ("?q=明码 标价", True), ("?q=明码 食品", False), ("?q=%25", False), ("?q=_", False)],
)
def test_the_words_narrow_the_matters(cast: Cast, query: str, found: bool) -> None:
    publish_list(cast)
    assert (f"{INDEX}market-list/1/" in page(INDEX + query)) is found


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999999", "?line=x&region=y", "?page=²"])
def test_odd_parameters_count_as_none(cast: Cast, query: str) -> None:
    publish_list(cast)
    assert "自查自测" in page(INDEX + query)


def test_nothing_found_and_nothing_published_say_so(cast: Cast) -> None:
    assert "还没有现行有效的清单" in page(INDEX)
    publish_list(cast)
    assert "没有找到可以自查的事" in page(f"{INDEX}?q=没有这样的事")


def test_long_indexes_are_turned_by_pages_at_a_constant_cost(cast: Cast) -> None:
    entries = tuple(
        entry_fields(serial=str(number), violation_name=f"第{number:03}件事")
        for number in range(1, PAGE_SIZE + 3)
    )
    publish_list(cast, entries=entries)
    first, second = page(INDEX), page(f"{INDEX}?page=2")
    assert (
        "第001件事" in first and f"第{PAGE_SIZE:03}件事" in first and f"第{PAGE_SIZE + 1:03}件事" not in first
    )
    assert f"第{PAGE_SIZE + 2:03}件事" in second and "第001件事" not in second
    for address in (INDEX, f"{INDEX}market-list/1/"):
        with CaptureQueriesContext(
            connection,
        ) as many:
            page(address)
        assert len(many) <= 8, address


def test_a_matter_no_list_holds_any_more_leads_to_what_it_said(cast: Cast) -> None:
    first = publish_list(cast, entries=(entry_fields(), entry_fields(serial="2", violation_name="另一件事")))
    today = timezone.localdate()
    publish_next(
        cast,
        first,
        effective_from=today - dt.timedelta(days=1),
        change=lambda draft: remove_entry(
            actor=cast.actor("compiler"),
            version_id=draft.pk,
            entry_id=entry_of(draft).pk,
            expected_lock=draft.lock_version,
        ),
    )
    text = page(f"{INDEX}market-list/1/")
    assert "清单现在没有这一条" in text and "/public/lists/market-list/v1/1/" in text
    assert "另一件事" in page(f"{INDEX}market-list/2/")
    assert page(f"{INDEX}market-list/99/", status=404)
    assert page(f"{INDEX}no-such-list/1/", status=404)


def test_a_county_list_is_offered_from_the_superiors_matter(cast: Cast) -> None:
    publish_list(cast, entries=(entry_fields(kind="lighter"),))
    county = (entry_fields(serial="5"),)
    publish(cast, draft_list(cast, slug="county-list", agency=cast.county_market, entries=county))
    above = page(f"{INDEX}market-list/1/")
    assert "第 5 条" not in above
    region = cast.county_market.region_code
    assert f"{INDEX}market-list/1/?region={region}" in above
    below = page(f"{INDEX}market-list/1/?region={region}")
    assert "第 5 条" in below and "第 1 条" in below and "现在连同示范县的清单一起自查" in below
    for elsewhere in ("99", "530199", "5", "%27"):
        assert page(f"{INDEX}market-list/1/?region={elsewhere}") == above
