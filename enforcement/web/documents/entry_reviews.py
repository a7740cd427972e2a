"""Legal review entry by entry: what the page shows of each, and what the reviewer chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from enforcement.comparison.versions import EntryChange, EntryState
from enforcement.models import RuleVersion
from enforcement.models.reviews import EntryVerdict
from enforcement.selectors.documents import Validity, place_in_time, versions_of
from enforcement.selectors.entry_opinions import EntryReview, digests_of, opinions_by_entry, review_of
from enforcement.services.review_entries import EntryChoice
from enforcement.web.documents.comparing import WORDS, address_with, compare
from enforcement.web.documents.entry_lines import EntryLine, lines_of
from enforcement.web.documents.surface import DocumentSurface

# Each entry has a choice and a text; together with the rest of the form they stay below the limit of fields.
PAGE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class ReviewedEntry:
    """One entry on the review page. `change` is its difference to the version in force, None where there is none."""

    line: EntryLine
    review: EntryReview
    change: EntryChange | None
    change_words: str
    chosen: str
    typed: str


def review_context(request: HttpRequest, surface: DocumentSurface, version: RuleVersion) -> dict[str, Any]:
    """The entries of one page with their differences, opinions and what was chosen. Constant queries."""
    rows = surface.list_entries(version, "", "").rows
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    base = _base_of(version)
    changes = _changes(surface, base, version)
    opinions, digests = opinions_by_entry(version), digests_of(surface.body, version)
    entries = [
        ReviewedEntry(
            line=line,
            review=review_of(line.row.slug, opinions, digests),
            change=changes.get(line.row.slug),
            change_words=WORDS[changes[line.row.slug].state][0] if line.row.slug in changes else "",
            chosen=request.POST.get(f"verdict-{line.row.slug}", ""),
            typed=request.POST.get(f"text-{line.row.slug}", ""),
        )
        for line in lines_of(surface, tuple(page.object_list))
    ]
    return {
        "entries": entries,
        "entry_total": len(rows),
        "base": base,
        "removed": [one for one in changes.values() if one.state is EntryState.REMOVED],
        "verdicts": EntryVerdict.choices,
        "page_summary": f"第 {page.start_index()}–{page.end_index()} {surface.unit}，共 {len(rows)} {surface.unit}",
        "previous_url": address_with(request, page=str(page.number - 1)) if page.has_previous() else "",
        "next_url": address_with(request, page=str(page.number + 1)) if page.has_next() else "",
    }


def _base_of(version: RuleVersion) -> RuleVersion | None:
    """What the version would replace: the one in force today, else the newest published."""
    published = versions_of(version.document, published_only=True)
    placed = place_in_time(published, on=timezone.localdate())
    in_force = next((row.version for row in placed if row.validity is Validity.IN_FORCE), None)
    base = in_force or (published[0] if published else None)
    return base if base != version else None


def _changes(
    surface: DocumentSurface, base: RuleVersion | None, version: RuleVersion
) -> dict[str, EntryChange]:
    if base is None:
        return {}
    return {change.entry.slug: change for change in reversed(compare(surface, base, version).changes)}


def choices_of(surface: DocumentSurface, version: RuleVersion, sent: QueryDict) -> list[EntryChoice]:
    """What the reviewer chose, in printed order. A text without a choice counts as a wish for a change."""
    choices = []
    for row in surface.list_entries(version, "", "").rows:
        verdict, text = sent.get(f"verdict-{row.slug}", ""), sent.get(f"text-{row.slug}", "")
        if not verdict and text.strip():
            verdict = EntryVerdict.CHANGE
        if verdict in EntryVerdict.values:
            choices.append(EntryChoice(row.slug, row.serial, row.title, EntryVerdict(verdict), text[:4000]))
    return choices
