"""查看当事人完整信息: a reason first, then the whole values in this one answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from cases.models import Case
from cases.web.forms import add_refusal
from cases.web.pages import case_context, today, view_of
from enforcement.errors import Refusal
from enforcement.services.reveal_party import RevealedParty, reveal_party
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.reveal_form import RevealForm


@working_page
@fresh_sign_in
def party_full(request: ActorRequest, case_id: int) -> HttpResponse:
    """By POST only, and never redirected to: the values are in no address and gone with the page."""
    view = view_of(request, case_id)
    form = RevealForm(request.POST if request.method == "POST" else None)
    revealed = _revealed(request, form, view.case)
    context = {**case_context(request, view, step="当事人完整信息"), "form": form, "revealed": revealed}
    status = 400 if form.is_bound and revealed is None else 200
    return render(request, "cases/party_full.html", context, status=status)


def _revealed(request: ActorRequest, form: RevealForm, case: Case) -> RevealedParty | None:
    """The values once the reading is recorded; None with the reasons in the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return reveal_party(
            actor=request.actor,
            party=case.party,
            within=case,
            within_label=case.number,
            reason=form.reason(),
            today=today(),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
