"""The entries of a version as the shared templates take them: a row with its address and labelled cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from enforcement.models import RuleVersion
from enforcement.web.documents.surface import DocumentSurface, EntryListing, EntryRow

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry: `cells` are (label, text) in column order, empty texts included."""

    row: EntryRow
    url: str
    cells: tuple[tuple[str, str], ...]


def lines_of(
    surface: DocumentSurface, rows: tuple[EntryRow, ...], url_of: Callable[[str], str] | None = None
) -> list[EntryLine]:
    """Every row with its labelled cells."""
    return [
        EntryLine(
            row, url_of(row.slug) if url_of else "", tuple(zip(surface.columns, row.cells, strict=True))
        )
        for row in rows
    ]


def narrowed_entries(
    request: HttpRequest, surface: DocumentSurface, version: RuleVersion, url_of: Callable[[str], str]
) -> dict[str, Any]:
    """Context of the entries part of a page: `q`, `facet` and `page` come from the address."""
    query, facet = request.GET.get("q", "").strip()[:80], request.GET.get("facet", "")[:80]
    listing: EntryListing = surface.list_entries(version, query, facet)
    page = Paginator(listing.rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    columns, lines = _without_empty_columns(lines_of(surface, tuple(page.object_list), url_of))
    return {
        "listing": listing,
        "entry_columns": columns,
        "lines": lines,
        "page": page,
        "query": query,
        "facet": facet,
        "page_summary": f"第 {page.start_index()}–{page.end_index()} {surface.unit}，共 {len(listing.rows)} {surface.unit}",
        "previous_url": _page_url(request, page.number - 1) if page.has_previous() else "",
        "next_url": _page_url(request, page.number + 1) if page.has_next() else "",
    }


def _without_empty_columns(lines: list[EntryLine]) -> tuple[tuple[str, ...], list[EntryLine]]:
    """Columns in which some line of the page says something, and the lines with those cells only."""
    filled = tuple(dict.fromkeys(label for line in lines for label, text in line.cells if text))
    ordered = tuple(label for label, _text in lines[0].cells if label in filled) if lines else ()
    return ordered, [
        replace(line, cells=tuple(cell for cell in line.cells if cell[0] in filled)) for line in lines
    ]


def _page_url(request: HttpRequest, number: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(number)
    return f"?{parameters.urlencode()}"
