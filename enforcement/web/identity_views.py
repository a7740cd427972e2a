"""Login and logout pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from enforcement.actors import WORKING_ROLES, actor_for
from enforcement.errors import Refusal
from enforcement.models import Account
from enforcement.services.sign_in import sign_in, sign_out
from enforcement.web.access import public_page


class SignInForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=60,
        error_messages={"required": "填写用户名"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        error_messages={"required": "填写密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def sign_in_page(request: Any) -> HttpResponse:
    if request.actor.is_signed_in:
        return redirect(_landing(request, request.user))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = sign_in(request=request, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(_landing(request, account))
    status = 400 if form.is_bound else 200
    return render(request, "identity/login.html", {"form": form, "next": _next(request)}, status=status)


@require_POST
@public_page
def sign_out_page(request: HttpRequest) -> HttpResponse:
    sign_out(request=request)
    return redirect("identity:login")


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else ""


def _landing(request: HttpRequest, account: Account) -> str:
    """Where the person asked to go, else the home page of their first duty."""
    if _next(request):
        return _next(request)
    if actor_for(account).roles & WORKING_ROLES:
        return reverse("cases:home")
    return reverse("supervisor:home")
