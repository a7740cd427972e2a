"""The table's page and what its script asks for, through the browser's requests."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, Law, Provision, RuleVersion
from enforcement.selectors.provision_search import provisions_like
from exemption_lists.cells import COLUMNS
from tests.builders import SPRING, draft_list, entry_fields, publish
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return raise_cast()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def at(version: RuleVersion, more: str = "") -> str:
    return f"/officer/lists/{version.document.slug}/v{version.number}/grid/{more}"


def send(client: Client, version: RuleVersion, operation: str = "op-1", **acts: Any) -> Any:
    body = json.dumps({"operation": operation, **acts})
    return client.post(at(version, "edits/"), body, content_type="application/json")


def rows(client: Client, version: RuleVersion, query: str = "") -> dict[str, Any]:
    response = client.get(at(version, f"rows/{query}"))
    assert response.status_code == 200
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def change(row: dict[str, Any], column: str, after: str) -> dict[str, Any]:
    return {"entry": row["id"], "column": column, "before": row["cells"][column], "after": after}


def test_the_page_names_every_column_and_leads_to_the_forms(cast: Cast) -> None:
    version = draft_list(cast)
    page = signed_in(cast.compiler).get(at(version)).content.decode()
    assert all(column.label in page for column in COLUMNS[2:])
    assert "屏幕较窄，这里显示列表" in page
    assert "这个浏览器没有运行脚本" in page
    assert f'href="/officer/lists/{version.document.slug}/v1/entries/1/"' in page


def test_the_version_page_leads_to_the_table(cast: Cast) -> None:
    version = draft_list(cast)
    client = signed_in(cast.compiler)
    assert "表格编辑</a>" in client.get(at(version).removesuffix("grid/")).content.decode()
    published = publish(cast, version)
    assert "表格查看</a>" in client.get(at(published).removesuffix("grid/")).content.decode()


def test_a_reader_gets_a_table_that_only_shows(cast: Cast) -> None:
    version = draft_list(cast)
    page = signed_in(cast.reviewer).get(at(version)).content.decode()
    assert 'aria-readonly="true"' in page
    assert "插入条目</button>" not in page
    assert signed_in(cast.ecology_compiler).get(at(version)).status_code == 404


def test_rows_carry_cells_problems_and_remarks(cast: Cast) -> None:
    bare = entry_fields(serial="2", condition_text=[], violation_name="没有条件的行为", penalty_provisions=[])
    version = draft_list(cast, entries=(entry_fields(), bare))
    answer = rows(signed_in(cast.compiler), version)
    first, second = answer["rows"]
    assert first["cells"]["condition_text"] == "首次违法\n危害后果轻微\n当场能够说明价格来源"
    assert (first["problems"], first["remarks"]) == ([], {})
    assert "没有写适用条件" in second["remarks"]["condition_text"]
    assert answer["doubled"] == []


def test_the_rows_cost_the_same_for_two_and_for_twenty(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    counts = []
    for slug, count in (("few", 2), ("many", 20)):
        fields = (entry_fields(serial=str(n), violation_name=f"行为{n}") for n in range(count))
        version = draft_list(cast, slug=slug, entries=tuple(fields))
        rows(client, version)  # the first question notes who is here
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(client, version)["rows"]) == count
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_cell_is_saved_once_however_often_it_is_sent(cast: Cast) -> None:
    version = draft_list(cast)
    client = signed_in(cast.compiler)
    (row,) = rows(client, version)["rows"]
    first = send(client, version, changes=[change(row, "note", "新备注")])
    again = send(client, version, changes=[change(row, "note", "新备注")])
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["rows"] == again.json()["rows"]
    assert first.json()["rows"][0]["cells"]["note"] == "新备注"
    assert first.json()["saved_at"]
    assert LedgerEntry.objects.filter(action="version_edited", payload__contains="在表格中").count() == 1


def test_a_conflict_shows_both_texts_and_a_bad_cell_its_message(cast: Cast) -> None:
    version = draft_list(cast)
    mine, theirs = signed_in(cast.compiler), signed_in(cast.all_duties)
    (row,) = rows(mine, version)["rows"]
    assert send(theirs, version, changes=[change(row, "note", "先写的")]).status_code == 200
    late = send(mine, version, changes=[change(row, "note", "后写的")])
    assert late.status_code == 409
    (conflict,) = late.json()["conflicts"]
    assert (conflict["column"], conflict["theirs"]) == ("note", "先写的")
    bad = send(mine, version, "op-2", changes=[change(row, "kind", "不罚")])
    assert (bad.status_code, bad.json()["cells"][0]["column"]) == (422, "kind")


def test_what_others_did_comes_with_the_next_question(cast: Cast) -> None:
    fields = (entry_fields(serial=str(n), violation_name=f"行为{n}") for n in (1, 2, 3))
    version = draft_list(cast, entries=tuple(fields))
    mine, theirs = signed_in(cast.compiler), signed_in(cast.all_duties)
    seen = rows(mine, version)
    assert "rows" not in rows(mine, version, f"?since={seen['lock']}")
    send(theirs, version, changes=[change(seen["rows"][1], "note", "别人写的")])
    news = rows(mine, version, f"?since={seen['lock']}")
    assert [one["cells"]["note"] for one in news["rows"]] == ["别人写的"]
    assert news["order"] == [row["id"] for row in seen["rows"]]


def test_who_else_is_here_is_told_by_name_and_entry(cast: Cast) -> None:
    version = draft_list(cast)
    rows(signed_in(cast.all_duties), version, "?on=1")
    others = rows(signed_in(cast.compiler), version)["others"]
    assert others == [{"name": cast.all_duties.display_name, "serial": "1"}]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"operation": ""}',
        '{"operation": "x", "changes": [{"entry": "1"}]}',
        '{"operation": "x"}',
    ],
)
def test_what_is_no_act_is_refused_in_words(cast: Cast, body: str) -> None:
    version = draft_list(cast)
    client = signed_in(cast.compiler)
    for more in ("edits/", "comments/"):
        response = client.post(at(version, more), body, content_type="application/json")
        assert response.status_code == 400
        assert response.json()["message"].endswith("。")


def test_a_reader_cannot_write(cast: Cast) -> None:
    version = draft_list(cast)
    client = signed_in(cast.reviewer)
    (row,) = rows(client, version)["rows"]
    assert send(client, version, changes=[change(row, "note", "x")]).status_code == 403


def test_comments_are_written_and_resolved(cast: Cast) -> None:
    version = draft_list(cast)
    client = signed_in(cast.reviewer)
    body = json.dumps({"entry": "1", "column": "note", "text": "请核对"})
    (thread,) = client.post(at(version, "comments/"), body, content_type="application/json").json()[
        "comments"
    ]
    body = json.dumps({"resolve": thread["id"]})
    (thread,) = client.post(at(version, "comments/"), body, content_type="application/json").json()[
        "comments"
    ]
    assert thread["resolved"].startswith(cast.reviewer.display_name)
    assert rows(client, version)["comments"] == [thread]


@pytest.fixture
def price_law() -> Law:
    law = Law.objects.create(name="中华人民共和国价格法", level="law", effective_from=SPRING)
    for article, paragraph in ((13, 1), (42, None), (42, 1)):
        Provision.objects.create(law=law, article=article, paragraph=paragraph)
    return law


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("价格 42", ["《中华人民共和国价格法》第四十二条第一款", "《中华人民共和国价格法》第四十二条"]),
        ("《价格法》第十三条", ["《中华人民共和国价格法》第十三条第一款"]),
        (
            "价格法　四十二",
            ["《中华人民共和国价格法》第四十二条第一款", "《中华人民共和国价格法》第四十二条"],
        ),
        ("价格 99", []),
        ("《》", []),
        ("%", []),
        ("", []),
        ("价格" * 200, []),
    ],
)
def test_provisions_are_found_by_title_and_number(price_law: Law, typed: str, found: list[str]) -> None:
    assert sorted(provisions_like(typed)) == sorted(found)


def test_the_picker_asks_the_page(cast: Cast, price_law: Law) -> None:
    version = draft_list(cast)
    client = signed_in(cast.compiler)
    assert len(client.get(at(version, "provisions/"), {"q": "价格"}).json()["found"]) == 3
