"""Hostile, damaged and oversized workbooks are refused in Chinese, quickly, with nothing written."""

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from enforcement.errors import InvalidInput
from enforcement.spreadsheets import guard, limits, preflight
from enforcement.spreadsheets.grid import CellKind, coordinate
from enforcement.spreadsheets.guard import open_guarded

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def small_workbook() -> bytes:
    workbook = Workbook()
    workbook.worksheets[0].append(["序号", "事项"])
    workbook.worksheets[0].append([1, "甲"])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_part(name: str, content: bytes, *, base: bytes | None = None) -> bytes:
    """The small workbook with one part replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or small_workbook())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for part in source.infolist():
            if part.filename != name:
                package.writestr(part.filename, source.read(part))
        package.writestr(name, content)
    return target.getvalue()


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> bytes:
    return f"<worksheet {NAMESPACE}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()


def many_rows(count: int, cell: str = "<c><v>1</v></c>") -> str:
    return f"<row>{cell}</row>" * count


def refusal_of(content: bytes) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        open_guarded(content)
    return caught.value


def damaged() -> bytes:
    content = bytearray(small_workbook())
    middle = len(content) // 3
    content[middle : middle + 200] = b"\x00" * 200
    return bytes(content)


def with_many_parts() -> bytes:
    target = io.BytesIO(small_workbook())
    with zipfile.ZipFile(target, "a") as package:
        for number in range(limits.MAX_PARTS):
            package.writestr(f"xl/media/{number}.bin", b"0")
    return target.getvalue()


def flagged_as_encrypted() -> bytes:
    content = bytearray(small_workbook())
    directory = content.index(b"PK\x01\x02")
    flags = struct.unpack_from("<H", content, directory + 8)[0]
    struct.pack_into("<H", content, directory + 8, flags | 1)
    return bytes(content)


def entity_bomb() -> bytes:
    entities = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return entities.encode() + sheet_xml("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty file": (lambda: b"", "empty_file"),
    "text file": (lambda: "序号,事项\n1,甲\n".encode(), "not_a_spreadsheet"),
    "old xls": (lambda: OLE, "old_format"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "encrypted zip entry": (flagged_as_encrypted, "password"),
    "other zip": (lambda: with_part("x", b"y", base=_zip_of(("a.txt", b"b"))), "not_a_spreadsheet"),
    "binary workbook": (lambda: with_part("xl/workbook.bin", b"\x00"), "old_format"),
    "cut in half": (lambda: small_workbook()[: len(small_workbook()) // 2], "damaged"),
    "overwritten": (damaged, "damaged"),
    "not xml inside": (lambda: with_part(SHEET, b"hello"), "damaged"),
    "unclosed xml": (lambda: with_part(SHEET, sheet_xml("<row><c>")[:-30]), "damaged"),
    "too many parts": (with_many_parts, "too_many_parts"),
    "zip bomb by size": (lambda: _declaring(limits.MAX_UNPACKED_BYTES + 1), "unpacked_too_large"),
    "zip bomb by ratio": (lambda: with_part("xl/media/1.bin", b"\x00" * 3_000_000), "packed_too_tightly"),
    "entities": (lambda: with_part(SHEET, entity_bomb()), "document_type"),
    "external entity": (
        lambda: with_part(SHEET, b'<!DOCTYPE w SYSTEM "file:///etc/passwd">' + sheet_xml("")),
        "document_type",
    ),
    "entities in shared strings": (
        lambda: with_part("xl/sharedStrings.xml", b'<!DOCTYPE s [<!ENTITY a "b">]><sst/>'),
        "document_type",
    ),
    "entities in utf-16": (
        lambda: with_part(SHEET, '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w><w/>'.encode("utf-16")),
        "encoding",
    ),
    "declared rows": (
        lambda: with_part(SHEET, sheet_xml("", before='<dimension ref="A1:H600000"/>')),
        "too_many_rows",
    ),
    "declared columns": (
        lambda: with_part(SHEET, sheet_xml("", before='<dimension ref="A1:CW9"/>')),
        "too_many_columns",
    ),
    "small dimension, many rows": (
        lambda: with_part(SHEET, sheet_xml(many_rows(20_001), before='<dimension ref="A1:B2"/>')),
        "too_many_rows",
    ),
    "a row number far down": (
        lambda: with_part(SHEET, sheet_xml('<row r="900000"><c r="A900000"><v>1</v></c></row>')),
        "too_many_rows",
    ),
    "a column far right": (
        lambda: with_part(SHEET, sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
        "too_many_columns",
    ),
}


def _zip_of(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts:
            package.writestr(name, content)
    return stream.getvalue()


def _declaring(size: int) -> bytes:
    """A part whose directory entry declares `size` bytes; nothing of that size is ever made."""
    content = bytearray(small_workbook())
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, size)
    return bytes(content)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbook_is_refused_quickly(name: str) -> None:
    make, reason = HOSTILE[name]
    content = make()
    started = time.monotonic()
    refusal = refusal_of(content)
    assert time.monotonic() - started < 2
    assert refusal.code == f"spreadsheet_{reason}"
    assert "没有写入任何内容" in refusal.message and "！" not in refusal.message
    assert refusal.problems == [refusal.message]


def test_six_hundred_thousand_rows_are_refused_within_two_seconds() -> None:
    # 60 MB of rows that pack to about 2 MB: under the size limits, so only counting can stop it.
    cell = "".join(f"<c><v>{number * 7919 % 99991}</v></c>" for number in range(4))
    rows = "".join(f"<row>{cell}<c><v>{number}</v></c></row>" for number in range(600_000))
    content = with_part(SHEET, sheet_xml(rows, before='<dimension ref="A1:E9"/>'))
    started = time.monotonic()
    refusal = refusal_of(content)
    assert time.monotonic() - started < 2
    assert refusal.code in {"spreadsheet_too_many_rows", "spreadsheet_unpacked_too_large"}


def test_rows_at_the_limit_are_scanned_through() -> None:
    preflight.check_workbook(with_part(SHEET, sheet_xml(many_rows(limits.MAX_ROWS))))
    with pytest.raises(InvalidInput):
        preflight.check_workbook(with_part(SHEET, sheet_xml(many_rows(limits.MAX_ROWS + 1))))


def test_packed_size_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "大表.xlsx"
    path.write_bytes(small_workbook() + b"\x00" * (11 * limits.MEBIBYTE))
    with pytest.raises(InvalidInput) as caught:
        open_guarded(path)
    assert caught.value.code == "spreadsheet_file_too_large"


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        open_guarded(tmp_path / "没有.xlsx")
    assert caught.value.code == "spreadsheet_not_found"


def test_parser_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.01)
    assert refusal_of(small_workbook()).code == "spreadsheet_out_of_time"


def test_parser_that_grows_too_large_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    # A merged area is enough of a workload when the child may hold almost nothing.
    monkeypatch.setattr(guard, "_READER_MODULE", "tests.enforcement.spreadsheet_growing_process")
    assert refusal_of(small_workbook()).code == "spreadsheet_out_of_memory"


def test_merge_over_the_whole_sheet_costs_nothing() -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c><c r="B1"><v>2</v></c></row>'
    started = time.monotonic()
    (grid,) = open_guarded(with_part(SHEET, sheet_xml(row, after=merge)))
    assert time.monotonic() - started < 5
    assert [cell.text for cell in grid.cells.values()] == ["题"]
    assert [cell.name for cell in grid.stale] == ["B1"]


def test_one_long_text_in_every_cell_is_refused() -> None:
    # A shared string is stored once, so the file stays tiny while its cells hold 30 million characters.
    shared = f"<sst {NAMESPACE}><si><t>{'长' * 30_000}</t></si></sst>".encode()
    types = zipfile.ZipFile(io.BytesIO(small_workbook())).read("[Content_Types].xml")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    declared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    content = with_part("[Content_Types].xml", types.replace(b"</Types>", declared))
    content = with_part("xl/sharedStrings.xml", shared, base=content)
    rows = many_rows(1000, '<c t="s"><v>0</v></c>')
    assert refusal_of(with_part(SHEET, sheet_xml(rows), base=content)).code == "spreadsheet_too_much_text"


def test_cells_are_read_as_a_person_sees_them() -> None:
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = "清单"
    page.append(["  甲\r\n乙 ", 3.0, 0.05, "=A1&B1", True, None, "=不是公式"])
    page["C1"].number_format = "0%"
    page["G1"].data_type = "s"
    page.merge_cells("A2:B3")
    page.row_dimensions[1].hidden = True
    page.column_dimensions["B"].hidden = True
    stream = io.BytesIO()
    workbook.save(stream)
    (grid,) = open_guarded(stream.getvalue())
    assert {cell.name: cell.text for cell in grid.cells.values()} == {
        "A1": "甲\n乙",
        "B1": "3",
        "C1": "5%",
        "D1": "=A1&B1",
        "E1": "是",
        "G1": "=不是公式",
    }
    assert [cell.name for cell in grid.cells.values() if cell.is_formula] == ["D1"]
    assert grid.cells[(1, 7)].kind is CellKind.TEXT
    assert grid.hidden_rows == {1} and grid.hidden_columns == {2}
    assert grid.name == "清单" and not grid.hidden


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A9"), (26, "Z9"), (27, "AA9"), (702, "ZZ9"), (703, "AAA9")]
)
def test_coordinates(column: int, name: str) -> None:
    assert coordinate(9, column) == name
    assert preflight.column_number(name[:-1]) == column


def test_child_process_sees_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert "DATABASE_URL" not in guard._child_environment()
