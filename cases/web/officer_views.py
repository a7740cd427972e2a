"""Who handles a case: requests for recusal, their decision, and a change of handlers."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from cases.selectors.opening import officers_of
from cases.selectors.recusals import pending_recusal, recusable_people
from cases.services.change_handlers import change_handlers
from cases.services.recuse_officer import decide_recusal, is_head, request_recusal
from cases.web.officer_forms import HandlersForm, RecusalDecisionForm, RecusalRequestForm
from cases.web.pages import handled, refuse_or_continue, show_form, today, view_of
from cases.workflow import Act, standing_act
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.submitted_once import submitted_once


@working_page
@submitted_once
def recusal(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.REQUEST_RECUSAL)
    if refused is not None:
        return refused
    form = RecusalRequestForm(
        request.POST or None, persons=recusable_people(case=view.case), initial={"requested_on": today()}
    )
    if request.method == "POST":
        done = handled(
            request,
            view,
            form,
            lambda: request_recusal(
                actor=request.actor, case_id=case_id, request=form.request(), today=today()
            ),
            done="回避申请已记录，等待负责人决定。决定作出之前，不停止调查。",
        )
        if done is not None:
            return done
    return show_form(
        request,
        "cases/step.html",
        view,
        form,
        step="记录回避申请",
        button="提交回避申请",
        law=standing_act(Act.REQUEST_RECUSAL).law_reference,
    )


@working_page
@submitted_once
def recusal_decision(request: ActorRequest, case_id: int, recusal_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.DECIDE_RECUSAL)
    if refused is not None:
        return refused
    asked = pending_recusal(case=view.case, recusal_id=recusal_id)
    if asked is None:
        raise Http404("没有找到等待决定的回避申请。")
    form = RecusalDecisionForm(request.POST or None, collective=is_head(asked, view.case))
    if request.method == "POST":
        done = handled(
            request,
            view,
            form,
            lambda: decide_recusal(
                actor=request.actor,
                case_id=case_id,
                recusal_id=recusal_id,
                decision=form.decision(),
                today=today(),
            ),
            done="是否回避的决定已记录。",
        )
        if done is not None:
            return done
    return show_form(
        request,
        "cases/recusal_decision.html",
        view,
        form,
        step="决定是否回避",
        recusal=asked,
        law=standing_act(Act.DECIDE_RECUSAL).law_reference,
    )


@working_page
@submitted_once
def handlers(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.CHANGE_HANDLERS)
    if refused is not None:
        return refused
    form = HandlersForm(
        request.POST or None,
        officers=officers_of(agency=view.case.agency),
        initial={
            "lock_version": view.case.lock_version,
            "handlers": [str(handler.pk) for handler in view.case.handlers.all()],
        },
    )
    if request.method == "POST":
        done = handled(
            request,
            view,
            form,
            lambda: change_handlers(
                actor=request.actor,
                case_id=case_id,
                handler_ids=[int(key) for key in form.cleaned_data["handlers"]],
                reason=form.cleaned_data["reason"],
                today=today(),
                expected_lock=form.cleaned_data["lock_version"],
            ),
            done="承办人已调整。",
        )
        if done is not None:
            return done
    return show_form(
        request,
        "cases/step.html",
        view,
        form,
        step="调整承办人",
        button="保存承办人",
        law=standing_act(Act.CHANGE_HANDLERS).law_reference,
    )
