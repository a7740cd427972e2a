"""What an agency applies on a day, for officers and for the public: one page, one file."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from enforcement.models import Agency
from enforcement.selectors.agencies import agencies_in_scope
from enforcement.selectors.public_agencies import AgencySearch, published_agencies, published_agency
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from enforcement.typed_dates import read_date
from enforcement.web.access import ActorRequest, public_page, working_page
from enforcement.web.documents.addresses import public_entry, public_index, public_version
from enforcement.web.documents.downloads import XLSX
from exemption_lists.drafts_of_entries import draft_of
from exemption_lists.effective_list import EffectiveEntry, EffectiveList, effective_list, origins
from exemption_lists.models import LeniencyKind
from exemption_lists.reading.columns import DOWNLOAD_COLUMNS, download_rows
from exemption_lists.web import entry_presentation as words
from exemption_lists.web.surface import LISTS

MOST_AGENCIES = 60
LONGEST_QUERY = 60
DAY_PROBLEM = "日期应写成 2026.3.5 或 20260305，现在显示今天适用的。"


@public_page
def choose(request: HttpRequest) -> HttpResponse:
    """Find the agency whose list is wanted."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    rows = published_agencies(AgencySearch(query=query), on=timezone.localdate())[: MOST_AGENCIES + 1]
    found = list(rows) if query else []
    context = {
        "query": query,
        "agencies": [
            {"agency": one, "url": reverse("lists_public:effective", args=[one.code])}
            for one in found[:MOST_AGENCIES]
        ],
        "more": len(found) > MOST_AGENCIES,
        "crumbs": [
            {"label": LISTS.public_column, "url": public_index(LISTS)},
            {"label": "按执法机关查"},
        ],
    }
    return render(request, "exemption_lists/public_effective_choose.html", context)


@public_page
def public_list(request: HttpRequest, code: str) -> HttpResponse:
    """The effective list of one agency, today or on the day asked for."""
    agency = _agency_or_404(code)
    context = _context(request, agency, reverse("lists_public:effective", args=[code]))
    context |= {
        "workbook_url": _with_day(reverse("lists_public:effective_workbook", args=[code]), context),
        "crumbs": [
            {"label": LISTS.public_column, "url": public_index(LISTS)},
            {"label": "按执法机关查", "url": reverse("lists_public:effective_choose")},
            {"label": agency.name},
        ],
    }
    return render(request, "exemption_lists/public_effective.html", context)


@public_page
def public_workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a spreadsheet: the usual columns behind the origin of each entry."""
    return _workbook(_agency_or_404(code), _asked_day(request)[0] or timezone.localdate())


@working_page
def officer_list(request: ActorRequest) -> HttpResponse:
    """The effective list of an agency in the actor's scope, the own one first."""
    agencies = agencies_in_scope(actor=request.actor)
    wanted = request.GET.get("agency", "")
    own = next((one for one in agencies if one.pk == request.actor.agency_id), None)
    chosen = next((one for one in agencies if one.code == wanted), own or next(iter(agencies), None))
    if wanted and (chosen is None or chosen.code != wanted):
        raise Http404("没有找到这个机关，或者它不在您的职责范围内。")
    crumbs = [{"label": LISTS.officer_column, "url": reverse("lists:index")}, {"label": "适用清单"}]
    context: dict[str, Any] = {"agencies": agencies, "agency": chosen, "crumbs": crumbs}
    if chosen is not None:
        context |= _context(request, chosen, reverse("lists:effective"), {"agency": chosen.code})
        workbook = reverse("lists_public:effective_workbook", args=[chosen.code])
        context["workbook_url"] = _with_day(workbook, context)
    return render(request, "exemption_lists/officer_effective.html", context)


def _agency_or_404(code: str) -> Agency:
    found = published_agency(code=code, on=timezone.localdate())
    if found is None:
        raise Http404("没有找到这个执法主体。网址可能有误，可以在执法主体公示中查找。")
    return found.agency


def _asked_day(request: HttpRequest) -> tuple[dt.date | None, str]:
    """The day in the address, and what was typed there."""
    typed = request.GET.get("on", "").strip()[:20]
    return (read_date(typed) if typed else None), typed


def _context(
    request: HttpRequest, agency: Agency, address: str, kept: dict[str, str] | None = None
) -> dict[str, Any]:
    day, typed = _asked_day(request)
    asked = request.GET.get("kind", "")
    kind = asked if asked in LeniencyKind.values else ""
    found = effective_list(agency=agency, on=day or timezone.localdate(), kind=kind)
    kept = kept or {}
    parameters = {**kept, **({"on": typed} if day else {})}
    return {
        "agency": agency,
        "found": found,
        "typed_day": typed,
        "is_today": day is None,
        "day_problem": DAY_PROBLEM if typed and day is None else "",
        "kinds": [
            {
                "label": label,
                "url": f"{address}?{urlencode({**parameters, **({'kind': code} if code else {})})}",
                "current": kind == code,
            }
            for code, label in [("", "全部"), *LeniencyKind.choices]
        ],
        "kind": kind,
        "origins": origins(found),
        "applying": [_line(one) for one in found.applying],
        "covered": [_line(one) for one in found.covered],
        "plain_url": f"{address}?{urlencode(kept)}" if kept else address,
    }


def _line(one: EffectiveEntry) -> dict[str, Any]:
    version = one.row.version
    return {
        "one": one,
        "title": words.title_of(one.row),
        "verdict": words.verdict_of(one.row),
        "condition": "；".join(one.row.condition_text) or "没有附加条件",
        "url": public_entry(LISTS, version, one.row.slug),
        "document": version.document.title,
        "document_url": public_version(LISTS, version),
        "number": version.number,
        "since": version.effective_from,
    }


def _with_day(address: str, context: dict[str, Any]) -> str:
    return address if context["is_today"] else f"{address}?{urlencode({'on': context['typed_day']})}"


def _workbook(agency: Agency, day: dt.date) -> HttpResponse:
    found = effective_list(agency=agency, on=day)
    columns = (
        WorkbookColumn("来源机关", 24),
        WorkbookColumn("来源清单", 32),
        WorkbookColumn("适用情况", 40),
        *DOWNLOAD_COLUMNS,
    )
    title = f"{agency.name}适用的减免责清单（{day:%Y-%m-%d}）"
    sheet = WorkbookSheet(name="适用清单", columns=columns, rows=_rows(found), title=title)
    response = HttpResponse(write_workbook([sheet]), content_type=XLSX)
    plain = f"{agency.code}-{day:%Y%m%d}.xlsx"
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(title)}.xlsx"
    )
    return response


def _rows(found: EffectiveList) -> list[list[str]]:
    entries = [*found.applying, *found.covered]
    printed = download_rows([draft_of(one.row) for one in entries])
    return [
        [
            one.origin,
            f"{one.row.version.document.title}（第 {one.row.version.number} 版）",
            one.why_covered or "适用",
            *cells,
        ]
        for one, cells in zip(entries, printed, strict=True)
    ]
