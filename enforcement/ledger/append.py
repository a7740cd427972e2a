"""Writing to the ledger: inside the caller's transaction, after every other write of the service."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.canonical import canonical_json, digest_of
from enforcement.ledger.models import LedgerEntry

GENESIS = "0" * 64
PROVINCE_CHAIN = "province"


def hashed_content(entry: LedgerEntry) -> dict[str, Any]:
    """What the hash of an entry covers: everything but the hash itself."""
    return {
        "chain": entry.chain,
        "sequence": entry.sequence,
        "action": entry.action,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "subject_label": entry.subject_label,
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "occurred_at": entry.occurred_at,
        "payload": entry.payload,
        "previous_hash": entry.previous_hash,
    }


def append_entry(
    *,
    chain: str,
    action: LedgerAction,
    subject: Any,
    subject_label: str,
    actor: Actor,
    payload: dict[str, Any],
) -> LedgerEntry:
    """Append one act to `chain` (an agency code) and return it.

    Must run inside `atomic()`. Takes an advisory lock on the chain that is held to commit, so call it last: six
    writers on one chain without the lock would break nearly every link.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append_entry must run inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger:{chain}"])
    last = (
        LedgerEntry.objects.filter(chain=chain).order_by("-sequence").values_list("sequence", "hash").first()
    )
    entry = LedgerEntry(
        chain=chain,
        sequence=last[0] + 1 if last else 1,
        action=action.value,
        subject_type=type(subject).__name__,
        subject_id=str(subject.pk),
        subject_label=subject_label[:200],
        actor_id=actor.account_id,
        actor_name=actor.name,
        occurred_at=timezone.now(),
        payload=canonical_json(payload),
        previous_hash=last[1] if last else GENESIS,
    )
    entry.hash = digest_of(hashed_content(entry))
    entry.save(force_insert=True)
    return entry
