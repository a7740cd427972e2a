"""Say a condition in Chinese: as one sentence, as a numbered outline, and with the reasons of a result."""

from collections.abc import Mapping
from dataclasses import dataclass

from enforcement.conditions.evaluate import Explanation, Truth
from enforcement.conditions.facts import display_value
from enforcement.conditions.tree import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    FactValue,
    Not,
    Operator,
    children_of,
)
from enforcement.conditions.vocabulary.counting_windows import window_of
from enforcement.conditions.vocabulary.definitions import FactDefinition, FactType

Definitions = Mapping[str, FactDefinition]

_VERBS: Mapping[Operator, str] = {
    Operator.EQ: "为",
    Operator.NE: "不为",
    Operator.LT: "不满",
    Operator.LE: "不超过",
    Operator.GT: "超过",
    Operator.GE: "不低于",
}
# 不满 is said of amounts; a grade or a date is compared in other words.
_GRADE_VERBS = {**_VERBS, Operator.LT: "轻于", Operator.GT: "重于"}
_DATE_VERBS = {
    **_VERBS,
    Operator.LT: "早于",
    Operator.LE: "不晚于",
    Operator.GT: "晚于",
    Operator.GE: "不早于",
}


def describe(condition: Condition, vocabulary: Definitions) -> str:
    """One Chinese sentence without the closing full stop."""
    match condition:
        case Compare():
            return describe_leaf(condition, vocabulary)
        case Not(child):
            return (
                f"不具有下列情形：{describe(child, vocabulary)}"
                if _is_group(child)
                else _negated(child, vocabulary)
            )
        case AllOf(()):
            return "无附加条件"
        case AnyOf(()):
            return "没有可以满足的情形"
        case AllOf(children):
            return "，且".join(_part(child, vocabulary) for child in children)
        case AnyOf(children):
            return "，或者".join(_part(child, vocabulary) for child in children)


def _is_group(condition: Condition) -> bool:
    return isinstance(condition, (AllOf, AnyOf)) and len(condition.children) > 1


def _part(condition: Condition, vocabulary: Definitions) -> str:
    text = describe(condition, vocabulary)
    bracketed = _is_group(condition) or (isinstance(condition, Not) and _is_group(condition.child))
    return f"（{text}）" if bracketed else text


def _negated(condition: Condition, vocabulary: Definitions) -> str:
    if isinstance(condition, Compare) and vocabulary[condition.fact].type is FactType.BOOLEAN:
        opposite = Operator.NE if condition.op is Operator.EQ else Operator.EQ
        return describe_leaf(Compare(condition.fact, opposite, condition.value), vocabulary)
    return f"不属于“{describe(condition, vocabulary)}”的情形"


def describe_leaf(leaf: Compare, vocabulary: Definitions) -> str:
    """One comparison in Chinese, such as 违法所得不超过8,000.00元 or 没有在责令期限内改正."""
    definition = vocabulary[leaf.fact]
    if definition.type is FactType.BOOLEAN:
        return _boolean_words(definition, wanted=(leaf.op is Operator.EQ) == bool(leaf.value))
    if isinstance(leaf.value, tuple):
        return definition.label + _several_words(leaf.op, leaf.value, definition)
    if leaf.op is Operator.EQ and _is_nothing(definition, leaf.value):
        return f"没有{definition.label}"
    window = window_of(leaf.fact)
    if window is not None and leaf.op is Operator.EQ and leaf.value == 1:
        return window.first_words
    verbs = {FactType.GRADE: _GRADE_VERBS, FactType.DATE: _DATE_VERBS}.get(definition.type, _VERBS)
    return f"{definition.label}{verbs[leaf.op]}{display_value(definition, leaf.value)}"


def _is_nothing(definition: FactDefinition, value: FactValue) -> bool:
    if definition.type is FactType.MONEY:
        return value == 0
    return definition.type is FactType.GRADE and value == "无"


def _boolean_words(definition: FactDefinition, *, wanted: bool) -> str:
    if definition.confirmed_by_officer:
        # A published clause has its own commas; the quotation marks keep the sentence readable.
        return f"“{definition.label}”{display_value(definition, wanted)}"
    if wanted:
        return definition.label
    return definition.negative or f"不属于“{definition.label}”的情形"


def _several_words(op: Operator, values: tuple[FactValue, ...], definition: FactDefinition) -> str:
    shown = [display_value(definition, value) for value in values]
    if op is Operator.BETWEEN:
        return f"在{shown[0]}至{shown[1]}之间（含本数）"
    listed = "、".join(shown[:-1]) + ("或者" if len(shown) > 1 else "") + shown[-1]
    return f"不是{listed}" if op is Operator.NOT_IN else f"为{listed}"


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One line of the numbered display. `number` is 1, 1.2 …, empty for the whole; a leaf has no children."""

    number: str
    text: str
    children: tuple["OutlineItem", ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonItem:
    """An outline line of a result: its truth, and for a leaf the observed answer in Chinese."""

    number: str
    text: str
    truth: Truth
    fact: str = ""
    observed: str = ""
    children: tuple["ReasonItem", ...] = ()

    @property
    def mark(self) -> str:
        return self.truth.mark


def outline(condition: Condition, vocabulary: Definitions, number: str = "") -> OutlineItem:
    """The condition as nested numbered lines; numbers are the positions that parse problems name."""
    children = tuple(
        outline(child, vocabulary, _sub_number(number, position))
        for position, child in enumerate(children_of(condition), start=1)
    )
    return OutlineItem(number, _heading(condition, vocabulary), children)


def reasons(explanation: Explanation, vocabulary: Definitions, number: str = "") -> ReasonItem:
    """The result as nested numbered lines, each with ✓, ✗ or ? and what was observed."""
    condition = explanation.condition
    children = tuple(
        reasons(child, vocabulary, _sub_number(number, position))
        for position, child in enumerate(explanation.children, start=1)
    )
    fact = condition.fact if isinstance(condition, Compare) else ""
    observed = display_value(vocabulary[fact], explanation.observed) if fact else ""
    return ReasonItem(number, _heading(condition, vocabulary), explanation.truth, fact, observed, children)


def _sub_number(number: str, position: int) -> str:
    return f"{number}.{position}" if number else str(position)


def _heading(condition: Condition, vocabulary: Definitions) -> str:
    match condition:
        case Compare():
            return describe_leaf(condition, vocabulary)
        case Not():
            return "不具有下列情形"
        case AllOf(children):
            return "同时符合下列条件" if children else "无附加条件"
        case AnyOf(children):
            return "符合下列条件之一" if children else "没有可以满足的情形"
