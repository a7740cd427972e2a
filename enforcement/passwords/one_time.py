"""One-time passwords: made by the system, told once, changed at the first sign-in."""

from __future__ import annotations

import datetime as dt
import secrets

# Letters and digits that are not mistaken for each other when read out or written down.
UPPER, LOWER, DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"
GROUPS, GROUP_LENGTH = 4, 4
ONE_TIME_PASSWORD_AGE = dt.timedelta(days=7)


def new_one_time_password() -> str:
    """Four groups of four with a hyphen between, 88 bits; every class of characters occurs."""
    while True:
        characters = [secrets.choice(UPPER + LOWER + DIGITS) for _ in range(GROUPS * GROUP_LENGTH)]
        if all(set(kind) & set(characters) for kind in (UPPER, LOWER, DIGITS)):
            break
    text = "".join(characters)
    return "-".join(text[start : start + GROUP_LENGTH] for start in range(0, len(text), GROUP_LENGTH))


def has_lapsed(*, must_change: bool, set_at: dt.datetime | None, now: dt.datetime) -> bool:
    """True when a password that was to be changed at the first sign-in was left unused for a week."""
    return must_change and set_at is not None and now - set_at > ONE_TIME_PASSWORD_AGE
