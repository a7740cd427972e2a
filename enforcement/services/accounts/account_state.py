"""Closing an account and opening it again. An account is never deleted: the record names it."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account
from enforcement.separation_of_duties import AccountAct
from enforcement.services.accounts.subject import (
    end_sessions,
    locked_account,
    record_act,
    require_administrator,
)


def deactivate_account(*, actor: Actor, account_id: int) -> Account:
    """The account cannot sign in any more and is signed out everywhere at once. Its duties stay written.

    Raises `NotPermitted`, or `Refusal` when it is closed already.
    """
    with transaction.atomic():
        account = locked_account(account_id)
        require_administrator(AccountAct.DEACTIVATE, actor=actor, account=account)
        if not account.is_active:
            raise Refusal("already_inactive", "这个账号已经停用，没有作任何改动。")
        account.is_active = False
        account.save(update_fields=["is_active"])
        ended = end_sessions(account)
        record_act(LedgerAction.ACCOUNT_DEACTIVATED, account, actor=actor, payload={"sessions": ended})
        return account


def reactivate_account(*, actor: Actor, account_id: int) -> Account:
    """The account may sign in again, with the duties it had. Raises `NotPermitted`, `Refusal`."""
    with transaction.atomic():
        account = locked_account(account_id)
        require_administrator(AccountAct.REACTIVATE, actor=actor, account=account)
        if account.is_active:
            raise Refusal("already_active", "这个账号可以登录，没有作任何改动。")
        account.is_active = True
        account.save(update_fields=["is_active"])
        record_act(LedgerAction.ACCOUNT_REACTIVATED, account, actor=actor)
        return account
