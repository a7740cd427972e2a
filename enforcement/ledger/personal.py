"""A last guard before the ledger, which can never forget: numbers that identify a person are masked in every text.

Callers already keep personal values out (they are committed to, not stored). What people type as a reason may still
hold a number; names cannot be recognised, which is why forms ask for none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MASK = "●●●●"
# Not inside a longer run of letters or digits: a digest in hexadecimal is left alone.
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
IDENTIFYING = re.compile(
    f"{_BEFORE}(?:"
    r"\d{17}[\dXx]|\d{15}"  # 居民身份证号
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile telephone
    r"|\d{16}|\d{19}"  # bank card
    f"){_AFTER}"
)


def without_identifiers(text: str) -> str:
    """`text` with every ID, telephone and card number replaced by dots."""
    return IDENTIFYING.sub(MASK, text)


def masked(value: Any) -> Any:
    """`value` with every text inside it masked; numbers, dates and structure stay."""
    if isinstance(value, str):
        return without_identifiers(value)
    if isinstance(value, Mapping):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item) for item in value]
    return value
