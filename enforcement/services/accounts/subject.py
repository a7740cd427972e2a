"""The account an administrator acts on: locked, seen as the separation rules see it, and named in the ledger."""

from __future__ import annotations

from typing import Any

from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.models import Account, Agency, BrowserSession
from enforcement.separation_of_duties import AccountAct, Subject, refusal_of_act


def locked_account(account_id: int) -> Account:
    """The account, locked until commit. Raises `InvalidInput` when there is none."""
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None:
        raise InvalidInput.from_problems(
            "account_unknown", ["没有找到这个账号，没有作任何改动。请刷新后再试。"]
        )
    return account


def subject_of(account: Account) -> Subject:
    roles = frozenset(Role(role) for role in account.grants.values_list("role", flat=True))
    return Subject(account.pk, roles, *place_of(account.agency))


def place_of(agency: Agency | None) -> tuple[str, str]:
    """Region and line of an agency; blank for those who belong to none."""
    return (agency.region_code, agency.line_code) if agency is not None else ("", "")


def require_administrator(act: AccountAct, *, actor: Actor, account: Account) -> None:
    """Raises `NotPermitted` when `actor` may not do this to the account."""
    refused = refusal_of_act(act, actor=actor, subject=subject_of(account))
    if refused is not None:
        raise refused


def end_sessions(account: Account, *, except_key: str | None = None) -> int:
    """Sign the account out everywhere (but in one session); the number of sessions that ended."""
    return BrowserSession.objects.filter(account=account).exclude(session_key=except_key).delete()[0]


def chain_of(account: Account) -> str:
    """The ledger chain acts on this account belong to."""
    return account.agency.code if account.agency is not None else PROVINCE_CHAIN


def record_act(
    action: LedgerAction, account: Account, *, actor: Actor, payload: dict[str, Any] | None = None
) -> None:
    """The ledger entry of an act on an account; the last write of the service."""
    append_entry(
        chain=chain_of(account),
        action=action,
        subject=account,
        subject_label=account.display_name,
        actor=actor,
        payload=payload or {},
    )
