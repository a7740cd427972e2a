"""The form of a typed condition as the template draws it: every node with its inputs, and the sentence it will print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enforcement.conditions.describe import describe
from enforcement.conditions.tree import Compare, Condition, Operator, leaves
from enforcement.conditions.vocabulary import FactDefinition, FactType, Vocabulary
from enforcement.conditions.vocabulary.counting_windows import COUNTED
from enforcement.wording import money_upper
from exemption_lists.condition_edits import height_of
from exemption_lists.condition_nodes import (
    DEEPEST,
    JOIN_LABELS,
    MOST_NODES,
    SEVERAL_VALUES,
    SPAN_LABELS,
    GroupNode,
    Node,
    Path,
    RowNode,
    RowProblem,
    nodes_of,
    number_of,
    operators_for,
    read_form,
)
from exemption_lists.web.condition_form import FactChoice, PostedForm, key_of, shown_fact

NUMBER_MODES = {FactType.INTEGER: "numeric", FactType.DECIMAL: "decimal", FactType.MONEY: "decimal"}
COUNTED_LABELS = tuple(zip(COUNTED, ("被发现", "受处罚"), strict=True))
Choice = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class NodeView:
    """A group or a row. Choices are (value, label, chosen); `fields` are the texts of the value inputs, with labels."""

    key: str
    number: str
    kind: str
    problem: str = ""
    focus: str = ""
    may_wrap: bool = False
    joins: tuple[Choice, ...] = ()
    join_label: str = ""
    mark: str = ""
    may_add: bool = False
    may_nest: bool = False
    children: tuple[NodeView, ...] = ()
    code: str = ""
    fact: str = ""
    counted: tuple[Choice, ...] = ()
    spans: tuple[Choice, ...] = ()
    months: str = ""
    asks_months: bool = False
    operators: tuple[Choice, ...] = ()
    options: tuple[Choice, ...] = ()
    several: bool = False
    interval_options: tuple[tuple[Choice, ...], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    input_mode: str = "text"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The sentence the form would print with its amounts in capital figures, or why it cannot be read yet."""

    sentence: str
    problems: tuple[RowProblem, ...]
    amounts: tuple[str, ...] = ()

    @property
    def links(self) -> list[dict[str, str]]:
        """For the error summary: each problem with the field it is about."""
        return [{"text": one.sentence, "target": f"place-{key_of(one.path)}"} for one in self.problems]


def preview_of(root: GroupNode, definitions: Vocabulary) -> tuple[Preview, Condition | None]:
    """The sentence of the form and the condition, or the problems and None."""
    condition, problems = read_form(root, definitions)
    if condition is None:
        return Preview("", problems), None
    return Preview(describe(condition, definitions), (), _amounts(condition, definitions)), condition


def _amounts(condition: Condition, definitions: Vocabulary) -> tuple[str, ...]:
    """违法所得：捌仟元整, once for every amount of the condition."""
    said: dict[str, None] = {}
    for leaf in leaves(condition):
        if definitions[leaf.fact].type is FactType.MONEY:
            said |= dict.fromkeys(f"{definitions[leaf.fact].label}：{words}" for words in _upper(leaf))
    return tuple(said)


def _upper(leaf: Compare) -> list[str]:
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return [money_upper(value) for value in values if isinstance(value, int) and value > 0]


def node_views(
    posted: PostedForm,
    definitions: Vocabulary,
    choices: list[FactChoice],
    problems: tuple[RowProblem, ...],
) -> NodeView:
    """The outermost group with everything in it."""
    drawing = _Drawing(
        definitions,
        {choice.code: choice.label for choice in choices},
        {problem.path: problem.text for problem in problems},
        posted,
        sum(1 for _ in nodes_of(posted.root)) + 2 <= MOST_NODES,
    )
    return drawing.view(posted.root, ())


