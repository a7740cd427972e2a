"""The key of the ledger: one secret, from which a signing key and an authentication key are derived.

The signing key (Ed25519) signs checkpoints; its public half is for everyone. The authentication key makes the MAC of
each entry, so that somebody who can write to the database but not read the secret cannot forge one.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """`key_id` is the first 16 hexadecimal digits of the SHA-256 of the raw public key."""

    key_id: str
    signing: Ed25519PrivateKey
    authentication: bytes

    def public_bytes(self) -> bytes:
        """The raw public key, 32 bytes."""
        return self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def public_pem(self) -> str:
        pem = self.signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return pem.decode("ascii")

    def mac_of(self, digest: str) -> str:
        """HMAC-SHA-256 of an entry's hash, 64 hexadecimal digits."""
        return hmac.new(self.authentication, digest.encode("ascii"), hashlib.sha256).hexdigest()


def current_key() -> LedgerKey:
    """The key new entries and checkpoints are made with."""
    return _derived(settings.LEDGER_KEY)


def known_keys() -> dict[str, LedgerKey]:
    """The current key and those it replaced, by key id; old entries stay verifiable."""
    keys = [_derived(secret) for secret in (settings.LEDGER_KEY, *settings.LEDGER_FORMER_KEYS)]
    return {key.key_id: key for key in keys}


@cache
def _derived(secret: str) -> LedgerKey:
    signing = Ed25519PrivateKey.from_private_bytes(_stretched(secret, b"hengdu ledger signing"))
    public = signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return LedgerKey(
        key_id=hashlib.sha256(public).hexdigest()[:16],
        signing=signing,
        authentication=_stretched(secret, b"hengdu ledger authentication"),
    )


def _stretched(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode("utf-8"))
