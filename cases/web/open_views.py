"""立案: the form, and the look-up of a party by its number."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.models import Case
from cases.selectors.opening import officers_of, party_by_identifier, violation_named, violations_of
from cases.services.open_case import NewCase, open_case
from cases.services.register_party import PartyDetails, own_agency, register_party
from cases.web.forms import OpenCaseForm, add_refusal
from cases.web.pages import today
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.models import Agency
from enforcement.selectors.matters import lists_in_force
from enforcement.web.access import ActorRequest, working_page


@working_page
def open_page(request: ActorRequest) -> HttpResponse:
    agency = _agency_or_403(request)
    own = [str(request.actor.officer_id)] if request.actor.officer_id else []
    form = OpenCaseForm(
        request.POST if request.method == "POST" else None,
        officers=officers_of(agency=agency),
        initial={"handlers": own, "opened_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        opened = _opened(request, form, agency)
        if opened is not None:
            return redirect("cases:case", opened.pk)
    context = {
        "form": form,
        "violations": violations_of(agency=agency),
        "agency": agency,
        "has_responsibility_list": lists_in_force(agency=agency, on=today()).exists(),
    }
    return render(request, "cases/open.html", context, status=400 if form.is_bound else 200)


def _agency_or_403(request: ActorRequest) -> Agency:
    try:
        return own_agency(request.actor)
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.message) from None


def _opened(request: ActorRequest, form: OpenCaseForm, agency: Agency) -> Case | None:
    """The opened case, or None with the reasons in the form."""
    data = form.cleaned_data
    violation = violation_named(agency=agency, words=data["violation"])
    if violation is None:
        form.add_error("violation", f"没有找到唯一的案由“{data['violation']}”。请从建议中选择。")
        return None
    try:
        party, _ = register_party(actor=request.actor, details=_party_details(request, data))
        new = NewCase(
            violation_id=violation.pk,
            party_id=party.pk,
            handler_ids=tuple(int(key) for key in data["handlers"]),
            **{name: data[name] for name in ("source", "act_date", "found_on", "opened_on", "place")},
        )
        case, is_new = open_case(
            actor=request.actor, operation_id=data["operation_id"], new=new, today=today()
        )
    except InvalidInput as refusal:
        add_refusal(form, refusal)
        return None
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return None
    words = (
        f"已立案，案号 {case.number}。"
        if is_new
        else f"这份立案表已提交过，案号 {case.number}，没有重复立案。"
    )
    messages.success(request, words)
    return case


def _party_details(request: ActorRequest, data: dict[str, Any]) -> PartyDetails:
    """The name of a party registered before need not be typed again."""
    kind, identifier = data["party_kind"], data["party_identifier"]
    known = party_by_identifier(actor=request.actor, kind=kind, identifier=identifier)
    return PartyDetails(
        kind=kind,
        name=data["party_name"] or (known.name if known else ""),
        identifier=identifier,
        representative=data["representative"],
        address=data["address"],
        phone=data["phone"],
    )


@working_page
@require_POST
def party_lookup(request: ActorRequest) -> HttpResponse:
    """By POST: a personal number has no place in an address, where logs and histories keep it."""
    _agency_or_403(request)
    kind, identifier = request.POST.get("party_kind", ""), request.POST.get("party_identifier", "")
    party = party_by_identifier(actor=request.actor, kind=kind, identifier=identifier)
    return render(request, "cases/_party_found.html", {"party": party, "typed": identifier.strip()})
