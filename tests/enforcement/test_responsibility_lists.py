"""Responsibility lists from the table to the public page, and the question whether an agency may act."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from enforcement.models import DocumentKind, Matter, RuleDocument, RuleVersion, Violation
from enforcement.responsibility.content import BODY
from enforcement.responsibility.reading import read_matters
from enforcement.selectors.matters import is_responsible_for, matters_on
from enforcement.services.draft_version import create_document
from enforcement.services.edit_matter import import_matters
from enforcement.services.verify_documents import altered_versions
from enforcement.spreadsheets.guard import open_guarded
from tests.builders import publish, publish_next
from tests.cast import MARKET, Cast, raise_cast
from tests.discretion.research_file import import_as_draft, publish_over_http, signed_in, upload
from tests.enforcement.matter_table import FOOD, LABELS, ROWS, matter_bytes
from tests.tampering import change_behind_triggers

pytestmark = pytest.mark.django_db
STEM = "/officer/responsibility/"
DRAFT = f"{STEM}city-powers/v1/"
PUBLIC = "/public/responsibility/city-powers/"
START = dt.date(2025, 1, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def food(cast: Cast) -> Violation:
    return Violation.objects.create(code="M-1", name=FOOD, line_id=MARKET)


@pytest.fixture
def draft(cast: Cast, food: Violation) -> Client:
    return import_as_draft(cast, STEM, matter_bytes(), "city-powers")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def matter_post(**changes: str) -> dict[str, str]:
    values = {
        "lock_version": str(RuleVersion.objects.get().lock_version),
        "serial": "4",
        "name": "对不按照规定明码标价的处罚",
        "kind": "penalty",
        "legal_basis": "《中华人民共和国价格法》第四十二条\n\n 《价格违法行为行政处罚规定》第十三条第（二）项",
        "object_classes": "餐饮\n药店",
    }
    return values | changes


def make_list(cast: Cast, *rows: tuple[str, ...], slug: str = "city-powers") -> RuleVersion:
    """A draft of the city's market agency."""
    actor = cast.actor("compiler")
    _, version = create_document(
        actor=actor,
        kind=DocumentKind.RESPONSIBILITY_LIST,
        slug=slug,
        title="示范市市场监督管理局权责清单",
        agency=cast.city_market,
    )
    read = read_matters(open_guarded(matter_bytes(*rows)))
    import_matters(actor=actor, version_id=version.pk, rows=read.rows)
    return version


def test_columns_are_found_in_any_order_and_the_violation_by_its_name(draft: Client, food: Violation) -> None:
    first, second, third = Matter.objects.order_by("position")
    assert (first.kind, first.code, first.violation) == ("penalty", "5301-1", food)
    assert first.legal_basis[0]["article"] == 124 and first.legal_basis[0]["item"] == 5
    assert first.object_classes == ["食品经营", "餐饮"]
    assert (second.note, second.violation) == ("含网络经营", None)
    assert third.kind == "compulsion"


WRONG = (
    ("处罚", "一", "", "", "A", "1", "", ""),
    ("奖励", "二", "", "", "B", "2", "", ""),
    ("行政检查", "", "", "", "A", "3", "", ""),
    ("行政检查", "四", "", "SCJG-1", "C", "1", "", ""),
    ("", "五", "", "", "D" * 61, "5", "", ""),
)


def test_every_problem_is_named_by_its_cell_and_nothing_is_written(cast: Cast) -> None:
    text = upload(signed_in(cast.compiler), STEM, matter_bytes(*WRONG), "表.xlsx").content.decode()
    for words in (
        "工作表“事项”A3：“奖励”不是权力类型",
        "工作表“事项”B4：没有填写事项名称",
        "工作表“事项”E4：“A”与 E2 相同",
        "工作表“事项”D5：只有行政处罚事项填写对应案由",
        "工作表“事项”F5：“1”与 F2 相同",
        "工作表“事项”A6：没有填写权力类型",
        "工作表“事项”E6：超过 60 字",
    ):
        assert words in text, words
    assert len(set(re.findall("工作表“事项”[A-H][0-9]", text))) == 7
    assert not RuleDocument.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (matter_bytes(("甲",), labels=("名称",)), "没有找到表头"),
        (matter_bytes(("", "", "", "", "", "", "", "")), "表头下面没有内容"),
        (b"PK", "没有写入任何内容"),
        (matter_bytes(*ROWS, labels=(*LABELS[:-1], "序号")), "是同一列"),
    ],
)
def test_a_table_that_is_none_is_refused_in_chinese(cast: Cast, content: bytes, words: str) -> None:
    response = upload(signed_in(cast.compiler), STEM, content, "表.xlsx")
    assert response.status_code == 200 and words in response.content.decode()


