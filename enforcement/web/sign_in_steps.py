"""Steps that come before any other page: a password that must be changed, a second factor that must be set up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from enforcement.models import Account
from enforcement.services.sign_in.open_session import Means

Answer = Callable[[HttpRequest], HttpResponseBase]

PASSWORD_STEP, SECOND_FACTOR_STEP = "account:password", "account:new_factor"
# For everyone, or needed to finish a step.
ALWAYS_OPEN = frozenset({"home", "healthz", "account:confirm", "account:continue", "account:session_left"})


def due_step(account: Account, session: Any, *, now: dt.datetime) -> str | None:
    """Name of the page this person must finish first, None when all is done."""
    if session.get("means") != Means.PROVIDER and must_change_password(account, now=now):
        return PASSWORD_STEP
    if settings.SECOND_FACTOR == "required" and session.get("factors", 1) < 2:
        return SECOND_FACTOR_STEP
    return None


def must_change_password(account: Account, *, now: dt.datetime) -> bool:
    """True for a one-time password, and for one older than the profile allows."""
    if account.must_change_password:
        return True
    days = settings.PASSWORD_MAX_AGE_DAYS
    if days is None:
        return False
    changed = account.password_changed_at
    return changed is None or now - changed >= dt.timedelta(days=days)


class SignInStepsMiddleware:
    """Serves nothing but public pages, and the page of the step itself, until the step is done."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        account = request.user if request.actor.is_signed_in else None  # type: ignore[attr-defined]
        match = request.resolver_match
        if not isinstance(account, Account) or match is None or getattr(view, "audience", "") == "public":
            return None
        step = due_step(account, request.session, now=timezone.now())
        if step is None or match.view_name in ALWAYS_OPEN | {step}:
            return None
        if request.path.startswith("/api/"):
            message = "登录还没有完成。请先在网页上修改密码或设置动态口令。"
            return JsonResponse({"code": "sign_in_incomplete", "message": message, "data": {}}, status=403)
        leading = redirect(step)
        leading.keeps_draft = True  # type: ignore[attr-defined]
        return leading
