"""Acts on one party: a new name, a credit tier, object classes, the whole values, and the export with whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enforcement.errors import Refusal
from enforcement.models import Party
from enforcement.personal_data import shown_party
from enforcement.register_parties import PARTY
from enforcement.selectors.parties import classes_to_choose
from enforcement.services.export_whole_parties import export_whole_parties
from enforcement.services.parties.party_acts import (
    classify_party,
    correct_party_name,
    rate_party,
    rename_party,
)
from enforcement.services.reveal_party import RevealedParty, reveal_party
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.register.areas.parties import PARTIES
from enforcement.web.register.edit_views import show_refusal
from enforcement.web.register.exchange_views import workbook_response
from enforcement.web.register.party_forms import CORRECTED, ClassifyForm, RateForm, RenameForm
from enforcement.web.register.places import RegisterPlace, require_open, row_or_404, today
from enforcement.web.reveal_form import RevealForm

PLACE = RegisterPlace(PARTIES, "register_parties")


@working_page
def rename_page(request: ActorRequest, party_id: int) -> HttpResponse:
    party = _party_to_write(request, party_id)
    form = RenameForm(request.POST or None, initial={"lock_version": party.lock_version})

    def act() -> None:
        typed = form.cleaned_data
        shared = {
            "actor": request.actor,
            "party_id": party.pk,
            "name": typed["name"],
            "basis": typed["basis"],
            "expected_version": typed["lock_version"],
        }
        if typed["how"] == CORRECTED:
            correct_party_name(**shared)
        else:
            rename_party(**shared, changed_on=typed["changed_on"], today=today())

    return _handled(request, party, form, act, heading="更名或更正", button="保存名称", done="已保存名称。")


@working_page
def rate_page(request: ActorRequest, party_id: int) -> HttpResponse:
    party = _party_to_write(request, party_id)
    form = RateForm(request.POST or None, initial={"from_day": today()})

    def act() -> None:
        rate_party(actor=request.actor, party_id=party.pk, **form.cleaned_data, today=today())

    return _handled(
        request, party, form, act, heading="登记信用等级", button="登记信用等级", done="已登记信用等级。"
    )


@working_page
def classify_page(request: ActorRequest, party_id: int) -> HttpResponse:
    party = _party_to_write(request, party_id)
    held = [one.object_class_id for one in party.class_memberships.all() if one.until is None]
    form = ClassifyForm(
        request.POST or None,
        classes=classes_to_choose(party=party),
        initial={"classes": held, "on": today()},
    )

    def act() -> None:
        typed = form.cleaned_data
        classify_party(actor=request.actor, party_id=party.pk, class_ids=typed["classes"], on=typed["on"])

    return _handled(request, party, form, act, heading="归入类别", button="保存类别", done="已保存类别。")


@working_page
@fresh_sign_in
def full_page(request: ActorRequest, party_id: int) -> HttpResponse:
    """By POST only, and never redirected to: the values are in no address and gone with the page."""
    party = _party(request, party_id)
    form = RevealForm(request.POST if request.method == "POST" else None)
    revealed = _revealed(request, form, party)
    context = _context(request, party, "完整信息", form=form, revealed=revealed)
    context |= {"back_url": PLACE.row_url(party), "back_label": "返回当事人"}
    status = 400 if form.is_bound and revealed is None else 200
    return render(request, "register/party_full.html", context, status=status)


@working_page
@fresh_sign_in
def export_whole_page(request: ActorRequest) -> HttpResponse:
    """The table with whole numbers: a purpose and a reason, recorded and counted like as many single readings."""
    require_open(request, PLACE)
    form = RevealForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            content = export_whole_parties(actor=request.actor, reason=form.reason(), today=today())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return workbook_response(content, f"当事人（完整号码，{today()}）", f"parties-whole-{today()}")
    context = PLACE.context(request, form=form, crumbs=PLACE.crumbs(("导出完整号码", "")))
    status = 400 if form.is_bound else 200
    return render(request, "register/party_export_whole.html", context, status=status)


def _party(request: ActorRequest, party_id: int) -> Party:
    require_open(request, PLACE)
    party: Party = row_or_404(request, PLACE, str(party_id))
    return party


def _party_to_write(request: ActorRequest, party_id: int) -> Party:
    party = _party(request, party_id)
    if not PARTY.may_write(request.actor, party):
        raise PermissionDenied("您的职责范围不包括这个当事人，不能修改。请联系管理员授权。")
    return party


def _handled(
    request: ActorRequest,
    party: Party,
    form: forms.Form,
    act: Callable[[], None],
    *,
    heading: str,
    button: str,
    done: str,
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(PLACE.row_url(party))
    context = _context(request, party, heading, form=form, save_label=button)
    return render(request, "register/edit.html", context, status=400 if form.is_bound else 200)


def _context(request: ActorRequest, party: Party, heading: str, **more: Any) -> dict[str, Any]:
    shown = shown_party(request.actor, party, within=party)
    crumbs = PLACE.crumbs((shown.name, PLACE.row_url(party)), (heading, ""))
    return PLACE.context(
        request,
        row=party,
        party=shown,
        heading=f"{heading}：{shown.name}",
        cancel_url=PLACE.row_url(party),
        crumbs=crumbs,
        **more,
    )


def _revealed(request: ActorRequest, form: RevealForm, party: Party) -> RevealedParty | None:
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return reveal_party(
            actor=request.actor,
            party=party,
            within=party,
            within_label="当事人登记",
            reason=form.reason(),
            today=today(),
        )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None
