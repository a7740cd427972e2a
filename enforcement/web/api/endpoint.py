"""The base of every endpoint: who acts, what may be said twice, and which version was read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from enforcement.actors import CASE_ROLES, Actor, Role, actor_for
from enforcement.errors import Refusal
from enforcement.operations.once import Answer, once, request_digest
from enforcement.web.api.permission import HasDuty

KEY_LENGTH = 64
KEY_SIGNS = re.compile(r"[\x21-\x7e]+")
ETAG = re.compile(r'"(\d{1,9})"')


class PerAccount(SimpleRateThrottle):
    """Requests of one account, or of one address as long as nobody has signed in."""

    scope = "api"

    def get_rate(self) -> str:
        return str(settings.API_RATE)

    def get_cache_key(self, request: Request, view: Any) -> str:
        ident = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class Endpoint(APIView):
    """`duties` may call it; `self.actor` acts."""

    duties: ClassVar[frozenset[Role]] = CASE_ROLES
    permission_classes: tuple[type[BasePermission], ...] = (HasDuty,)
    throttle_classes = (PerAccount,)
    actor: Actor

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor = actor_for(request.user)

    @property
    def by_program(self) -> bool:
        """True when the caller showed a key and not a session."""
        return self.request.auth is not None

    def once(self, act: Callable[[], Answer]) -> Response:
        """Answer of the act for this `Idempotency-Key`; the same request again gets the same answer."""
        key = self.request.headers.get("Idempotency-Key", "")
        if not key or len(key) > KEY_LENGTH or not KEY_SIGNS.fullmatch(key):
            raise Refusal(
                "precondition_required",
                f"请在 Idempotency-Key 中给出这次操作的标识（不超过 {KEY_LENGTH} 个字符，例如 UUID）。"
                "没有收到应答时，用同一标识重发，不会重复办理。",
            )
        content = json.dumps(self.request.data, sort_keys=True, ensure_ascii=False).encode()
        outcome = once(
            account_id=self.actor.account_id or 0,
            key=key,
            digest=request_digest(self.request.method or "", self.request.path, content),
            act=act,
            now=timezone.now(),
            waits=False,
        )
        if outcome is None:
            raise RuntimeError("an act of the interface answers or refuses")
        response = Response(outcome.answer.content, status=outcome.answer.status)
        if outcome.repeated_from is not None:
            response["Idempotent-Replayed"] = "true"
        return response

    def version_read(self, *, required: bool) -> int | None:
        """The version in `If-Match`. Refused when it is missing though required, or not one of ours."""
        text = self.request.headers.get("If-Match", "").strip()
        if not text and not required:
            return None
        found = ETAG.fullmatch(text)
        if found is None:
            raise Refusal(
                "precondition_required",
                '请在 If-Match 中给出读到的版本，即应答中的 ETag，例如 "3"。先读取最新内容，再修改。',
            )
        return int(found[1])


def endpoint(view: type[Endpoint]) -> Callable[..., Any]:
    """The view function of an endpoint, with its audience declared."""
    function = view.as_view()
    function.audience = "api"  # type: ignore[attr-defined]
    return function


class OpenEndpoint(Endpoint):
    """What everybody may read without signing in: published documents and the rules in them. Nothing is written, and
    nobody is asked who they are; requests of one address are limited as elsewhere.
    """

    authentication_classes = ()
    permission_classes = ()

    def answer(self, document: Any, *, tag: str, fresh: bool = False) -> Response:
        """The document under a tag that changes with it; 304 when the caller holds it. `fresh`: it depends on today."""
        quoted = f'"{tag}"'
        held = self.request.headers.get("If-None-Match", "") == quoted
        response = Response(status=304) if held else Response(document)
        response["ETag"] = quoted
        response["Cache-Control"] = "public, no-cache" if fresh else "public, max-age=300"
        return response


def open_endpoint(view: type[OpenEndpoint]) -> Callable[..., Any]:
    """The view function of an endpoint for everybody, with its audience declared."""
    function = view.as_view()
    function.audience = "open_api"  # type: ignore[attr-defined]
    return function
