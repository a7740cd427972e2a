"""到期提醒: what ends within 60, 30 and 7 days or has ended, for those who keep or supervise the register."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from enforcement.expiry import EXPIRING_LABELS, ExpiringKind, ExpiryWarning
from enforcement.selectors.expiry import warnings_for
from enforcement.web.access import ActorRequest, supervisor_page, working_page
from enforcement.web.register.places import today

PAGE_LENGTH = 50
_OFFICER_PAGES = {
    ExpiringKind.CERTIFICATE: "register_officers:row",
    ExpiringKind.ANNUAL_CHECK: "register_officers:row",
    ExpiringKind.CALIBRATION: "register_equipment:row",
    ExpiringKind.QUALIFICATION: "register_qualifications:row",
    ExpiringKind.DELEGATION: "register_delegations:row",
}
_SUPERVISOR_PAGES = {
    ExpiringKind.CERTIFICATE: "supervisor_officers:row",
    ExpiringKind.ANNUAL_CHECK: "supervisor_officers:row",
}


@working_page
def officer_warnings(request: ActorRequest) -> HttpResponse:
    crumbs = [{"label": "基础信息", "url": reverse("register:index")}, {"label": "到期提醒", "url": ""}]
    return _page(request, "officer/base.html", _OFFICER_PAGES, crumbs)


@supervisor_page
def supervisor_warnings(request: ActorRequest) -> HttpResponse:
    return _page(request, "supervisor/base.html", _SUPERVISOR_PAGES, [{"label": "到期提醒", "url": ""}])


def _page(
    request: ActorRequest, base: str, pages: dict[ExpiringKind, str], crumbs: list[dict[str, str]]
) -> HttpResponse:
    found = warnings_for(actor=request.actor, today=today())
    wanted = request.GET.get("kind", "")
    chosen = ExpiringKind(wanted) if wanted in set(ExpiringKind) else None
    shown = [one for one in found if chosen is None or one.ending.kind is chosen]
    page = Paginator(shown, PAGE_LENGTH).get_page(request.GET.get("page"))
    kept = f"kind={chosen.value}&" if chosen else ""
    context = {
        "base_template": base,
        "crumbs": crumbs,
        "today": today(),
        "total": len(shown),
        "views": [_view(None, chosen, len(found))]
        + [_view(kind, chosen, sum(one.ending.kind is kind for one in found)) for kind in ExpiringKind],
        "columns": [
            {"label": label, "short": label in {"到期日", "剩余"}}
            for label in ("对象", "证件", "到期日", "剩余", "怎么办")
        ],
        "rows": [_cells(one, pages) for one in page],
        "summary": f"第 {page.number} 页，共 {page.paginator.num_pages} 页，{len(shown)} 项",
        "previous_url": f"?{kept}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{kept}page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "register/warnings.html", context)


def _view(kind: ExpiringKind | None, chosen: ExpiringKind | None, count: int) -> dict[str, Any]:
    return {
        "label": f"{EXPIRING_LABELS[kind] if kind else '全部'} {count}",
        "url": f"?kind={kind.value}" if kind else "?",
        "current": kind is chosen,
    }


def _cells(warning: ExpiryWarning, pages: dict[ExpiringKind, str]) -> list[Any]:
    ending = warning.ending
    page = pages.get(ending.kind)
    subject = f"{ending.subject}（{ending.agency_name}）" if ending.agency_name else ending.subject
    return [
        {"text": subject, "url": reverse(page, args=[ending.page_key])} if page else subject,
        ending.document,
        ending.ends_on.isoformat(),
        {"text": warning.time_words, "tone": "danger" if warning.days_left <= 7 else "warn"},
        warning.advice,
    ]
