"""Who seals and opens: software in this process, or a device a deployer plugs in (security.md E4).

Stored form of a sealed value: `hd1.<profile>.<key id>.<base64url of nonce, cipher text, tag>`; of an index token:
`<profile>.<key id>.<base64url of the keyed digest>`. Profile and key id stand beside each value, so that keys and
profiles can be exchanged while everything stays readable.

A hardware module or a certified cipher machine is joined by writing a class with the methods of
`SealingDevice` and naming it in the setting `SEALING_DEVICE`. The software device is not a certified module.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from enforcement.crypto.key_ring import DataKey, KeyRing, read_key_ring
from enforcement.crypto.suites import NONCE_BYTES, SealBroken

FORM = "hd1"


class SealingDevice(Protocol):
    """What the fields need. `place` names column and row, so that a value moved elsewhere does not open."""

    def seal(self, plain: str, *, place: str) -> str:
        """The stored form of `plain` under the sealing key."""

    def open(self, stored: str, *, place: str) -> str:
        """The plain text. Raises `SealBroken`."""

    def index_tokens(self, text: str, *, column: str) -> Sequence[str]:
        """Tokens of `text` under every key that may still stand in the column; the sealing key's first."""

    def prefixes(self) -> tuple[str, str]:
        """What stored values and what tokens of the sealing key begin with."""

    def is_current(self, stored: str) -> bool:
        """Whether a stored value or token was made with the sealing key."""


class SoftwareDevice:
    """`SealingDevice` over a key ring in memory."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring

    def seal(self, plain: str, *, place: str) -> str:
        key, nonce = self.ring.active, secrets.token_bytes(NONCE_BYTES)
        sealed = key.suite.seal(key.secret, nonce=nonce, plain=plain.encode(), bound=_bound(key, place))
        return f"{FORM}.{key.suite.name}.{key.key_id}.{_text(nonce + sealed)}"

    def open(self, stored: str, *, place: str) -> str:
        parts = stored.split(".")
        if len(parts) != 4 or parts[0] != FORM:
            raise SealBroken("存储的内容不是密文")
        key, content = self.ring.named(parts[2], parts[1]), _bytes(parts[3])
        nonce, sealed = content[:NONCE_BYTES], content[NONCE_BYTES:]
        return key.suite.open(key.secret, nonce=nonce, sealed=sealed, bound=_bound(key, place)).decode()

    def index_tokens(self, text: str, *, column: str) -> Sequence[str]:
        return [_token(key, text, column) for key in self.ring.keys]

    def prefixes(self) -> tuple[str, str]:
        own = f"{self.ring.active.suite.name}.{self.ring.active.key_id}."
        return f"{FORM}.{own}", own

    def is_current(self, stored: str) -> bool:
        return stored.startswith(self.prefixes())


def _bound(key: DataKey, place: str) -> bytes:
    return f"{FORM}|{key.suite.name}|{key.key_id}|{place}".encode()


def _token(key: DataKey, text: str, column: str) -> str:
    secret = key.suite.derived_key(key.secret, f"index|{column}", 32)
    return f"{key.suite.name}.{key.key_id}.{_text(key.suite.mac(secret, text.encode()))}"


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Only the one way `_text` writes it: a second spelling of the same bytes would be an unnoticed change."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SealBroken("密文编码不对") from None
    if _text(content) != text:
        raise SealBroken("密文编码不对")
    return content


def sealing_device() -> SealingDevice:
    """The device of the settings over the ring of the settings; made once per ring."""
    return _device(settings.SEALING_DEVICE, settings.DATA_KEYS)


@lru_cache(maxsize=4)
def _device(path: str, keys: str) -> SealingDevice:
    device: SealingDevice = import_string(path)(read_key_ring(keys))
    return device
