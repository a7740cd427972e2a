"""公开文件: made once, the same bytes each time, readable, and checked against the ledger."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zlib
from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from config import publication
from discretion.web.surface import STANDARDS
from enforcement.errors import Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion, VersionFile
from enforcement.printing import pdf_file
from enforcement.printing.paper import (
    PaperHead,
    PrintedColumn,
    PrintedTable,
    columns_for,
    effect_sentence,
    paper_of,
    without_empty_columns,
)
from enforcement.selectors.version_files import altered_files, versions_without_files
from enforcement.services.keep_version_files import keep_version_files
from enforcement.version_files import FileFormat
from exemption_lists.models import ListEntry
from exemption_lists.web.surface import LISTS
from tests.builders import draft_list, entry_fields, publish, publish_list
from tests.cast import Cast, raise_cast
from tests.tampering import change_behind_triggers

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 26)

ENTRIES = (
    entry_fields(),
    entry_fields(serial="2", kind="lighter", violation_name="未按规定公示吉祥物价格"),
)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def version(cast: Cast) -> RuleVersion:
    draft = draft_list(cast, entries=ENTRIES)
    fines = [{"subject": "个体工商户", "min_fen": 20_000, "max_fen": None}]
    ListEntry.objects.filter(version=draft, serial="2").update(fine_ranges=fines)
    return publish(cast, draft)


def streams_of(content: bytes) -> Iterator[bytes]:
    """The streams of a PDF, unpacked."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, flags=re.DOTALL):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed


def texts_of_pdf(content: bytes) -> tuple[str, bool]:
    """The characters a PDF can be searched for, and whether any place shows the box of a missing character."""
    mapped: dict[int, str] = {}
    shown: set[int] = set()
    for stream in streams_of(content):
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", stream, flags=re.DOTALL):
            for glyph, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
                mapped[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        for line in re.findall(rb"\[(.*?)\]\s*TJ", stream, flags=re.DOTALL):
            for run in re.findall(rb"<([0-9a-fA-F]+)>", line):
                shown |= {int(run[place : place + 4], 16) for place in range(0, len(run), 4)}
    assert shown, "no text was found in the file"
    return "".join(mapped.values()), 0 in shown


def made(version: RuleVersion) -> dict[str, str]:
    return {one.value: hashlib.sha256(LISTS.files.make(version, one)).hexdigest() for one in FileFormat}


def test_every_file_has_the_same_bytes_on_another_day(version: RuleVersion) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)):
        first = made(version)
    with time_machine.travel(dt.datetime(2031, 3, 2, 5, 6, 7, tzinfo=dt.UTC)):
        assert made(version) == first
    assert first["json"] == version.digest


def test_files_are_kept_once_however_often_and_in_whatever_order(cast: Cast, version: RuleVersion) -> None:
    later = publish_list(cast, slug="another-list", effective_from=dt.date(2030, 1, 1))
    publication.follow_version(later.pk, today=TODAY)
    publication.follow_version(version.pk, today=TODAY)
    before = list(VersionFile.objects.order_by("pk").values_list("pk", "digest"))
    entries = LedgerEntry.objects.count()
    publication.follow_version(version.pk, today=TODAY)
    publication.catch_up(today=TODAY)
    publication.follow_version(later.pk, today=TODAY)
    assert len(before) == 2 * len(FileFormat)
    assert list(VersionFile.objects.order_by("pk").values_list("pk", "digest")) == before
    assert LedgerEntry.objects.count() == entries
    assert versions_without_files() == []


def test_a_draft_gets_no_files(cast: Cast) -> None:
    draft = draft_list(cast)
    publication.follow_version(draft.pk, today=TODAY)
    assert not VersionFile.objects.exists()
    with pytest.raises(IntegrityError, match="not published"), transaction.atomic():
        VersionFile.objects.create(version=draft, file_format="json", content=b"x", size=1, digest="0" * 64)


