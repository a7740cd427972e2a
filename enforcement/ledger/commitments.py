"""Commitments: the ledger proves which value was meant without holding it.

A commitment is SHA-256(salt ‖ canonical form of the value). It stands in the entry for good; the salt lives in a table
of its own. Once the salt is deleted nobody can try out values against the commitment, and the chain stays whole.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from enforcement.ledger.canonical import canonical_json

SALT_BYTES = 16


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def commitment_of(salt: bytes, value: Any) -> str:
    """64 hexadecimal digits. Raises TypeError for values without a canonical form, such as floats."""
    return hashlib.sha256(salt + canonical_json(value).encode("utf-8")).hexdigest()


def commit(values: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Commitments and salts by name."""
    salts = {name: new_salt() for name in values}
    return {name: commitment_of(salts[name], value) for name, value in values.items()}, salts


def opens(commitment: str, *, salt: bytes, claimed: Any) -> bool:
    """Whether `claimed` is the value that was committed to."""
    return hmac.compare_digest(commitment, commitment_of(salt, claimed))
