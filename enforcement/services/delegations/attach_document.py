"""补交委托书: a delegation taken over from a table gets its document once; then it is fixed like the rest."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Delegation
from enforcement.services.delegations.locking import locked_delegation
from enforcement.services.register_rows import save_with_history
from enforcement.services.store_attachment import store_attachment


def attach_document(*, actor: Actor, delegation_id: int, document: bytes) -> Delegation:
    """Raises Delegation.DoesNotExist when the actor may not see it, NotPermitted, InvalidInput when it has one."""
    with transaction.atomic():
        delegation = locked_delegation(actor=actor, delegation_id=delegation_id)
        if delegation.attachment_id is not None:
            raise InvalidInput.from_problems("document_kept", ["这份委托已有委托书，不能更换"])
        delegation.attachment = store_attachment(actor=actor, content=document)
        delegation.document_digest = delegation.attachment.digest
        delegation.lock_version += 1
        save_with_history(actor=actor, row=delegation, reason="补交委托书")
        append_entry(
            chain=delegation.agency.code,
            action=LedgerAction.DELEGATION_DOCUMENT_KEPT,
            subject=delegation,
            subject_label=delegation.document_number,
            actor=actor,
            payload={"number": delegation.document_number, "document": delegation.document_digest},
        )
    return delegation
