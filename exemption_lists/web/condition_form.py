"""The typed-condition form: what was posted as rows, and the rows as the template draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import ConditionError
from enforcement.conditions.tree import Condition, Operator
from enforcement.conditions.vocabulary import FactDefinition, FactType, Vocabulary
from exemption_lists.condition_rows import (
    SEVERAL_VALUES,
    ConditionForm,
    ConditionRow,
    condition_of,
    operators_for,
)

MOST_ROWS = 60
GROUPS = tuple(str(number) for number in range(1, 10))
OWN_TOPIC = "本条专用事实"
NUMBER_MODES = {FactType.INTEGER: "numeric", FactType.DECIMAL: "decimal", FactType.MONEY: "decimal"}


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with what its inputs need: allowed comparisons, options of the value, its unit and input mode."""

    number: int
    row: ConditionRow
    operators: list[tuple[str, str]]
    options: tuple[tuple[str, str], ...]
    several: bool
    is_interval: bool
    low: str
    high: str
    unit: str
    input_mode: str
    hint: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The sentence the rows would print, or why they cannot be read yet."""

    sentence: str
    problems: tuple[str, ...]


def read_post(data: QueryDict) -> ConditionForm:
    """The rows as posted, in order, after the requested row was removed or added."""
    count = _number(data.get("count"), upper=MOST_ROWS)
    act = data.get("act", "")
    removed = _number(act.removeprefix("remove-"), upper=MOST_ROWS) if act.startswith("remove-") else 0
    rows = [_posted_row(data, number) for number in range(1, count + 1) if number != removed]
    if act == "add" and len(rows) < MOST_ROWS:
        rows.append(ConditionRow())
    return ConditionForm("any" if data.get("logic") == "any" else "all", tuple(rows) or (ConditionRow(),))


def _posted_row(data: QueryDict, number: int) -> ConditionRow:
    group = data.get(f"group-{number}", "")
    return ConditionRow(
        fact=data.get(f"fact-{number}", ""),
        op=data.get(f"op-{number}", Operator.EQ.value),
        values=tuple(data.getlist(f"value-{number}")),
        group=group if group in GROUPS else "",
    )


def _number(text: str | None, *, upper: int) -> int:
    return min(int(text), upper) if text and text.isdecimal() else 0


def row_views(form: ConditionForm, definitions: Vocabulary) -> list[RowView]:
    """Every row with its inputs."""
    return [_view(number, row, definitions.get(row.fact)) for number, row in enumerate(form.rows, start=1)]


def _view(number: int, row: ConditionRow, definition: FactDefinition | None) -> RowView:
    operators = operators_for(definition) if definition else []
    chosen = row.op if row.op in dict(operators) else Operator.EQ.value
    values = (*row.values, "", "")
    return RowView(
        number=number,
        row=ConditionRow(row.fact, chosen, row.values, row.group),
        operators=operators,
        options=_options(definition),
        several=chosen in SEVERAL_VALUES,
        is_interval=chosen == Operator.BETWEEN,
        low=values[0],
        high=values[1],
        unit=definition.unit if definition else "",
        input_mode=NUMBER_MODES.get(definition.type, "text") if definition else "text",
        hint="例如 2025-03-01" if definition and definition.type is FactType.DATE else "",
    )


def _options(definition: FactDefinition | None) -> tuple[tuple[str, str], ...]:
    if definition is None:
        return ()
    if definition.type is FactType.BOOLEAN:
        words = ("属实", "不属实") if definition.confirmed_by_officer else ("是", "否")
        return (("true", words[0]), ("false", words[1]))
    return tuple((option, option) for option in definition.options)


def facts_by_topic(
    standard: Vocabulary, own: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of the fact select, grouped by topic; the entry's own facts come first."""
    topics: dict[str, list[tuple[str, str]]] = {}
    if own:
        topics[OWN_TOPIC] = [(str(fact["code"]), _own_label(fact)) for fact in own]
    for definition in standard.values():
        topics.setdefault(definition.topic or "其他", []).append((definition.code, definition.label))
    return list(topics.items())


def _own_label(fact: Mapping[str, Any]) -> str:
    label = " ".join(str(fact["label"]).split())
    shortened = label if len(label) <= 40 else f"{label[:39]}…"
    return f"由执法人员确认：{shortened}" if fact.get("confirmed_by_officer") else shortened


def preview_of(form: ConditionForm, definitions: Vocabulary) -> tuple[Preview, Condition | None]:
    """The sentence of the rows and the condition, or the problems and None."""
    try:
        condition = condition_of(form, definitions)
    except ConditionError as error:
        return Preview("", tuple(error.problems)), None
    return Preview(describe(condition, definitions), ()), condition
