"""The two cryptographic profiles. Pure: keys and nonces are handed in.

`intl` is SHA-256, HMAC-SHA-256 and AES-256-GCM; `guomi` is SM3 (GB/T 32905), HMAC-SM3 and SM4-GCM (GB/T 32907).
Both are software: neither is a certified cryptographic module.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, algorithms, modes

NONCE_BYTES = 12
TAG_BYTES = 16


class SealBroken(Exception):
    """A sealed value was altered, moved to another row or column, or belongs to a key that is not in the ring."""


@dataclass(frozen=True, slots=True)
class CryptoSuite:
    """Digest, keyed digest and authenticated encryption of one profile. `cipher_key_bytes` is its cipher's key."""

    name: str
    label: str
    digest_name: str
    cipher: Callable[[bytes], BlockCipherAlgorithm]
    cipher_key_bytes: int

    def digest(self, content: bytes) -> bytes:
        """32 bytes."""
        return hashlib.new(self.digest_name, content).digest()

    def mac(self, key: bytes, content: bytes) -> bytes:
        """HMAC over the profile's digest, 32 bytes."""
        return hmac.new(key, content, self.digest_name).digest()

    def derived_key(self, secret: bytes, purpose: str, length: int) -> bytes:
        """A key for one purpose, so that no key serves both a cipher and an index. `length` is at most 32."""
        return self.mac(secret, f"hengdu|{self.name}|{purpose}".encode())[:length]

    def seal(self, secret: bytes, *, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """Cipher text followed by a 16-byte tag that also covers `bound`. A nonce is never used twice with a key."""
        key = self.derived_key(secret, "cipher", self.cipher_key_bytes)
        return self.encrypt(key, nonce=nonce, plain=plain, bound=bound)

    def open(self, secret: bytes, *, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """The plain bytes. Raises `SealBroken` when anything differs from what was sealed."""
        key = self.derived_key(secret, "cipher", self.cipher_key_bytes)
        return self.decrypt(key, nonce=nonce, sealed=sealed, bound=bound)

    def encrypt(self, key: bytes, *, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """The bare algorithm, with the cipher's own key: what the standard vectors speak of."""
        encryptor = Cipher(self.cipher(key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def decrypt(self, key: bytes, *, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Reverse of `encrypt`. Raises `SealBroken`."""
        if len(nonce) != NONCE_BYTES or len(sealed) < TAG_BYTES:
            raise SealBroken("密文长度不对")
        content, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        decryptor = Cipher(self.cipher(key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(bound)
        try:
            return decryptor.update(content) + decryptor.finalize()
        except InvalidTag:
            raise SealBroken("密文校验不通过") from None


INTL = CryptoSuite("intl", "SHA-256 / AES-256-GCM", "sha256", algorithms.AES, 32)
GUOMI = CryptoSuite("guomi", "SM3 / SM4-GCM", "sm3", algorithms.SM4, 16)
SUITES = {suite.name: suite for suite in (INTL, GUOMI)}
