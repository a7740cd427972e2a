"""Deny by default: an endpoint names the duties that may call it."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from enforcement.actors import Role, actor_for


class HasDuty(BasePermission):
    """Signed in with one of the `duties` of the endpoint; everybody else is refused, also where none are named."""

    def has_permission(self, request: Request, view: Any) -> bool:
        wanted: frozenset[Role] = getattr(view, "duties", frozenset())
        signed_in = bool(request.user and request.user.is_authenticated)
        return signed_in and bool(actor_for(request.user).roles & wanted)
