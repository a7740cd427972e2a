"""处理建议: adopt the advice, or depart from it with reasons; and the approver's page."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases.models import ProposalVerdict
from cases.selectors.leniency_alarms import alarms_for_review
from cases.services.decide_proposal import decide_proposal
from cases.services.submit_proposal import submit_proposal
from cases.web.fields import MoneyField
from cases.web.forms import ReviewForm
from cases.web.pages import handled, refuse_or_continue, show_form, today, view_of
from cases.web.proposal_forms import AdoptForm, DepartForm
from cases.workflow import Act
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.submitted_once import submitted_once
from enforcement.wording import money_upper


@working_page
@submitted_once
def adopt(request: ActorRequest, case_id: int) -> HttpResponse:
    return _propose(request, case_id, AdoptForm, "cases/adopt.html", "采纳建议")


@working_page
@submitted_once
def depart(request: ActorRequest, case_id: int) -> HttpResponse:
    return _propose(request, case_id, DepartForm, "cases/depart.html", "不采纳并说明理由")


def _propose(
    request: ActorRequest, case_id: int, form_class: type[AdoptForm], template: str, step: str
) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.SUBMIT_PROPOSAL)
    if refused is not None or view.analysis is None:
        return refused or redirect("cases:case", case_id)
    if form_class is AdoptForm and view.analysis.outcome is None:
        return redirect("cases:depart", case_id)
    form = form_class(
        request.POST or None, analysis=view.analysis, initial={"lock_version": view.case.lock_version}
    )
    if request.method == "POST":
        done = handled(
            request,
            view,
            form,
            lambda: submit_proposal(
                actor=request.actor,
                case_id=case_id,
                draft=form.draft(),
                today=today(),
                expected_lock=form.cleaned_data["lock_version"],
            ),
            done="处理建议已提交，等待负责人审批。",
        )
        if done is not None:
            return done
    return show_form(request, template, view, form, step=step)


@working_page
@submitted_once
def review(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.APPROVE)
    if refused is not None or view.proposal is None:
        return refused or redirect("cases:case", case_id)
    alarms = alarms_for_review(actor=request.actor, case=view.case, proposal=view.proposal, today=today())
    form = ReviewForm(request.POST or None, alarms=alarms, initial={"proposal_id": view.proposal.pk})
    if request.method == "POST":
        returned = request.POST.get("verdict") == ProposalVerdict.RETURNED
        verdict = ProposalVerdict.RETURNED if returned else ProposalVerdict.APPROVED
        done = handled(
            request,
            view,
            form,
            lambda: decide_proposal(
                actor=request.actor,
                case_id=case_id,
                verdict=verdict,
                text=form.cleaned_data["text"],
                proposal_id=form.cleaned_data["proposal_id"],
                alarm_answers=form.answers(),
                today=today(),
            ),
            done="已退回承办人补充。" if returned else "已同意处理建议。",
        )
        if done is not None:
            return done
    uses = view.proposal.entry_uses.all()
    return show_form(
        request, "cases/review.html", view, form, step="审批处理建议", proposal=view.proposal, uses=uses
    )


@working_page
def amount_in_words(request: ActorRequest) -> HttpResponse:
    """大写 of the amount being typed; empty while it is no amount."""
    typed = next((value for key, value in request.GET.items() if key.startswith("fine")), "")
    try:
        fen = MoneyField(label="罚款金额", required=False).clean(typed)
    except forms.ValidationError:
        fen = None
    return render(request, "cases/_amount.html", {"upper": money_upper(fen) if fen else ""})
