"""Saving facts and the narrative: with script the analysis is redrawn in place, without it the page comes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.selectors.case_page import CaseView
from cases.services.record_facts import record_facts, record_narrative
from cases.web.case_parts import facts_form, narrative_form, tasks_of
from cases.web.facts_form import FactsForm
from cases.web.forms import add_refusal
from cases.web.pages import case_context, refuse_or_continue, today, view_of
from cases.workflow import Act
from enforcement.errors import Refusal
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.merge import MergePage
from enforcement.web.stale_saves import merge_answer, save_or_merge


class _StoredCase:
    """The case as stored. The first look is the one the request began with: the service compares `lock_version` under
    the lock, so that a save in between is noticed there; only then the case is read again.
    """

    def __init__(self, request: ActorRequest, view: CaseView) -> None:
        self._request, self.latest, self._was_looked_at = request, view, False

    def next(self) -> CaseView:
        """What is stored now."""
        if self._was_looked_at:
            self.latest = view_of(self._request, self.latest.case.pk)
        self._was_looked_at = True
        return self.latest


@working_page
@require_POST
def save_facts(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.RECORD_FACTS)
    if refused is not None:
        return refused
    stored = _StoredCase(request, view)
    outcome = save_or_merge(
        request,
        current=lambda: facts_form(stored.next()),
        bind=lambda data: facts_form(stored.latest, data),
        save=lambda form: record_facts(
            actor=request.actor,
            case_id=case_id,
            answers=form.answers(),
            today=today(),
            expected_lock=form.cleaned_data["lock_version"],
        ),
        show=_show_fact_refusal,
        separate_fields=True,
    )
    if outcome.page is not None:
        return _merge(request, view, outcome.page)
    if request.headers.get("HX-Request"):
        return _redrawn(request, view_of(request, case_id), outcome.form)
    if outcome.saved is not None:
        messages.success(request, "已保存，适用分析已更新。")
        return redirect(f"/officer/cases/{case_id}/#facts")
    return _page_again(request, view_of(request, case_id), facts=outcome.form)


def _show_fact_refusal(form: FactsForm, refusal: Refusal) -> None:
    fields = refusal.data.get("fields")
    if fields:
        form.add_fact_errors(fields)
    else:
        form.add_error(None, refusal.message)


def _merge(request: ActorRequest, view: CaseView, page: MergePage) -> HttpResponse:
    """Both texts; in place of the page when a script sent the form."""
    answer = merge_answer(
        request,
        page,
        base_template="officer/base.html",
        heading=f"合并两处修改：{view.case.number}",
        cancel_url=f"/officer/cases/{view.case.pk}/",
        crumbs=case_context(request, view, step="合并修改")["crumbs"],
        action=request.path,
    )
    if request.headers.get("HX-Request"):
        # htmx swaps only what succeeded; the whole page is replaced and posts to the same address as before.
        answer.status_code = 200
        answer["HX-Retarget"], answer["HX-Reselect"], answer["HX-Reswap"] = "#main", "#main", "outerHTML"
    return answer


def _redrawn(request: ActorRequest, view: CaseView, form: FactsForm) -> HttpResponse:
    """The analysis panel, with the lock, the tasks and the state of saving swapped beside it."""
    context = {
        **case_context(request, view),
        "tasks": tasks_of(view),
        "facts_form": facts_form(view),
        "problems": [str(error) for errors in form.errors.values() for error in errors],
        "saved_at": timezone.localtime(),
        "is_live": True,
    }
    return render(request, "cases/_facts_saved.html", context)


@working_page
@require_POST
def save_narrative(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    refused = refuse_or_continue(request, view, Act.RECORD_NARRATIVE)
    if refused is not None:
        return refused
    stored = _StoredCase(request, view)
    outcome = save_or_merge(
        request,
        current=lambda: narrative_form(stored.next()),
        bind=lambda data: narrative_form(stored.latest, data),
        save=lambda form: record_narrative(
            actor=request.actor,
            case_id=case_id,
            today=today(),
            expected_lock=form.cleaned_data["lock_version"],
            **form.service_values(),
        ),
        show=add_refusal,
    )
    if outcome.page is not None:
        return _merge(request, view, outcome.page)
    if outcome.saved is not None:
        messages.success(request, "违法事实与证据已保存。")
        return redirect(f"/officer/cases/{case_id}/#narrative")
    return _page_again(request, view_of(request, case_id), narrative=outcome.form)


def _page_again(
    request: ActorRequest, view: CaseView, *, facts: Form | None = None, narrative: Form | None = None
) -> HttpResponse:
    """The whole page with what was typed; a stale lock is renewed, so that saving again is a decision."""
    shown = facts or narrative
    if shown is not None:
        shown.data = _with_lock(shown, view.case.lock_version)
    context: dict[str, Any] = {
        **case_context(request, view),
        "tasks": tasks_of(view),
        "facts_form": facts or facts_form(view),
        "narrative_form": narrative or narrative_form(view),
        "form": shown,
    }
    return render(request, "cases/case.html", context, status=400)


def _with_lock(form: Form, lock_version: int) -> Any:
    data: Any = form.data
    data = data.copy()
    data[form.add_prefix("lock_version")] = str(lock_version)
    return data
