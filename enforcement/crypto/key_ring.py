"""The data keys of an installation: which one seals now, and which older ones can still be opened. Pure.

Written as one entry per key, newest first, separated by commas or line breaks:

    k2:guomi:<32 random bytes in base64url>
    k1:intl:<32 random bytes in base64url>

The first entry seals; the others only open. A key leaves the ring when `rotate_data_keys` has moved every row.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache

from enforcement.crypto.suites import SUITES, CryptoSuite, SealBroken

SECRET_BYTES = 32
KEY_ID = re.compile(r"[a-z][a-z0-9]{0,15}")
HOW_TO_WRITE = "每个密钥写作“编号:算法:密钥”，算法为 intl 或 guomi，密钥为 32 字节的 base64url"


class KeyRingInvalid(ValueError):
    """The text is no key ring; the message is one Chinese sentence without any part of a key."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """One key. `repr` never shows the secret."""

    key_id: str
    suite: CryptoSuite
    secret: bytes

    def __repr__(self) -> str:
        return f"DataKey({self.key_id}, {self.suite.name})"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """At least one key, the sealing one first."""

    keys: tuple[DataKey, ...]

    @property
    def active(self) -> DataKey:
        return self.keys[0]

    def named(self, key_id: str, suite_name: str) -> DataKey:
        """Raises `SealBroken` for a key the ring does not hold."""
        for key in self.keys:
            if (key.key_id, key.suite.name) == (key_id, suite_name):
                return key
        raise SealBroken(f"密钥环中没有编号为“{key_id}”的 {suite_name} 密钥")


@lru_cache(maxsize=8)
def read_key_ring(text: str) -> KeyRing:
    """The ring written in `text`. Raises `KeyRingInvalid`."""
    entries = [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]
    keys = tuple(_read_key(number, entry) for number, entry in enumerate(entries, start=1))
    if not keys:
        raise KeyRingInvalid(f"没有数据密钥。{HOW_TO_WRITE}。")
    if len({key.key_id for key in keys}) < len(keys):
        raise KeyRingInvalid("数据密钥的编号有重复。每个密钥使用自己的编号。")
    return KeyRing(keys)


def _read_key(number: int, entry: str) -> DataKey:
    parts = entry.split(":")
    if len(parts) != 3 or not KEY_ID.fullmatch(parts[0]) or parts[1] not in SUITES:
        raise KeyRingInvalid(f"第 {number} 个数据密钥无法识别。{HOW_TO_WRITE}。")
    try:
        secret = base64.b64decode(
            parts[2].encode() + b"=" * (-len(parts[2]) % 4), altchars=b"-_", validate=True
        )
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != SECRET_BYTES or len(set(secret)) < 8:
        raise KeyRingInvalid(f"第 {number} 个数据密钥不是 32 个随机字节。{HOW_TO_WRITE}。")
    return DataKey(parts[0], SUITES[parts[1]], secret)


def new_key_text(key_id: str, suite_name: str) -> str:
    """An entry with a fresh secret."""
    secret = base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).rstrip(b"=").decode()
    return f"{key_id}:{suite_name}:{secret}"
