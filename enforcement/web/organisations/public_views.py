"""执法主体公示 and 委托执法公示, without signing in: lists, permanent pages, and the list as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from enforcement.models import Agency, Delegation
from enforcement.selectors.delegations import (
    DELEGATION_ORDER,
    published_delegation,
    published_delegations,
    state_on,
)
from enforcement.selectors.public_agencies import (
    AGENCY_ORDER,
    AgencySearch,
    published_agencies,
    published_agency,
    search_choices,
)
from enforcement.selectors.register_rows import page_of
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from enforcement.web.access import public_page
from enforcement.web.documents.downloads import XLSX

STATE_TONES = {"有效": "ok", "未开始": "brand"}
DELEGATION_COLUMNS = ("委托书", "委托机关", "受委托组织", "委托的事项", "期限", "状态")
AGENCY_COLUMNS = ("名称", "主体性质", "层级", "行政区划", "条线", "执法依据", "联系电话", "地址")


@public_page
def agencies(request: HttpRequest) -> HttpResponse:
    search = _search_of(request)
    cursor = request.GET.get("after", "")
    rows = published_agencies(search, on=timezone.localdate())
    page = page_of(rows=rows, order=AGENCY_ORDER, cursor=cursor)
    kept = _kept(search)
    context = {
        "search": search,
        **search_choices(),
        "table_columns": [{"label": label} for label in AGENCY_COLUMNS[:5]],
        "rows": [_agency_cells(one) for one in page.rows],
        "count": len(page.rows),
        "download_url": f"{reverse('agencies_public:workbook')}?{urlencode(kept)}",
        **_page_links(kept, cursor, page.next_cursor),
    }
    return render(request, "organisations/public_agencies.html", context)


@public_page
def agency(request: HttpRequest, code: str) -> HttpResponse:
    found = published_agency(code=code, on=timezone.localdate())
    if found is None:
        raise Http404("没有找到这个执法主体。网址可能有误，可以在执法主体公示中查找。")
    context = {
        "found": found,
        "agency": found.agency,
        "gives": [_delegation_line(*pair) for pair in found.gives],
        "receives": [_delegation_line(*pair) for pair in found.receives],
        "crumbs": [
            {"label": "执法主体公示", "url": reverse("agencies_public:index")},
            {"label": found.agency.name, "url": ""},
        ],
    }
    return render(request, "organisations/public_agency.html", context)


@public_page
def agency_workbook(request: HttpRequest) -> HttpResponse:
    """The agencies that match, as a spreadsheet."""
    today = timezone.localdate()
    rows = [
        (
            one.name,
            one.get_kind_display(),
            one.region.get_level_display(),
            one.region.name,
            one.line.name,
            one.authority_basis,
            one.contact_phone,
            one.address,
        )
        for one in published_agencies(_search_of(request), on=today)
    ]
    columns = tuple(
        WorkbookColumn(label, 30 if label in ("名称", "执法依据") else 18) for label in AGENCY_COLUMNS
    )
    content = write_workbook(
        [
            WorkbookSheet(
                name="执法主体", columns=columns, rows=rows, title=f"执法主体公示（{today:%Y-%m-%d}）"
            )
        ]
    )
    response = HttpResponse(content, content_type=XLSX)
    name = quote(f"执法主体公示{today:%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"agencies.xlsx\"; filename*=UTF-8''{name}"
    return response


@public_page
def delegations(request: HttpRequest) -> HttpResponse:
    query, region = _asked(request, "q", 60), _digits(_asked(request, "region", 9))
    include_ended, cursor = request.GET.get("ended") == "on", request.GET.get("after", "")
    today = timezone.localdate()
    rows = published_delegations(query=query, region_code=region, include_ended=include_ended, on=today)
    page = page_of(rows=rows, order=DELEGATION_ORDER, cursor=cursor)
    kept = {name: value for name, value in (("q", query), ("region", region)) if value}
    if include_ended:
        kept["ended"] = "on"
    context = {
        "query": query,
        "region": region,
        "include_ended": include_ended,
        "regions": search_choices()["regions"],
        "table_columns": [{"label": label, "short": label == "状态"} for label in DELEGATION_COLUMNS],
        "rows": [_delegation_cells(one, state_on(one, today)) for one in page.rows],
        "count": len(page.rows),
        "is_filtered": bool(query or region),
        **_page_links(kept, cursor, page.next_cursor),
    }
    return render(request, "organisations/public_delegations.html", context)


@public_page
def delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    found = published_delegation(delegation_id=delegation_id, on=timezone.localdate())
    if found is None:
        raise Http404("没有找到这份委托。网址可能有误，可以在委托执法公示中查找。")
    context = {
        "found": found,
        "delegation": found.delegation,
        "tone": STATE_TONES.get(found.state, ""),
        "crumbs": [
            {"label": "委托执法公示", "url": reverse("delegations_public:index")},
            {"label": found.delegation.document_number, "url": ""},
        ],
    }
    return render(request, "organisations/public_delegation.html", context)


def _search_of(request: HttpRequest) -> AgencySearch:
    return AgencySearch(
        query=_asked(request, "q", 60),
        region=_digits(_asked(request, "region", 9)),
        line=_asked(request, "line", 32),
        level=_asked(request, "level", 12),
    )


def _asked(request: HttpRequest, name: str, longest: int) -> str:
    """A parameter of the address; PostgreSQL takes no text with a NUL in it."""
    return request.GET.get(name, "").replace("\x00", "")[:longest]


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() else ""


def _kept(search: AgencySearch) -> dict[str, str]:
    asked = {"q": search.query, "region": search.region, "line": search.line, "level": search.level}
    return {name: value for name, value in asked.items() if value}


def _page_links(kept: dict[str, str], cursor: str, next_cursor: str) -> dict[str, str]:
    return {
        "first_url": f"?{urlencode(kept)}" if cursor else "",
        "next_url": f"?{urlencode({**kept, 'after': next_cursor})}" if next_cursor else "",
    }


def _agency_cells(one: Agency) -> list[Any]:
    return [
        {"text": one.name, "url": reverse("agencies_public:agency", args=[one.code])},
        one.get_kind_display(),
        one.region.get_level_display(),
        one.region.name,
        one.line.name,
    ]


def _delegation_cells(one: Delegation, state: str) -> list[Any]:
    return [
        {"text": one.document_number, "url": reverse("delegations_public:delegation", args=[one.pk])},
        one.agency.name,
        one.delegate_name,
        one.matters,
        f"{one.valid_from:%Y-%m-%d} 至 {one.valid_until:%Y-%m-%d}",
        {"text": state, "tone": STATE_TONES.get(state, "")},
    ]


def _delegation_line(one: Delegation, state: str) -> dict[str, Any]:
    return {
        "delegation": one,
        "state": state,
        "tone": STATE_TONES.get(state, ""),
        "url": reverse("delegations_public:delegation", args=[one.pk]),
    }
