"""Entries and public acts for tests of the ledger, written through its own functions."""

from __future__ import annotations

import hashlib

from django.db import transaction

from enforcement.actors import SYSTEM
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.ledger.public_log import append_public_act
from enforcement.models import Line


def _append(chain: str, label: str, turn: int) -> LedgerEntry:
    return append_entry(
        chain=chain,
        action=LedgerAction.REGISTER_LOADED,
        subject=Line(code="ecology", name="生态环境"),
        subject_label=label,
        actor=SYSTEM,
        payload={"turn": turn},
    )


def write(chain: str, number: int = 1) -> None:
    """`number` entries on `chain`, each in a transaction of its own."""
    for turn in range(number):
        with transaction.atomic():
            _append(chain, f"第 {turn} 次", turn)


def publish(key: str, *, chain: str = "A", kind: str = "exemption_list") -> PublicLogEntry:
    """A public act with its ledger entry."""
    with transaction.atomic():
        return append_public_act(
            entry=_append(chain, f"清单 {key}", 0),
            kind=kind,
            key=key,
            label=f"清单 {key}",
            digest=hashlib.sha256(key.encode()).hexdigest(),
        )
