"""The form of a trial: one field per fact the benchmark asks for, everything may stay open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from enforcement.conditions.facts import FactError, parse_fact
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import FactDefinition, FactType

OPEN = "尚未查明"
INPUT_MODES = {FactType.INTEGER: "numeric", FactType.DECIMAL: "decimal", FactType.MONEY: "decimal"}
HINTS = {FactType.MONEY: "金额，例如 8000 或者 1.2万元", FactType.DATE: "日期，例如 2026-03-05"}


class FactField(forms.Field):
    """One fact; cleans to its typed value, None while it is open."""

    def __init__(self, definition: FactDefinition) -> None:
        super().__init__(
            label=definition.question or definition.label,
            required=False,
            widget=_widget(definition),
            help_text=_hint(definition),
        )
        self.definition = definition

    def clean(self, value: Any) -> FactValue | None:
        try:
            return parse_fact(self.definition, value)
        except FactError as error:
            raise forms.ValidationError(str(error)) from None


class TrialForm(forms.Form):
    """Built from the facts; answers come from the address and go nowhere else."""

    def __init__(self, *args: Any, questions: Iterable[FactDefinition], **options: Any) -> None:
        options.setdefault("auto_id", "trial-%s")
        super().__init__(*args, **options)
        for definition in questions:
            self.fields[definition.code] = FactField(definition)

    def answers(self) -> dict[str, FactValue]:
        """The facts that were answered and can be read."""
        if not self.is_bound:
            return {}
        return {code: value for code, value in self.cleaned_data.items() if value is not None}


def _widget(definition: FactDefinition) -> forms.Widget:
    choices = _choices(definition)
    if choices:
        return forms.Select(choices=[("", OPEN), *choices])
    return forms.TextInput(
        attrs={
            "class": "input-short",
            "autocomplete": "off",
            "inputmode": INPUT_MODES.get(definition.type, "text"),
        }
    )


def _choices(definition: FactDefinition) -> list[tuple[str, str]]:
    if definition.type is FactType.BOOLEAN:
        words = ("属实", "不属实") if definition.confirmed_by_officer else ("是", "否")
        return [("true", words[0]), ("false", words[1])]
    return [(option, option) for option in definition.options]


def _hint(definition: FactDefinition) -> str:
    if definition.type in HINTS:
        return HINTS[definition.type]
    return f"单位：{definition.unit}" if definition.unit and not _choices(definition) else ""
