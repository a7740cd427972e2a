"""One list of what an agency applies on a day: own over superiors', nothing lost, the same outcome for everybody."""

from __future__ import annotations

import datetime as dt
import io
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from enforcement.actors import Role, actor_for
from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.tree import Condition
from enforcement.conditions.vocabulary import STANDARD
from exemption_lists.checks.checked_entry import LADDER, CheckedEntry
from exemption_lists.effective_list import effective_list
from exemption_lists.models import LeniencyKind, Mandate
from exemption_lists.precedence import PlacedEntry, standings
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, publish, publish_list
from tests.cast import Cast, make_account, raise_cast
from tests.enforcement.test_conditions_readers_agree import DOMAINS, VOCABULARY, random_tree

FIRST: dict[str, Any] = {"fact": "offence_count", "op": "eq", "value": 1}
MINOR: dict[str, Any] = {"fact": "harm", "op": "le", "value": "轻微"}
PROVINCE, CITY, COUNTY = 2, 4, 6


def placed(
    condition: Condition,
    *,
    level: int = COUNTY,
    kind: str = "no_penalty",
    mandate: str = "must",
    name: str = "未明码标价",
    document: int | None = None,
    position: int = 1,
) -> PlacedEntry:
    entry = CheckedEntry(
        serial="1", slug="1", kind=LeniencyKind(kind), mandate=Mandate(mandate), is_general=False,
        violation_id=None, violation_name=name, own_condition=condition, condition=condition, declared_facts=(),
    )  # fmt: skip
    return PlacedEntry(entry, document if document is not None else level, level, position)


def tree(*parts: dict[str, Any]) -> Condition:
    return parse_condition(parts[0] if len(parts) == 1 else {"all": list(parts)}, STANDARD)


@pytest.mark.parametrize(
    ("above", "own", "covered"),
    [
        # the same in both lists: the own entry is named
        ({}, {}, (1, None)),
        # another act, another measure
        ({}, {"name": "另一行为"}, (None, None)),
        ({}, {"kind": "no_compulsion"}, (None, None)),
        # stricter than the superior for the same people: no work left
        ({}, {"kind": "lighter"}, (None, 0)),
        ({}, {"mandate": "may"}, (None, 0)),
        # more lenient than the superior for the same people
        ({"kind": "lighter"}, {}, (1, None)),
        # a choice does not replace a duty
        ({"kind": "lighter"}, {"mandate": "may"}, (None, None)),
        ({"kind": "lighter", "mandate": "may"}, {"mandate": "may"}, (1, None)),
        # narrower, wider and other conditions
        ({}, {"condition": tree(FIRST, MINOR)}, (None, 0)),
        ({"condition": tree(FIRST, MINOR)}, {}, (1, None)),
        ({"condition": tree(MINOR)}, {}, (None, None)),
        ({}, {"kind": "lighter", "condition": tree(MINOR)}, (None, None)),
    ],
)
def test_which_of_two_lists_speaks(
    above: dict[str, Any], own: dict[str, Any], covered: tuple[int | None, int | None]
) -> None:
    base: dict[str, Any] = {"condition": tree(FIRST)}
    rows = [placed(**(base | above), level=PROVINCE), placed(**(base | own), level=COUNTY)]
    assert tuple(one.covered_by for one in standings(rows, STANDARD)) == covered


def test_a_list_never_covers_its_own_entries() -> None:
    rows = [placed(tree(FIRST), document=7), placed(tree(FIRST), document=7, position=2, kind="lighter")]
    assert [one.covered_by for one in standings(rows, STANDARD)] == [None, None]


def test_leaving_out_what_is_covered_changes_nobodys_treatment() -> None:
    """Random lists of three levels: the best treatment that must, or may, be given is the same without the covered."""
    random = Random(20261126)
    folded = 0
    for _ in range(120):
        rows = [
            placed(
                random_tree(random, depth=1),
                level=random.choice((PROVINCE, CITY, COUNTY)),
                kind=random.choice(LADDER).value,
                mandate=random.choice(("must", "may")),
                position=position,
            )
            for position in range(1, 7)
        ]
        found = standings(rows, VOCABULARY)
        applying = [one.placed for one in found if one.covered_by is None]
        folded += len(rows) - len(applying)
        for _case in range(30):
            facts = {code: random.choice(domain) for code, domain in DOMAINS.items()}
            for must_only in (True, False):
                assert best(rows, facts, must_only) == best(applying, facts, must_only)
        for one in found:
            assert one.covered_by is None or found[one.covered_by].covered_by is None
    assert folded > 50


