"""A text area whose value is its non-empty lines: how a list of texts is typed."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST = 20_000


class LinesField(forms.CharField):
    """Cleans to `list[str]`; shows a list one text a line."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value
