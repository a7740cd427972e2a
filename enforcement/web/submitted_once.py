"""`@submitted_once`: a form with legal effect takes effect once, however often it is sent.

The form carries `{% operation_id %}`. A view that did what the form asked says so with `took_effect`; whatever else
it answers (errors, refusals) is not remembered, and the same form can be corrected and sent again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from enforcement.errors import Refusal
from enforcement.operations.once import OTHER_CONTENT, Answer, once, request_digest

View = Callable[..., HttpResponseBase]
FIELD = "operation_id"
NOT_CONTENT = frozenset({"csrfmiddlewaretoken", FIELD})


def took_effect(request: HttpRequest, response: HttpResponse, *, what: str, number: str = "") -> HttpResponse:
    """Mark a redirect as the answer of a form that took effect: `what` it was (这份申请) and its number."""
    request.submission_effect = {"to": response["Location"], "what": what, "number": number}  # type: ignore[attr-defined]
    return response


def submitted_once(view: View) -> View:
    """Put it below the audience and above whatever reads the form."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = _key_of(request) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        response: HttpResponseBase | None = None

        def act() -> Answer | None:
            nonlocal response
            response = view(request, *args, **kwargs)
            effect = getattr(request, "submission_effect", None)
            return Answer(response.status_code, effect) if effect is not None else None

        try:
            outcome = once(
                account_id=request.actor.account_id,
                key=key,
                digest=_digest_of(request),
                act=act,
                now=timezone.now(),
                waits=True,
            )
        except Refusal as refusal:
            if refusal.code != OTHER_CONTENT:
                raise
            messages.warning(
                request, "这份表单已提交过，内容与这次不同，这次没有提交。请在重新打开的页面上填写。"
            )
            return redirect(request.path)
        if outcome is not None and outcome.repeated_from is not None:
            return _said_again(request, outcome.answer.content, timezone.localtime(outcome.repeated_from))
        if response is None:
            raise RuntimeError("the view gave no answer")
        return response

    return guarded


def _key_of(request: HttpRequest) -> str:
    try:
        return str(uuid.UUID(request.POST.get(FIELD, "")))
    except ValueError:
        return ""


def _digest_of(request: HttpRequest) -> str:
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT)
    return request_digest("POST", request.path, repr(fields).encode())


def _said_again(request: HttpRequest, effect: dict[str, str], at: Any) -> HttpResponse:
    number = f"，编号 {effect['number']}" if effect["number"] else ""
    messages.info(request, f"{effect['what']}已在 {at:%H:%M} 提交{number}，没有重复提交。")
    return redirect(effect["to"])
