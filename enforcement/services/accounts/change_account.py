"""Correcting what an account says about its owner, and letting a closed name try again."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.last_act import overtaken
from enforcement.models import Account, Agency, Officer
from enforcement.separation_of_duties import AccountAct, Subject, refusal_of_act
from enforcement.services.accounts.create_account import owner_problems
from enforcement.services.accounts.subject import (
    locked_account,
    place_of,
    record_act,
    require_administrator,
)
from enforcement.services.sign_in.attempts import forget_failures

CHANGING = ("display_name", "agency", "officer", "sso_subject")


def change_account(
    *,
    actor: Actor,
    account_id: int,
    display_name: str,
    agency: Agency | None,
    officer: Officer | None,
    sso_subject: str,
    expected_lock: int,
) -> Account:
    """Save what changed; the user name stays, since the record names it.

    The administrator must reach the account where it is and where it goes. Raises `NotPermitted`, `InvalidInput` with
    every problem, `StaleVersion` when somebody saved in between.
    """
    with transaction.atomic():
        account = locked_account(account_id)
        require_administrator(AccountAct.CHANGE, actor=actor, account=account)
        refused = refusal_of_act(
            AccountAct.CHANGE, actor=actor, subject=Subject(account.pk, frozenset(), *place_of(agency))
        )
        if refused is not None:
            raise refused
        if expected_lock != account.lock_version:
            raise overtaken(account, noun="个账号")
        problems = owner_problems(display_name, agency, officer, sso_subject, account_id=account.pk)
        if problems:
            raise InvalidInput.from_problems("account_fields", problems)
        wanted = {
            "display_name": display_name.strip(),
            "agency": agency,
            "officer": officer,
            "sso_subject": sso_subject.strip(),
        }
        changed = [name for name in CHANGING if getattr(account, name) != wanted[name]]
        if changed:
            _write(actor, account, {name: wanted[name] for name in changed})
        return account


def reopen_sign_in(*, actor: Actor, account_id: int) -> Account:
    """Forget the failed tries of a name, once the administrator knows who asks. Raises `NotPermitted`."""
    with transaction.atomic():
        account = locked_account(account_id)
        require_administrator(AccountAct.UNLOCK, actor=actor, account=account)
        forget_failures(account.username)
        record_act(LedgerAction.SIGN_IN_REOPENED, account, actor=actor)
        return account


def _write(actor: Actor, account: Account, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(account, name, value)
    account.lock_version += 1
    account.save(update_fields=[*values, "lock_version"])
    record_act(LedgerAction.ACCOUNT_CHANGED, account, actor=actor, payload={"fields": sorted(values)})
