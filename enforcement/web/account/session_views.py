"""The places one is signed in, and how long this session still lasts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enforcement.selectors.own_account import own_sessions
from enforcement.services.sign_in.end_session import end_one_session, end_other_sessions
from enforcement.web.access import ActorRequest, account_page
from enforcement.web.account.frame import account_of, frame
from enforcement.web.session_limits import idle_seconds, seconds_left


@account_page
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: ActorRequest) -> HttpResponse:
    """Open sessions, each with a button to end it; one button for all others."""
    if request.method == "POST":
        return _end(request)
    rows = own_sessions(actor=request.actor, this_key=request.session.session_key, now=timezone.now())
    context = frame(request, title="登录的地方") | {
        "rows": rows,
        "others": len(rows) - 1,
        "idle_minutes": idle_seconds(request.actor) // 60,
    }
    return render(request, "account/sessions.html", context)


def _end(request: ActorRequest) -> HttpResponse:
    digest = request.POST.get("session", "")
    if not digest:
        ended = end_other_sessions(account=account_of(request), this_key=request.session.session_key)
        messages.success(request, f"已结束其他 {ended} 处登录。" if ended else "没有其他地方的登录。")
    elif end_one_session(account=account_of(request), digest=digest):
        messages.success(request, "已结束那一处登录。")
    else:
        messages.info(request, "那一处登录已经结束。")
    return redirect("account:sessions")


@account_page
@require_http_methods(["GET", "POST"])
def session_left(request: ActorRequest) -> JsonResponse:
    """Seconds until this session ends. GET leaves it alone, POST is use and moves the idle limit forward."""
    if request.method == "POST":
        request.session["seen_at"] = int(timezone.now().timestamp())
    return JsonResponse({"left": seconds_left(request, request.actor)})


session_left.is_no_use_of_session = True  # type: ignore[attr-defined]
