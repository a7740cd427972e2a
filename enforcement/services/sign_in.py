"""Signing in and out, recorded in the ledger of the account's agency."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest

from enforcement.actors import PUBLIC, actor_for
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.models import Account

WRONG_CREDENTIALS = "用户名或密码不对。请检查后再试；忘记密码请联系本单位系统管理员。"


def sign_in(*, request: HttpRequest, username: str, password: str) -> Account:
    """Check the password, start a session with a new key, and record it.

    Unknown and known names are refused in the same words after the same work (the hasher runs in both cases).
    Raises `Refusal`.
    """
    account = authenticate(request, username=username.strip(), password=password)
    if not isinstance(account, Account):
        _record(LedgerAction.SIGN_IN_REFUSED, Account.objects.filter(username=username.strip()).first())
        raise Refusal("wrong_credentials", WRONG_CREDENTIALS)
    login(request, account)
    _record(LedgerAction.SIGNED_IN, account)
    return account


def sign_out(*, request: HttpRequest) -> None:
    """End the session and record it; harmless when nobody was signed in."""
    account = request.user if isinstance(request.user, Account) else None
    logout(request)
    if account is not None:
        _record(LedgerAction.SIGNED_OUT, account)


@transaction.atomic
def _record(action: LedgerAction, account: Account | None) -> None:
    if account is None:
        return
    append_entry(
        chain=account.agency.code if account.agency is not None else PROVINCE_CHAIN,
        action=action,
        subject=account,
        subject_label=account.display_name,
        actor=PUBLIC if action == LedgerAction.SIGN_IN_REFUSED else actor_for(account),
        payload={},
    )
