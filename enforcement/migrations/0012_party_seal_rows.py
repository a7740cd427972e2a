"""Seal what parties hold in clear, in batches; backwards it is opened again.

The sealing is written out here as it was on this day: a migration must do the same in every later version.
"""

import base64
import hmac
import secrets
import uuid
from typing import Any, ClassVar

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.db import migrations

BATCH = 500
SUITES = {"intl": ("sha256", algorithms.AES, 32), "guomi": ("sm3", algorithms.SM4, 16)}
COLUMNS = {"id_number": "party.id_number", "phone": "party.phone"}


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _keys() -> list[tuple[str, str, bytes]]:
    entries = [
        part.strip().split(":") for part in settings.DATA_KEYS.replace("\n", ",").split(",") if part.strip()
    ]
    return [(key_id, suite, _bytes(secret)) for key_id, suite, secret in entries]


def _derived(suite: str, secret: bytes, purpose: str, length: int) -> bytes:
    return hmac.new(secret, f"hengdu|{suite}|{purpose}".encode(), SUITES[suite][0]).digest()[:length]


def _cipher(suite: str, secret: bytes, nonce: bytes, tag: bytes | None) -> Any:
    _, cipher, length = SUITES[suite]
    return Cipher(cipher(_derived(suite, secret, "cipher", length)), modes.GCM(nonce, tag))


def _seal(plain: str, place: str) -> str:
    key_id, suite, secret = _keys()[0]
    nonce = secrets.token_bytes(12)
    encryptor = _cipher(suite, secret, nonce, None).encryptor()
    encryptor.authenticate_additional_data(f"hd1|{suite}|{key_id}|{place}".encode())
    sealed = encryptor.update(plain.encode()) + encryptor.finalize() + encryptor.tag
    return f"hd1.{suite}.{key_id}.{_text(nonce + sealed)}"


def _open(stored: str, place: str) -> str:
    _, suite, key_id, body = stored.split(".")
    secret = next(key[2] for key in _keys() if key[:2] == (key_id, suite))
    content = _bytes(body)
    decryptor = _cipher(suite, secret, content[:12], content[-16:]).decryptor()
    decryptor.authenticate_additional_data(f"hd1|{suite}|{key_id}|{place}".encode())
    plain: bytes = decryptor.update(content[12:-16]) + decryptor.finalize()
    return plain.decode()


def _token(plain: str, column: str) -> str:
    key_id, suite, secret = _keys()[0]
    key = _derived(suite, secret, f"index|{column}", 32)
    return f"{suite}.{key_id}.{_text(hmac.new(key, plain.encode(), SUITES[suite][0]).digest())}"


def seal_rows(apps: Any, schema_editor: Any) -> None:
    party_model = apps.get_model("enforcement", "Party")
    for row in party_model.objects.order_by("pk").iterator(chunk_size=BATCH):
        # A column added with a default gives every row that was there the same value.
        row.seal_id = uuid.uuid4()
        # Only normal forms were ever stored, so the token of the stored number is that of the typed one.
        row.id_number_index = _token(row.id_number, COLUMNS["id_number"]) if row.id_number else None
        for name, column in COLUMNS.items():
            if getattr(row, name):
                setattr(row, name, _seal(getattr(row, name), f"{column}|{row.seal_id}"))
        row.save(update_fields=["seal_id", "id_number_index", *COLUMNS])


def open_rows(apps: Any, schema_editor: Any) -> None:
    party_model = apps.get_model("enforcement", "Party")
    for row in party_model.objects.order_by("pk").iterator(chunk_size=BATCH):
        for name, column in COLUMNS.items():
            if getattr(row, name):
                setattr(row, name, _open(getattr(row, name), f"{column}|{row.seal_id}"))
        row.id_number_index = None
        row.save(update_fields=["id_number_index", *COLUMNS])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0011_party_sealed_columns")]

    operations: ClassVar = [migrations.RunPython(seal_rows, open_rows)]
