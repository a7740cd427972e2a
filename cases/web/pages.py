"""What every page about one case needs, and how a service's refusal reaches the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.selectors.case_page import CaseView, case_view, find_case, preview_text
from cases.services.read_shared_case import note_shared_reading
from cases.services.refused_acts import record_refused_act
from cases.web.forms import add_refusal
from cases.workflow import Act, standing_act
from enforcement.errors import Refusal
from enforcement.personal_data import shown_party
from enforcement.web.access import ActorRequest
from enforcement.web.submitted_once import took_effect

PEOPLE_ROUTES = {
    Act.REQUEST_RECUSAL: "cases:recusal",
    Act.CHANGE_HANDLERS: "cases:handlers",
    Act.SHARE_CASE: "cases:shares",
    Act.SET_CONFIDENTIALITY: "cases:level",
    Act.GRANT_CLEARANCE: "cases:clearances",
    Act.RELEASE_DECISION: "cases:release",
}


def today() -> dt.date:
    """The day in Kunming; only views read it."""
    return timezone.localdate()


def case_or_404(request: ActorRequest, case_id: int) -> Case:
    """The case the actor may see; anything else does not exist."""
    case = find_case(actor=request.actor, case_id=case_id, today=today())
    if case is None:
        raise Http404("没有找到这个案件，或者您没有查看它的权限。如因协办需要，请联系承办机构申请授权。")
    note_shared_reading(actor=request.actor, case=case, today=today())
    return case


def view_of(request: ActorRequest, case_id: int) -> CaseView:
    return case_view(actor=request.actor, case=case_or_404(request, case_id), today=today())


def case_context(request: ActorRequest, view: CaseView, *, step: str = "") -> dict[str, Any]:
    """Crumbs, heading and the parts shared by the case page and its steps."""
    case = view.case
    address = reverse("cases:case", args=[case.pk])
    crumbs = [
        {"label": "案件", "url": reverse("cases:list")},
        {"label": case.number, "url": address if step else ""},
    ]
    if step:
        crumbs.append({"label": step, "url": ""})
    text = preview_text(actor=request.actor, case=case, proposal=view.proposal, analysis=view.analysis)
    return {
        "view": view,
        "case": case,
        "party": shown_party(request.actor, case.party, within=case),
        "crumbs": crumbs,
        "due": case.due_day(today()),
        "analysis": view.document,
        "similar": view.similar,
        "text": text,
        "step": step,
        "open_shares": [one for one in case.shares.all() if one.is_open_on(today())],
        "decide_recusal_possible": view.is_possible(Act.DECIDE_RECUSAL),
        "people_links": [
            {"label": standing_act(act).label, "url": reverse(route, args=[case.pk])}
            for act, route in PEOPLE_ROUTES.items()
            if view.is_possible(act) and (act is not Act.GRANT_CLEARANCE or case.is_secret)
        ],
        "help": None,
    }


def refuse_or_continue(request: ActorRequest, view: CaseView, act: str) -> HttpResponse | None:
    """A redirect to the case with the reason when `act` is not possible now, else None."""
    offered = view.offered(act)
    if offered is not None and offered.refusal is None:
        return None
    if request.method == "POST" and offered is not None and offered.refusal is not None:
        record_refused_act(
            actor=request.actor, case_id=view.case.pk, act=offered.transition.name, refusal=offered.refusal
        )
    reason = offered.refusal.message if offered is not None and offered.refusal else ""
    messages.warning(request, reason or "本案已有新的进展，这一步现在不能办理。")
    return redirect("cases:case", view.case.pk)


def handled(
    request: ActorRequest, view: CaseView, form: Form, act: Callable[[], object], *, done: str
) -> HttpResponse | None:
    """Run `act` for a valid form: a redirect to the case with the message when it worked, None when the form shows why not."""
    if not form.is_valid():
        return None
    try:
        act()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    except Case.DoesNotExist:
        raise Http404("没有找到这个案件。") from None
    messages.success(request, done)
    answer = redirect("cases:case", view.case.pk)
    return took_effect(request, answer, what="这份申请", number=view.case.number)


def show_form(
    request: ActorRequest, template: str, view: CaseView, form: Form, *, step: str, **more: Any
) -> HttpResponse:
    """A step's page; 400 when the form has errors, with everything typed still in it."""
    context = {**case_context(request, view, step=step), "form": form, **more}
    return render(request, template, context, status=400 if form.is_bound else 200)


def act_page(
    request: ActorRequest,
    case_id: int,
    act: Act,
    form_of: Callable[[CaseView], Form],
    service: Callable[[dict[str, Any]], object],
    *,
    button: str,
    done: str,
    template: str = "cases/access.html",
    more: Callable[[CaseView], dict[str, Any]] = lambda view: {},
) -> HttpResponse:
    """The page of an act that leaves the stage as it is: one form, one service, beside whatever `more` shows."""
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, act)
    if refused is not None:
        return refused
    form = form_of(view)
    if request.method == "POST":
        answer = handled(request, view, form, lambda: service(form.cleaned_data), done=done)
        if answer is not None:
            return answer
    row = standing_act(act)
    shown = {"button": button, "law": row.law_reference, **more(view)}
    return show_form(request, template, view, form, step=row.label, **shown)
