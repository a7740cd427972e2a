"""Serials as they stand in permalinks: text such as 1-1, §3.5.1 or （一） becomes a stable, unique slug. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from enforcement.conditions.chinese_numbers import read_number

LONGEST = 40
_CHINESE_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百千]+")


def slug_of_serial(serial: str) -> str:
    """Lower-case letters, digits and hyphens; Chinese numerals become digits; "entry" when nothing is left."""
    plain = unicodedata.normalize("NFKC", serial).lower()
    plain = _CHINESE_NUMERAL.sub(lambda found: _digits(found.group()), plain)
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return slug or "entry"


def unique_slug(*, serial: str, kind: str, taken: Iterable[str]) -> str:
    """The serial's slug; when it is taken, with the kind before it (lists of one document often each begin at 1)."""
    used = set(taken)
    base = slug_of_serial(serial)
    named = f"{kind.replace('_', '-')}-{base}"
    for candidate in (base, named):
        if candidate not in used:
            return candidate
    number = 2
    while f"{named}-{number}" in used:
        number += 1
    return f"{named}-{number}"


def _digits(numeral: str) -> str:
    number = read_number(numeral)
    return numeral if number is None else str(number)
