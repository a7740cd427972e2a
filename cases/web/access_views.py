"""Who may read a case: collaborating agencies, the confidentiality level, clearances, and what the public gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.models import Confidentiality
from cases.selectors.access import clearable_people, clearance_rows, other_agencies, share_rows
from cases.services.release_decision import release_decision
from cases.services.set_confidentiality import grant_clearance, set_confidentiality, withdraw_clearance
from cases.services.share_case import share_case, withdraw_share
from cases.web.fields import day_field
from cases.web.forms import area
from cases.web.pages import act_page, refuse_or_continue, today, view_of
from cases.workflow import Act
from enforcement.errors import Refusal
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.lines_field import LinesField
from enforcement.web.submitted_once import submitted_once


class ShareForm(forms.Form):
    agency = forms.ChoiceField(label="协办机关", error_messages={"required": "选择协办机关"})
    purpose = forms.CharField(
        label="协办事项", max_length=200, widget=area(2), error_messages={"required": "写明协办事项"}
    )
    starts_on = day_field("开始日期")
    ends_on = day_field("截止日期", help_text="到这一天为止，最长一年。")


class LevelForm(forms.Form):
    level = forms.ChoiceField(
        label="保密级别",
        choices=Confidentiality,
        widget=forms.RadioSelect,
        help_text="敏感、商业秘密：只有承办人、负责人、法制审核人员和经批准的人员可以查阅。",
        error_messages={"required": "选择保密级别"},
    )
    reason = forms.CharField(
        label="理由", max_length=500, widget=area(2), error_messages={"required": "写明理由"}
    )


class ClearanceForm(forms.Form):
    account = forms.ChoiceField(label="人员", error_messages={"required": "选择人员"})
    reason = forms.CharField(
        label="理由", max_length=200, widget=area(2), error_messages={"required": "写明理由"}
    )


class ReleaseForm(forms.Form):
    phrases = LinesField(
        label="要隐去的内容",
        help_text="每行一处，与公示内容中的文字完全一致。没有要隐去的，留空。",
        rows=5,
    )
    confirmed = forms.BooleanField(
        label="已逐字核对，其余内容可以公开", error_messages={"required": "核对后再确认公示"}
    )


@working_page
@submitted_once
def shares(request: ActorRequest, case_id: int) -> HttpResponse:
    def form_of(view: Any) -> forms.Form:
        form = ShareForm(request.POST or None, initial={"starts_on": today()})
        form.fields["agency"].choices = [("", "选择机关"), *other_agencies(case=view.case)]  # type: ignore[attr-defined]
        return form

    return act_page(
        request,
        case_id,
        Act.SHARE_CASE,
        form_of,
        lambda fields: share_case(
            actor=request.actor,
            case_id=case_id,
            today=today(),
            agency_id=int(fields.pop("agency")),
            **fields,
        ),
        button="授权查阅",
        done="协办机关可以查阅本案，每次查阅都有记录。",
        more=lambda view: {
            "rows": share_rows(case=view.case, today=today()),
            "withdraw_route": "cases:share_withdraw",
        },
    )


@working_page
@submitted_once
def level(request: ActorRequest, case_id: int) -> HttpResponse:
    return act_page(
        request,
        case_id,
        Act.SET_CONFIDENTIALITY,
        lambda view: LevelForm(request.POST or None, initial={"level": view.case.confidentiality}),
        lambda fields: set_confidentiality(actor=request.actor, case_id=case_id, today=today(), **fields),
        button="保存保密级别",
        done="保密级别已保存。",
    )


@working_page
@submitted_once
def clearances(request: ActorRequest, case_id: int) -> HttpResponse:
    def form_of(view: Any) -> forms.Form:
        form = ClearanceForm(request.POST or None)
        form.fields["account"].choices = [("", "选择人员"), *clearable_people(case=view.case)]  # type: ignore[attr-defined]
        return form

    return act_page(
        request,
        case_id,
        Act.GRANT_CLEARANCE,
        form_of,
        lambda fields: grant_clearance(
            actor=request.actor,
            case_id=case_id,
            account_id=int(fields["account"]),
            reason=fields["reason"],
            today=today(),
        ),
        button="批准查阅",
        done="已批准查阅。",
        more=lambda view: {
            "rows": clearance_rows(case=view.case),
            "withdraw_route": "cases:clearance_withdraw",
        },
    )


@working_page
@submitted_once
def release(request: ActorRequest, case_id: int) -> HttpResponse:
    return act_page(
        request,
        case_id,
        Act.RELEASE_DECISION,
        lambda view: ReleaseForm(request.POST or None),
        lambda fields: release_decision(
            actor=request.actor, case_id=case_id, phrases=fields["phrases"], today=today()
        ),
        button="确认公示",
        done="已确认，决定在公示网站公开。",
        more=lambda view: {"public_content": view.case.decision.public_snapshot},
    )


@working_page
@require_POST
def share_withdraw(request: ActorRequest, case_id: int, row_id: int) -> HttpResponse:
    def act() -> object:
        return withdraw_share(actor=request.actor, case_id=case_id, share_id=row_id, today=today())

    return _withdrawn(request, case_id, Act.WITHDRAW_SHARE, act, "cases:shares")


@working_page
@require_POST
def clearance_withdraw(request: ActorRequest, case_id: int, row_id: int) -> HttpResponse:
    def act() -> object:
        return withdraw_clearance(actor=request.actor, case_id=case_id, clearance_id=row_id, today=today())

    return _withdrawn(request, case_id, Act.WITHDRAW_CLEARANCE, act, "cases:clearances")


def _withdrawn(
    request: ActorRequest, case_id: int, act: Act, service: Callable[[], object], to: str
) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, act)
    if refused is not None:
        return refused
    try:
        service()
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "已收回，立即生效。")
    return redirect(to, case_id)
