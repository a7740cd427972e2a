"""Repealing a published version: prepared by a compiler, confirmed by a publisher who proves again who they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.repeal_rules import is_withdrawal
from enforcement.services.repeal_version import (
    RepealAct,
    confirm_repeal,
    request_repeal,
    withdraw_repeal_request,
)
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import officer_version
from enforcement.web.documents.forms import RepealForm
from enforcement.web.documents.officer_views import version_context, version_or_404
from enforcement.web.documents.refusals import add_to_form, add_to_messages
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.submitted_once import submitted_once, took_effect


@working_page
@submitted_once
def request_page(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The facts of the act; nothing takes effect before a second person confirms them."""
    found = version_or_404(request, surface, slug, number)
    form = RepealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_repeal(
                actor=request.actor,
                kind=surface.kind,
                version_id=found.pk,
                act=RepealAct(**form.cleaned_data),
                today=timezone.localdate(),
            )
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, "已提出废止，等待另一位发布人员确认。确认以前仍然有效。")
            answer = redirect(officer_version(surface, found))
            return took_effect(request, answer, what="这份废止申请")
    context = version_context(request, surface, found, step="提出废止") | {"form": form}
    return render(request, "documents/officer_repeal.html", context)


@working_page
@fresh_sign_in
@submitted_once
def confirm(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The check page before a repeal; the act is public at once and cannot be taken back."""
    found = version_or_404(request, surface, slug, number)
    problems: list[str] = []
    if request.method == "POST":
        try:
            repeal = confirm_repeal(
                actor=request.actor, kind=surface.kind, version_id=found.pk, today=timezone.localdate()
            )
        except Refusal as refusal:
            problems = getattr(refusal, "problems", None) or [refusal.message]
        else:
            messages.success(request, "已废止。公众现在可以看到废止的文号、日期和原因。")
            answer = redirect(officer_version(surface, found))
            return took_effect(request, answer, what="这次废止", number=repeal.document_number)
    context = version_context(request, surface, found, step="确认废止")
    context |= {"problems": problems, "asked": getattr(found, "repeal_request", None)} | _meaning(found)
    return render(request, "documents/officer_repeal_confirm.html", context)


@working_page
@require_POST
@submitted_once
def withdraw(request: ActorRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """Take back a repeal that nobody confirmed yet."""
    found = version_or_404(request, surface, slug, number)
    try:
        withdraw_repeal_request(actor=request.actor, kind=surface.kind, version_id=found.pk)
    except Refusal as refusal:
        add_to_messages(request, refusal)
        return redirect(officer_version(surface, found))
    messages.success(request, "已撤回废止申请，这个版本继续有效。")
    return took_effect(request, redirect(officer_version(surface, found)), what="这次撤回")


def _meaning(version: RuleVersion) -> dict[str, Any]:
    """What the prepared repeal would do."""
    asked = getattr(version, "repeal_request", None)
    if asked is None or version.effective_from is None:
        return {"is_withdrawal": False}
    return {"is_withdrawal": is_withdrawal(version.effective_from, asked.ends_on)}
