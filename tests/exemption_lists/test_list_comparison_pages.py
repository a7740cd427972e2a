"""The pages on which two versions of a list are compared, for officers and for the public."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enforcement.models import RuleVersion
from enforcement.services.draft_version import start_next_version
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from exemption_lists.services.edit_entry import add_entry, edit_entry, remove_entry
from exemption_lists.web.compared_words import compared_entry, ranges_text
from tests.builders import entry_fields, entry_of, publish_list, publish_next
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
SECOND = dt.date(2025, 6, 1)
PUBLIC = "/public/lists/market-list/compare/"
OFFICER = "/officer/lists/market-list/compare/"
LABEL = "销售的商品未标注厂名厂址"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def revise(cast: Cast, draft: RuleVersion) -> None:
    """One entry reworded, one gone, one new."""
    actor = cast.actor("compiler")
    edit_entry(
        actor=actor,
        version_id=draft.pk,
        entry_id=entry_of(draft, "1").pk,
        fields=replace(entry_fields(), follow_up=["当场补齐价签并拍照"]),
    )
    remove_entry(actor=actor, version_id=draft.pk, entry_id=entry_of(draft, "2").pk)
    add_entry(actor=actor, version_id=draft.pk, fields=entry_fields(serial="3", violation_name="未亮照经营"))


@pytest.fixture
def two_versions(cast: Cast) -> RuleVersion:
    entries = (entry_fields(), entry_fields(serial="2", violation_name=LABEL))
    first = publish_list(cast, entries=entries)
    return publish_next(cast, first, effective_from=SECOND, change=lambda draft: revise(cast, draft))


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_public_reads_what_the_new_version_changed(client: Client, two_versions: RuleVersion) -> None:
    page = read(client, PUBLIC)
    assert "新增 1" in page and "删除 1" in page and "修改 1" in page
    assert '<span class="diff-word">【新增】</span>并拍照</ins>' in page
    assert page.index("未亮照经营") > page.index(LABEL)
    assert two_versions.digest[:16] in page


@pytest.mark.parametrize(
    ("query", "words", "absent"),
    [
        ("?old=1&new=2", "并拍照", "两个版本的内容没有差异"),
        ("?old=2&new=1", '<del class="worded"><span class="diff-word">【删除】</span>并拍照</del>', "role=\"alert\""),
        ("?old=1&new=1", "两边选了同一个版本", "compare-table"),
        ("?old=1&new=9", "没有要比对的这个版本", "compare-table"),
        ("?old=x&new=2", "没有要比对的这个版本", "compare-table"),
        ("?old=1&new=2&entry=1", "并拍照", LABEL),
        ("?old=1&new=2&entry=none", "这两个版本里都没有这一条", "compare-table"),
        ("?old=1&new=2&page=99", "并拍照", "role=\"alert\""),
    ],
)  # fmt: skip
def test_the_address_chooses_versions_and_entry(
    client: Client, two_versions: RuleVersion, query: str, words: str, absent: str
) -> None:
    page = read(client, f"{PUBLIC}{query}")
    assert words in page
    assert absent not in page


def test_a_draft_is_compared_by_its_officers_only(
    client: Client, cast: Cast, two_versions: RuleVersion
) -> None:
    draft = start_next_version(actor=cast.actor("compiler"), body=BODY, document_id=two_versions.document_id)
    assert "没有要比对的这个版本" in read(client, f"{PUBLIC}?old=2&new=3")
    client.force_login(cast.compiler)
    page = read(client, OFFICER)
    assert f'<option value="{draft.number}" selected>' in page
    assert "两个版本的内容没有差异" in page
    assert "并拍照" in read(client, f"{OFFICER}?old=1&new=3")


def test_one_version_has_nothing_to_compare_with(client: Client, cast: Cast) -> None:
    publish_list(cast)
    assert "只有一个版本" in read(client, PUBLIC)


def test_an_entry_leads_to_its_differences(client: Client, two_versions: RuleVersion) -> None:
    page = read(client, "/public/lists/market-list/v2/1/")
    assert f"{PUBLIC}?old=1&amp;new=2&amp;entry=1" in page


def fill(version: RuleVersion, count: int) -> None:
    """More entries, as a large list has."""
    model = entry_of(version)
    first = version.list_entries.count() + 1
    copies = [
        {"serial": str(number), "slug": f"n{number}", "position": number}
        for number in range(first, first + count)
    ]
    values: dict[str, Any] = {
        field.name: getattr(model, field.name)
        for field in ListEntry._meta.concrete_fields
        if field.name not in {"id", "serial", "slug", "position"}
    }
    ListEntry.objects.bulk_create(ListEntry(**values, **copy) for copy in copies)


def test_the_number_of_queries_does_not_grow_with_the_entries(client: Client, cast: Cast) -> None:
    first = publish_list(cast)
    draft = start_next_version(actor=cast.actor("compiler"), body=BODY, document_id=first.document_id)
    client.force_login(cast.compiler)
    counts = []
    read(client, OFFICER)
    for more in (1, 300):
        fill(draft, more)
        with CaptureQueriesContext(connection) as queries:
            read(client, OFFICER)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ([], ""),
        ([{"subject": "", "min_fen": 20000, "max_fen": 50000}], "200元至500元"),
        ([{"subject": "个人", "min_fen": None, "max_fen": 50050}], "个人：500.50元以下"),
        ([{"subject": "", "min_fen": 1, "max_fen": None}], "0.01元以上"),
    ],
)
def test_amounts_are_said_in_yuan(ranges: list[dict[str, Any]], words: str) -> None:
    assert ranges_text(ranges) == words


def test_a_draft_that_cannot_be_read_yet_does_not_stop_the_comparison(cast: Cast) -> None:
    entry = entry_of(publish_list(cast))
    entry.condition = {"fact": "unknown", "op": "eq", "value": 1}
    assert ("系统判断的条件", "（条件不完整，还不能读出）") in compared_entry(entry).fields