def test_kept_files_are_frozen_and_the_verification_finds_a_change(version: RuleVersion) -> None:
    publication.follow_version(version.pk, today=TODAY)
    for change in ("UPDATE enforcement_versionfile SET size = 1", "DELETE FROM enforcement_versionfile"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert list(altered_files()) == []
    change_behind_triggers(
        "enforcement_versionfile",
        "UPDATE enforcement_versionfile SET content = 'x' WHERE file_format = 'docx'",
    )
    change_behind_triggers(
        "enforcement_versionfile",
        "UPDATE enforcement_versionfile SET content = 'y', digest = %s WHERE file_format = 'pdf'",
        [hashlib.sha256(b"y").hexdigest()],
    )
    found = sorted(altered_files())
    assert [line.rpartition("：")[2] for line in found] == [
        "文件与生成时的摘要不符",
        "账本中没有与之相符的记录",
    ]


def test_a_download_before_the_worker_came_is_the_file_that_is_kept(
    client: Client, version: RuleVersion
) -> None:
    address = "/public/lists/market-list/v1/download."
    sent = {one.value: client.get(f"{address}{one.value}") for one in FileFormat}
    assert {answer.status_code for answer in sent.values()} == {200}
    publication.follow_version(version.pk, today=TODAY)
    kept = dict(VersionFile.objects.values_list("file_format", "digest"))
    assert {name: hashlib.sha256(answer.content).hexdigest() for name, answer in sent.items()} == kept
    listed = client.get("/public/lists/market-list/v1/digests.txt").content.decode()
    assert listed.splitlines() == [
        f"{kept[one.value]}  市场监管领域不予处罚清单（第1版）.{one.value}" for one in FileFormat
    ]
    again = client.get(f"{address}docx", HTTP_IF_NONE_MATCH=sent["docx"]["ETag"])
    assert again.status_code == 304
    assert client.get(f"{address}exe").status_code == 404


def test_a_machine_that_cannot_set_type_says_so_and_keeps_the_other_files(
    client: Client, version: RuleVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise Refusal("no_typesetting", pdf_file.MISSING)

    monkeypatch.setattr(pdf_file, "_setter", missing)
    answer = client.get("/public/lists/market-list/v1/download.pdf")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert pdf_file.MISSING in answer.content.decode()
    with pytest.raises(Refusal):
        keep_version_files(source=LISTS.files, version=version)
    assert set(VersionFile.objects.values_list("file_format", flat=True)) == {"docx", "xlsx", "json"}
    monkeypatch.undo()
    publication.catch_up(today=TODAY)
    assert VersionFile.objects.count() == len(FileFormat)


def test_a_long_list_is_set_by_the_worker(
    client: Client, version: RuleVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr("enforcement.web.documents.public_files.MOST_ROWS_HERE", 1)
    monkeypatch.setattr("enforcement.web.documents.public_files.announce_publication", woken.append)
    answer = client.get("/public/lists/market-list/v1/download.pdf")
    assert (answer.status_code, woken) == (503, [version.pk])
    assert "几分钟后可以下载" in answer.content.decode()
    publication.follow_version(version.pk, today=TODAY)
    assert client.get("/public/lists/market-list/v1/download.pdf").status_code == 200


def test_the_pdf_holds_the_text_and_no_boxes(version: RuleVersion) -> None:
    content = LISTS.files.make(version, FileFormat.PDF)
    text, has_boxes = texts_of_pdf(content)
    wanted = set(
        "市场监管领域不予处罚清单经营者未按规定明码标价首次违法当场补齐价签本版共条自起施行〔〕《》（）—"
    )
    assert wanted - set(text) == set()
    assert not has_boxes
    # Set with our own font alone: whatever is installed on this machine has no part in it.
    fonts = {name for stream in streams_of(content) for name in re.findall(rb"/BaseFont\s*/(\S+)", stream)}
    assert {name.rpartition(b"+")[2].partition(b"/")[0] for name in fonts} == {b"Hengdu-Song"}


def test_the_word_file_opens_with_repeating_heads_and_page_numbers(version: RuleVersion) -> None:
    document = Document(io.BytesIO(LISTS.files.make(version, FileFormat.DOCX)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "市场监管领域不予处罚清单" in words
    assert version.document_number in words
    assert [text for text in words if text.endswith("处罚") and "、" in text] == [
        "一、不予处罚",
        "二、从轻处罚",
    ]
    first, second = document.tables
    assert [cell.text for cell in first.rows[0].cells][:2] == ["序号", "违法行为"]
    assert "个体工商户：200元以上" in [cell.text for cell in second.rows[1].cells]
    assert "未按规定公示吉祥物价格" in [cell.text for cell in second.rows[1].cells]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    section, wide = document.sections
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert wide.page_width > wide.page_height
    assert "PAGE" in section.footer._element.xml
    assert section.footer.paragraphs[0].text == "—  —"


def test_the_workbook_opens(version: RuleVersion) -> None:
    sheet = load_workbook(io.BytesIO(LISTS.files.make(version, FileFormat.XLSX))).active
    assert sheet is not None
    assert "经营者未按规定明码标价" in [cell.value for cell in sheet[3]]


def test_other_kinds_are_printed_with_the_columns_of_their_pages(cast: Cast) -> None:
    assert STANDARDS.printed_tables_of is None
    version = publish(cast, draft_list(cast))
    (table,) = LISTS.printed_tables(version)
    assert table.title == "不予处罚"
    assert "适用条件" in [column.label for column in table.columns]


HEAD = PaperHead(
    agency="甲局",
    title="乙清单",
    number=2,
    document_number="甲〔2026〕1号",
    index_number="YI-2",
    issued_on=None,
    published_on=dt.date(2026, 3, 1),
    effective_from=dt.date(2026, 4, 1),
    effective_until=dt.date(2027, 4, 1),
    change_summary="",
    digest="0" * 64,
)


def _table(title: str, *rows: tuple[str, ...]) -> PrintedTable:
    return PrintedTable(title, (PrintedColumn("序号"), PrintedColumn("备注")), rows)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (None, "自2026年4月1日起施行。"),
        (dt.date(2027, 4, 1), "自2026年4月1日起施行，试行至2027年3月31日。"),
        (dt.date(2026, 4, 2), "自2026年4月1日起施行，试行至2026年4月1日。"),
    ],
)
def test_the_sentence_names_the_last_day_with_effect(until: dt.date | None, sentence: str) -> None:
    assert effect_sentence(dt.date(2026, 4, 1), until) == sentence


def test_a_column_is_as_wide_as_its_texts_need_within_bounds() -> None:
    rows = [("1", "字" * 40, "字" * 4000), ("2", "字" * 50, "")]
    assert [column.weight for column in columns_for(("序号", "甲", "乙"), rows)] == [8, 21, 40]
    assert [column.weight for column in columns_for(("序号",), [])] == [8]


def test_empty_columns_are_left_out_and_tables_numbered_when_there_are_several() -> None:
    assert [column.label for column in without_empty_columns(_table("", ("1", " "))).columns] == ["序号"]
    paper = paper_of(HEAD, [_table("免", ("1", "")), _table("减", ("1", "注"), ("2", ""))], unit="条")
    assert [table.title for table in paper.tables] == ["一、免", "二、减"]
    assert [len(table.columns) for table in paper.tables] == [1, 2]
    assert paper.sentences == (
        "本版共 3 条，其中免 1 条、减 2 条，自2026年4月1日起施行，试行至2027年3月31日。",
    )
    assert sum(paper.tables[1].percentages) <= 100
