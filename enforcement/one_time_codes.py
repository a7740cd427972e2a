"""Codes of an authenticator app (RFC 6238, six digits, 30 seconds) and recovery codes. Pure but for making secrets."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from urllib.parse import quote

from django_otp.oath import TOTP

ISSUER = "衡度"
SECRET_BYTES = 20
DIGITS, STEP_SECONDS = 6, 30
# A telephone may be half a minute off, or the person slow.
TOLERATED_STEPS = 1
RECOVERY_CODES = 10
# No 0/O, 1/I/L: people copy these from paper.
RECOVERY_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECOVERY_HALF = 5


def new_secret() -> str:
    """A shared secret in the base32 form people can type."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def in_groups(secret: str) -> str:
    """The secret in groups of four, to be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def provisioning_uri(secret: str, *, username: str) -> str:
    """What the square code of the set-up page holds."""
    label = quote(f"{ISSUER}:{username}")
    return (
        f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}&digits={DIGITS}&period={STEP_SECONDS}"
    )


def tidy(typed: str) -> str:
    """Full-width characters, blanks and hyphens do not matter; neither does case."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(character for character in folded if character.isalnum())


def is_app_code(tidied: str) -> bool:
    return len(tidied) == DIGITS and tidied.isascii() and tidied.isdigit()


def accepted_step(secret: str, tidied: str, *, at: int, after: int) -> int | None:
    """The time step whose code was typed, if it is close to `at` (epoch seconds) and later than step `after`."""
    generator = TOTP(base64.b32decode(secret), step=STEP_SECONDS, digits=DIGITS)
    generator.time = at
    if is_app_code(tidied) and generator.verify(int(tidied), tolerance=TOLERATED_STEPS, min_t=after + 1):
        return int(generator.t())
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of 49 bits each, written in two halves."""
    return [f"{_half()}-{_half()}" for _ in range(RECOVERY_CODES)]


def _half() -> str:
    return "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_HALF))
