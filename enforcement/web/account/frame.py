"""What the pages of one's own account have around them."""

from __future__ import annotations

from typing import Any, cast

from django.utils import timezone

from enforcement.models import Account
from enforcement.web.access import ActorRequest
from enforcement.web.landing import landing_for
from enforcement.web.sign_in_steps import due_step


def account_of(request: ActorRequest) -> Account:
    """The account behind an `account_page`."""
    return cast(Account, request.user)


def frame(request: ActorRequest, *, title: str = "") -> dict[str, Any]:
    """Base template, crumbs and home address. While a step is due no other page can be opened: no navigation then."""
    step = due_step(account_of(request), request.session, now=timezone.now())
    crumbs = [{"label": "我的账号", "url": "/account/"}, {"label": title}] if title else []
    return {
        "base": "account/base.html" if step is None else "account/step_base.html",
        "is_step": step is not None,
        "crumbs": [] if step else crumbs,
        "home_url": landing_for(request.actor),
    }
