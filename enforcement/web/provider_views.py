"""Signing in through the single sign-on provider, and confirming one's identity there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.services.sign_in.provider import (
    confirm_by_provider,
    is_configured,
    lead_to_provider,
    sign_in_by_provider,
    told_by_provider,
)
from enforcement.web.access import public_page
from enforcement.web.fresh_sign_in import held_form
from enforcement.web.identity_views import after_first_factor
from enforcement.web.landing import landing_for
from enforcement.web.return_address import return_address, safe_address

WANTED, CONFIRMING = "provider_next", "provider_confirms"


@never_cache
@require_GET
@public_page
def begin(request: Any) -> HttpResponse:
    """Off to the provider. Somebody signed in confirms who they are there."""
    if not is_configured():
        raise Http404("没有配置统一身份认证。")
    confirms = isinstance(request.user, Account)
    request.session[WANTED], request.session[CONFIRMING] = return_address(request), confirms
    callback = request.build_absolute_uri(reverse("identity:provider_callback"))
    try:
        return lead_to_provider(request=request, callback=callback, confirm=confirms)
    except Refusal as refusal:
        return _back(request, refusal, confirms=confirms)


@never_cache
@require_GET
@public_page
def callback(request: Any) -> HttpResponse:
    """Back from the provider, with a code that is good once and only in this browser session."""
    if not is_configured():
        raise Http404("没有配置统一身份认证。")
    wanted = safe_address(request, request.session.pop(WANTED, ""))
    confirms = bool(request.session.pop(CONFIRMING, False)) and isinstance(request.user, Account)
    try:
        claims = told_by_provider(request=request)
        if confirms:
            confirm_by_provider(request=request, account=request.user, claims=claims)
            held = reverse("account:continue") if not wanted and held_form(request) else ""
            return redirect(wanted or held or landing_for(request.actor))
        begun = sign_in_by_provider(request=request, claims=claims)
    except Refusal as refusal:
        return _back(request, refusal, confirms=confirms)
    return after_first_factor(request, begun.account, is_complete=begun.is_complete, wanted=wanted)


def _back(request: Any, refusal: Refusal, *, confirms: bool) -> HttpResponse:
    messages.error(request, refusal.message)
    return redirect("account:confirm" if confirms else "identity:login")
