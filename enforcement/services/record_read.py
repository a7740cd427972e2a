"""Looks and refusals in the ledger: what was read, taken out or denied, although nothing was changed.

Writes record themselves. A page that shows masked data in full, hands out a file, or turns somebody away calls these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from enforcement.actors import Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account
from enforcement.selectors.accounts import chain_of_actor


def record_read(
    *,
    actor: Actor,
    subject: Any,
    subject_label: str,
    action: LedgerAction = LedgerAction.SENSITIVE_READ,
    chain: str = "",
    reason: str = "",
    payload: Mapping[str, Any] | None = None,
    committed: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Record a read or an export before its result leaves the server. `chain` is the owning agency's code.

    Without one it is the reader's. What was read goes into `committed` if it must be provable, never into `payload`.
    """
    with transaction.atomic():
        return append_entry(
            chain=chain or chain_of_actor(actor),
            action=action,
            subject=subject,
            subject_label=subject_label,
            actor=actor,
            reason=reason,
            payload=payload or {},
            committed=committed,
        )


def record_refusal(*, actor: Actor, attempted: str, code: str = "not_permitted") -> LedgerEntry | None:
    """Record that somebody signed in was turned away; `attempted` names the route or act, never its values.

    Call it after the refused transaction was rolled back. Strangers are not recorded: anyone could fill the ledger.
    """
    if actor.account_id is None:
        return None
    with transaction.atomic():
        return append_entry(
            chain=chain_of_actor(actor),
            action=LedgerAction.ACCESS_REFUSED,
            subject=Account(pk=actor.account_id),
            subject_label=actor.name,
            actor=actor,
            payload={"attempted": attempted, "code": code},
        )