def test_an_unknown_column_and_a_missing_basis_are_mentioned(cast: Cast) -> None:
    content = matter_bytes(("行政检查", "巡查", "", "", "", "", "", "x"), labels=(*LABELS[:-1], "颜色"))
    client = signed_in(cast.compiler)
    text = page(client, upload(client, STEM, content, "表.xlsx")["Location"])
    assert "没有这一列“颜色”" in text and "C2：没有写依据" in text


def test_a_violation_of_another_line_is_refused(cast: Cast) -> None:
    rows = (("行政处罚", "甲", "《价格法》第四十二条", "X-1", "", "1", "", ""),)
    client = signed_in(cast.compiler)
    preview = upload(client, STEM, matter_bytes(*rows), "表.xlsx")["Location"]
    target = {"target": "new", "title": "清单", "slug": "city-powers", "agency": str(cast.city_market.pk)}
    assert "“X-1”不在本条线的案由中" in client.post(preview, target).content.decode()
    assert not RuleDocument.objects.exists()


def test_template_and_download_read_back_equal(cast: Cast, draft: Client) -> None:
    template = draft.get(f"{STEM}import/template.xlsx").content
    assert [cell.value for cell in load_workbook(io.BytesIO(template)).worksheets[0][1]][:4] == [
        "序号", "事项名称", "权力类型", "事项编码",
    ]  # fmt: skip
    before = BODY.content_of(RuleVersion.objects.get())
    download = draft.get(f"{DRAFT}download.xlsx").content
    version = RuleVersion.objects.get()
    rows = read_matters(open_guarded(download)).rows
    import_matters(actor=cast.actor("compiler"), version_id=version.pk, rows=rows)
    assert BODY.content_of(version) == before


def test_a_matter_is_added_edited_and_removed(draft: Client) -> None:
    added = draft.post(f"{DRAFT}new-entry/", matter_post())
    assert (added.status_code, added["Location"]) == (302, f"{DRAFT}entries/4/")
    made = Matter.objects.get(serial="4")
    assert [one["article"] for one in made.legal_basis] == [42, 13]
    assert made.object_classes == ["餐饮", "药店"]
    assert draft.post(f"{DRAFT}entries/4/", matter_post(violation_code="M-1")).status_code == 302
    made.refresh_from_db()
    assert made.violation is not None and made.slug == "4"
    assert "M-1" in page(draft, f"{DRAFT}entries/4/")
    assert draft.post(f"{DRAFT}entries/4/remove/").status_code == 302
    assert Matter.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "填写事项名称"),
        ({"kind": "inspection", "violation_code": "M-1"}, "只有行政处罚事项填写对应案由"),
        ({"violation_code": "NO"}, "不在本条线的案由中"),
        ({"lock_version": "1"}, "修改了这份草稿"),
    ],
)
def test_a_refused_matter_keeps_what_was_typed(draft: Client, changes: dict[str, str], words: str) -> None:
    text = draft.post(f"{DRAFT}new-entry/", matter_post(**changes)).content.decode()
    assert words in text and "餐饮\n药店" in text
    assert Matter.objects.count() == 3


def test_after_a_stale_save_each_difference_of_a_matter_is_a_choice(draft: Client) -> None:
    stale = draft.post(f"{DRAFT}entries/1/", matter_post(serial="1", lock_version="1"))
    assert stale.status_code == 409
    merge = stale.context["merge"]
    chosen = {f"choice-{field.name}": "mine" for field in merge.to_choose}
    assert draft.post(f"{DRAFT}entries/1/", {**dict(merge.hidden), **chosen}).status_code == 302
    assert Matter.objects.get(serial="1").name == "对不按照规定明码标价的处罚"


def test_a_matter_without_basis_blocks_review(cast: Cast, draft: Client) -> None:
    draft.post(f"{DRAFT}new-entry/", matter_post(legal_basis=""))
    assert draft.post(f"{DRAFT}submit/").status_code == 302
    assert RuleVersion.objects.get().status == "draft"
    assert "没有写依据" in page(draft, DRAFT)


