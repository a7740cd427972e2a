"""Dates as people type them: 2026-03-05, 2026.3.5, 20260305, 2026年3月5日, full-width digits included."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms

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


class ChineseDateField(forms.Field):
    """A date typed freely. Keeps what was typed when it is no date."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "例如 2026.3.5 或者 20260305")
        super().__init__(**options)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("class", "input-short")

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date):
            return value
        if value in self.empty_values:
            return None
        day = read_date(str(value))
        if day is None:
            raise forms.ValidationError(f"{self.label}应为日期，例如 2026.3.5", code="invalid")
        return day

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.date) else value
