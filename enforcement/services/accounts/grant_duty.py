"""Giving and taking back duties: by a security administrator, never to oneself, in force at the next request."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, Line, Region, RoleGrant
from enforcement.separation_of_duties import (
    GrantGuard,
    ProposedGrant,
    refusal_of_grant,
    refusal_of_withdrawal,
)
from enforcement.services.accounts.grant_guards import GRANT_GUARDS
from enforcement.services.accounts.subject import locked_account, record_act, subject_of


def grant_duty(
    *,
    actor: Actor,
    account_id: int,
    role: Role,
    region_code: str,
    line_code: str = "",
    guards: Sequence[GrantGuard] = GRANT_GUARDS,
) -> RoleGrant:
    """Give one duty inside one region and one line (blank: every line).

    Raises `NotPermitted` by the separation rules or a guard, `InvalidInput` for an unknown region or line, `Refusal`
    when the account is closed or has the duty already.
    """
    with transaction.atomic():
        account = locked_account(account_id)
        proposed = ProposedGrant(subject_of(account), role, region_code, line_code)
        refused = refusal_of_grant(proposed, actor=actor) or _unusable(account, proposed)
        for guard in guards:
            refused = refused or guard(proposed)
        if refused is not None:
            raise refused
        grant = RoleGrant.objects.create(
            account=account,
            role=role.value,
            region_code=region_code,
            line_code=line_code,
            granted_by_id=actor.account_id,
            granted_at=timezone.now(),
        )
        record_act(LedgerAction.DUTY_GRANTED, account, actor=actor, payload=_written(grant))
        return grant


def withdraw_duty(*, actor: Actor, grant_id: int) -> None:
    """Take a duty back; open sessions lose it at their next request.

    Raises `NotPermitted` like `grant_duty`, `InvalidInput` when the grant is gone.
    """
    with transaction.atomic():
        holder = RoleGrant.objects.filter(pk=grant_id).values_list("account_id", flat=True).first()
        account = locked_account(holder) if holder is not None else None
        # Read again under the lock: two administrators may press the button at once.
        grant = RoleGrant.objects.filter(pk=grant_id).first()
        if account is None or grant is None:
            raise InvalidInput.from_problems("grant_unknown", ["这项职责已经收回，没有作任何改动。"])
        proposed = ProposedGrant(subject_of(account), Role(grant.role), grant.region_code, grant.line_code)
        refused = refusal_of_withdrawal(proposed, actor=actor)
        if refused is not None:
            raise refused
        written = _written(grant)
        grant.delete()
        record_act(LedgerAction.DUTY_WITHDRAWN, account, actor=actor, payload=written)


def _unusable(account: Account, proposed: ProposedGrant) -> Refusal | None:
    if not account.is_active:
        return Refusal("account_inactive", "这个账号已停用，不能授予职责。请先由系统管理员恢复账号。")
    if not Region.objects.filter(code=proposed.region_code).exists():
        return InvalidInput.from_problems("region_unknown", ["没有这个行政区划。请重新选择。"])
    if proposed.line_code and not Line.objects.filter(code=proposed.line_code).exists():
        return InvalidInput.from_problems("line_unknown", ["没有这个条线。请重新选择。"])
    held = RoleGrant.objects.filter(
        account=account, role=proposed.role, region_code=proposed.region_code, line_code=proposed.line_code
    )
    if held.exists():
        return Refusal("already_granted", "这个账号已有这项职责，没有作任何改动。")
    return None


def _written(grant: RoleGrant) -> dict[str, str]:
    return {"role": grant.role, "region": grant.region_code, "line": grant.line_code}
