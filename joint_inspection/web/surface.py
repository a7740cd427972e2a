"""综合查一次清单 as pages: what the shared document pages take from this app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from enforcement.actors import Actor
from enforcement.models import RuleDocument, RuleVersion
from enforcement.services.kept_files import KeptFile
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from enforcement.web.documents.surface import DocumentSurface, EntryListing, EntryRow
from enforcement.web.documents.table_imports import PreviewedEntry, TableImport
from joint_inspection.content import BODY
from joint_inspection.models import InspectionScene
from joint_inspection.reading import DraftScene, read_scene_file
from joint_inspection.selectors import find_scene, scenes_of, versions_with_scene
from joint_inspection.services.import_scenes import import_scenes

COLUMNS = ("牵头单位", "协同单位", "检查事项", "执法依据", "抽查比例及频次", "实施层级和时间", "备注")
WIDTHS = (24, 30, 44, 44, 18, 24, 24)


def numbered(texts: Iterable[str]) -> str:
    """（1）… lines, or the one text without a number."""
    lines = list(texts)
    return (
        "\n".join(f"（{n}）{text}" for n, text in enumerate(lines, start=1))
        if len(lines) > 1
        else "".join(lines)
    )


def row_of(scene: InspectionScene) -> EntryRow:
    """One line of a version's table."""
    cells = (
        scene.lead_agency,
        "、".join(scene.joint_agencies),
        numbered(scene.items),
        numbered(scene.legal_basis),
        scene.sampling,
        "\n".join(filter(None, (scene.level, scene.period))),
        scene.note,
    )
    return EntryRow(
        serial=scene.serial,
        slug=scene.slug,
        title=scene.object_class,
        cells=cells,
        summary=f"{scene.lead_agency}牵头，{len(scene.joint_agencies)} 个单位协同，检查 {len(scene.items)} 项",
    )


def list_entries(version: RuleVersion, query: str, facet: str) -> EntryListing:
    """The scenes that contain the words; there are no facets."""
    scenes = list(scenes_of(version))
    shown = [scene for scene in scenes if _contains(scene, query)]
    return EntryListing(rows=tuple(row_of(scene) for scene in shown), total=len(scenes))


def _contains(scene: InspectionScene, query: str) -> bool:
    searched = (scene.serial, scene.object_class, scene.lead_agency, *scene.joint_agencies, *scene.items)
    return not query or any(query.lower() in text.lower() for text in searched)


def entry_page(version: RuleVersion, slug: str) -> Mapping[str, Any] | None:
    """Context of the public page of a scene."""
    scene = find_scene(version=version, slug=slug)
    if scene is None:
        return None
    labelled = (
        ("抽查比例及频次", scene.sampling),
        ("实施层级", scene.level),
        ("实施时间", scene.period),
        ("事项类别", scene.item_class),
        ("来源", scene.source_note),
    )
    return {
        "title": f"{scene.object_class[:60]}，综合查一次",
        "heading": scene.object_class,
        "crumb": f"第 {scene.serial} 项",
        "serial": scene.serial,
        "scene": scene,
        "rows": [{"label": label, "value": value} for label, value in labelled if value],
    }


def entry_versions(document: RuleDocument, slug: str) -> frozenset[int]:
    """Versions of the document that hold a scene of this slug."""
    return versions_with_scene(document=document, slug=slug)


def workbook_of(version: RuleVersion) -> bytes:
    """The scenes as a spreadsheet."""
    columns = (("序号", 8), ("监管对象类别", 28), *zip(COLUMNS, WIDTHS, strict=True))
    rows = [(row.serial, row.title, *row.cells) for row in map(row_of, scenes_of(version))]
    sheet = WorkbookSheet(
        name="综合查一次清单",
        title=version.document.title,
        columns=tuple(WorkbookColumn(label, width) for label, width in columns),
        rows=rows,
    )
    return write_workbook([sheet])


JOINT_LISTS = DocumentSurface(
    body=BODY,
    officer_namespace="joint",
    public_namespace="joint_public",
    officer_column="综合查一次清单",
    public_column="综合查一次",
    unit="项",
    title_column="监管对象类别",
    columns=COLUMNS,
    introduction="几个部门都要检查的对象，合成一次上门：由谁牵头、谁参加、查什么、依据什么，都列在这里。",
    list_entries=list_entries,
    entry_page=entry_page,
    entry_versions=entry_versions,
    workbook_of=workbook_of,
    entry_template="joint_inspection/public_entry.html",
    import_route="import",
    import_label="从 JSON 导入",
    public_as_table=True,
)


def read_for_preview(name: str, content: bytes) -> tuple[tuple[PreviewedEntry, ...], tuple[str, ...]]:
    """The scenes of a file in words. Raises InvalidInput in Chinese."""
    reading = read_scene_file(name=name, content=content)
    return tuple(_previewed(scene) for scene in reading.scenes), reading.warnings


def write_scenes(actor: Actor, version_id: int, file: KeptFile) -> RuleVersion:
    """The kept file in place of a draft's scenes."""
    reading = read_scene_file(name=file.name, content=file.content)
    return import_scenes(actor=actor, version_id=version_id, reading=reading, source_note=file.source_note)


def _previewed(scene: DraftScene) -> PreviewedEntry:
    lines = (
        f"牵头：{scene.lead_agency}",
        f"协同：{'、'.join(scene.joint_agencies) or '没有'}",
        f"检查事项：{'；'.join(scene.items)}",
    )
    return PreviewedEntry(serial=scene.serial, title=scene.object_class, lines=lines)


SCENE_IMPORT = TableImport(surface=JOINT_LISTS, read=read_for_preview, write=write_scenes)
