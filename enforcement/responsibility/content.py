"""The canonical content of a 权责清单, and what blocks its publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from enforcement.documents import CitingEntry, DocumentBody, SearchEntry, copy_into
from enforcement.models import DocumentKind, RuleVersion

# The link to the violation register is a working aid and may be mended there without changing what was published.
CONTENT_FIELDS = (
    "position",
    "serial",
    "slug",
    "code",
    "name",
    "kind",
    "legal_basis",
    "object_classes",
    "level",
    "exercised_by",
    "note",
)


def content_of(version: RuleVersion) -> list[dict[str, Any]]:
    """Matters in order, every published field."""
    return list(version.matters.order_by("position").values(*CONTENT_FIELDS))


def problems_of(version: RuleVersion) -> list[str]:
    """What must be mended before review and publication: 职权法定, so every matter names its basis."""
    matters = list(version.matters.order_by("position"))
    if not matters:
        return ["清单里还没有事项。先从表格导入，或者增加一项。"]
    problems = [f"第 {one.serial} 项“{one.name}”没有写依据。" for one in matters if not one.legal_basis]
    problems += _doubled("事项编码", Counter(one.code for one in matters if one.code))
    problems += _doubled("序号", Counter(one.serial for one in matters))
    return problems


def _doubled(label: str, counts: Counter[str]) -> list[str]:
    return [
        f"{label}“{value}”用了 {times} 次。请改成不同的{label}。"
        for value, times in counts.items()
        if times > 1
    ]


def copy_entries(source: RuleVersion, target: RuleVersion) -> None:
    """Fill a new draft with the matters of an earlier version; slugs stay, so that a matter keeps its address stem."""
    copy_into(source.matters.all(), target)


def citing_entries(version: RuleVersion) -> Iterator[CitingEntry]:
    """The legal basis of each matter."""
    for matter in version.matters.order_by("position"):
        yield CitingEntry(matter.serial, matter.slug, matter.name, tuple(matter.legal_basis))


def search_entries(version: RuleVersion) -> Iterator[SearchEntry]:
    """By the matter and its code."""
    for matter in version.matters.order_by("position"):
        yield SearchEntry(
            slug=matter.slug,
            title=matter.name,
            tag="权责清单",
            summary=f"{matter.get_kind_display()}，依据 {len(matter.legal_basis)} 条",
            others=(matter.code, *(str(one.get("text") or "") for one in matter.legal_basis)),
        )


BODY = DocumentBody(
    kind=DocumentKind.RESPONSIBILITY_LIST,
    content_of=content_of,
    problems_of=problems_of,
    copy_entries=copy_entries,
    citing_entries=citing_entries,
    search_entries=search_entries,
)
