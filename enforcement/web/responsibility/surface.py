"""权责清单 as pages: what the shared document pages take from its matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcement import wording
from enforcement.models import Matter, MatterKind, RuleDocument, RuleVersion
from enforcement.responsibility.content import BODY
from enforcement.selectors.matters import find_matter, matters_of, versions_with_matter
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from enforcement.web.documents.surface import DocumentSurface, EntryListing, EntryRow, Facet
from enforcement.web.laws.linking import linked

COLUMNS = (
    "权力类型",
    "事项编码",
    "设定和实施依据",
    "对应案由",
    "监管对象类别",
    "行使层级",
    "实施主体",
    "备注",
)
WIDTHS = (12, 18, 48, 16, 20, 14, 24, 24)


def basis_lines(matter: Matter) -> list[str]:
    """The legal basis as printed, one provision a line."""
    return [
        str(reference.get("text") or wording.provision_text(reference)) for reference in matter.legal_basis
    ]


def row_of(matter: Matter) -> EntryRow:
    """One line of a version's table."""
    cells = (
        str(matter.get_kind_display()),
        matter.code,
        "\n".join(basis_lines(matter)),
        matter.violation.code if matter.violation else "",
        "、".join(matter.object_classes),
        matter.level,
        matter.exercised_by,
        matter.note,
    )
    return EntryRow(
        serial=matter.serial,
        slug=matter.slug,
        title=matter.name,
        cells=cells,
        summary=f"{matter.get_kind_display()}，依据 {len(matter.legal_basis)} 条",
    )


def list_entries(version: RuleVersion, query: str, facet: str) -> EntryListing:
    """The matters that contain the words and are of the kind."""
    matters = list(matters_of(version))
    counts = {kind: sum(matter.kind == kind for matter in matters) for kind in MatterKind}
    facets = tuple(Facet(kind.value, str(kind.label), count) for kind, count in counts.items() if count)
    shown = [matter for matter in matters if facet in ("", matter.kind) and _contains(matter, query)]
    return EntryListing(rows=tuple(row_of(matter) for matter in shown), total=len(matters), facets=facets)


def _contains(matter: Matter, query: str) -> bool:
    searched = (matter.serial, matter.code, matter.name, matter.exercised_by, *matter.object_classes)
    return not query or any(query.lower() in text.lower() for text in searched)


def entry_page(version: RuleVersion, slug: str) -> Mapping[str, Any] | None:
    """Context of the public page of a matter."""
    matter = find_matter(version=version, slug=slug)
    if matter is None:
        return None
    labelled = (
        ("事项编码", matter.code),
        ("实施主体", matter.exercised_by or version.document.agency.name),
        ("行使层级", matter.level),
        ("监管对象类别", "、".join(matter.object_classes)),
    )
    return {
        "title": f"{matter.name[:60]}，{matter.get_kind_display()}",
        "heading": matter.name,
        "crumb": f"第 {matter.serial} 项",
        "serial": matter.serial,
        "matter": matter,
        "basis": linked(matter.legal_basis, on=version.effective_from),
        "rows": [{"label": label, "value": value} for label, value in labelled if value],
    }


def entry_versions(document: RuleDocument, slug: str) -> frozenset[int]:
    """Versions of the document that hold a matter of this slug."""
    return versions_with_matter(document=document, slug=slug)


def workbook_of(version: RuleVersion) -> bytes:
    """The matters in the layout of the template; an import reads them back equal."""
    return write_workbook([matter_sheet(version.document.title, list(matters_of(version)))])


def matter_sheet(title: str, matters: list[Matter]) -> WorkbookSheet:
    """One sheet with the columns that the import understands."""
    columns = (("序号", 8), ("事项名称", 40), *zip(COLUMNS, WIDTHS, strict=True))
    return WorkbookSheet(
        name="权责清单",
        title=title,
        columns=tuple(WorkbookColumn(label, width) for label, width in columns),
        rows=[(row.serial, row.title, *row.cells) for row in map(row_of, matters)],
    )


RESPONSIBILITY = DocumentSurface(
    body=BODY,
    officer_namespace="responsibility",
    public_namespace="responsibility_public",
    officer_column="权责清单",
    public_column="权责清单",
    unit="项",
    title_column="事项名称",
    columns=COLUMNS,
    introduction="一个执法机关可以做什么，都要有法律依据，并列在它的权责清单里：处罚、检查、强制、许可，以及依据哪一条。",
    list_entries=list_entries,
    entry_page=entry_page,
    entry_versions=entry_versions,
    workbook_of=workbook_of,
    entry_template="responsibility/public_entry.html",
    facet_label="权力类型",
    import_route="import",
    import_label="从表格导入",
)
