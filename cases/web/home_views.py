"""待办 and the list of cases."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.selectors.case_list import SavedView, list_cases, todo_list
from cases.selectors.handovers import agencies_waiting
from cases.selectors.leniency_alarms import inquiries_waiting
from cases.web.pages import today
from enforcement.actors import Role
from enforcement.selectors.expiry import own_warnings
from enforcement.selectors.version_notices import recent_unread
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.kept_searches import keep_search, kept_search
from enforcement.web.notices.wording import notice_line

MOST_NOTICES = 3


@working_page
def home(request: ActorRequest) -> HttpResponse:
    unread = list(recent_unread(actor=request.actor, today=today())[: MOST_NOTICES + 1])
    context = {
        "todo": todo_list(actor=request.actor, today=today()),
        "may_open": Role.OFFICER in request.actor.roles,
        "waiting": agencies_waiting(actor=request.actor, on=today()),
        "inquiries": inquiries_waiting(actor=request.actor),
        "own_warnings": own_warnings(actor=request.actor, today=today()),
        "notices": [notice_line(one, is_read=False) for one in unread[:MOST_NOTICES]],
        "has_more_notices": len(unread) > MOST_NOTICES,
        "today": today(),
    }
    return render(request, "cases/home.html", context)


@working_page
def case_list(request: ActorRequest) -> HttpResponse:
    wanted = request.GET.get("view", "")
    default = SavedView.REVIEW if Role.OFFICER not in request.actor.roles else SavedView.MINE
    view = SavedView(wanted) if wanted in set(SavedView) else default
    mark, cursor = request.GET.get("search", ""), request.GET.get("after", "")
    query = kept_search(request, mark)
    page = list_cases(actor=request.actor, view=view, query=query, cursor=cursor, today=today())
    kept = {"view": view.value, **({"search": mark} if query else {})}
    rows = [(case, case.due_day(today())) for case in page.cases]
    context = {
        "rows": rows,
        "views": [(one, urlencode({"view": one.value})) for one in SavedView],
        "view": view,
        "query": query,
        "search_is_gone": bool(mark) and not query,
        "cleared_url": f"?{urlencode({'view': view.value})}",
        "first_url": f"?{urlencode(kept)}" if cursor else "",
        "next_url": f"?{urlencode({**kept, 'after': page.next_cursor})}" if page.next_cursor else "",
        "may_open": Role.OFFICER in request.actor.roles,
        "waiting": agencies_waiting(actor=request.actor, on=today()),
    }
    return render(request, "cases/case_list.html", context)


@working_page
@require_POST
def case_search(request: ActorRequest) -> HttpResponse:
    """By POST: the words may be a party's name, which has no place in an address."""
    view = request.POST.get("view", "")
    mark = keep_search(request, request.POST.get("q", ""))
    kept = {**({"view": view} if view in set(SavedView) else {}), **({"search": mark} if mark else {})}
    return redirect(f"{reverse('cases:list')}?{urlencode(kept)}")
