"""解除委托: from a day on the delegate may no longer act; what it did before stays valid."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Delegation
from enforcement.services.delegations.locking import locked_delegation
from enforcement.services.register_rows import save_with_history


def revoke_delegation(
    *, actor: Actor, delegation_id: int, revoked_on: dt.date, reason: str, today: dt.date
) -> Delegation:
    """`revoked_on` is the first day without the delegation; it cannot lie before today, for nothing is undone.

    Raises Delegation.DoesNotExist when the actor may not see it, NotPermitted, InvalidInput.
    """
    with transaction.atomic():
        delegation = locked_delegation(actor=actor, delegation_id=delegation_id)
        problems = [] if reason.strip() else ["填写解除原因"]
        if delegation.revoked_on is not None:
            problems.append(f"这份委托已于 {delegation.revoked_on:%Y-%m-%d} 解除")
        if revoked_on < today:
            problems.append("解除日期不能早于今天：此前的委托行为仍然有效")
        if revoked_on > delegation.valid_until:
            problems.append(f"委托期限到 {delegation.valid_until:%Y-%m-%d} 为止，不需要再解除")
        if problems:
            raise InvalidInput.from_problems("revocation_invalid", problems)
        delegation.revoked_on = revoked_on
        delegation.revoked_reason = reason.strip()
        delegation.lock_version += 1
        save_with_history(actor=actor, row=delegation, reason=f"解除：{delegation.revoked_reason}")
        append_entry(
            chain=delegation.agency.code,
            action=LedgerAction.DELEGATION_REVOKED,
            subject=delegation,
            subject_label=f"{delegation.agency.name}委托{delegation.delegate_name}（{delegation.document_number}）",
            actor=actor,
            payload={"number": delegation.document_number, "revoked_on": revoked_on},
        )
    return delegation
