"""The ledger as plain rows: what the verifier reads, whether from the database or from a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enforcement.ledger.append import COLUMNS
from enforcement.ledger.canonical import canonical_json, plain_value
from enforcement.ledger.models import LedgerCheckpoint, LedgerEntry, PublicLogEntry

CHUNK = 2000


def export_rows() -> Iterator[dict[str, Any]]:
    """Public acts, checkpoints, then entries by chain and sequence; constant memory. Salts stay where they are.

    In this order nothing read later can miss what was read before, although others go on writing.
    """
    for act in PublicLogEntry.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        yield {"type": "public", **_plain(act.leaf_content())}
    checkpoints = LedgerCheckpoint.objects.order_by("number").values("number", "content")
    for checkpoint in checkpoints.iterator(chunk_size=CHUNK):
        yield {"type": "checkpoint", **checkpoint}
    entries = LedgerEntry.objects.order_by("chain", "sequence").values(*COLUMNS)
    for entry in entries.iterator(chunk_size=CHUNK):
        yield {"type": "entry", **_plain(entry)}


def export_lines() -> Iterator[str]:
    for row in export_rows():
        yield canonical_json(row)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Instants as the text that the hashes cover."""
    return {
        name: value if value is None or isinstance(value, str | int) else plain_value(value)
        for name, value in row.items()
    }