@dataclass(frozen=True, slots=True)
class _Drawing:
    definitions: Vocabulary
    labels: Mapping[str, str]
    problems: Mapping[Path, str]
    posted: PostedForm
    has_room: bool

    def view(self, node: Node, path: Path) -> NodeView:
        return self.group(node, path) if isinstance(node, GroupNode) else self.row(node, path)

    def focus(self, path: Path) -> str:
        return self.posted.touched if self.posted.focus == path else ""

    def may_wrap(self, node: Node, path: Path) -> bool:
        return bool(path) and self.has_room and len(path) + 1 + height_of(node) <= DEEPEST

    def group(self, node: GroupNode, path: Path) -> NodeView:
        return NodeView(
            key=key_of(path),
            number=number_of(path),
            kind="group",
            problem=self.problems.get(path, ""),
            focus=self.focus(path),
            may_wrap=self.may_wrap(node, path),
            joins=tuple((join, label, join == node.join) for join, label in JOIN_LABELS.items()),
            join_label=JOIN_LABELS[node.join],
            mark=node.mark,
            may_add=self.has_room,
            may_nest=self.has_room and len(path) + 2 <= DEEPEST,
            children=tuple(self.view(child, (*path, at)) for at, child in enumerate(node.children)),
        )

    def row(self, node: RowNode, path: Path) -> NodeView:
        definition = self.definitions.get(node.fact)
        operators = operators_for(definition) if definition else []
        chosen = node.op if node.op in dict(operators) else Operator.EQ.value
        is_counted = node.fact in COUNTED and definition is not None
        options = _options(definition)
        several, interval = chosen in SEVERAL_VALUES, chosen == Operator.BETWEEN
        return NodeView(
            key=key_of(path),
            number=number_of(path),
            kind="row",
            problem=self.problems.get(path, ""),
            focus=self.focus(path),
            may_wrap=self.may_wrap(node, path),
            code=node.fact if definition else "",
            fact=shown_fact(node.fact, self.labels, self.definitions),
            counted=tuple((code, label, code == node.fact) for code, label in COUNTED_LABELS)
            if is_counted
            else (),
            spans=tuple((span, label, span == node.span) for span, label in SPAN_LABELS.items())
            if is_counted
            else (),
            months=node.months or "12",
            asks_months=is_counted and node.span == "months",
            operators=tuple((op, label, op == chosen) for op, label in operators),
            options=_offered(options, node.values, several) if options and not interval else (),
            several=several,
            interval_options=_interval(options, node.values) if options and interval else (),
            fields=() if options or definition is None else _fields(node.values, several, interval),
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


def _offered(
    options: tuple[tuple[str, str], ...], values: tuple[str, ...], several: bool
) -> tuple[Choice, ...]:
    """The options; of a list of ticks the chosen ones first, so that they are sent in the order they are stored in."""
    if not several:
        return _chosen(options, values)
    place = {value: at for at, value in reversed(list(enumerate(values)))}
    return _chosen(tuple(sorted(options, key=lambda one: place.get(one[0], len(values)))), values)


def _chosen(options: tuple[tuple[str, str], ...], values: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple((value, label, value in values) for value, label in options)


def _interval(
    options: tuple[tuple[str, str], ...], values: tuple[str, ...]
) -> tuple[tuple[Choice, ...], ...]:
    low, high = (*values, "", "")[:2]
    return (_chosen(options, (low,)), _chosen(options, (high,)))


def _fields(values: tuple[str, ...], several: bool, interval: bool) -> tuple[tuple[str, str], ...]:
    """(label, text) of each input: one value, both ends, or every listed value and one more."""
    if interval:
        low, high = (*values, "", "")[:2]
        return (("下限", low), ("上限", high))
    if not several:
        return (("值", values[0] if values else ""),)
    listed = [value for value in values if value.strip()]
    return tuple((f"第 {at} 个值", value) for at, value in enumerate([*listed, ""], start=1))
