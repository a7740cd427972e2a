"""The acts of registrars on agencies, delegations and 行政区划: one form, one service each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from enforcement.errors import Refusal
from enforcement.models import Agency, Delegation
from enforcement.register_tables.agencies import AGENCY
from enforcement.register_tables.delegations import DELEGATION
from enforcement.selectors.agency_register import agency_named, list_agencies, possible_successors
from enforcement.selectors.delegations import find_delegation
from enforcement.selectors.register_rows import find_row
from enforcement.services.agencies.end_agency import end_agency, move_duties
from enforcement.services.agencies.rename_agency import rename_agency
from enforcement.services.delegations.attach_document import attach_document
from enforcement.services.delegations.conclude import conclude_delegation
from enforcement.services.delegations.revoke import revoke_delegation
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.organisations.act_forms import (
    AttachForm,
    DelegationForm,
    EndForm,
    MoveDutiesForm,
    RenameForm,
    RevokeForm,
    bytes_of,
)
from enforcement.web.register.places import today


@working_page
def rename(request: ActorRequest, agency_id: int) -> HttpResponse:
    agency = _agency_or_404(request, agency_id)
    form = RenameForm(request.POST or None, initial={"effective_on": today()})
    return _agency_act(
        request,
        agency,
        form,
        lambda: rename_agency(actor=request.actor, agency_id=agency.pk, new=form.new(), today=today()),
        words=("登记更名", "登记更名", "已登记更名，原名称作为曾用名保留。"),
        note=f"现名称：{agency.name}。已作出的决定和已立的案件仍用当时的名称。",
    )


@working_page
def end(request: ActorRequest, agency_id: int) -> HttpResponse:
    agency = _agency_or_404(request, agency_id)
    form = EndForm(
        request.POST or None,
        agencies=possible_successors(actor=request.actor, agency=agency, on=today()),
    )
    return _agency_act(
        request,
        agency,
        form,
        lambda: end_agency(
            actor=request.actor,
            agency_id=agency.pk,
            last_day=form.cleaned_data["last_day"],
            basis=form.cleaned_data["basis"],
            takeovers=form.takeovers(),
        ),
        words=("登记终止或并入", "登记终止", "已登记终止。未结案件由原机关负责人移交，或者继续办结。"),
        note="原有的案件、决定、清单和账本都留在原机构名下，不会改写；人员和授权不会自动移动。",
    )


@working_page
def move(request: ActorRequest, agency_id: int) -> HttpResponse:
    agency = _agency_or_404(request, agency_id)
    form = MoveDutiesForm(
        request.POST or None,
        agencies=possible_successors(actor=request.actor, agency=agency, on=today()),
    )
    return _agency_act(
        request,
        agency,
        form,
        lambda: move_duties(
            actor=request.actor,
            from_id=agency.pk,
            takeover=form.takeover(),
            effective_on=form.cleaned_data["effective_on"],
            basis=form.cleaned_data["basis"],
        ),
        words=("登记职责划转", "登记划转", "已登记职责划转。"),
        note="两个机构都继续存在。涉及的未结案件可以由原机关负责人移交。",
    )


@working_page
def conclude(request: ActorRequest, agency_id: int) -> HttpResponse:
    agency = _agency_or_404(request, agency_id)
    form = DelegationForm(request.POST or None, request.FILES or None)
    return _agency_act(
        request,
        agency,
        form,
        lambda: _concluded(request, agency, form),
        words=("登记委托", "登记并公布委托", "委托已登记，并已在公示网站公布。"),
        note="登记后对外公布，内容不能再改，只能解除。",
    )


def _concluded(request: ActorRequest, agency: Agency, form: DelegationForm) -> Delegation:
    code = form.cleaned_data["delegate_code"]
    delegate = agency_named(code) if code else None
    if code and delegate is None:
        raise Refusal("agency_unknown", f"没有编码为“{code}”的机构。核对编码，或者填写组织名称和代码。")
    return conclude_delegation(
        actor=request.actor, agency_id=agency.pk, new=form.new(delegate), today=today()
    )


@working_page
def revoke(request: ActorRequest, delegation_id: int) -> HttpResponse:
    delegation = _delegation_or_404(request, delegation_id)
    form = RevokeForm(request.POST or None, initial={"revoked_on": today()})
    return _delegation_act(
        request,
        delegation,
        form,
        lambda: revoke_delegation(
            actor=request.actor, delegation_id=delegation.pk, today=today(), **form.cleaned_data
        ),
        words=("解除委托", "解除委托", "委托已解除。"),
    )


@working_page
def attach(request: ActorRequest, delegation_id: int) -> HttpResponse:
    delegation = _delegation_or_404(request, delegation_id)
    form = AttachForm(request.POST or None, request.FILES or None)
    return _delegation_act(
        request,
        delegation,
        form,
        lambda: attach_document(
            actor=request.actor,
            delegation_id=delegation.pk,
            document=bytes_of(form.cleaned_data["document"]),
        ),
        words=("补交委托书", "保存委托书", "委托书已保存。"),
    )


@working_page
def document(request: ActorRequest, delegation_id: int) -> HttpResponse:
    """The scan, as an attachment under a name that says nothing."""
    delegation = find_delegation(actor=request.actor, delegation_id=delegation_id)
    if delegation is None or delegation.attachment is None:
        raise Http404("没有找到这份委托书。")
    kept = delegation.attachment
    response = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    response["Content-Disposition"] = f'attachment; filename="{kept.pk}.{kept.extension}"'
    return response


def _agency_or_404(request: ActorRequest, agency_id: int) -> Agency:
    """An agency that the registrar may write; for anyone else it has no acts."""
    agency = find_row(rows=list_agencies(actor=request.actor), key=str(agency_id))
    if agency is None or not AGENCY.may_write(request.actor, agency):
        raise Http404("没有找到这个执法主体，或者它不在您的登记职责范围内。")
    found: Agency = agency
    return found


def _delegation_or_404(request: ActorRequest, delegation_id: int) -> Delegation:
    delegation = find_delegation(actor=request.actor, delegation_id=delegation_id)
    if delegation is None or not DELEGATION.may_write(request.actor, delegation):
        raise Http404("没有找到这份委托，或者它不在您的登记职责范围内。")
    return delegation


def _agency_act(
    request: ActorRequest,
    agency: Agency,
    form: forms.Form,
    act: Callable[[], object],
    *,
    words: tuple[str, str, str],
    note: str,
) -> HttpResponse:
    address = reverse("register_agencies:row", args=[agency.pk])
    crumbs = [("执法主体", reverse("register_agencies:list")), (agency.name, address)]
    return act_page(request, form, act, words=words, note=note, crumbs=crumbs, subject=agency.name)


def _delegation_act(
    request: ActorRequest,
    delegation: Delegation,
    form: forms.Form,
    act: Callable[[], object],
    *,
    words: tuple[str, str, str],
) -> HttpResponse:
    address = reverse("register_delegations:row", args=[delegation.pk])
    crumbs = [("委托执法", reverse("register_delegations:list")), (delegation.document_number, address)]
    subject = f"{delegation.agency.name}委托{delegation.delegate_name}"
    return act_page(request, form, act, words=words, note="", crumbs=crumbs, subject=subject)


def act_page(
    request: ActorRequest,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    words: tuple[str, str, str],
    note: str,
    crumbs: list[tuple[str, str]],
    subject: str,
) -> HttpResponse:
    """`words`: title of the page, label of its button, message when done; the last crumb is where it leads back to."""
    title, button, done = words
    back_url = crumbs[-1][1]
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back_url)
    steps = [("基础信息", reverse("register:index")), *crumbs, (title, "")]
    context = {
        "form": form,
        "title": title,
        "button": button,
        "note": note,
        "subject": subject,
        "back_url": back_url,
        "crumbs": [{"label": label, "url": url} for label, url in steps],
        "has_file": form.is_multipart(),
    }
    return render(request, "organisations/act.html", context, status=400 if form.is_bound else 200)
