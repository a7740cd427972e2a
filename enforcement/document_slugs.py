"""Slugs of documents and entries: text such as 4-27, §1.1 or （一） becomes a stable part of an address. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from enforcement.conditions.chinese_numbers import read_number

LONGEST_ENTRY_SLUG = 40
LONGEST_DOCUMENT_SLUG = 60
_CHINESE_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百千]+")


def slug_text(text: str, *, longest: int) -> str:
    """Lower-case letters, digits and hyphens of `text`; Chinese numerals become digits. May be empty."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _CHINESE_NUMERAL.sub(lambda found: str(read_number(found.group()) or ""), plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def entry_slugs(serials: Iterable[str], *, stem: str, taken: Iterable[str] = ()) -> Iterator[str]:
    """One unique slug per serial, in order. A serial without usable characters, or used twice, gets a number.

    The same serial keeps its slug from version to version, so that an entry keeps its address stem.
    """
    used = set(taken)
    for serial in serials:
        base = slug_text(serial, longest=LONGEST_ENTRY_SLUG) or stem
        candidate, number = base, 2
        while candidate in used:
            candidate, number = f"{base}-{number}", number + 1
        used.add(candidate)
        yield candidate


def document_slug(*parts: str) -> str:
    """A slug for a new document from its kind, its agency's code and its file's name."""
    return slug_text("-".join(parts), longest=LONGEST_DOCUMENT_SLUG) or "document"
