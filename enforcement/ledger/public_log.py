"""The public log: published versions and public decisions as leaves of one Merkle tree, in the order they came.

A leaf is appended in the transaction that appends the ledger entry of the act. One lock orders all leaves; public acts
are rare, and other entries of the ledger never take it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import connection
from django.db.models import Max

from enforcement.ledger.canonical import canonical_json
from enforcement.ledger.merkle import (
    EMPTY_ROOT,
    Lookup,
    audit_path,
    leaf_hash,
    root_of,
    subtrees_completed_by,
)
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.ledger.personal import without_identifiers

Computed = TypeVar("Computed")
# Kinds of rule documents name themselves (`DocumentKind`); these are the others.
DECISION = "decision"
REPEAL = "repeal"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('ledger: public log', 0))"


def append_public_act(*, entry: LedgerEntry, kind: str, key: str, label: str, digest: str) -> PublicLogEntry:
    """Make the act of `entry` part of the public log. Call it right after `append_entry`, in its transaction.

    `digest` is the SHA-256 of the canonical form of what the public reads. Raises RuntimeError outside a transaction;
    the database refuses the same kind and key twice.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append_public_act must run inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    size = log_size()
    act = PublicLogEntry(
        sequence=size + 1,
        kind=kind,
        key=key,
        label=without_identifiers(label)[:200],
        digest=digest,
        chain=entry.chain,
        entry_sequence=entry.sequence,
        entry_hash=entry.hash,
        recorded_at=entry.occurred_at,
    )
    leaf = leaf_hash(canonical_json(act.leaf_content()).encode("utf-8"))
    completed = with_nodes(lambda lookup: subtrees_completed_by(size, leaf, lookup))
    act.subtrees = [one.hex() for one in completed]
    act.save(force_insert=True)
    return act


def log_size() -> int:
    return PublicLogEntry.objects.aggregate(last=Max("sequence"))["last"] or 0


def log_root(size: int) -> str:
    """The root over the first `size` leaves, hexadecimal. One query."""
    return with_nodes(lambda lookup: root_of(size, lookup)).hex() if size else EMPTY_ROOT.hex()


def log_path(index: int, size: int) -> list[str]:
    """The audit path of leaf `index` (counted from 0) in the tree of `size` leaves. One query."""
    return [one.hex() for one in with_nodes(lambda lookup: audit_path(index, size, lookup))]


def with_nodes(compute: Callable[[Lookup], Computed]) -> Computed:
    """Run `compute` twice: once to learn which nodes it asks for, once with them, read in one query."""
    wanted: set[tuple[int, int]] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add((level, index))
        return b""

    compute(note)
    nodes = _nodes(wanted)
    return compute(lambda level, index: nodes[level, index])


def _nodes(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Each complete subtree stands in the row of its last leaf."""
    if not wanted:
        return {}
    last_leaf = {(level, index): (index + 1) << level for level, index in wanted}
    rows = PublicLogEntry.objects.filter(sequence__in=last_leaf.values()).values_list("sequence", "subtrees")
    subtrees = dict(rows)
    return {place: bytes.fromhex(subtrees[last][place[0]]) for place, last in last_leaf.items()}
