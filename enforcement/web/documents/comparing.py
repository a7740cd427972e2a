"""What two chosen versions of a document differ in, as the compare pages show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from enforcement.comparison.entries import ComparedEntry
from enforcement.comparison.versions import Comparison, EntryChange, EntryState, compare_versions
from enforcement.document_digest import entry_digest
from enforcement.models import RuleVersion
from enforcement.selectors.documents import Validity, place_in_time
from enforcement.web.documents.surface import DocumentSurface

PAGE_LENGTH = 100
COUNTED = (
    (EntryState.ADDED, "新增", "ok"),
    (EntryState.REMOVED, "删除", "danger"),
    (EntryState.CHANGED, "修改", "brand"),
    (EntryState.MOVED, "次序或序号调整", ""),
    (EntryState.SAME, "未变化", ""),
)
WORDS = {state: (words, tone) for state, words, tone in COUNTED}


def entries_to_compare(surface: DocumentSurface, version: RuleVersion) -> list[ComparedEntry]:
    """The entries of a version in printed order, each with the digest of its content. Two queries."""
    digests = {row["slug"]: entry_digest(row) for row in surface.body.content_of(version)}
    entries = surface.compared_entries(version) if surface.compared_entries else _from_cells(surface, version)
    return [replace(entry, digest=digests.get(entry.slug, "")) for entry in entries]


def _from_cells(surface: DocumentSurface, version: RuleVersion) -> list[ComparedEntry]:
    return [
        ComparedEntry(
            row.slug,
            row.serial,
            row.title,
            row.tag,
            fields=tuple(zip(surface.columns, row.cells, strict=True)),
        )
        for row in surface.list_entries(version, "", "").rows
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """The two versions to compare, or the sentence that says why there is nothing to compare yet."""

    old: RuleVersion | None
    new: RuleVersion | None
    problem: str = ""


def choose_versions(versions: Sequence[RuleVersion], asked: QueryDict) -> Choice:
    """`old` and `new` of the address among `versions` (newest first). What is left out: the newest, and what is in force
    today or the one before it.
    """
    if len(versions) < 2:
        return Choice(None, None)
    by_number = {version.number: version for version in versions}
    new, old = (_asked(by_number, asked.get(name, "")) for name in ("new", "old"))
    unknown = [name for name, found in (("new", new), ("old", old)) if asked.get(name) and found is None]
    if unknown:
        return Choice(None, None, "没有要比对的这个版本。请在下面选择两个版本，再按“比对”。")
    if new is None:
        new = next(one for one in versions if one != old)
    if old is None:
        old = _natural_base(versions, new)
    if new == old:
        return Choice(None, None, "两边选了同一个版本。请选择两个不同的版本，再按“比对”。")
    return Choice(old, new)


def _asked(by_number: dict[int, RuleVersion], text: str) -> RuleVersion | None:
    return by_number.get(int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _natural_base(versions: Sequence[RuleVersion], new: RuleVersion) -> RuleVersion:
    """What a reader compares a version with: what it replaces or replaced, else the nearest number."""
    placed = place_in_time(versions, on=timezone.localdate())
    in_force = next((row.version for row in placed if row.validity is Validity.IN_FORCE), None)
    if in_force is not None and in_force.number < new.number:
        return in_force
    earlier = [one for one in versions if one.number < new.number]
    return earlier[0] if earlier else next(one for one in versions if one != new)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One entry on the page. `state` is said in words; `anchor` marks a change that the keys jump to."""

    change: EntryChange
    words: str
    tone: str
    url: str
    anchor: str


def comparison_context(
    request: HttpRequest, comparison: Comparison, entry_url: Callable[[EntryChange], str]
) -> dict[str, Any]:
    """Counters, the entries of this page and the ways on; `show`, `entry` and `page` come from the address."""
    everything = request.GET.get("show") == "all"
    only = request.GET.get("entry", "")[:80]
    chosen: Sequence[EntryChange] = comparison.entries if everything or only else comparison.changes
    if only:
        chosen = [change for change in chosen if only in change.slugs]
    page = Paginator(chosen, PAGE_LENGTH).get_page(request.GET.get("page"))
    lines = [_line(change, entry_url(change), place) for place, change in enumerate(page.object_list, 1)]
    return {
        "counters": [
            {"words": words, "tone": tone, "count": comparison.count(state)} for state, words, tone in COUNTED
        ],
        "lines": lines,
        "only": only,
        "everything": everything,
        "changed_count": len(comparison.changes),
        "total": len(comparison.entries),
        "changes_url": address_with(request, show="", page="", entry=""),
        "all_url": address_with(request, show="all", page="", entry=""),
        "page_summary": f"第 {page.start_index()}–{page.end_index()} 处，共 {len(chosen)} 处",
        "previous_url": address_with(request, page=str(page.number - 1)) if page.has_previous() else "",
        "next_url": address_with(request, page=str(page.number + 1)) if page.has_next() else "",
    }


def _line(change: EntryChange, url: str, place: int) -> ChangeLine:
    words, tone = WORDS[change.state]
    anchor = f"change-{place}" if change.state is not EntryState.SAME else ""
    return ChangeLine(change, words, tone, url, anchor)


def address_with(request: HttpRequest, **values: str) -> str:
    """The address of this page with parameters replaced; an empty value drops one."""
    parameters = request.GET.copy()
    for name, value in values.items():
        parameters.pop(name, None)
        if value:
            parameters[name] = value
    return f"?{parameters.urlencode()}"


def compare(surface: DocumentSurface, old: RuleVersion, new: RuleVersion) -> Comparison:
    """Four queries, whatever the number of entries."""
    return compare_versions(entries_to_compare(surface, old), entries_to_compare(surface, new))
