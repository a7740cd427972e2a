"""Leniency lists through the browser's requests: import, edit, submit, review, publish, and what the public reads."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enforcement.models import Account, RuleVersion
from exemption_lists.content import BODY
from exemption_lists.intake import read_list_file
from exemption_lists.models import ListEntry, UploadedTable
from exemption_lists.services.edit_entry import add_entry, edit_entry
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, entry_of, publish_list, publish_next
from tests.cast import Cast, raise_cast
from tests.exemption_lists.import_steps import import_whole
from tests.exemption_lists.workbooks import HEADER, row, workbook_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def entry_post(version: RuleVersion, **changes: str) -> dict[str, str]:
    values = {
        "lock_version": str(version.lock_version),
        "serial": "1",
        "kind": "no_penalty",
        "mandate": "must",
        "scope": "matter",
        "violation_name": PRICE_TAG,
        "logic": "all",
        "condition_text": "首次违法\n危害后果轻微\n当场能够说明价格来源",
        "penalty_provisions": "《中华人民共和国价格法》第四十二条",
    }
    return values | changes


TABLE = workbook_bytes(
    ("不予处罚", [("不予行政处罚清单",), HEADER, row(1, "价格", PRICE_TAG), row(2, None, "未按规定亮照")])
)


def test_the_whole_life_of_a_list_through_the_pages(cast: Cast) -> None:
    compiler, reviewer, publisher = (
        signed_in(account) for account in (cast.compiler, cast.reviewer, cast.publisher)
    )
    address = import_whole(compiler, TABLE, t1_slug="imported", t1_agency=cast.city_market.code)
    version = RuleVersion.objects.get(document__slug="imported")
    assert version.list_entries.count() == 2

    entry_address = f"{address}entries/1/"
    assert "当场能够说明价格来源" not in page(compiler, entry_address)
    response = compiler.post(entry_address, entry_post(version, serial="1", note="核对过"))
    assert response.status_code == 302, response.content.decode()
    assert entry_of(version).note == "核对过"

    assert compiler.post(f"{address}submit/").status_code == 302
    assert "核对并发布" not in page(compiler, address)
    own = compiler.post(f"{address}review/", {"verdict": "agree", "text": "我自己同意"})
    assert own.status_code == 200 and "法制审核" in own.content.decode()
    assert RuleVersion.objects.get(pk=version.pk).status == "in_review"
    assert PRICE_TAG in page(reviewer, f"{address}review/")
    assert reviewer.post(f"{address}review/", {"verdict": "agree", "text": "同意发布"}).status_code == 302

    values = {
        "document_number": "示市监规〔2025〕1号",
        "issued_on": "2024.12.1",
        "effective_from": "20250101",
    }
    check = page(publisher, f"{address}publish/")
    assert "http://testserver/public/lists/imported/v1/" in check
    assert publisher.post(f"{address}publish/", values).status_code == 302
    published = RuleVersion.objects.get(pk=version.pk)
    assert published.is_published and published.effective_from == SPRING
    assert published.digest in page(Client(), "/public/lists/imported/v1/")
    assert compiler.post(entry_address, entry_post(published, note="偷改")).status_code == 200
    assert entry_of(published).note == "核对过"


def test_the_person_who_drafted_sees_why_publishing_is_closed(cast: Cast) -> None:
    draft = draft_list(cast, compiler=cast.actor("all_duties"))
    client = signed_in(cast.all_duties)
    address = f"/officer/lists/{draft.document.slug}/v1/"
    client.post(f"{address}submit/")
    text = page(client, address)
    assert "双人规则" in text and "disabled" in text
    signed_in(cast.reviewer).post(f"{address}review/", {"verdict": "agree", "text": "同意"})
    assert "双人规则" in page(client, f"{address}publish/")
    values = {"document_number": "1", "issued_on": "2025-01-01", "effective_from": "2025-01-01"}
    assert client.post(f"{address}publish/", values).status_code == 200
    assert not RuleVersion.objects.published().exists()


@pytest.mark.parametrize("person", ["neighbour", "ecology_compiler"])
def test_drafts_of_others_do_not_exist(cast: Cast, person: str) -> None:
    draft = draft_list(cast)
    client = signed_in(getattr(cast, person))
    address = f"/officer/lists/{draft.document.slug}/"
    for place in (address, f"{address}v1/", f"{address}v1/entries/1/", f"{address}v1/download.xlsx"):
        page(client, place, 404)
    assert draft.document.title not in page(client, "/officer/lists/")


def test_drafts_do_not_exist_for_the_public(cast: Cast) -> None:
    draft_list(cast)
    for place in ("", "v1/", "v1/1/", "v1/download.xlsx"):
        page(Client(), f"/public/lists/market-list/{place}", 404)
    assert "market-list" not in page(Client(), "/public/lists/")


ENTRY = "/officer/lists/market-list/v1/entries/1/"


def opened_as(client: Client) -> str:
    return str(client.get(ENTRY).context["form"]["opened_as"].value())


def test_a_colleagues_edit_of_another_entry_costs_no_decision(cast: Cast) -> None:
    draft = draft_list(cast)
    client = signed_in(cast.compiler)
    mine = entry_post(draft, note="我写的很长的备注", opened_as=opened_as(client))
    add_entry(actor=cast.actor("second_compiler"), version_id=draft.pk, fields=entry_fields(serial="2"))
    assert client.post(ENTRY, mine).status_code == 302
    assert entry_of(draft).note == "我写的很长的备注"


def test_an_entry_edited_by_both_shows_both_texts(cast: Cast) -> None:
    draft = draft_list(cast)
    client = signed_in(cast.compiler)
    mine = entry_post(draft, note="我写的很长的备注", category="我的类别", opened_as=opened_as(client))
    edit_entry(
        actor=cast.actor("second_compiler"),
        version_id=draft.pk,
        entry_id=entry_of(draft).pk,
        fields=entry_fields(note="编制人乙的备注", domain="乙的领域"),
    )
    page = client.post(ENTRY, mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "编制人乙在" in text and "我写的很长的备注" in text and "编制人乙的备注" in text
    assert entry_of(draft).note == "编制人乙的备注", "nothing was overwritten"
    merge = page.context["merge"]
    assert [field.name for field in merge.to_choose] == ["note"]
    choices = {field.name: field.choice for field in merge.settled}
    assert (choices["domain"], choices["category"]) == ("theirs", "mine")
    settled = {f"choice-{name}": choice for name, choice in choices.items()}
    answered = {**dict(merge.hidden), **settled, "choice-note": "written", "written-note": "两人的备注"}
    assert client.post(ENTRY, answered).status_code == 302
    saved = entry_of(draft)
    assert (saved.note, saved.domain, saved.category) == ("两人的备注", "乙的领域", "我的类别")


def test_problems_of_an_entry_come_back_with_everything_typed(cast: Cast) -> None:
    draft = draft_list(cast)
    response = signed_in(cast.compiler).post(
        "/officer/lists/market-list/v1/new-entry/",
        entry_post(draft, violation_name="", category="保留的类别"),
    )
    text = response.content.decode()
    assert "填写违法行为" in text and "保留的类别" in text and "<title>错误：" in text
    assert ListEntry.objects.count() == 1


def test_citations_are_shown_as_they_were_understood(cast: Cast) -> None:
    draft = draft_list(cast)
    client = signed_in(cast.compiler)
    values = entry_post(
        draft,
        violated_provisions="《中华人民共和国价格法》第十三条第一款\n依照有关规定",
        penalty_provisions="",
    )
    assert client.post("/officer/lists/market-list/v1/entries/1/", values).status_code == 302
    references = entry_of(draft).violated_provisions
    assert (references[0]["article"], references[0]["paragraph"]) == (13, 1)
    assert "没有识别出条款" in page(client, "/officer/lists/market-list/v1/entries/1/")


def test_an_empty_list_cannot_be_submitted(cast: Cast) -> None:
    draft_list(cast, entries=())
    client = signed_in(cast.compiler)
    assert "还没有条目" in page(client, "/officer/lists/market-list/v1/")
    client.post("/officer/lists/market-list/v1/submit/")
    assert RuleVersion.objects.get().status == "draft"


def test_doubled_serials_are_named_before_review(cast: Cast) -> None:
    draft = draft_list(cast, entries=(entry_fields(), entry_fields()))
    assert any("不止一条：1。" in problem for problem in BODY.problems_of(draft))
    other_kind = draft_list(cast, slug="two-kinds", entries=(entry_fields(), entry_fields(kind="lighter")))
    assert BODY.problems_of(other_kind) == []
    assert {entry.slug for entry in other_kind.list_entries.all()} == {"1", "lighter-1"}


def test_the_public_reads_an_entry_with_its_conditions_and_metadata(cast: Cast) -> None:
    published = publish_list(cast)
    text = page(Client(), "/public/lists/market-list/v1/1/")
    for words in (
        "同时满足下列条件的，应当不予处罚",
        "首次违法",
        "由执法人员逐项确认",
        "当场补齐价签",
        "在突发事件期间哄抬价格",
        "《中华人民共和国价格法》第四十二条",
        "MARKET-LIST-1-1",
        "示市监规〔2025〕1号",
        "现行有效",
        "引用本条",
        published.digest,
    ):
        assert words in text
    assert len(text.encode()) < 100_000
    assert text.count("<h1") == 1 and " style=" not in text


def test_an_old_version_stays_readable_and_points_to_the_one_in_force(cast: Cast) -> None:
    first = publish_list(cast)
    publish_next(cast, first, effective_from=dt.date(2025, 6, 1))
    old = page(Client(), "/public/lists/market-list/v1/1/")
    assert "当时的内容" in old and "看现行有效的第 2 版" in old
    assert "第 2 版（本页）" in page(Client(), "/public/lists/market-list/")
    assert "/public/lists/market-list/v2/1/" in old


def test_a_version_that_begins_tomorrow_is_named_and_not_in_force(cast: Cast) -> None:
    first = publish_list(cast)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    publish_next(cast, first, effective_from=tomorrow)
    assert "现在还不适用" in page(Client(), "/public/lists/market-list/v2/")
    assert "第 1 版（本页）" in page(Client(), "/public/lists/market-list/")
    assert "第 2 版" in page(Client(), "/public/lists/")


def test_an_expired_trial_leaves_nothing_in_force(cast: Cast) -> None:
    publish_list(cast, effective_until=dt.date(2025, 6, 1))
    assert "失效" in page(Client(), "/public/lists/market-list/v1/")
    assert "现在没有有效的版本" in page(Client(), "/public/lists/")


def test_entries_are_narrowed_by_words_and_kind_in_the_address(cast: Cast) -> None:
    publish_list(
        cast,
        entries=(
            entry_fields(),
            entry_fields(serial="2", kind="lighter", violation_name="计量器具超过检定周期"),
        ),
    )
    address = "/public/lists/market-list/v1/"
    assert PRICE_TAG in page(Client(), f"{address}?q=明码")
    assert "计量器具" not in page(Client(), f"{address}?q=明码")
    assert PRICE_TAG not in page(Client(), f"{address}?facet=lighter")
    assert "没有找到相符的内容" in page(Client(), f"{address}?q=不存在的行为")
    hostile = page(Client(), f"{address}?q=<script>alert(1)</script>&page=abc&facet=x'")
    assert "<script>alert" not in hostile


def test_the_download_reads_back_equal(cast: Cast) -> None:
    published = publish_list(
        cast,
        entries=(
            entry_fields(),
            entry_fields(serial="2", kind="lighter", mandate="may", violation_name="计量器具超过检定周期"),
        ),
    )
    response = Client().get("/public/lists/market-list/v1/download.xlsx")
    assert "attachment" in response["Content-Disposition"]
    file = read_list_file(name="下载.xlsx", content=io.BytesIO(response.content).getvalue())
    drafts = [draft for reading in file.readings for draft in reading.entries]
    stored = list(published.list_entries.order_by("position"))
    assert [
        (d.serial, d.kind and d.kind.value, d.mandate.value, d.violation_name, list(d.condition_text))
        for d in drafts
    ] == [(e.serial, e.kind, e.mandate, e.violation_name, e.condition_text) for e in stored]
    assert [[{"text": text, "condition": None} for text in d.exclusions] for d in drafts] == [
        e.exclusions for e in stored
    ]


@pytest.mark.parametrize("content", [b"", b"no spreadsheet", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_is_refused_in_words(cast: Cast, content: bytes) -> None:
    client = signed_in(cast.compiler)
    response = client.post("/officer/lists/import/", {"file": SimpleUploadedFile("清单.xlsx", content)})
    assert response.status_code == 200 and "error-summary" in response.content.decode()
    assert not UploadedTable.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/officer/lists/", "/officer/lists/market-list/v1/", "/public/lists/", "/public/lists/market-list/v1/"],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(client, address)
        return len(captured)

    publish_list(cast)
    client = signed_in(cast.compiler) if address.startswith("/officer") else Client()
    page(client, address)
    before = queries()
    for number in range(2, 6):
        publish_list(cast, slug=f"list-{number}")
    first = RuleVersion.objects.get(document__slug="market-list")
    publish_next(
        cast,
        first,
        effective_from=dt.date(2025, 6, 1),
        change=lambda draft: [
            add_entry(
                actor=cast.actor("compiler"),
                version_id=draft.pk,
                fields=entry_fields(serial=str(number), violation_name=f"{PRICE_TAG}之{number}"),
            )
            for number in range(2, 12)
        ],
    )
    address = address.replace("v1/", "v2/")
    assert queries() <= before + 1
