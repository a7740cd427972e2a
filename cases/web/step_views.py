"""The steps after approval: statement, issue, delivery, closing; and withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cases.models import Case
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import (
    StatementRecord,
    close_case,
    deliver_document,
    record_statement,
    withdraw_case,
)
from cases.web.check_rows import check_rows
from cases.web.forms import CloseForm, DeliverForm, StatementForm, WithdrawForm
from cases.web.pages import handled, refuse_or_continue, show_form, today, view_of
from cases.workflow import Act
from enforcement.errors import Refusal
from enforcement.personal_data import shown_party
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.submitted_once import submitted_once, took_effect


def _step(
    request: ActorRequest,
    case_id: int,
    act: Act,
    form_class: type[forms.Form],
    service: Callable[[dict[str, Any]], object],
    *,
    words: tuple[str, str, str],
) -> HttpResponse:
    """One form, one service. `words`: title of the page, label of its button, message when done."""
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, act)
    if refused is not None:
        return refused
    form = form_class(request.POST or None)
    if request.method == "POST":
        done = handled(
            request,
            view,
            form,
            lambda: service(form.cleaned_data),
            done=words[2],
        )
        if done is not None:
            return done
    offered = view.offered(act)
    law = offered.transition.law_reference if offered is not None else ""
    return show_form(request, "cases/step.html", view, form, step=words[0], button=words[1], law=law)


@working_page
@submitted_once
def statement(request: ActorRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        Act.RECORD_STATEMENT,
        StatementForm,
        lambda data: record_statement(
            actor=request.actor, case_id=case_id, record=StatementRecord(**data), today=today()
        ),
        words=("记录告知与陈述申辩", "保存记录，进入决定", "告知与陈述申辩已记录，可以签发决定书。"),
    )


@working_page
@submitted_once
def deliver(request: ActorRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        Act.DELIVER,
        DeliverForm,
        lambda data: deliver_document(actor=request.actor, case_id=case_id, today=today(), **data),
        words=("记录送达", "保存送达记录", "送达已记录，决定已在公示网站公开。"),
    )


@working_page
@submitted_once
def close(request: ActorRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        Act.CLOSE,
        CloseForm,
        lambda data: close_case(actor=request.actor, case_id=case_id, today=today(), **data),
        words=("结案", "结案归档", "案件已结案。"),
    )


@working_page
@submitted_once
def withdraw(request: ActorRequest, case_id: int) -> HttpResponse:
    return _step(
        request,
        case_id,
        Act.WITHDRAW,
        WithdrawForm,
        lambda data: withdraw_case(actor=request.actor, case_id=case_id, today=today(), **data),
        words=("撤销立案", "撤销立案", "已撤销立案。"),
    )


@working_page
@fresh_sign_in
@submitted_once
def issue(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.ISSUE_DECISION)
    if refused is not None:
        return refused
    if request.method == "POST":
        try:
            decision = issue_decision(actor=request.actor, case_id=case_id, today=today())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("cases:case", case_id)
        except Case.DoesNotExist:
            raise Http404("没有找到这个案件。") from None
        messages.success(request, f"已签发，文号 {decision.number}。")
        answer = redirect("cases:issued", case_id)
        return took_effect(request, answer, what="这份决定书", number=decision.number)
    return show_form(
        request,
        "cases/issue.html",
        view,
        forms.Form(),
        step="核对并签发",
        rows=check_rows(view, shown_party(request.actor, view.case.party, within=view.case)),
    )
