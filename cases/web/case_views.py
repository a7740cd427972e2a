"""The page of one case, its confirmation after issue, and its documents."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases.models import Case, CaseDocument
from cases.selectors.entry_uses import uses_and_alarms
from cases.services.read_document import read_document
from cases.web.case_parts import facts_form, narrative_form, tasks_of, version_change_lines
from cases.web.pages import case_context, today, view_of
from cases.workflow import Act
from enforcement.web.access import ActorRequest, working_page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@working_page
def case_page(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    uses, alarms = uses_and_alarms(None if view.may_edit else view.proposal)
    context = {
        **case_context(request, view),
        "uses": uses,
        "alarms": alarms,
        "may_reply": view.is_possible(Act.REPLY_TO_ALARM),
        "tasks": tasks_of(view),
        "version_changes": version_change_lines(view),
        "facts_form": facts_form(view) if view.may_edit else None,
        "narrative_form": narrative_form(view) if view.may_edit else None,
    }
    return render(request, "cases/case.html", context)


@working_page
def issued_page(request: ActorRequest, case_id: int) -> HttpResponse:
    view = view_of(request, case_id)
    if not view.situation.has_decision:
        return redirect("cases:case", case_id)
    context = {**case_context(request, view, step="已签发"), "decision": view.case.decision}
    return render(request, "cases/issued.html", context)


@working_page
def download(request: ActorRequest, case_id: int, document_id: int) -> HttpResponse:
    try:
        document = read_document(actor=request.actor, case_id=case_id, document_id=document_id, today=today())
    except (Case.DoesNotExist, CaseDocument.DoesNotExist):
        raise Http404("没有找到这份文书。") from None
    response = HttpResponse(bytes(document.content), content_type=WORD)
    name = quote(f"{document.kind}{document.number}.docx")
    response["Content-Disposition"] = (
        f"attachment; filename=\"decision-{document.pk}.docx\"; filename*=UTF-8''{name}"
    )
    return response
