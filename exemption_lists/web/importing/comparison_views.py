"""Step 4: what every list would say differently from its version in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.comparison.versions import Comparison, EntryChange, EntryState, compare_versions
from enforcement.models import Agency, RuleDocument, RuleVersion, VersionStatus
from enforcement.selectors.documents import Validity, agencies_to_compile, find_document, place_in_time
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.comparing import COUNTED, WORDS
from exemption_lists.checks.superior_lists import differences_from_superiors
from exemption_lists.import_plan import PlannedDocument
from exemption_lists.intake import ListFile
from exemption_lists.models import ListEntry
from exemption_lists.selectors import entries_of
from exemption_lists.services.import_entries import surroundings_of
from exemption_lists.services.import_rows import rows_of
from exemption_lists.web.compared_words import compared_entry
from exemption_lists.web.importing.steps import OpenedImport, needs_plan, opened_import, step_context
from exemption_lists.web.surface import LISTS

ENTRIES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """One list as it would be, beside the version it is measured with (None for a new list)."""

    planned: PlannedDocument
    title: str
    base: RuleVersion | None
    base_words: str
    comparison: Comparison
    clashes: list[str]

    @property
    def counters(self) -> list[dict[str, Any]]:
        return [
            {"label": words, "tone": tone, "count": count}
            for state, words, tone in COUNTED
            if (count := self.comparison.count(state))
        ]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One entry on the page, its state in words."""

    change: EntryChange

    @property
    def words(self) -> str:
        return WORDS[self.change.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.change.state][1]


@working_page
@opened_import
@needs_plan
def compare(request: ActorRequest, opened: OpenedImport) -> HttpResponse:
    """Entry by entry; unchanged ones only on demand (`show=all`)."""
    if opened.written.problems:
        return redirect(opened.address("import_check"))
    documents = [_compared(request.actor, opened.file, one) for one in opened.plan.documents]
    everything = request.GET.get("show") == "all"
    shown = [
        (number, change)
        for number, document in enumerate(documents)
        for change in document.comparison.entries
        if everything or change.state is not EntryState.SAME
    ]
    page = Paginator(shown, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    on_page: dict[int, list[ChangeLine]] = {}
    for number, change in page.object_list:
        on_page.setdefault(number, []).append(ChangeLine(change))
    context = step_context(opened, "import_compare") | {
        "documents": [
            {"document": document, "lines": on_page.get(number, [])}
            for number, document in enumerate(documents)
        ],
        "everything": everything,
        "page": page,
        "previous_url": _address(everything, page.previous_page_number() if page.has_previous() else 0),
        "next_page_url": _address(everything, page.next_page_number() if page.has_next() else 0),
        "page_summary": f"第 {page.start_index()}–{page.end_index()} 处，共 {len(shown)} 处",
        "next_url": opened.address("import_write"),
    }
    return render(request, "exemption_lists/importing/compare.html", context)


def _compared(actor: Actor, file: ListFile, planned: PlannedDocument) -> ComparedDocument:
    part = file.only(planned.tables)
    document = (
        None if planned.kind == "new" else find_document(actor=actor, kind=LISTS.kind, slug=planned.slug)
    )
    versions = list(document.versions.all()) if document is not None else []
    rows = _rows(part, planned, document, versions)
    base, base_words = _base(versions)
    before = [compared_entry(entry) for entry in entries_of(base)] if base is not None else []
    comparison = compare_versions(before, [compared_entry(row) for row in rows])
    title = document.title if document is not None else planned.title
    return ComparedDocument(
        planned, title, base, base_words, comparison, _clashes(actor, planned, document, rows)
    )


def _rows(
    file: ListFile, planned: PlannedDocument, document: RuleDocument | None, versions: list[RuleVersion]
) -> list[ListEntry]:
    """The entries the document would have; a next version begins with those of the version published last."""
    draft = next((one for one in versions if one.status == VersionStatus.DRAFT), None)
    if planned.kind == "next":
        draft = max((one for one in versions if one.is_published), key=lambda one: one.number, default=None)
    rows = rows_of(file, surroundings=surroundings_of(document, draft, replace=not planned.append))
    return [*(entries_of(draft) if planned.append and draft is not None else []), *rows]


def _base(versions: list[RuleVersion]) -> tuple[RuleVersion | None, str]:
    """The version in force today, else the one published last."""
    placed = place_in_time(versions, on=timezone.localdate())
    found = next((row for row in placed if row.validity is Validity.IN_FORCE), placed[0] if placed else None)
    return (None, "") if found is None else (found.version, str(found.validity.value))


def _clashes(
    actor: Actor, planned: PlannedDocument, document: RuleDocument | None, rows: list[ListEntry]
) -> list[str]:
    """Differences from superiors' lists, seen from the agency that compiles."""
    place: Agency | RuleDocument | None = document
    if place is None:
        place = agencies_to_compile(actor=actor).filter(code=planned.agency).first()
    if place is None:
        return []
    found = differences_from_superiors(
        rows, region_code=place.region_code, line_code=place.line_code, on=timezone.localdate()
    )
    return [one.text for one in found]


def _address(everything: bool, number: int) -> str:
    if not number:
        return ""
    return f"?{'show=all&' if everything else ''}page={number}"
