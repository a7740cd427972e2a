"""Importing a responsibility list from a spreadsheet, and the empty table to fill in."""

from __future__ import annotations

from django.http import HttpResponse

from enforcement.actors import Actor
from enforcement.models import MatterKind, RuleVersion
from enforcement.responsibility.fields import MatterFields
from enforcement.responsibility.reading import read_matters
from enforcement.services.edit_matter import import_matters
from enforcement.services.import_table import KeptFile
from enforcement.spreadsheets.guard import open_guarded
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.downloads import XLSX
from enforcement.web.documents.table_imports import PreviewedEntry, TableImport
from enforcement.web.responsibility.surface import RESPONSIBILITY, matter_sheet

GUIDE: tuple[tuple[str, str], ...] = (
    ("序号", "不写时按行的次序编号；写的，不能重复"),
    ("事项名称", "必填，例如 对经营超过保质期的食品的处罚"),
    ("权力类型", f"必填，{'、'.join(str(kind.label) for kind in MatterKind)}之一"),
    ("事项编码", "不能重复"),
    ("设定和实施依据", "每行一条，例如 《中华人民共和国食品安全法》第一百二十四条第一款第五项"),
    ("对应案由", "只有行政处罚填写，写案由编码，例如 SCJG-001"),
    ("监管对象类别", "几类之间用顿号隔开，例如 餐饮、药店"),
    ("行使层级", "例如 省、州市、县"),
    ("实施主体", "与编制机关不同时填写"),
    ("备注", "需要说明的，写在这里"),
)


def read_for_preview(name: str, content: bytes) -> tuple[tuple[PreviewedEntry, ...], tuple[str, ...]]:
    """The matters of a file in words. Raises InvalidInput in Chinese."""
    reading = read_matters(open_guarded(content))
    return tuple(_previewed(fields) for fields in reading.rows), reading.warnings


def write_matters(actor: Actor, version_id: int, file: KeptFile) -> RuleVersion:
    """The kept file in place of a draft's matters."""
    rows = read_matters(open_guarded(file.content)).rows
    return import_matters(actor=actor, version_id=version_id, rows=rows, source_note=file.source_note)


def _previewed(fields: MatterFields) -> PreviewedEntry:
    lines = [MatterKind(fields.kind).label, *(str(basis["text"]) for basis in fields.legal_basis)]
    return PreviewedEntry(serial=fields.serial, title=fields.name, lines=tuple(str(line) for line in lines))


@working_page
def template(request: ActorRequest) -> HttpResponse:
    """An empty table with all columns, and a sheet that says how to fill them in."""
    guide = WorkbookSheet(
        name="填写说明", columns=(WorkbookColumn("列", 20), WorkbookColumn("怎样填写", 70)), rows=GUIDE
    )
    response = HttpResponse(write_workbook([matter_sheet("", []), guide]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="responsibility-template.xlsx"'
    return response


MATTER_IMPORT = TableImport(
    surface=RESPONSIBILITY,
    read=read_for_preview,
    write=write_matters,
    accept=".xlsx",
    file_help="xlsx 表格，小于 10 MB",
    template_route="template",
)
