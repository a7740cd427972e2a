"""What anyone may read of the ledger: signed checkpoints, and the proof that a published thing is in the public log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import BigIntegerField, Max, Subquery
from django.db.models.functions import Coalesce

from enforcement.actors import Actor
from enforcement.ledger.canonical import canonical_json
from enforcement.ledger.models import LedgerCheckpoint, PublicLogEntry
from enforcement.ledger.public_log import log_path

PAGE_SIZE = 20
NEWEST_ACTS = 10
FORMAT = 1


class ProofState(Enum):
    """Whether the proof of a published thing can be downloaded."""

    READY = "ready"
    WAITING = "waiting"  # recorded; the next checkpoint covers it, within a minute
    ABSENT = "absent"  # published before there was a public log


@dataclass(frozen=True, slots=True)
class CheckpointPage:
    """Checkpoints, newest first; `next_before` is None on the last page."""

    rows: Sequence[LedgerCheckpoint]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """A public act with the state of its proof."""

    act: PublicLogEntry
    state: ProofState


def proof_state(*, actor: Actor, kind: str, key: str) -> ProofState:
    """One query."""
    covered = LedgerCheckpoint.objects.order_by("-number").values("log_size")[:1]
    acts = PublicLogEntry.objects.filter(kind=kind, key=key).annotate(
        covered=Coalesce(Subquery(covered), 0, output_field=BigIntegerField())
    )
    act = acts.values_list("sequence", "covered").first()
    if act is None:
        return ProofState.ABSENT
    sequence, most = act
    return ProofState.READY if sequence <= most else ProofState.WAITING


def inclusion_proof(*, actor: Actor, kind: str, key: str) -> dict[str, Any] | None:
    """The proof as the document that outsiders download; None when there is none (yet). Three queries."""
    act = PublicLogEntry.objects.filter(kind=kind, key=key).first()
    checkpoint = LedgerCheckpoint.objects.order_by("-number").first()
    if act is None or checkpoint is None or checkpoint.log_size < act.sequence:
        return None
    index = act.sequence - 1
    return {
        "format": FORMAT,
        "leaf": json.loads(canonical_json(act.leaf_content())),
        "index": index,
        "tree_size": checkpoint.log_size,
        "path": log_path(index, checkpoint.log_size),
        "root": json.loads(checkpoint.content)["log_root"],
        "checkpoint": public_checkpoint_document(checkpoint),
    }


def public_checkpoint_document(checkpoint: LedgerCheckpoint) -> dict[str, str]:
    """What is signed, and the signature; not the heads, which say how busy each agency is."""
    return {
        "content": checkpoint.content,
        "signature": checkpoint.signature,
        "key_id": checkpoint.key_id,
    }


def find_checkpoint(*, actor: Actor, number: int) -> LedgerCheckpoint | None:
    return LedgerCheckpoint.objects.filter(number=number).first()


def checkpoints(*, actor: Actor, before: int | None) -> CheckpointPage:
    """Twenty a page, paged by number. One query."""
    rows = LedgerCheckpoint.objects.defer("heads").order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    return CheckpointPage(page, page[-1].number if len(found) > PAGE_SIZE else None)


def newest_acts(*, actor: Actor) -> list[RecordedAct]:
    """The ten public acts recorded last. Two queries."""
    covered = _covered()
    rows = PublicLogEntry.objects.order_by("-sequence")[:NEWEST_ACTS]
    return [
        RecordedAct(act, ProofState.READY if act.sequence <= covered else ProofState.WAITING) for act in rows
    ]


def _covered() -> int:
    return LedgerCheckpoint.objects.aggregate(most=Max("log_size"))["most"] or 0
