"""The canonical content of a 综合查一次清单, and what blocks its publication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enforcement.citations import references_of
from enforcement.documents import CitingEntry, DocumentBody, SearchEntry, copy_into
from enforcement.models import DocumentKind, RuleVersion

CONTENT_FIELDS = (
    "serial",
    "slug",
    "object_class",
    "lead_agency",
    "joint_agencies",
    "items",
    "legal_basis",
    "item_class",
    "sampling",
    "level",
    "period",
    "note",
    "source_note",
)


def content_of(version: RuleVersion) -> list[dict[str, Any]]:
    """Scenes in order, every published field."""
    return list(version.scenes.order_by("position").values("position", *CONTENT_FIELDS))


def problems_of(version: RuleVersion) -> list[str]:
    """What must be mended before review and publication (51号 二(三): 协同单位、检查事项、执法依据、检查内容)."""
    scenes = list(version.scenes.order_by("position"))
    if not scenes:
        return ["清单里还没有内容。请先导入或添加。"]
    problems = [f"第 {scene.serial} 项没有检查事项。" for scene in scenes if not scene.items]
    problems += [f"第 {scene.serial} 项没有协同单位。" for scene in scenes if not scene.joint_agencies]
    return problems


def copy_entries(source: RuleVersion, target: RuleVersion) -> None:
    """Fill a new draft with the scenes of an earlier version."""
    copy_into(source.scenes.all(), target)


def citing_entries(version: RuleVersion) -> Iterator[CitingEntry]:
    """The legal basis of each scene, read from its printed words."""
    for scene in version.scenes.order_by("position"):
        references = tuple(references_of(scene.legal_basis))
        yield CitingEntry(scene.serial, scene.slug, scene.object_class, references)


def search_entries(version: RuleVersion) -> Iterator[SearchEntry]:
    """By the kind of enterprise, what is inspected and who comes."""
    for scene in version.scenes.order_by("position"):
        yield SearchEntry(
            slug=scene.slug,
            title=scene.object_class,
            tag="综合查一次",
            summary=f"{scene.lead_agency}牵头，一次检查 {len(scene.items)} 项",
            others=(scene.lead_agency, *map(str, scene.joint_agencies), *map(str, scene.items)),
        )


BODY = DocumentBody(
    kind=DocumentKind.JOINT_INSPECTION_LIST,
    content_of=content_of,
    problems_of=problems_of,
    copy_entries=copy_entries,
    citing_entries=citing_entries,
    search_entries=search_entries,
)
