"""Small secrets of our own at rest: sealed with a key drawn from SECRET_KEY, or kept as a keyed digest only.

For second-factor secrets, recovery codes, and forms held during a step-up. Former keys in SECRET_KEY_FALLBACKS still open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class BrokenSeal(Exception):
    """The text was not sealed by us for this purpose, was changed, or is older than allowed."""


def seal(text: str, *, purpose: str) -> str:
    """`text`, encrypted and authenticated; opens only with the same `purpose`."""
    return _box(purpose).encrypt(text.encode("utf-8")).decode("ascii")


def unseal(sealed: str, *, purpose: str, max_age_seconds: int | None = None) -> str:
    """What was sealed. Raises `BrokenSeal`."""
    try:
        return _box(purpose).decrypt(sealed.encode("ascii"), ttl=max_age_seconds).decode("utf-8")
    except (InvalidToken, UnicodeError) as error:
        raise BrokenSeal(purpose) from error


def seal_bytes(content: bytes, *, purpose: str) -> bytes:
    """A file, encrypted and authenticated; a third longer than it was."""
    return _box(purpose).encrypt(content)


def unseal_bytes(sealed: bytes, *, purpose: str) -> bytes:
    """The file that was sealed. Raises `BrokenSeal`."""
    try:
        return _box(purpose).decrypt(sealed)
    except InvalidToken as error:
        raise BrokenSeal(purpose) from error


def keyed_digest(text: str, *, purpose: str) -> str:
    """64 hexadecimal digits that tell nothing about `text` without our key."""
    return hmac.new(_key(settings.SECRET_KEY, purpose), text.encode("utf-8"), hashlib.sha256).hexdigest()


def _box(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(secret, purpose))) for secret in secrets])


def _key(secret: str | bytes, purpose: str) -> bytes:
    derivation = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=f"hengdu:{purpose}".encode("ascii")
    )
    return derivation.derive(secret.encode("utf-8") if isinstance(secret, str) else secret)
