"""The typed condition as rows of a form, and back. Pure.

A form holds one logic (同时满足 / 满足其一) and rows; rows of one group are joined the other way round (a group
inside 同时满足 means 满足其一). Deeper trees cannot be shown as rows and are reported as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from enforcement.conditions.facts import FactError, display_money, fact_to_json, parse_fact
from enforcement.conditions.parse import OPERATORS_BY_TYPE, ConditionError, parse_condition
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, FactValue, Operator, all_of, any_of
from enforcement.conditions.vocabulary import FactDefinition, FactType

Logic = Literal["all", "any"]
Definitions = Mapping[str, FactDefinition]

SEVERAL_VALUES = frozenset({Operator.IN, Operator.NOT_IN})
OPERATOR_LABELS: Mapping[Operator, str] = {
    Operator.EQ: "等于",
    Operator.NE: "不等于",
    Operator.LT: "小于（不含本数）",
    Operator.LE: "不超过（含本数）",
    Operator.GT: "大于（不含本数）",
    Operator.GE: "不低于（含本数）",
    Operator.IN: "是其中之一",
    Operator.NOT_IN: "不是其中任何一个",
    Operator.BETWEEN: "在区间内（含两端）",
}


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One comparison as typed by a person. `group` "" stands alone; values are texts as typed."""

    fact: str = ""
    op: str = Operator.EQ.value
    values: tuple[str, ...] = ()
    group: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.fact and not any(value.strip() for value in self.values)


@dataclass(frozen=True, slots=True)
class ConditionForm:
    """A whole condition as a form shows it."""

    logic: Logic
    rows: tuple[ConditionRow, ...]


def operators_for(definition: FactDefinition) -> list[tuple[str, str]]:
    """(value, Chinese label) of the comparisons a fact's type allows."""
    allowed = OPERATORS_BY_TYPE[definition.type]
    return [(op.value, label) for op, label in OPERATOR_LABELS.items() if op in allowed]


def form_of(condition: Condition, definitions: Definitions) -> ConditionForm | None:
    """The condition as rows, or None when it is nested deeper than one group or negates a group."""
    if isinstance(condition, Compare):
        return ConditionForm("all", (_row(condition, "", definitions),))
    if not isinstance(condition, AllOf | AnyOf):
        return None
    rows: list[ConditionRow] = []
    groups = 0
    for child in condition.children:
        if isinstance(child, Compare):
            rows.append(_row(child, "", definitions))
            continue
        opposite = AnyOf if isinstance(condition, AllOf) else AllOf
        if not isinstance(child, opposite):
            return None
        groups += 1
        for leaf in child.children:
            if not isinstance(leaf, Compare):
                return None
            rows.append(_row(leaf, str(groups), definitions))
    return ConditionForm("all" if isinstance(condition, AllOf) else "any", tuple(rows))


def _row(leaf: Compare, group: str, definitions: Definitions) -> ConditionRow:
    definition = definitions[leaf.fact]
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return ConditionRow(
        leaf.fact, leaf.op.value, tuple(_typed_text(definition, value) for value in values), group
    )


def _typed_text(definition: FactDefinition, value: FactValue) -> str:
    """A value as a person would type it into the form; `condition_of` reads it back to the same value."""
    if definition.type is FactType.BOOLEAN:
        return "true" if value else "false"
    if definition.type is FactType.MONEY and isinstance(value, int):
        return display_money(value).removesuffix("元")
    return str(fact_to_json(value))


def condition_of(form: ConditionForm, definitions: Definitions) -> Condition:
    """The condition the rows say. Blank rows are passed over; no row at all is the condition that always holds.

    Raises ConditionError with one problem per faulty row.
    """
    problems: list[str] = []
    parts: list[tuple[str, Compare]] = []
    for number, row in enumerate(form.rows, start=1):
        if row.is_blank:
            continue
        try:
            parts.append((row.group, _compare(row, definitions)))
        except ConditionError as error:
            problems.extend(f"第 {number} 行：{problem}" for problem in error.problems)
    if problems:
        raise ConditionError(problems)
    join, join_group = (all_of, any_of) if form.logic == "all" else (any_of, all_of)
    members = _in_order(parts)
    return join(*(join_group(*leaves) for leaves in members)) if members else AllOf(())


def _in_order(parts: Iterable[tuple[str, Compare]]) -> list[list[Compare]]:
    """Rows of one group together, at the place of the group's first row."""
    members: list[list[Compare]] = []
    place: dict[str, list[Compare]] = {}
    for group, leaf in parts:
        if group and group in place:
            place[group].append(leaf)
            continue
        members.append([leaf])
        if group:
            place[group] = members[-1]
    return members


def _compare(row: ConditionRow, definitions: Definitions) -> Compare:
    definition = definitions.get(row.fact)
    if definition is None:
        raise ConditionError(["选择事实。"])
    if row.op not in set(Operator) or Operator(row.op) not in OPERATORS_BY_TYPE[definition.type]:
        raise ConditionError([f"“{definition.label}”不能这样比较。请重新选择比较方式。"])
    op = Operator(row.op)
    values = [_value(definition, text) for text in row.values if text.strip()]
    if not values:
        raise ConditionError([f"填写“{definition.label}”的比较值。"])
    if op is Operator.BETWEEN and len(values) != 2:
        raise ConditionError([f"“{definition.label}”的区间应填写下限和上限。"])
    many = op is Operator.BETWEEN or op in SEVERAL_VALUES
    document = {
        "fact": row.fact,
        "op": op.value,
        "value": [fact_to_json(value) for value in values] if many else fact_to_json(values[0]),
    }
    try:
        parsed = parse_condition(document, definitions)
    except ConditionError as error:
        raise ConditionError([problem.partition("：")[2] or problem for problem in error.problems]) from None
    assert isinstance(parsed, Compare)
    return parsed


def _value(definition: FactDefinition, text: str) -> FactValue:
    try:
        value = parse_fact(definition, text)
    except FactError as error:
        raise ConditionError([str(error)]) from None
    if value is None:
        raise ConditionError([f"填写“{definition.label}”的比较值。"])
    return value
