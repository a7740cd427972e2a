"""区划变更: the changes on record, and recording one more."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from enforcement.actors import Role
from enforcement.models import RegionChangeKind
from enforcement.register_tables.lines import may_read
from enforcement.registrar import keeps_every_line
from enforcement.selectors.region_changes import region_changes, stranded_on
from enforcement.services.change_region import change_region
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.organisations.act_forms import RegionChangeForm
from enforcement.web.organisations.act_views import act_page
from enforcement.web.register.places import today

COLUMNS = ("变更", "类型", "依据")
PROVINCE = "53"


@working_page
def changes(request: ActorRequest) -> HttpResponse:
    """Changes by search and kind, and what still stands on codes that are no more."""
    if not may_read(request.actor):
        raise Http404("没有找到区划变更。")
    query = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    kind = request.GET.get("kind", "")
    kind = kind if kind in RegionChangeKind.values else ""
    after = request.GET.get("after", "")
    page = region_changes(actor=request.actor, query=query, kind=kind, cursor=after)
    kept = {name: value for name, value in (("q", query), ("kind", kind)) if value}
    context = {
        "query": query,
        "kind": kind,
        "kinds": RegionChangeKind.choices,
        "table_columns": [{"label": label, "short": label == "类型"} for label in COLUMNS],
        "rows": [[one.sentence(), one.get_kind_display(), one.basis] for one in page.changes],
        "count": len(page.changes),
        "is_filtered": bool(kept),
        "first_url": f"?{urlencode(kept)}" if after else "",
        "next_url": f"?{urlencode({**kept, 'after': page.next_cursor})}" if page.next_cursor else "",
        # Grants name people: only for those who keep the register.
        "stranded": stranded_on(actor=request.actor, on=today())
        if Role.REGISTRAR in request.actor.roles
        else (),
        "may_record": _may_record(request),
        "crumbs": [
            {"label": "基础信息", "url": reverse("register:index")},
            {"label": "行政区划", "url": reverse("register_regions:list")},
            {"label": "区划变更", "url": ""},
        ],
    }
    return render(request, "organisations/region_changes.html", context)


@working_page
def record(request: ActorRequest) -> HttpResponse:
    if not _may_record(request):
        raise Http404("登记区划变更需要全省全部条线的登记职责。")
    form = RegionChangeForm(
        request.POST or None, initial={"old_code": request.GET.get("code", "")[:9], "effective_on": today()}
    )
    crumbs = [
        ("行政区划", reverse("register_regions:list")),
        ("区划变更", reverse("region_changes:list")),
    ]
    return act_page(
        request,
        form,
        lambda: change_region(actor=request.actor, change=form.change(), today=today()),
        words=("登记区划变更", "登记变更", "区划变更已登记。仍在原代码上的机构和授权列在下面，请逐个核对。"),
        note="变更登记后不能修改。机构和授权不会自动移到新代码。",
        crumbs=crumbs,
        subject="",
    )


def _may_record(request: ActorRequest) -> bool:
    return keeps_every_line(request.actor, region_code=PROVINCE)