def best(rows: list[PlacedEntry], facts: dict[str, Any], must_only: bool) -> int | None:
    """Place of the most lenient treatment whose conditions are met."""
    met = [
        row.entry.place
        for row in rows
        if (not must_only or row.entry.mandate is Mandate.MUST)
        and evaluate(row.entry.condition, facts, VOCABULARY).truth is Truth.TRUE
    ]
    return min(met, default=None)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def county_list(cast: Cast, *entries: Any) -> None:
    """A published list of the county's market agency."""
    compiler = make_account("county", "县局编制人", cast.county_market, Role.COMPILER)
    draft = draft_list(
        cast, slug="county-list", entries=entries, compiler=actor_for(compiler), agency=cast.county_market
    )
    publish(cast, draft)


OWN_ACT = "流动摊贩未明示价格"


@pytest.mark.django_db
def test_own_entries_and_the_superiors_stand_in_one_list_with_their_origin(cast: Cast) -> None:
    publish_list(cast)
    county_list(cast, entry_fields(serial="甲", violation_name=OWN_ACT))
    found = effective_list(agency=cast.county_market, on=SPRING)
    assert [(one.row.violation_name, one.is_own) for one in found.applying] == [
        (OWN_ACT, True),
        (PRICE_TAG, False),
    ]
    assert effective_list(agency=cast.city_market, on=SPRING).own_count == 1
    before = effective_list(agency=cast.county_market, on=SPRING - dt.timedelta(days=1))
    assert (before.applying, before.covered) == ((), ())
    unknown_then = found.applying[0].row.version.published_at - dt.timedelta(microseconds=1)  # type: ignore[operator]
    known = effective_list(agency=cast.county_market, on=SPRING, known_at=unknown_then)
    assert [one.row.violation_name for one in known.applying] == [PRICE_TAG]


@pytest.mark.django_db
def test_the_page_names_what_is_covered_and_why(cast: Cast) -> None:
    publish_list(cast)
    county_list(cast, entry_fields(serial="甲", condition_text=["首次违法"]))
    address = f"/public/lists/effective/agency/{cast.county_market.code}/"
    shown = Client().get(address, {"on": "2025.1.1"}).content.decode()
    assert "2025年1月1日适用" in shown
    assert "来自上级" in shown or "来自本机关" in shown
    nothing = Client().get(address, {"on": "2024-12-31"}).content.decode()
    assert "这一天没有适用的减免责清单" in nothing
    wrong = Client().get(address, {"on": "明天"}).content.decode()
    assert "日期应写成" in wrong and 'value="明天"' in wrong
    assert Client().get("/public/lists/effective/agency/none/").status_code == 404


@pytest.mark.django_db
def test_the_workbook_says_where_each_entry_comes_from(cast: Cast) -> None:
    publish_list(cast)
    county_list(cast, entry_fields(serial="甲", violation_name=OWN_ACT))
    address = f"/public/lists/effective/agency/{cast.county_market.code}/download.xlsx"
    sheet = load_workbook(io.BytesIO(Client().get(address).content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert [cast.county_market.name, "市场监管领域不予处罚清单（第 1 版）", "适用"] in rows
    assert [cast.city_market.name, "市场监管领域不予处罚清单（第 1 版）", "适用"] in rows


@pytest.mark.django_db
def test_officers_choose_among_the_agencies_of_their_scope(cast: Cast) -> None:
    publish_list(cast)
    client = Client()
    client.force_login(cast.compiler)
    shown = client.get("/officer/lists/effective/", {"agency": cast.county_market.code}).content.decode()
    assert PRICE_TAG in shown
    assert client.get("/officer/lists/effective/", {"agency": cast.province_market.code}).status_code == 404


@pytest.mark.django_db
def test_the_list_takes_two_queries_however_long_it_is(cast: Cast) -> None:
    entries = tuple(
        entry_fields(serial=str(number), violation_name=f"{PRICE_TAG}之{number}") for number in range(1, 13)
    )
    publish_list(cast, entries=entries)
    with CaptureQueriesContext(connection) as captured:
        assert len(effective_list(agency=cast.county_market, on=SPRING).applying) == 12
    assert len(captured) <= 2
