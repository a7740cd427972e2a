"""When somebody forgot a password or lost the phone: a system administrator sets the way in anew."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from enforcement.actors import SYSTEM, Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, ApiKey, FormerPassword, RecoveryCode, SecondFactor
from enforcement.passwords.one_time import new_one_time_password
from enforcement.separation_of_duties import AccountAct
from enforcement.services.accounts.create_account import NewSignIn
from enforcement.services.accounts.subject import (
    end_sessions,
    locked_account,
    record_act,
    require_administrator,
)


def reset_password(*, actor: Actor, account_id: int) -> NewSignIn:
    """A one-time password, to be changed at the next sign-in; every session and key of the account ends.

    Raises `NotPermitted`: only a system administrator, never for themselves or another administrator.
    """
    with transaction.atomic():
        account = locked_account(account_id)
        require_administrator(AccountAct.RESET_PASSWORD, actor=actor, account=account)
        return _new_password(account, actor=actor)


def reset_second_factor(*, actor: Actor, account_id: int) -> Account:
    """The account has no second factor any more and sets up a new one at its next sign-in; its sessions end.

    Raises `NotPermitted` like `reset_password`.
    """
    with transaction.atomic():
        account = locked_account(account_id)
        require_administrator(AccountAct.RESET_SECOND_FACTOR, actor=actor, account=account)
        _forget_second_factor(account, actor=actor)
        return account


def reset_at_console(*, account_id: int) -> NewSignIn:
    """Both at once for somebody with access to the server: the only way back in for an administrator."""
    with transaction.atomic():
        account = locked_account(account_id)
        _forget_second_factor(account, actor=SYSTEM)
        return _new_password(account, actor=SYSTEM)


def _new_password(account: Account, *, actor: Actor) -> NewSignIn:
    now = timezone.now()
    password = new_one_time_password()
    FormerPassword.objects.create(account=account, encoded=account.password, replaced_at=now)
    account.set_password(password)
    account.must_change_password = True
    account.password_changed_at = now
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    ended = end_sessions(account)
    # Whoever had the old password may have issued themselves a key.
    stopped = ApiKey.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=now)
    record_act(
        LedgerAction.PASSWORD_RESET, account, actor=actor, payload={"sessions": ended, "api_keys": stopped}
    )
    return NewSignIn(account, password)


def _forget_second_factor(account: Account, *, actor: Actor) -> None:
    SecondFactor.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    ended = end_sessions(account)
    record_act(LedgerAction.SECOND_FACTOR_RESET, account, actor=actor, payload={"sessions": ended})
