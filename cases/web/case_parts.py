"""Parts of the case page: the tasks of the stage and the two forms of the investigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from cases.selectors.case_page import CaseView
from cases.selectors.version_changes import version_changes
from cases.version_changes import VersionChange
from cases.web.facts_form import FactsForm, relevant_definitions
from cases.web.forms import NarrativeForm
from cases.web.pages import today
from cases.workflow import Act, OfferedAct
from enforcement.web.laws.addresses import public_difference, public_version_at

ACT_ROUTES = {
    Act.SUBMIT_PROPOSAL: "cases:propose",
    Act.RETURN_PROPOSAL: "cases:review",
    Act.APPROVE: "cases:review",
    Act.RECORD_STATEMENT: "cases:statement",
    Act.ISSUE_DECISION: "cases:issue",
    Act.DELIVER: "cases:deliver",
    Act.CLOSE: "cases:close",
    Act.WITHDRAW: "cases:withdraw",
}


def facts_form(view: CaseView, data: Mapping[str, Any] | None = None) -> FactsForm:
    """The form of facts for a case under investigation."""
    if view.inputs is None or view.analysis is None:
        raise ValueError("facts are recorded during the investigation only")
    return FactsForm(
        data,
        definitions=relevant_definitions(view.inputs, view.analysis),
        inputs=view.inputs,
        held=view.case.facts,
        lock_version=view.case.lock_version,
        asked=view.analysis.questions,
    )


def narrative_form(view: CaseView, data: Mapping[str, Any] | None = None) -> NarrativeForm:
    """违法事实与证据."""
    case = view.case
    return NarrativeForm(
        data,
        prefix="text",
        initial={
            "lock_version": case.lock_version,
            "narrative": case.narrative,
            "evidence": list(case.evidence),
            "place": case.place,
        },
    )


def tasks_of(view: CaseView) -> list[dict[str, str]]:
    """What is to be done in this stage: the recording first, then the acts of the table with their refusals."""
    tasks = _recording_tasks(view) if view.may_edit else []
    return [*tasks, *(_act_task(view, offered) for offered in view.acts)]


def _recording_tasks(view: CaseView) -> list[dict[str, str]]:
    case = view.case
    questions = len(view.analysis.questions) if view.analysis else 0
    facts_note = f"还有 {questions} 项会影响结论" if questions else f"已记录 {len(case.facts)} 项"
    has_text, has_evidence = bool(case.narrative.strip()), bool(case.evidence)
    text_state = "done" if has_text and has_evidence else ("current" if has_text or has_evidence else "todo")
    return [
        {
            "name": "记录裁量事实",
            "url": "#facts",
            "state": "current" if questions or not case.facts else "done",
            "note": facts_note,
        },
        {
            "name": "违法事实与证据",
            "url": "#narrative",
            "state": text_state,
            "note": f"证据 {len(case.evidence)} 份",
        },
    ]


def _act_task(view: CaseView, offered: OfferedAct) -> dict[str, str]:
    refusal = offered.refusal
    address = reverse(ACT_ROUTES[offered.transition.name], args=[view.case.pk])
    return {
        "name": offered.transition.label,
        "url": "" if refusal else address,
        "state": "todo" if refusal else "可以办理",
        "note": refusal.message if refusal else offered.transition.law_reference,
    }


def version_change_lines(view: CaseView) -> list[dict[str, str]]:
    """Newer versions of the rules: what to know, and the way to the difference where there is one to show."""
    return [
        {"sentence": change.sentence(today()), "url": _difference_address(change)}
        for change in version_changes(view.case)
    ]


def _difference_address(change: VersionChange) -> str:
    if change.applied is None:
        return public_version_at(change.newer.kind, change.newer.slug, change.newer.number)
    return public_difference(
        change.newer.kind, change.newer.slug, old=change.applied.number, new=change.newer.number
    )
