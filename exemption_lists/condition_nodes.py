"""The typed condition as nested groups and rows of a form, and back to an equal tree. Pure.

A row is one comparison with its values as typed. A count within a window (首次, 近18个月内) is a row of the base fact
with a span. A group says how its members belong together; 都不满足 of several is the negation of their 满足其一.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from enforcement.conditions.facts import FactError, display_money, fact_to_json, parse_fact
from enforcement.conditions.parse import OPERATORS_BY_TYPE, ConditionError, parse_condition
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, FactValue, Not, Operator
from enforcement.conditions.vocabulary import FactDefinition, FactType
from enforcement.conditions.vocabulary.counting_windows import (
    COUNTED,
    LONGEST_MONTHS,
    CountingWindow,
    window_of,
)

Join = Literal["all", "any", "not"]
Span = Literal["all", "year", "months"]
Mark = Literal["", "single", "empty"]
Path = tuple[int, ...]
Definitions = Mapping[str, FactDefinition]

# Levels of groups a person may build, the outermost one included; what came from elsewhere may be deeper.
DEEPEST = 5
MOST_NODES = 140
SEVERAL_VALUES = frozenset({Operator.IN, Operator.NOT_IN})
JOIN_LABELS: Mapping[Join, str] = {"all": "同时满足", "any": "满足其一", "not": "都不满足"}
SPAN_LABELS: Mapping[Span, str] = {"all": "不限时间", "year": "本年度内", "months": "近几个月"}
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
class RowNode:
    """One comparison as typed by a person. `fact` is a code, or the words that name no fact; values are texts.

    `span` and `months` say since when a counted fact counts, and mean nothing for other facts.
    """

    fact: str = ""
    op: str = Operator.EQ.value
    values: tuple[str, ...] = ()
    span: Span = "all"
    months: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.fact and not any(value.strip() for value in self.values)


@dataclass(frozen=True, slots=True)
class GroupNode:
    """Rows and groups that belong together.

    `mark` "single": with one member left the group is that member (groups made in the form, and the frame around a
    lone row). "empty": it was stored without members and may stay so. "": it is stored as it stands.
    """

    join: Join = "all"
    children: tuple[Node, ...] = ()
    mark: Mark = "single"


Node = RowNode | GroupNode
EMPTY_FORM = GroupNode("all", (RowNode(),))
FIRST_TIME = RowNode("offence_count", Operator.EQ.value, ("1",), "months", "12")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong at one place of the form."""

    path: Path
    text: str

    @property
    def sentence(self) -> str:
        return f"第 {number_of(self.path)} 项：{self.text}" if self.path else self.text


def number_of(path: Path) -> str:
    """The printed position: 2.1 is the first member of the second member."""
    return ".".join(str(position + 1) for position in path)


