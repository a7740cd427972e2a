"""Which audience a page is for, declared on the view; a test walks every route and asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from enforcement.actors import ADMINISTRATORS, WORKING_ROLES, Actor, Role

View = Callable[..., HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request after ActorMiddleware; for annotations only."""

    actor: Actor


def _for_roles(view: View, roles: frozenset[Role], audience: str) -> View:
    @login_required
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.roles & roles:
            raise PermissionDenied("您没有打开这个页面的职责。如因工作需要，请联系管理员授权。")
        return view(request, *args, **kwargs)

    guarded.audience = audience  # type: ignore[attr-defined]
    return guarded


def working_page(view: View) -> View:
    """For people who compile lists or handle cases."""
    return _for_roles(view, WORKING_ROLES, "officer")


def supervisor_page(view: View) -> View:
    """For 执法监督员."""
    return _for_roles(view, frozenset({Role.SUPERVISOR}), "supervisor")


def account_page(view: View) -> View:
    """For every signed-in person, whatever their duties: what belongs to their own account."""

    @login_required
    @wraps(view)
    def own(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    own.audience = "account"  # type: ignore[attr-defined]
    return own


def administrator_page(*roles: Role) -> Callable[[View], View]:
    """For the three administrators, or only those named: `@administrator_page(Role.SYSTEM_ADMIN)`."""

    def declare(view: View) -> View:
        return _for_roles(view, frozenset(roles) or ADMINISTRATORS, "administrator")

    return declare


def public_page(view: View) -> View:
    """Readable by everyone, without login."""

    @wraps(view)
    def open_to_all(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    open_to_all.audience = "public"  # type: ignore[attr-defined]
    return open_to_all
