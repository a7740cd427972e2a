"""The open interface: what is published, what applies on a day, and what given facts mean; nobody signs in."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exemption_lists.models import ListEntry
from exemption_lists.services.edit_entry import set_condition
from exemption_lists.web.api import shapes
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
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/open"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def get(path: str, status: int = 200, **headers: str) -> Any:
    response = Client().get(f"{ROOT}{path}", headers=headers)
    assert response.status_code == status, response.content.decode()
    return response.json() if response.content else None


def evaluate(cast: Cast, status: int = 200, **body: Any) -> Any:
    asked = {"agency": cast.county_market.code, "on": SPRING.isoformat(), "violation": PRICE_TAG, **body}
    response = Client().post(f"{ROOT}/lists/evaluation/", asked, content_type="application/json")
    assert response.status_code == status, response.content.decode()
    return response.json()


def typed_list(cast: Cast) -> Any:
    """First offence and minor harm, no exclusions."""
    draft = draft_list(cast, entries=(entry_fields(exclusions=[]),))
    tree = {
        "all": [
            {"fact": "offence_count", "op": "eq", "value": 1},
            {"fact": "harm", "op": "le", "value": "轻微"},
        ]
    }
    set_condition(
        actor=cast.actor("compiler"), version_id=draft.pk, entry_id=entry_of(draft).pk, document=tree
    )
    return publish(cast, draft)


def test_lists_versions_and_entries_are_given_as_their_shapes_say(cast: Cast) -> None:
    first = publish_list(cast)
    publish_next(cast, first, effective_from=dt.date(2025, 6, 1))
    publish_list(cast, slug="a-later-list", effective_from=dt.date(2099, 1, 1))
    draft_list(cast, slug="not-published")
    lists = get("/lists/?on=2025-01-01")
    assert [(one["slug"], one["in_force"], one["upcoming"]) for one in lists["results"]] == [
        ("a-later-list", None, [1]),
        ("market-list", 1, [2]),
    ]
    assert set(lists["results"][0]) == set(shapes.ListGiven().fields)
    one = get("/lists/market-list/?on=2025-06-01")
    assert set(one) == set(shapes.OneListGiven().fields)
    assert [(row["number"], row["validity"]) for row in one["versions"]] == [
        (2, "现行有效"),
        (1, "已被新版替代"),
    ]
    version = get("/lists/market-list/versions/1/")
    assert set(version) == set(shapes.OneVersionGiven().fields)
    (entry,) = version["entries"]
    assert set(entry) == set(shapes.EntryGiven().fields)
    assert entry == get(f"/lists/market-list/versions/1/entries/{entry['slug']}/")
    assert Client().get(entry["page"]).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/lists/none/",
        "/lists/market-list/versions/9/",
        "/lists/market-list/versions/1/entries/none/",
        "/lists/not-published/",
        "/lists/not-published/versions/1/",
        "/lists/effective/?agency=none",
        "/lists/effective/",
    ],
)
def test_what_is_not_published_does_not_exist(cast: Cast, path: str) -> None:
    publish_list(cast)
    draft_list(cast, slug="not-published")
    assert get(path, 404)["code"] == "not_found"


def test_a_day_that_is_none_is_named(cast: Cast) -> None:
    answer = get("/lists/?on=2025-13-01", 422)
    assert answer["data"]["fields"] == {"on": ["日期应写成 2026-03-05"]}


def test_lists_are_narrowed_and_paged_by_their_address(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in ("c-list", "a-list", "b-list"):
        publish_list(cast, slug=slug)
    monkeypatch.setattr("exemption_lists.web.api.published.PAGE", 2)
    page = get("/lists/")
    assert ([one["slug"] for one in page["results"]], page["next"]) == (["a-list", "b-list"], "b-list")
    rest = get("/lists/?after=b-list")
    assert ([one["slug"] for one in rest["results"]], rest["next"]) == (["c-list"], "")
    assert get("/lists/?line=ecology")["results"] == []
    assert len(get(f"/lists/?agency={cast.city_market.code}")["results"]) == 2


def test_what_has_not_changed_is_not_sent_again(cast: Cast) -> None:
    first = publish_list(cast)
    for path in ("/lists/", "/lists/market-list/", "/lists/market-list/versions/1/", "/facts/"):
        tag = Client().get(f"{ROOT}{path}")["ETag"]
        get(path, 304, If_None_Match=tag)
    tag = Client().get(f"{ROOT}/lists/market-list/")["ETag"]
    publish_next(cast, first, effective_from=dt.date(2025, 6, 1))
    assert len(get("/lists/market-list/", 200, If_None_Match=tag)["versions"]) == 2


def test_the_effective_list_is_that_of_the_page(cast: Cast) -> None:
    publish_list(cast)
    found = get(f"/lists/effective/?agency={cast.county_market.code}&on={SPRING}")
    assert set(found["applying"][0]) == set(shapes.EffectiveEntryGiven().fields)
    assert [(one["violation"], one["is_own"], one["covered_by"]) for one in found["applying"]] == [
        (PRICE_TAG, False, None)
    ]
    before = SPRING - dt.timedelta(days=1)
    assert get(f"/lists/effective/?agency={cast.county_market.code}&on={before}")["applying"] == []


@pytest.mark.parametrize(
    ("facts", "truth", "still_open"),
    [
        ({}, "unknown", ["offence_count", "harm"]),
        ({"offence_count": 1}, "unknown", ["harm"]),
        ({"offence_count": 1, "harm": None}, "unknown", ["harm"]),
        ({"offence_count": 1, "harm": "轻微"}, "true", []),
        ({"offence_count": 1, "harm": "一般"}, "false", []),
        ({"offence_count": 2}, "false", []),
    ],
)
def test_facts_are_judged_with_reasons_and_with_what_is_still_open(
    cast: Cast, facts: dict[str, Any], truth: str, still_open: list[str]
) -> None:
    typed_list(cast)
    answer = evaluate(cast, facts=facts)
    (entry,) = answer["entries"]
    assert set(entry) == set(shapes.JudgedGiven().fields)
    assert (entry["truth"], [one["fact"] for one in entry["open_facts"]]) == (truth, still_open)
    assert entry["reasons"][0] == {"text": "同时符合下列条件", "truth": truth, "depth": 0}
    assert "仅供参考" in answer["notice"]


@pytest.mark.parametrize(
    ("body", "place", "words"),
    [
        ({"facts": {"weather": True}}, "facts.weather", "没有这个事实代码"),
        ({"facts": {"offence_count": "许多"}}, "facts.offence_count", "应为不小于零的整数"),
        ({"facts": {"illegal_gains": 0.1}}, "facts.illegal_gains", "的数值请写成文字形式"),
        ({"facts": {"harm": "极大"}}, "facts.harm", "应从下列选项中选择"),
        ({"facts": {"corrected_on_spot": "也许"}}, "facts.corrected_on_spot", "应回答是或者否"),
        ({"on": "昨天"}, "on", ""),
        ({"weight": 1}, "weight", "不接受这个字段"),
        ({"facts": []}, "facts", ""),
    ],
)
def test_what_cannot_be_judged_is_named_by_its_field(
    cast: Cast, body: dict[str, Any], place: str, words: str
) -> None:
    typed_list(cast)
    answer = evaluate(cast, 422, **body)
    assert words in answer["data"]["fields"][place][0]
    assert re.search("[一-鿿]", answer["message"])


def test_judging_stores_nothing(cast: Cast) -> None:
    typed_list(cast)
    with CaptureQueriesContext(connection) as captured:
        evaluate(cast, facts={"offence_count": 1})
    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []
    assert len(captured) <= 6


def test_the_description_names_every_open_address_and_nothing_else(cast: Cast) -> None:
    answer = Client().get(f"{ROOT}/schema/?format=json")
    assert answer.status_code == 200
    description = json.loads(answer.content)
    assert sorted(description["paths"]) == [
        "/api/v1/open/facts/",
        "/api/v1/open/lists/",
        "/api/v1/open/lists/effective/",
        "/api/v1/open/lists/evaluation/",
        "/api/v1/open/lists/{slug}/",
        "/api/v1/open/lists/{slug}/versions/{number}/",
        "/api/v1/open/lists/{slug}/versions/{number}/entries/{entry_slug}/",
    ]


def test_the_examples_of_the_documentation_are_true(cast: Cast) -> None:
    """Every address and body printed in docs/open_api.md is asked and answered."""
    typed_list(cast)
    text = (Path(settings.BASE_DIR) / "docs" / "open_api.md").read_text(encoding="utf-8")
    asked = re.findall(r"^GET (/api/v1/open/\S*)$", text, flags=re.M)
    posted = re.findall(r"^POST (/api/v1/open/\S*)\n\n(\{.*?\n\})$", text, flags=re.M | re.S)
    assert len(asked) >= 5 and len(posted) == 1
    names = {"<清单>": "market-list", "<机关>": cast.county_market.code, "<条目>": entry_slug()}
    for address in asked:
        assert Client().get(_filled(address, names)).status_code == 200, address
    for address, body in posted:
        answer = Client().post(address, json.loads(_filled(body, names)), content_type="application/json")
        assert answer.status_code == 200, answer.content.decode()


def entry_slug() -> str:
    return str(ListEntry.objects.values_list("slug", flat=True)[0])


def _filled(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(name, value)
    return text
