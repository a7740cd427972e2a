"""自查自测: choose a matter, answer in the browser. The server sees which matter is checked and no answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from enforcement.web.access import public_page
from enforcement.web.documents import addresses
from exemption_lists import self_check_selectors as selectors
from exemption_lists.models import ListEntry
from exemption_lists.self_check import build_self_check
from exemption_lists.web.entry_presentation import title_of
from exemption_lists.web.self_check_address import check_address
from exemption_lists.web.surface import LISTS

COLUMN = "自查自测"
LAST_PAGE = 1_000


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The matters that can be checked; `q`, `line`, `region` and `page` are the whole state and stand in the address."""
    today = timezone.localdate()
    lines, places = selectors.lines_with_lists(on=today), selectors.places_with_lists(on=today)
    line, region = _one_of(request, "line", lines), _one_of(request, "region", places)
    page = _page_number(request.GET.get("page", ""))
    found = selectors.checkable_matters(
        on=today, query=request.GET.get("q", ""), line_code=line, region_code=region, page=page
    )
    kept = {name: value for name, value in (("q", found.query), ("line", line), ("region", region)) if value}
    context = {
        "found": found,
        "matters": [
            {"row": row, "url": check_address(row.document_slug, row.entry_slug, region)}
            for row in found.matters
        ],
        "lines": lines,
        "places": places,
        "line": line,
        "region": region,
        "is_filtered": bool(kept),
        "previous_url": f"?{urlencode({**kept, 'page': page - 1})}" if page > 1 else "",
        "next_url": f"?{urlencode({**kept, 'page': page + 1})}" if found.has_more else "",
        "page_summary": f"第 {page} 页",
        "crumbs": _crumbs(),
    }
    return render(request, "exemption_lists/self_check_index.html", context)


def _one_of(request: HttpRequest, name: str, choices: list[tuple[str, str]]) -> str:
    """A choice of the form; anything else counts as none."""
    asked = request.GET.get(name, "")
    return asked if asked in dict(choices) else ""


def _page_number(text: str) -> int:
    return (
        min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1
    )


def _crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    if not more:
        return [{"label": "首页", "url": reverse("public:home")}, {"label": COLUMN}]
    return [{"label": COLUMN, "url": reverse("self_check_public:index")}, *more]


@public_page
def check(request: HttpRequest, slug: str, entry_slug: str) -> HttpResponse:
    """The questions of one matter as a document for the browser, and the same as a list for paper."""
    today = timezone.localdate()
    matter = selectors.find_checked_matter(
        slug=slug, entry_slug=entry_slug, region_code=request.GET.get("region", "")[:9], on=today
    )
    if matter is None:
        return _ended(request, slug, entry_slug)
    title = title_of(matter.entry)
    places = [
        {"name": place.name, "url": check_address(slug, entry_slug, place.code)}
        for place in matter.places
        if place != matter.place
    ]
    context: dict[str, Any] = {
        "title": title,
        "check": build_self_check(matter.entries),
        "today": today,
        "places": places,
        "place": matter.place,
        "own_url": check_address(slug, entry_slug),
        "agency": matter.entry.version.document.agency,
        "crumbs": _crumbs({"label": title}),
    }
    return render(request, "exemption_lists/self_check.html", context)


def _ended(request: HttpRequest, slug: str, entry_slug: str) -> HttpResponse:
    """The entry is not in force: say so, and lead to what it said. Unknown entries are not there."""
    entry: ListEntry | None = selectors.newest_entry(slug=slug, entry_slug=entry_slug)
    if entry is None:
        raise Http404("没有找到可以自查的事项。")
    title = title_of(entry)
    context = {
        "title": title,
        "entry_url": addresses.public_entry(LISTS, entry.version, entry.slug),
        "crumbs": _crumbs({"label": title}),
    }
    return render(request, "exemption_lists/self_check_ended.html", context)
