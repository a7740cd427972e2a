"""Recomputing every chain of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from enforcement.ledger.append import GENESIS, hashed_content
from enforcement.ledger.canonical import digest_of
from enforcement.ledger.models import LedgerEntry


@dataclass(slots=True)
class LedgerReport:
    """What a verification found: number of entries and chains, and one Chinese sentence per break."""

    entries: int = 0
    chains: int = 0
    breaks: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.breaks


def verify_chains() -> LedgerReport:
    """Read every entry once, in order, with constant memory."""
    report = LedgerReport()
    rows = LedgerEntry.objects.order_by("chain", "sequence").iterator(chunk_size=2000)
    for _chain, entries in groupby(rows, key=lambda row: row.chain):
        report.chains += 1
        expected_sequence, previous_hash = 1, GENESIS
        for entry in entries:
            report.entries += 1
            report.breaks.extend(
                _breaks_of(entry, expected_sequence=expected_sequence, previous_hash=previous_hash)
            )
            expected_sequence, previous_hash = entry.sequence + 1, entry.hash
    return report


def _breaks_of(entry: LedgerEntry, *, expected_sequence: int, previous_hash: str) -> list[str]:
    breaks = []
    if entry.sequence != expected_sequence:
        breaks.append(f"链 {entry.chain}：应为第 {expected_sequence} 条，实为第 {entry.sequence} 条")
    if entry.previous_hash != previous_hash:
        breaks.append(f"链 {entry.chain} 第 {entry.sequence} 条：与前一条不衔接")
    if entry.hash != digest_of(hashed_content(entry)):
        breaks.append(f"链 {entry.chain} 第 {entry.sequence} 条：内容与摘要不符")
    return breaks
