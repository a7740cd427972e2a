"""Who handles a case: requests for recusal, their decision, and a change of handlers."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from cases.models import Recusal
from cases.selectors.case_page import CaseView
from cases.selectors.opening import officers_of
from cases.selectors.recusals import pending_recusal, recusable_people
from cases.services.change_handlers import change_handlers
from cases.services.recuse_officer import decide_recusal, is_head, request_recusal
from cases.web.officer_forms import HandlersForm, RecusalDecisionForm, RecusalRequestForm
from cases.web.pages import act_page, today
from cases.workflow import Act
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.submitted_once import submitted_once


@working_page
@submitted_once
def recusal(request: ActorRequest, case_id: int) -> HttpResponse:
    return act_page(
        request,
        case_id,
        Act.REQUEST_RECUSAL,
        lambda view: RecusalRequestForm(
            request.POST or None, persons=recusable_people(case=view.case), initial={"requested_on": today()}
        ),
        lambda fields: request_recusal(
            actor=request.actor, case_id=case_id, request=RecusalRequestForm.request(fields), today=today()
        ),
        button="提交回避申请",
        done="回避申请已记录，等待负责人决定。决定作出之前，不停止调查。",
    )


@working_page
@submitted_once
def recusal_decision(request: ActorRequest, case_id: int, recusal_id: int) -> HttpResponse:
    def asked_in(view: CaseView) -> Recusal:
        asked = pending_recusal(case=view.case, recusal_id=recusal_id)
        if asked is None:
            raise Http404("没有找到等待决定的回避申请。")
        return asked

    return act_page(
        request,
        case_id,
        Act.DECIDE_RECUSAL,
        lambda view: RecusalDecisionForm(request.POST or None, collective=is_head(asked_in(view), view.case)),
        lambda fields: decide_recusal(
            actor=request.actor,
            case_id=case_id,
            recusal_id=recusal_id,
            decision=RecusalDecisionForm.decision(fields),
            today=today(),
        ),
        button="作出决定",
        done="是否回避的决定已记录。",
        template="cases/recusal_decision.html",
        more=lambda view: {"recusal": asked_in(view)},
    )


@working_page
@submitted_once
def handlers(request: ActorRequest, case_id: int) -> HttpResponse:
    return act_page(
        request,
        case_id,
        Act.CHANGE_HANDLERS,
        lambda view: HandlersForm(
            request.POST or None,
            officers=officers_of(agency=view.case.agency),
            initial={
                "lock_version": view.case.lock_version,
                "handlers": [str(handler.pk) for handler in view.case.handlers.all()],
            },
        ),
        lambda fields: change_handlers(
            actor=request.actor,
            case_id=case_id,
            handler_ids=[int(key) for key in fields["handlers"]],
            reason=fields["reason"],
            today=today(),
            expected_lock=fields["lock_version"],
        ),
        button="保存承办人",
        done="承办人已调整。",
    )
