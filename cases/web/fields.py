"""Form fields of case pages beside the shared ones: money as people type it."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.conditions.facts import FactError, parse_fact
from enforcement.conditions.vocabulary import FactDefinition, FactType
from enforcement.web.date_field import ChineseDateField
from enforcement.wording import money_text

_MONEY = FactDefinition("money", "金额", FactType.MONEY, "元")


def day_field(label: str, **options: Any) -> ChineseDateField:
    """A date typed freely, with the sentence for an empty one."""
    return ChineseDateField(label=label, error_messages={"required": f"填写{label}"}, **options)


class MoneyField(forms.Field):
    """Yuan with or without separators, or 0.8万; cleans to integer fen."""

    widget = forms.TextInput(attrs={"class": "input-short", "inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        if value in self.empty_values or not str(value).strip():
            return None
        text = str(value).strip()
        try:
            return parse_fact(_MONEY, text)
        except FactError:
            raise forms.ValidationError(
                f"{self.label}应为金额，例如 8,000 或 0.8万，现在是“{text}”"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return money_text(value) if isinstance(value, int) else value
