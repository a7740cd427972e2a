"""Recomputing every chain of the ledger, the public log, and comparing both with the witness.

The checking itself is done by `verifier.py`, the program that an auditor runs elsewhere on an export.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from enforcement.ledger.export import export_rows
from enforcement.ledger.keys import known_keys
from enforcement.ledger.verifier import Findings, Keys, read_witness, verify


def verify_chains() -> Findings:
    """Read every entry once, in order, with constant memory; compare with the witness folder when there is one."""
    return verify(export_rows(), witness=_witness(), keys=ledger_keys())


def ledger_keys() -> Keys:
    """What this installation can check with: its public keys and authentication keys, former ones too."""
    known = known_keys().values()
    return Keys(
        public={key.key_id: key.public_bytes() for key in known},
        mac={key.key_id: key.authentication for key in known},
    )


def _witness() -> Iterator[dict[str, Any]] | None:
    folder = Path(settings.WITNESS_DIR)
    return read_witness(folder) if folder.is_dir() else None
