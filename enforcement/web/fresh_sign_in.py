"""Step-up: `@fresh_sign_in` asks for the password (and code) again when the last proof is older than five minutes.

Put it below the audience: `@working_page`, then `@fresh_sign_in`, then the view. A page that is opened leads to the
confirm page and back. A form that is sent is held, sealed, in the person's own session for ten minutes; after
confirming they see that it is still there and send it themselves. Files cannot be held and are asked for again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from enforcement.sealing import BrokenSeal, seal, unseal

View = Callable[..., HttpResponseBase]

FRESH_SECONDS = 5 * 60
HELD_SECONDS = 10 * 60
# A session row is read at every request: what is held in it stays small.
HELD_MAX_CHARACTERS = 200_000
HELD, PURPOSE = "held_form", "held-form"
NOT_HELD = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class HeldForm:
    """A form that waits for its sender to confirm who they are."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


def is_fresh(request: HttpRequest) -> bool:
    """True when the person signed in or confirmed their identity less than five minutes ago."""
    proved = request.session.get("proved_at") or request.session.get("started_at") or 0
    return bool(time.time() - proved < FRESH_SECONDS)


def fresh_sign_in(view: View) -> View:
    """Runs the view only soon after a proof of identity; see the top of this module."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_fresh(request):
            if request.method == "POST":
                drop_held_form(request)  # what waited is what is being sent now
            return view(request, *args, **kwargs)
        if request.method == "POST" and _hold(request):
            return _lead(request, reverse("account:confirm"))
        if request.method == "POST":
            messages.warning(request, "填写的内容过大，没有保留。确认身份后请重新提交。")
        return _lead(request, f"{reverse('account:confirm')}?{urlencode({'next': request.get_full_path()})}")

    guarded.needs_fresh_sign_in = True  # type: ignore[attr-defined]
    return guarded


def held_form(request: HttpRequest) -> HeldForm | None:
    """The form that waits in this session, None when there is none or its ten minutes are over."""
    sealed = request.session.get(HELD)
    if sealed is None:
        return None
    try:
        kept = json.loads(unseal(sealed, purpose=PURPOSE, max_age_seconds=HELD_SECONDS))
    except BrokenSeal:
        drop_held_form(request)
        return None
    return HeldForm(
        kept["address"],
        tuple((name, value) for name, value in kept["fields"]),
        tuple((name, file) for name, file in kept["files"]),
    )


def drop_held_form(request: HttpRequest) -> None:
    request.session.pop(HELD, None)


def _hold(request: HttpRequest) -> bool:
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_HELD for value in values
    ]
    files = [(name, file.name) for name, several in request.FILES.lists() for file in several]
    text = json.dumps({"address": request.get_full_path(), "fields": fields, "files": files})
    if len(text) > HELD_MAX_CHARACTERS:
        return False
    request.session[HELD] = seal(text, purpose=PURPOSE)
    return True


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that leaves the draft of the form alone; a fragment loaded by htmx moves the whole page instead."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    leading = redirect(address)
    leading.keeps_draft = True  # type: ignore[attr-defined]
    return leading
