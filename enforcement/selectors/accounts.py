"""Reads for commands that act in somebody's name."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import check_password

from enforcement.actors import Actor, Role, actor_for
from enforcement.errors import InvalidInput
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Account, Agency


def agency_by_code(code: str) -> Agency:
    """The agency of a code. Raises `InvalidInput` when there is none."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise InvalidInput.from_problems(
            "agency_unknown", [f"没有机构编码为“{code}”的执法主体，没有写入任何内容。请核对机构编码。"]
        )
    return agency


def chain_of_actor(actor: Actor) -> str:
    """The ledger chain of the actor's own agency, where acts that concern no agency's row are recorded."""
    if actor.agency_id is None:
        return PROVINCE_CHAIN
    return Agency.objects.values_list("code", flat=True).get(pk=actor.agency_id)


def compiler_of(*, agency: Agency, username: str = "") -> Actor:
    """The named account, or without a name the first active account of the agency that may compile for it.

    Raises `InvalidInput` when there is none.
    """
    return _holder_of(Role.COMPILER, "编制人员", agency, username)


def registrar_of(*, agency: Agency | None, username: str = "") -> Actor:
    """The named account, or without a name the first active account that keeps the register of the agency.

    Raises `InvalidInput` when there is none, and when neither is given.
    """
    if agency is None and not username:
        raise InvalidInput.from_problems(
            "account_unknown", ["没有写明由谁办理。请用 --account 写用户名，或用 --agency 写机构编码。"]
        )
    return _holder_of(Role.REGISTRAR, "基础信息管理人员", agency, username)


def officer_named(username: str) -> Actor:
    """The actor of an active account, for a command that files cases in its name. Raises `InvalidInput`."""
    return _holder_of(Role.OFFICER, "执法人员", None, username)


def _holder_of(role: Role, duty: str, agency: Agency | None, username: str) -> Actor:
    account = _named(username) if username else _first_holder(role, agency)
    if account is None:
        wanted = f"可用的账号“{username}”" if username else f"{agency}的{duty}账号"
        raise InvalidInput.from_problems(
            "account_unknown", [f"没有找到{wanted}，没有写入任何内容。请先授权，或用 --account 指定。"]
        )
    return actor_for(account)


def _named(username: str) -> Account | None:
    return Account.objects.filter(username=username, is_active=True).first()


def _first_holder(role: Role, agency: Agency | None) -> Account | None:
    if agency is None:
        return None
    candidates = Account.objects.filter(agency=agency, is_active=True, grants__role=role).distinct()
    for account in candidates.order_by("pk").prefetch_related("grants").select_related("agency"):
        if actor_for(account).may(role, region_code=agency.region_code, line_code=agency.line_code):
            return account
    return None


def accounts_with_password(usernames: Sequence[str], password: str) -> list[str]:
    """Which of these names can be used to sign in with `password`. One query, one slow hash for each name found."""
    found = Account.objects.filter(username__in=usernames, is_active=True).order_by("username")
    return [account.username for account in found if check_password(password, account.password)]
