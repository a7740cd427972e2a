"""What surrounds every request: an id, the acting person, the lifetime of a session, the headers of an answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from config.error_pages import bad_request
from enforcement.actors import PUBLIC, Actor, actor_for
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.context import ActContext, acting_in, tracing
from enforcement.services.record_read import record_refusal
from enforcement.web.session_limits import SEEN_INTERVAL, seconds_left

Answer = Callable[[HttpRequest], HttpResponse]

# Letters and digits that are not mistaken for each other when read out on the telephone.
REQUEST_ID_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REQUEST_ID_LENGTH = 8

logger = structlog.get_logger("hengdu.request")


def new_request_id() -> str:
    return "".join(secrets.choice(REQUEST_ID_ALPHABET) for _ in range(REQUEST_ID_LENGTH))


def client_address(request: HttpRequest) -> str:
    """Where the request came from. A proxy we trust names it last in X-Forwarded-For; what clients write stands before."""
    if settings.BEHIND_PROXY:
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if named:
            return named[:45]
    return str(request.META.get("REMOTE_ADDR") or "")


class RequestIdMiddleware:
    """Gives each request a short id, shown on error pages, carried by every log line and every entry of the ledger."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = new_request_id()
        cast(Any, request).request_id = request_id
        started = time.monotonic()
        context = ActContext(request_id=request_id, client_address=client_address(request))
        with structlog.contextvars.bound_contextvars(request_id=request_id), acting_in(context):
            response = self.get_response(request)
            logger.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                milliseconds=round((time.monotonic() - started) * 1000, 1),
            )
        response["X-Request-ID"] = request_id
        return response


class NullCharacterMiddleware:
    """Answers an address that holds a null character like any other broken address: the database knows none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, SuspiciousOperation("null character"))
        return self.get_response(request)


class ResponseHeadersMiddleware:
    """Turns off browser features no page uses, and keeps other sites from embedding our files."""

    PERMISSIONS = "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", self.PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ActorMiddleware:
    """Sets `request.actor`. A visitor without a session costs no query and is the public."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        actor = actor_for(request.user) if has_session else PUBLIC
        cast(Any, request).actor = actor
        response = self.get_response(request)
        if actor.is_signed_in:
            # What a signed-in person saw must not be shown by the browser after signing out.
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response


class SessionLifetimeMiddleware:
    """Ends a session at its limits (`session_limits.py`), and moves the idle limit forward while it is used."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = cast(Any, request).actor
        if actor.is_signed_in:
            request.session.setdefault("started_at", int(time.time()))
            if seconds_left(request, actor) <= 0:
                logout(request)
                cast(Any, request).actor = PUBLIC
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Opening a page is use; asking how much time is left is not."""
        if not cast(Any, request).actor.is_signed_in or getattr(view, "is_no_use_of_session", False):
            return
        now = int(time.time())
        if now - request.session.get("seen_at", 0) >= SEEN_INTERVAL:
            # Changing the session saves it, which renews both the row and the cookie.
            request.session["seen_at"] = now


class RefusalTraceMiddleware:
    """Whoever is signed in and turned away leaves one entry in the ledger: by a page, or by a rule when sending a form.

    The name of the route is recorded and none of its values. A page that only looked whether an act is possible is no
    attempt, and what a service has recorded itself is not recorded twice.
    """

    LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
    RECORDED_THEMSELVES = frozenset({LedgerAction.ACT_REFUSED.value, LedgerAction.SIGN_IN_REFUSED.value})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with tracing() as trace:
            response = self.get_response(request)
        refused = [] if request.method in self.LOOKING else trace.raised()
        if (refused or response.status_code == HTTPStatus.FORBIDDEN) and not (
            trace.actions & self.RECORDED_THEMSELVES
        ):
            code = getattr(refused[0], "code", "") if refused else "not_permitted"
            record_refusal(actor=self._actor(request), attempted=self._attempted(request), code=code)
        return response

    def _actor(self, request: HttpRequest) -> Actor:
        """The person of the session; for a program, the account that its key turned out to belong to."""
        actor: Actor = getattr(request, "actor", PUBLIC)
        return actor if actor.is_signed_in else actor_for(getattr(request, "user", None))

    def _attempted(self, request: HttpRequest) -> str:
        return request.resolver_match.view_name if request.resolver_match is not None else ""
