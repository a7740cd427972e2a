"""Login, the code after it, and logout."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from enforcement.actors import actor_for
from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.services.sign_in.open_session import account_waiting, complete_sign_in, sign_in, sign_out
from enforcement.services.sign_in.provider import is_configured
from enforcement.web.access import public_page
from enforcement.web.identity_forms import CodeForm, SignInForm
from enforcement.web.landing import landing_for
from enforcement.web.return_address import return_address
from enforcement.web.sign_in_steps import due_step

SUGGESTION = "为保护账号，建议设置动态口令：点击右上角的姓名，选择“动态口令”。"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def sign_in_page(request: Any) -> HttpResponse:
    if request.actor.is_signed_in:
        return redirect(return_address(request) or landing_for(request.actor))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = sign_in(request=request, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            wanted = return_address(request)
            return after_first_factor(request, begun.account, is_complete=begun.is_complete, wanted=wanted)
    status = 400 if form.is_bound else 200
    context = {"form": form, "next": return_address(request), "has_provider": is_configured()}
    return render(request, "identity/login.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def code_page(request: Any) -> HttpResponse:
    """The second step of signing in."""
    if request.actor.is_signed_in:
        return redirect(return_address(request) or landing_for(request.actor))
    if account_waiting(request) is None:
        return redirect("identity:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = complete_sign_in(request=request, code=form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(address_after(request, account, wanted=return_address(request)))
    status = 400 if form.is_bound else 200
    context = {"form": form, "next": return_address(request)}
    return render(request, "identity/code.html", context, status=status)


@require_POST
@public_page
def sign_out_page(request: HttpRequest) -> HttpResponse:
    sign_out(request=request)
    return redirect("identity:login")


def after_first_factor(
    request: HttpRequest, account: Account, *, is_complete: bool, wanted: str
) -> HttpResponse:
    """On to `wanted` or the starting page, or to the code first."""
    if is_complete:
        return redirect(address_after(request, account, wanted=wanted))
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return redirect(f"{reverse('identity:code')}{query}")


def address_after(request: HttpRequest, account: Account, *, wanted: str) -> str:
    """Where the person asked to go, else their starting page; a step that is due comes first."""
    step = due_step(account, request.session, now=timezone.now())
    if step is not None:
        return f"{reverse(step)}?{urlencode({'next': wanted})}" if wanted else reverse(step)
    if request.session.get("factors", 1) < 2:
        messages.info(request, SUGGESTION)
    return wanted or landing_for(actor_for(account))
