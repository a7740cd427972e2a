"""Reads of accounts for commands that act in somebody's name."""

from __future__ import annotations

from enforcement.actors import Role, actor_for
from enforcement.models import Account, Agency


def compiler_account(*, agency: Agency, username: str = "") -> Account | None:
    """The named account, or without a name the first active account of the agency that may compile for it."""
    if username:
        return Account.objects.filter(username=username, is_active=True).first()
    candidates = Account.objects.filter(agency=agency, is_active=True, grants__role=Role.COMPILER).distinct()
    for account in candidates.order_by("pk").prefetch_related("grants").select_related("agency"):
        if actor_for(account).may(Role.COMPILER, region_code=agency.region_code, line_code=agency.line_code):
            return account
    return None
