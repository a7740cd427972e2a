"""Confirming who one is before an act with far-reaching effect, and sending the form that waited for it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from enforcement.errors import Refusal
from enforcement.services.sign_in.confirm_identity import confirm_identity
from enforcement.services.sign_in.provider import is_configured
from enforcement.services.sign_in.second_factor import has_second_factor
from enforcement.web.access import ActorRequest, account_page
from enforcement.web.account.frame import account_of, frame
from enforcement.web.fresh_sign_in import fresh_sign_in, held_form
from enforcement.web.identity_forms import ConfirmForm
from enforcement.web.landing import landing_for
from enforcement.web.return_address import return_address


@sensitive_post_parameters("password", "code")
@account_page
def confirm(request: ActorRequest) -> HttpResponse:
    """Password, and code where there is a second factor; then on to the held form, or back to where one came from."""
    account = account_of(request)
    wanted = return_address(request)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None, with_code=has_second_factor(account)
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm_identity(request=request, account=account, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("code" if refusal.code == "wrong_code" else "password", refusal.message)
        else:
            held = reverse("account:continue") if not wanted and held_form(request) else ""
            return redirect(wanted or held or landing_for(request.actor))
    context = frame(request) | {
        "form": form,
        "next": wanted,
        "has_held": not wanted and held_form(request) is not None,
        "has_password": account.has_usable_password(),
        "has_provider": is_configured() and bool(account.sso_subject),
    }
    return render(request, "account/confirm.html", context, status=400 if form.is_bound else 200)


@account_page
@fresh_sign_in
def resume(request: ActorRequest) -> HttpResponse:
    """The held form: everything typed is in it, hidden; files are chosen again. The person sends it themselves."""
    held = held_form(request)
    if held is None:
        return render(request, "account/nothing_held.html", frame(request))
    return render(request, "account/continue.html", frame(request) | {"held": held})
