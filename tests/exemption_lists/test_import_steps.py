"""The five steps through the browser's requests: what is kept, what is refused, and that nothing is written before the end."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from enforcement.models import Account, RuleDocument, RuleVersion
from enforcement.services.draft_version import start_next_version
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry, UploadedTable
from exemption_lists.services.edit_entry import add_entry, remove_entry, set_condition
from exemption_lists.tasks import forget_uploads
from tests.builders import PRICE_TAG, draft_list, entry_fields, entry_of, publish, publish_list
from tests.cast import Cast, raise_cast
from tests.exemption_lists.import_steps import at, choose_file, import_whole, map_columns, write
from tests.exemption_lists.workbooks import BOTH, HEADER, row, workbook_bytes

pytestmark = pytest.mark.django_db

TABLE = workbook_bytes(
    ("不予处罚", [("不予行政处罚清单",), HEADER, row(1, "价格", PRICE_TAG), row(2, None, "未按规定亮照")])
)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_nothing_is_written_before_the_last_step(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    assert map_columns(client, upload, t1_slug="imported")["Location"] == at(upload, "check")
    assert PRICE_TAG in text_of(client, at(upload, "check"))
    assert "新清单，没有可以比对的版本" in text_of(client, at(upload, "compare"))
    page = text_of(client, at(upload, "write"))
    assert "建立新清单的第 1 版草稿" in page and "imported" in page
    assert not RuleDocument.objects.exists() and not ListEntry.objects.exists()
    response = write(client, upload)
    assert response.status_code == 302 and response["Location"] == "/officer/lists/imported/v1/"
    version = RuleVersion.objects.get(document__slug="imported")
    assert version.list_entries.count() == 2
    assert f"文件摘要 {upload.digest}" in version.source_note
    kept = UploadedTable.objects.get()
    assert (kept.content, kept.choices, list(kept.versions.all())) == (None, {}, [version])


@pytest.mark.parametrize("step", ["check", "compare", "write"])
def test_later_steps_lead_back_until_the_columns_are_settled(cast: Cast, step: str) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    assert client.get(at(upload, step))["Location"] == at(upload, "columns")


def test_every_step_can_be_gone_back_to_with_what_was_chosen(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    map_columns(client, upload, t1_slug="chosen-slug", t1_title="我起的名称", t1_c2="domain")
    page = text_of(client, at(upload, "columns"))
    assert "chosen-slug" in page and "我起的名称" in page
    form = client.get(at(upload, "columns")).context["form"]
    assert form["t1-c2"].value() == "domain"


@pytest.mark.parametrize("step", ["columns", "check", "compare", "write", "check/1/1"])
def test_an_upload_is_for_its_owner_only(cast: Cast, step: str) -> None:
    upload = choose_file(signed_in(cast.compiler), TABLE)
    map_columns(signed_in(cast.compiler), upload)
    text_of(signed_in(cast.second_compiler), at(upload, step), 404)


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (24, 410)])
def test_an_upload_is_kept_for_a_day_and_says_so_afterwards(cast: Cast, hours: int, status: int) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    UploadedTable.objects.update(uploaded_at=timezone.now() - dt.timedelta(hours=hours))
    page = text_of(client, at(upload, "columns"), status)
    assert ("超过 24 小时" in page) == (status == 410)


def test_a_written_upload_says_where_it_went_and_the_same_file_is_recognised(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    map_columns(client, upload, t1_slug="imported", t1_title="导入的清单")
    write(client, upload)
    closed = text_of(client, at(upload, "write"), 410)
    assert "导入的清单（第 1 版）" in closed and "/officer/lists/imported/v1/" in closed
    again = choose_file(client, TABLE)
    assert "《导入的清单》第 1 版" in text_of(client, at(again, "columns"))


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("清单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .xlsx"),
        ("清单.csv", "序号,违法行为\n1,甲\n".encode(), "另存为 .xlsx"),
        ("清单.xlsx", b"", "重新选择文件"),
        ("清单.xlsx", b"PK\x03\x04broken", "另存一份"),
        ("清单.xlsx", workbook_bytes(("空表", [["没有表头"]])), "表头应含有"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_advice(
    cast: Cast, name: str, content: bytes, advice: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(cast.compiler)
    response = client.post("/officer/lists/import/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200 and advice in response.content.decode()
    assert not UploadedTable.objects.exists()


SHUFFLED = workbook_bytes(
    ("清单", [("不予处罚清单",), ("备查", "案件描述", "适用情形", "序号"), ("甲备查", PRICE_TAG, BOTH, 7)])
)


def test_a_column_that_was_not_recognised_is_named_and_mapped_by_hand(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, SHUFFLED)
    page = text_of(client, at(upload, "columns"))
    assert "没有认出，请选择" in page and "案件描述" in page and "甲备查" in page
    map_columns(client, upload, t1_slug="shuffled", t1_c1="ignored", t1_c2="violation_name")
    write(client, upload)
    entry = ListEntry.objects.get()
    assert (entry.serial, entry.violation_name, entry.note) == ("7", PRICE_TAG, "")
    assert entry.source_cells["violation_name"] == "B3" and entry.source_cells["sheet"] == "清单"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"t1_c1": "violation_name", "t1_c2": "serial", "t1_c3": "serial"}, "只能对应一列"),
        ({"t1_c3": "note", "t1_c5": "note"}, "至少有一列对应"),
        ({"t1_slug": ""}, "填写新清单的网址代号"),
        ({"t1_slug": "中文"}, "网址代号只能用字母"),
        ({"t1_slug": "market-list"}, "已被使用"),
        ({"t1_title": ""}, "填写新清单的名称"),
        ({"t1_to": "skip"}, "没有选择要导入的表"),
        ({"t1_to": "draft:someone-elses"}, "这份清单已不能写入"),
    ],
)
def test_columns_and_targets_that_cannot_stand_come_back_with_everything_chosen(
    cast: Cast, changes: dict[str, str], message: str
) -> None:
    publish_list(cast)
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    response = map_columns(client, upload, **({"t1_title": "我起的名称"} | changes))
    page = response.content.decode()
    assert response.status_code == 200 and message in page
    assert changes.get("t1_title") == "" or "我起的名称" in page
    assert not UploadedTable.objects.get().choices


BAD = workbook_bytes(
    (
        "清单",
        [
            ("不予行政处罚清单",),
            (*HEADER, "罚款幅度"),
            (*row("=1+0", "价格", PRICE_TAG), "1O00元以下"),
            (*row(None, None, "未按规定亮照"), ""),
        ],
    )
)


def test_errors_keep_the_next_step_closed_until_they_are_corrected_in_place(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, BAD)
    map_columns(client, upload, t1_slug="corrected")
    page = client.get(at(upload, "check"))
    assert [(line.cell, line.row, line.column, line.is_error) for line in page.context["lines"]] == [
        ("A3", "3", "序号", True),
        ("F3", "3", "罚款幅度", False),
        ("A4", "4", "序号", False),
    ]
    assert page.context["next_url"] == ""
    assert client.get(at(upload, "compare"))["Location"] == at(upload, "check")
    refused = client.post(at(upload, "write"))
    assert "A3" in refused.content.decode() and not ListEntry.objects.exists()
    typed = {
        "cell-0-A3": "1",
        "cell-0-F3": "1000元以下",
        "cell-0-A4": "2",
        "cell-9-A1": "x",
        "cell-0-ZZZ9": "x",
    }
    assert client.post(at(upload, "check"), typed).status_code == 302
    clean = client.get(at(upload, "check"))
    assert clean.context["error_count"] == clean.context["warning_count"] == 0
    assert "没有发现问题" in clean.content.decode() and "A3：1" in clean.content.decode()
    write(client, upload)
    first, second = ListEntry.objects.order_by("position")
    assert (first.serial, second.serial) == ("1", "2")
    assert first.fine_ranges == [{"subject": "", "min_fen": None, "max_fen": 1000_00}]
    remarks = [one["message"] for one in first.version.source_warnings]
    assert any("A3 在导入时改为“1”，原为“=1+0”" in remark for remark in remarks)
    assert any("A4 在导入时补上“2”" in remark for remark in remarks)


def test_a_correction_can_be_taken_back(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, BAD)
    map_columns(client, upload)
    client.post(at(upload, "check"), {"cell-0-A3": "1"})
    assert client.get(at(upload, "check")).context["error_count"] == 0
    client.post(at(upload, "check"), {"restore": "清单!A3"})
    assert client.get(at(upload, "check")).context["error_count"] == 1


def test_all_cells_of_an_entry_are_corrected_on_its_own_page(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    map_columns(client, upload, t1_slug="by-row")
    address = f"{at(upload, 'check')}1/2/"
    lines = client.get(address).context["lines"]
    assert [(line.cell, line.column) for line in lines] == [
        ("A4", "序号"), ("B4", "类别"), ("C4", "违法行为"), ("D4", "违反条款"), ("E4", "不予处罚的情节"),
    ]  # fmt: skip
    values = {line.name: line.text for line in lines}
    response = client.post(address, values | {"cell-0-C4": "未按规定公示营业执照"})
    assert response["Location"] == at(upload, "check")
    write(client, upload)
    assert entry_of(RuleVersion.objects.get(), "2").violation_name == "未按规定公示营业执照"
    text_of(client, f"{at(choose_file(client, BAD), 'check')}1/9/", 302)


def test_the_marked_file_carries_colour_and_comment_at_the_cells_and_reads_back(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, BAD)
    response = client.get(f"/officer/lists/import/{upload.pk}/marked.xlsx")
    assert "attachment" in response["Content-Disposition"]
    page = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert page["A3"].value is None and "公式" in page["A3"].comment.text
    assert page["A3"].fill.fgColor.rgb.endswith("FDECEA")
    assert "认不准金额" in page["F3"].comment.text and page["F3"].fill.fgColor.rgb.endswith("FFF4E0")
    assert page["C3"].comment is None
    page["A3"], page["F3"], page["A4"] = "1", "1000元以下", "2"
    stream = io.BytesIO()
    page.parent.save(stream)
    again = choose_file(client, stream.getvalue())
    map_columns(client, again)
    assert client.get(at(again, "check")).context["error_count"] == 0


SHEETS = workbook_bytes(
    ("示例市市场监管局", [("不予行政处罚清单",), HEADER, row(1, "价格", PRICE_TAG)]),
    ("从轻", [("从轻处罚清单",), HEADER, row(1, None, "第二张表的行为")]),
    ("减轻", [("减轻处罚清单",), HEADER, ("无",)]),
)


def test_tables_go_into_documents_of_their_own_or_into_one(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, SHEETS)
    map_columns(client, upload, t1_slug="first", t2_to="new", t2_slug="second", t2_title="第二份")
    assert write(client, upload)["Location"] == "/officer/lists/"
    assert {version.document.slug: version.list_entries.count() for version in RuleVersion.objects.all()} == {
        "first": 1,
        "second": 1,
    }
    import_whole(client, SHEETS, t1_slug="together", t2_to="same", t3_to="same", t3_empty="on")
    together = RuleVersion.objects.get(document__slug="together")
    assert together.list_entries.count() == 2
    assert "“减轻处罚清单”没有条目" in together.source_note
    assert not together.declares_no_entries


EMPTY = workbook_bytes(("减轻", [("减轻处罚清单",), HEADER, ("无",)]))


def test_an_empty_list_is_written_only_when_somebody_says_it_is_empty(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, EMPTY)
    refused = map_columns(client, upload, t1_to="new", t1_slug="empty")
    assert "这张表没有条目。确实没有的" in refused.content.decode()
    map_columns(client, upload, t1_to="new", t1_slug="empty", t1_empty="on")
    assert "这份清单没有条目" in text_of(client, at(upload, "write"))
    write(client, upload)
    version = RuleVersion.objects.get()
    assert version.declares_no_entries and BODY.problems_of(version) == []
    published = publish(cast, version)
    assert published.is_published
    assert "编制机关声明：这份清单没有条目" in text_of(Client(), "/public/lists/empty/v1/")


def test_the_statement_ends_with_the_first_entry(cast: Cast) -> None:
    address = import_whole(signed_in(cast.compiler), EMPTY, t1_to="new", t1_slug="empty", t1_empty="on")
    version = RuleVersion.objects.get()
    assert "已声明：这份清单没有条目" in text_of(signed_in(cast.compiler), address)
    actor = cast.actor("compiler")
    entry = add_entry(actor=actor, version_id=version.pk, fields=entry_fields())
    remove_entry(actor=actor, version_id=version.pk, entry_id=entry.pk)
    version.refresh_from_db()
    assert not version.declares_no_entries and BODY.problems_of(version)


def test_a_draft_without_the_statement_stays_unfinished(cast: Cast) -> None:
    assert any("还没有条目" in problem for problem in BODY.problems_of(draft_list(cast, entries=())))


def test_importing_into_a_draft_adds_or_replaces(cast: Cast) -> None:
    draft = draft_list(cast)
    client = signed_in(cast.compiler)
    for mode, count in (("append", 3), ("replace", 2)):
        import_whole(client, TABLE, t1_to="draft:market-list", t1_mode=mode)
        assert draft.list_entries.count() == count


def test_an_import_begun_at_a_draft_goes_into_it(cast: Cast) -> None:
    draft_list(cast)
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE, document="market-list")
    assert client.get(at(upload, "columns")).context["form"]["t1-to"].value() == "draft:market-list"


def test_a_draft_changed_since_the_last_page_is_not_overwritten(cast: Cast) -> None:
    draft_list(cast)
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    map_columns(client, upload, t1_to="draft:market-list")
    response = client.post(at(upload, "write"), {"seen-market-list": "99"})
    assert response.status_code == 200 and "error-summary" in response.content.decode()
    assert ListEntry.objects.count() == 1 and UploadedTable.objects.get().content is not None


NEXT = workbook_bytes(
    (
        "不予处罚",
        [
            ("不予行政处罚清单",),
            HEADER,
            ("1", "价格", PRICE_TAG, "《中华人民共和国价格法》第四十二条", "首次违法"),
            row("2", None, "新增的行为"),
        ],
    )
)


def test_a_next_version_keeps_addresses_and_typed_conditions(cast: Cast) -> None:
    clauses = ("首次违法",)
    first = draft_list(
        cast,
        entries=(
            entry_fields(serial="5", violation_name="删去的行为"),
            entry_fields(serial="1", violation_name=PRICE_TAG, condition_text=clauses),
        ),
    )
    entry = entry_of(first, "1")
    typed = {"fact": "offence_count", "op": "eq", "value": 1}
    set_condition(actor=cast.actor("compiler"), version_id=first.pk, entry_id=entry.pk, document=typed)
    publish(cast, first)
    client = signed_in(cast.compiler)
    upload = choose_file(client, NEXT)
    map_columns(client, upload, t1_to="next:market-list")
    compared = client.get(at(upload, "compare"))
    (document,) = compared.context["documents"]
    states = {one["label"]: one["count"] for one in document["document"].counters}
    assert states == {"新增": 1, "删除": 1, "修改": 1}
    page = compared.content.decode()
    assert "与第 1 版（现行有效）比对" in page and "【删除】" in page and "新增的行为" in page
    write(client, upload)
    second = RuleVersion.objects.get(number=2)
    kept, added = second.list_entries.order_by("position")
    assert (kept.slug, kept.condition) == (entry.slug, typed)
    assert added.slug not in {one.slug for one in first.list_entries.all()}


def test_a_next_version_is_refused_while_a_draft_is_under_way(cast: Cast) -> None:
    first = publish_list(cast)
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    map_columns(client, upload, t1_to="next:market-list")
    start_next_version(actor=cast.actor("compiler"), body=BODY, document_id=first.document_id)
    response = write(client, upload)
    assert response.status_code == 200 and "已有一个未发布的版本" in response.content.decode()
    assert UploadedTable.objects.get().content is not None


def test_a_json_collection_goes_through_the_same_steps(cast: Cast) -> None:
    import json

    record = {"list_kind": "不予处罚", "violation": PRICE_TAG, "condition_text": ["首次违法"], "serial": "1"}
    collection = {
        "sources": {"A": {"title": "甲清单"}, "B": {"title": "乙清单"}},
        "entries": [record | {"source": "A"}, record | {"source": "B"}],
    }
    client = signed_in(cast.compiler)
    content = json.dumps(collection, ensure_ascii=False).encode()
    assert import_whole(client, content, name="清单.json") == "/officer/lists/"
    assert sorted(RuleDocument.objects.values_list("title", flat=True)) == ["乙清单", "甲清单"]


def test_the_entry_page_says_from_which_cell_each_field_comes(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    address = import_whole(client, TABLE, t1_slug="with-sources")
    assert "不予处罚!C3" in text_of(client, f"{address}entries/1/")


def test_expired_bytes_and_choices_are_forgotten(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    upload = choose_file(client, TABLE)
    map_columns(client, upload)
    UploadedTable.objects.update(uploaded_at=timezone.now() - dt.timedelta(hours=25))
    forget_uploads()
    upload.refresh_from_db()
    assert (upload.content, upload.choices) == (None, {})
    forget_uploads()