def nodes_of(root: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node with its place, in the order of the page."""
    yield path, root
    if isinstance(root, GroupNode):
        for position, child in enumerate(root.children):
            yield from nodes_of(child, (*path, position))


def operators_for(definition: FactDefinition) -> list[tuple[str, str]]:
    """(value, Chinese label) of the comparisons a fact's type allows."""
    allowed = OPERATORS_BY_TYPE[definition.type]
    return [(op.value, label) for op, label in OPERATOR_LABELS.items() if op in allowed]


def root_of(condition: Condition, definitions: Definitions) -> GroupNode:
    """The whole condition as one group; `condition_of` reads it back to an equal tree."""
    node = _node(condition, definitions)
    return node if isinstance(node, GroupNode) else GroupNode("all", (node,), "single")


def _node(condition: Condition, definitions: Definitions) -> Node:
    match condition:
        case Compare():
            return _row(condition, definitions)
        case Not(AnyOf((_, _, *_) as children)):
            return GroupNode("not", tuple(_node(child, definitions) for child in children), "")
        case Not(child):
            return GroupNode("not", (_node(child, definitions),), "")
        case AllOf(children) | AnyOf(children):
            join: Join = "all" if isinstance(condition, AllOf) else "any"
            members = tuple(_node(child, definitions) for child in children)
            return GroupNode(join, members, "" if members else "empty")


def _row(leaf: Compare, definitions: Definitions) -> RowNode:
    definition = definitions[leaf.fact]
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    typed = tuple(_typed_text(definition, value) for value in values)
    window = window_of(leaf.fact)
    if window is None:
        return RowNode(leaf.fact, leaf.op.value, typed)
    span: Span = "year" if window.calendar_year else "months" if window.months else "all"
    return RowNode(window.counted, leaf.op.value, typed, span, str(window.months or ""))


def _typed_text(definition: FactDefinition, value: FactValue) -> str:
    """A value as a person would type it into the form; `condition_of` reads it back to the same value."""
    if definition.type is FactType.BOOLEAN:
        return "true" if value else "false"
    if definition.type is FactType.MONEY and isinstance(value, int):
        return display_money(value).removesuffix("元")
    return str(fact_to_json(value))


def condition_of(root: GroupNode, definitions: Definitions) -> Condition:
    """The condition the form says. Blank rows are passed over; no row at all is the condition that always holds.

    Raises ConditionError with one problem per faulty place.
    """
    condition, problems = read_form(root, definitions)
    if condition is None:
        raise ConditionError([problem.sentence for problem in problems])
    return condition


def read_form(root: GroupNode, definitions: Definitions) -> tuple[Condition | None, tuple[RowProblem, ...]]:
    """The condition, or None and what is wrong where."""
    reader = _Reader(definitions)
    condition = reader.group(root, ())
    return (None if reader.problems else condition), tuple(reader.problems)


@dataclass(slots=True)
class _Reader:
    definitions: Definitions
    problems: list[RowProblem] = field(default_factory=list)

    def node(self, node: Node, path: Path) -> Condition | None:
        if isinstance(node, GroupNode):
            return self.group(node, path)
        if node.is_blank:
            return None
        try:
            return _compare(node, self.definitions)
        except ConditionError as error:
            self.problems += [RowProblem(path, problem) for problem in error.problems]
            return None

    def group(self, group: GroupNode, path: Path) -> Condition | None:
        known = len(self.problems)
        read = [self.node(child, (*path, at)) for at, child in enumerate(group.children)]
        parts = tuple(part for part in read if part is not None)
        if len(self.problems) > known:
            return None
        if not parts:
            return self.without_members(group, path)
        if group.join == "not":
            return Not(parts[0]) if len(parts) == 1 else Not(AnyOf(parts))
        if group.mark == "single" and len(parts) == 1:
            return parts[0]
        return AllOf(parts) if group.join == "all" else AnyOf(parts)

    def without_members(self, group: GroupNode, path: Path) -> Condition | None:
        if group.mark == "empty" and not group.children and group.join != "not":
            return AllOf(()) if group.join == "all" else AnyOf(())
        if not path:
            return AllOf(())
        self.problems.append(RowProblem(path, "这一组还没有条件。增加一项，或者移除这一组。"))
        return None


def _compare(row: RowNode, definitions: Definitions) -> Compare:
    definition = definitions.get(_counted_code(row) if row.fact in COUNTED else row.fact)
    if definition is None:
        raise ConditionError(
            [f"没有“{row.fact[:40]}”这个事实。请从列表里选择。" if row.fact else "选择事实。"]
        )
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
        "fact": definition.code,
        "op": op.value,
        "value": [fact_to_json(value) for value in values] if many else fact_to_json(values[0]),
    }
    try:
        parsed = parse_condition(document, definitions)
    except ConditionError as error:
        raise ConditionError([problem.partition("：")[2] or problem for problem in error.problems]) from None
    assert isinstance(parsed, Compare)
    return parsed


def _counted_code(row: RowNode) -> str:
    if row.span == "year":
        return CountingWindow(row.fact, None, True).code
    if row.span == "all":
        return row.fact
    months = row.months.strip()
    sound = months.isascii() and months.isdecimal() and len(months) <= 2
    if not sound or not 1 <= int(months) <= LONGEST_MONTHS:
        raise ConditionError([f"月数应为 1 至 {LONGEST_MONTHS} 的整数。"])
    return CountingWindow(row.fact, int(months)).code


def _value(definition: FactDefinition, text: str) -> FactValue:
    try:
        value = parse_fact(definition, text)
    except FactError as error:
        raise ConditionError([str(error)]) from None
    if value is None:
        raise ConditionError([f"填写“{definition.label}”的比较值。"])
    return value