def test_from_import_to_the_public_page(cast: Cast, draft: Client) -> None:
    public = Client()
    for address in (PUBLIC, f"{PUBLIC}v1/", f"{PUBLIC}v1/1/", f"{PUBLIC}v1/download.xlsx"):
        assert public.get(address).status_code == 404
    assert signed_in(cast.neighbour).get(DRAFT).status_code == 404
    publish_over_http(cast, DRAFT)
    assert "示范市文件" in page(public, "/public/responsibility/")
    assert FOOD in page(public, PUBLIC)
    assert "查封无照经营场所" not in page(public, f"{PUBLIC}v1/?facet=penalty")
    entry = page(public, f"{PUBLIC}v1/1/")
    for words in (
        FOOD,
        "第一百二十四条第一款第（五）项",
        "示范市市场监督管理局",
        "行政处罚",
        "食品经营、餐饮",
    ):
        assert words in entry
    found = page(public, "/public/search/?q=保质期&kind=responsibility_list")
    assert FOOD in found.replace("<mark>", "").replace("</mark>", "") and "权责清单" in found


def test_a_published_list_is_frozen(cast: Cast, draft: Client) -> None:
    publish_over_http(cast, DRAFT)
    text = draft.post(f"{DRAFT}entries/1/", matter_post(serial="1")).content.decode()
    assert "内容不能再改" in text and "保存这一项" not in text
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.update(name="其他")


def test_only_the_agencys_own_compiler_makes_its_list(cast: Cast) -> None:
    client = signed_in(cast.neighbour)
    preview = upload(client, STEM, matter_bytes(), "表.xlsx")["Location"]
    target = {"target": "new", "title": "清单", "slug": "foreign", "agency": str(cast.city_market.pk)}
    assert client.post(preview, target).status_code == 200
    assert not RuleDocument.objects.exists()


@pytest.mark.parametrize(
    ("day", "has_list", "holds"),
    [(START - DAY, False, False), (START, True, True), (START + 400 * DAY, True, False)],
)
def test_responsibility_follows_the_list_in_force_on_the_day(
    cast: Cast, food: Violation, day: dt.date, has_list: bool, holds: bool
) -> None:
    first = publish(cast, make_list(cast), body=BODY, effective_from=START)
    publish_next(
        cast,
        first,
        body=BODY,
        effective_from=START + 400 * DAY,
        change=lambda version: version.matters.filter(kind="penalty").delete(),
    )
    found = is_responsible_for(agency=cast.city_market, violation=food, day=day)
    assert (found.has_list, found.holds) == (has_list, holds)
    assert matters_on(agency=cast.city_market, day=day).count() == (3 if holds else 2 if has_list else 0)


def test_a_superiors_list_gives_the_lower_agency_nothing(cast: Cast, food: Violation) -> None:
    publish(cast, make_list(cast), body=BODY, effective_from=START)
    found = is_responsible_for(agency=cast.county_market, violation=food, day=START)
    assert (found.has_list, found.is_lacking) == (False, False)


def test_a_matter_of_another_kind_does_not_answer_for_a_penalty(cast: Cast, food: Violation) -> None:
    row = ("行政检查", FOOD, "《食品安全法》第一百一十条", "", "", "1", "", "")
    publish(cast, make_list(cast, row), body=BODY, effective_from=START)
    assert is_responsible_for(agency=cast.city_market, violation=food, day=START).is_lacking


@pytest.mark.parametrize(("address", "most"), [(PUBLIC, 11), (f"{PUBLIC}v1/1/", 10)])
def test_query_counts_of_public_pages(cast: Cast, draft: Any, address: str, most: int) -> None:
    publish_over_http(cast, DRAFT)
    with CaptureQueriesContext(connection) as queries:
        page(Client(), address)
    assert len(queries) <= most, [query["sql"][:120] for query in queries]


def test_a_matter_changed_behind_the_triggers_is_noticed(cast: Cast, draft: Client) -> None:
    publish_over_http(cast, DRAFT)
    assert list(altered_versions([BODY])) == []
    change_behind_triggers(
        "enforcement_matter", "UPDATE enforcement_matter SET name = '改' WHERE position = 1"
    )
    assert len(list(altered_versions([BODY]))) == 1
