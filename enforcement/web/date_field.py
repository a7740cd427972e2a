"""A form field for dates typed freely."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from enforcement.typed_dates import read_date


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
