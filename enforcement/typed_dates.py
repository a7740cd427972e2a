"""Dates as people type them: 2026-03-05, 2026.3.5, 20260305, 2026年3月5日, full-width digits included."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_SPELLINGS = (
    re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?"),
)


def read_date(text: str) -> dt.date | None:
    """The day meant, or None when it is not a date."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    for spelling in _SPELLINGS:
        found = spelling.fullmatch(plain)
        if found:
            try:
                return dt.date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None
