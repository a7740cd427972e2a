"""A checkpoint of the ledger, signed and handed to the witness."""

from __future__ import annotations

from enforcement.ledger.checkpoints import next_checkpoint
from enforcement.ledger.models import LedgerCheckpoint
from enforcement.ledger.witness import write_missing


def make_checkpoint(*, force: bool = False) -> LedgerCheckpoint | None:
    """Make one if it is due, then bring the witness folder up to date. Idempotent and safe at the same time twice.

    The row is committed before the file is written: a file without its row would block the number for good.
    Raises `WitnessConflict` when the folder holds another history.
    """
    made = next_checkpoint(force=force)
    write_missing()
    return made
