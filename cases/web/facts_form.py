"""The form of facts: one group of controls per fact, ordered by what the analysis needs first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from cases.analysis import Analysis, AnalysisInput, FactRecord
from cases.services.record_facts import NOTE_LIMIT, FactAnswer
from cases.statuses import FactSource
from enforcement.conditions.facts import display_value, fact_to_json, plain_decimal
from enforcement.conditions.vocabulary import FactDefinition, FactType
from enforcement.typed_dates import read_date
from enforcement.web.stale_saves import OpenedForm
from enforcement.wording import date_zh, money_text

SOURCES = [(source.value, source.label) for source in FactSource if source != FactSource.COMPUTED]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact on the page: its words and its three controls."""

    code: str
    definition: FactDefinition
    value: BoundField
    source: BoundField
    note: BoundField
    is_asked: bool
    computed: str
    unit: str

    @property
    def source_words(self) -> str:
        """The chosen source, for the summary line of the folded controls."""
        return dict(SOURCES).get(str(self.source.value()), "")


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Rows under one heading."""

    title: str
    hint: str
    rows: tuple[FactRow, ...]
    is_folded: bool = False


class FactsForm(OpenedForm):
    """Fields `value:<code>`, `source:<code>`, `note:<code>` for every fact that could matter in the case."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput(attrs={"id": "facts-lock"}))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        definitions: Sequence[FactDefinition],
        inputs: AnalysisInput,
        held: Mapping[str, Any],
        lock_version: int,
        asked: Sequence[str] = (),
    ) -> None:
        super().__init__(data, initial={"lock_version": lock_version})
        self.fields["opened_as"].widget.attrs["id"] = "facts-opened"
        self.definitions, self.inputs, self.held, self.asked = definitions, inputs, held, asked
        for definition in definitions:
            self._add_fields(definition)

    def _add_fields(self, definition: FactDefinition) -> None:
        kept = self.held.get(definition.code, {})
        record = self.inputs.records.get(definition.code) if kept else None
        value = _value_field(definition)
        value.initial = _shown(definition, record)
        self.fields[f"value:{definition.code}"] = value
        self.fields[f"source:{definition.code}"] = forms.ChoiceField(
            label=f"“{definition.label}”的来源",
            choices=SOURCES,
            required=False,
            initial=kept.get("source", FactSource.SITE_RECORD),
        )
        self.fields[f"note:{definition.code}"] = forms.CharField(
            label=f"“{definition.label}”的出处",
            required=False,
            max_length=NOTE_LIMIT,
            initial=kept.get("note", ""),
            widget=forms.TextInput(attrs={"placeholder": "出处，例如：第 2 页"}),
        )

    def answers(self) -> dict[str, FactAnswer]:
        """What differs from the page as it was shown; an unchanged answer is not sent."""
        changed: dict[str, FactAnswer] = {}
        for definition in self.definitions:
            names = [f"{part}:{definition.code}" for part in ("value", "source", "note")]
            typed = [str(self.cleaned_data.get(name) or "").strip() for name in names]
            was = [str(self.fields[name].initial or "").strip() for name in names]
            is_new = typed[0] and definition.code not in self.held
            if typed[0] != was[0] or (definition.code in self.held and typed != was) or is_new:
                changed[definition.code] = FactAnswer(
                    _raw(definition, typed[0]), typed[1] or "officer", typed[2]
                )
        return changed

    def add_fact_errors(self, fields: Mapping[str, str]) -> None:
        """Sentences of the service at the facts they are about."""
        for code, sentence in fields.items():
            name = f"value:{code}"
            self.add_error(name if name in self.fields else None, sentence)

    @property
    def groups(self) -> tuple[FactGroup, ...]:
        """First what could still change the answer, then what is recorded, then the rest."""
        asked = [one for code in self.asked for one in self.definitions if one.code == code]
        recorded = [one for one in self.definitions if one.code in self.held and one not in asked]
        rest = [one for one in self.definitions if one not in asked and one not in recorded]
        groups = (
            FactGroup("先查明这些事实", "只有它们还会改变结论。", self._rows(asked)),
            FactGroup("已记录", "修改后自动重新分析。", self._rows(recorded)),
            FactGroup(
                "其他有关事实",
                "现在不影响结论，可以不填",
                self._rows(rest),
                is_folded=not self._has_errors(rest),
            ),
        )
        return tuple(group for group in groups if group.rows)

    def _has_errors(self, definitions: Sequence[FactDefinition]) -> bool:
        return any(f"value:{one.code}" in self.errors for one in definitions)

    def _rows(self, definitions: Sequence[FactDefinition]) -> tuple[FactRow, ...]:
        return tuple(
            FactRow(
                code=one.code,
                definition=one,
                value=self[f"value:{one.code}"],
                source=self[f"source:{one.code}"],
                note=self[f"note:{one.code}"],
                is_asked=one.code in self.asked,
                computed=_computed_words(one, self.inputs.records.get(one.code)),
                unit=one.unit,
            )
            for one in definitions
        )


def relevant_definitions(inputs: AnalysisInput, analysis: Analysis) -> list[FactDefinition]:
    """Definitions of every fact the rules in force look at, asked ones first, then those already recorded."""
    codes = dict.fromkeys(analysis.questions)
    codes |= dict.fromkeys(inputs.fact_codes())
    codes |= dict.fromkeys(code for code in inputs.records if code in inputs.vocabulary)
    return [inputs.vocabulary[code] for code in codes if code in inputs.vocabulary]


def _value_field(definition: FactDefinition) -> forms.Field:
    attrs = {"id": f"fact-{definition.code}"}
    label, hint = definition.label, definition.question
    if definition.type is FactType.BOOLEAN:
        words = ("属实", "不属实") if definition.confirmed_by_officer else ("是", "否")
        choices = [("", "未查明"), ("true", words[0]), ("false", words[1])]
        return forms.ChoiceField(
            label=label, help_text=hint, choices=choices, required=False, widget=forms.Select(attrs=attrs)
        )
    if definition.options:
        choices = [("", "未查明"), *((option, option) for option in definition.options)]
        return forms.ChoiceField(
            label=label, help_text=hint, choices=choices, required=False, widget=forms.Select(attrs=attrs)
        )
    mode = "decimal" if definition.type in (FactType.MONEY, FactType.DECIMAL) else "numeric"
    if definition.type in (FactType.TEXT, FactType.DATE):
        mode = "text"
    widget = forms.TextInput(
        attrs={**attrs, "class": "input-short", "inputmode": mode, "autocomplete": "off"}
    )
    return forms.CharField(label=label, help_text=hint, required=False, max_length=200, widget=widget)


def _shown(definition: FactDefinition, record: FactRecord | None) -> str:
    """The recorded answer as the control shows it."""
    if record is None:
        return ""
    value = record.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if definition.type is FactType.MONEY and isinstance(value, int):
        return money_text(value)
    if isinstance(value, dt.date):
        return date_zh(value)
    return plain_decimal(value) if isinstance(value, Decimal) else str(fact_to_json(value))


def _raw(definition: FactDefinition, typed: str) -> object:
    if definition.type is FactType.DATE:
        return read_date(typed) or typed
    return typed


def _computed_words(definition: FactDefinition, record: FactRecord | None) -> str:
    if record is None or record.source != FactSource.COMPUTED:
        return ""
    return (
        f"系统计算：{display_value(definition, record.value)}（{record.note}）。与查明的不一致时，在此填写。"
    )
