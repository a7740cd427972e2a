"""Forgetting what the ledger committed to about a row: the salts go, the entries and their chain stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from enforcement.actors import SYSTEM, Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import CLIENT_ADDRESS, PROVINCE_CHAIN, append_entry
from enforcement.ledger.commitments import opens
from enforcement.ledger.models import CommitmentSalt, LedgerEntry
from enforcement.selectors.accounts import chain_of_actor


def erase_commitments(*, actor: Actor, subject: Any, subject_label: str, reason: str, chain: str = "") -> int:
    """Delete the salts of every entry about `subject` (个人信息保护法 第四十七条); how many there were.

    From then on no value can be matched with these commitments. Part of the caller's transaction.
    """
    with transaction.atomic():
        erased, _ = CommitmentSalt.objects.filter(
            entry__subject_type=type(subject).__name__, entry__subject_id=str(subject.pk)
        ).delete()
        append_entry(
            chain=chain or chain_of_actor(actor),
            action=LedgerAction.COMMITMENTS_ERASED,
            subject=subject,
            subject_label=subject_label,
            actor=actor,
            reason=reason,
            payload={"salts": erased},
        )
    return erased


def forget_client_addresses(*, before: dt.datetime) -> int:
    """Delete the salts of client addresses of entries older than `before`; how many there were. Safe to repeat.

    Addresses serve the tracing of misuse only (网络安全法 第二十一条 asks for six months at least), not for ever.
    """
    with transaction.atomic():
        forgotten, _ = CommitmentSalt.objects.filter(
            name=CLIENT_ADDRESS, entry__occurred_at__lt=before
        ).delete()
        if forgotten:
            append_entry(
                chain=PROVINCE_CHAIN,
                action=LedgerAction.COMMITMENTS_ERASED,
                subject=CommitmentSalt(),
                subject_label="期满的客户端地址",
                actor=SYSTEM,
                payload={"salts": forgotten, "before": before},
            )
    return forgotten


def committed_value_is(*, entry: LedgerEntry, name: str, claimed: Any) -> bool | None:
    """Whether `claimed` is what `entry` committed to under `name`; None when the salt was erased or never was."""
    commitment = entry.committed().get(name)
    salt = CommitmentSalt.objects.filter(entry=entry, name=name).values_list("salt", flat=True).first()
    if commitment is None or salt is None:
        return None
    return opens(commitment, salt=bytes(salt), claimed=claimed)
