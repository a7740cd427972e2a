"""How long a session lasts: half an hour unused (a quarter for administrators), twelve hours at most."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest

from enforcement.actors import ADMINISTRATORS, Actor

# A session row is written at most once in this many seconds.
SEEN_INTERVAL = 60


def idle_seconds(actor: Actor) -> int:
    limit = settings.SESSION_COOKIE_AGE
    return min(limit, settings.SESSION_ADMINISTRATOR_AGE) if actor.roles & ADMINISTRATORS else limit


def seconds_left(request: HttpRequest, actor: Actor) -> int:
    """Until the session ends unless it is used; 0 or less: it is over."""
    now = int(time.time())
    started = request.session.get("started_at", now)
    seen = request.session.get("seen_at", now)
    return min(seen + idle_seconds(actor), started + settings.SESSION_ABSOLUTE_AGE) - now


def session_left(request: HttpRequest) -> dict[str, int]:
    """Context processor: what the page's script counts down from."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_signed_in:
        return {}
    return {"session_left": seconds_left(request, actor)}
