"""动态口令: setting it up, and the recovery codes beside it."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enforcement.errors import InvalidInput
from enforcement.one_time_codes import in_groups, new_secret, provisioning_uri
from enforcement.sealing import BrokenSeal, seal, unseal
from enforcement.selectors.own_account import own_second_factor
from enforcement.services.sign_in.second_factor import renew_recovery_codes, set_up_second_factor
from enforcement.web.access import ActorRequest, account_page
from enforcement.web.account.frame import account_of, frame
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.identity_forms import NewFactorForm
from enforcement.web.return_address import return_address
from enforcement.web.square_code import square_code

PENDING, NEW_CODES = "new_factor", "new_recovery_codes"
PENDING_SECONDS = 30 * 60


@account_page
def overview(request: ActorRequest) -> HttpResponse:
    """Whether there is a second factor, since when, and how many recovery codes are left."""
    context = frame(request, title="动态口令") | {"factor": own_second_factor(actor=request.actor)}
    return render(request, "account/second_factor.html", context)


@account_page
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_factor(request: ActorRequest) -> HttpResponse:
    """The square code and the secret to type; counts once a code made from it is right."""
    account = account_of(request)
    secret = _pending_secret(request)
    form = NewFactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = set_up_second_factor(
                request=request, account=account, secret=secret, code=form.cleaned_data["code"]
            )
        except InvalidInput as refusal:
            form.add_error("code", refusal.message)
        else:
            del request.session[PENDING]
            messages.success(request, "动态口令已启用，其他地方的登录已结束。")
            return _show_codes(request, codes)
    context = frame(request, title="设置动态口令") | {
        "form": form,
        "square_code": square_code(provisioning_uri(secret, username=account.username)),
        "secret": in_groups(secret),
        "next": return_address(request),
    }
    return render(request, "account/new_factor.html", context, status=400 if form.is_bound else 200)


@account_page
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: ActorRequest) -> HttpResponse:
    """New codes are shown once, straight after they were made; POST makes new ones."""
    factor = own_second_factor(actor=request.actor)
    if factor is None:
        return redirect("account:second_factor")
    if request.method == "POST":
        return _show_codes(request, renew_recovery_codes(account=account_of(request)))
    context = frame(request, title="恢复码") | {
        "codes": _codes_to_show(request),
        "factor": factor,
        "next": request.session.pop("after_codes", ""),
    }
    return render(request, "account/recovery_codes.html", context)


def _pending_secret(request: ActorRequest) -> str:
    """The secret being set up: the same while the page is reloaded or a code was wrong."""
    try:
        return unseal(request.session.get(PENDING, ""), purpose=PENDING, max_age_seconds=PENDING_SECONDS)
    except BrokenSeal:
        secret = new_secret()
        request.session[PENDING] = seal(secret, purpose=PENDING)
        return secret


def _show_codes(request: ActorRequest, codes: list[str]) -> HttpResponse:
    request.session[NEW_CODES] = seal(json.dumps(codes), purpose=NEW_CODES)
    request.session["after_codes"] = return_address(request)
    return redirect("account:recovery_codes")


def _codes_to_show(request: ActorRequest) -> list[str]:
    try:
        codes = unseal(request.session.pop(NEW_CODES, ""), purpose=NEW_CODES, max_age_seconds=PENDING_SECONDS)
    except BrokenSeal:
        return []
    return list(json.loads(codes))
