"""The account's own page, and its password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from enforcement.errors import InvalidInput, Refusal
from enforcement.selectors.own_account import (
    own_account,
    own_duties,
    own_second_factor,
    own_sessions,
    own_sign_ins,
)
from enforcement.services.accounts.change_password import change_password
from enforcement.web.access import ActorRequest, account_page
from enforcement.web.account.frame import account_of, frame
from enforcement.web.identity_forms import PasswordForm
from enforcement.web.landing import landing_for
from enforcement.web.return_address import return_address


@account_page
def home(request: ActorRequest) -> HttpResponse:
    """Own details, duties in words, ways in, last sign-ins."""
    account = own_account(actor=request.actor)
    sessions = own_sessions(actor=request.actor, this_key=request.session.session_key, now=timezone.now())
    context = frame(request) | {
        "account": account,
        "duty_columns": [{"label": label} for label in ("职责", "区划", "条线")],
        "duty_rows": [[duty.name, duty.region, duty.line] for duty in own_duties(actor=request.actor)],
        "sign_ins": own_sign_ins(actor=request.actor),
        "session_count": len(sessions),
        "factor": own_second_factor(actor=request.actor),
        "has_password": account.has_usable_password(),
    }
    return render(request, "account/home.html", context)


@sensitive_post_parameters("present", "new", "again")
@account_page
def password(request: ActorRequest) -> HttpResponse:
    """Change the password; forced after a one-time password, and when the profile says it is too old."""
    account = account_of(request)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_password(
                request=request,
                account=account,
                present=form.cleaned_data["present"],
                new=form.cleaned_data["new"],
            )
        except InvalidInput as refusal:
            for problem in refusal.problems:
                form.add_error("new", problem)
        except Refusal as refusal:
            form.add_error("present", refusal.message)
        else:
            messages.success(request, "密码已修改，其他地方的登录已结束。")
            return redirect(return_address(request) or landing_for(request.actor))
    context = frame(request, title="修改密码") | {
        "form": form,
        "next": return_address(request),
        "is_one_time": account.must_change_password,
        "days": settings.PASSWORD_MAX_AGE_DAYS,
    }
    return render(request, "account/password.html", context, status=400 if form.is_bound else 200)
