"""A typed condition in the words of the public pages, and the rows under which its parts are shown. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enforcement.conditions.describe import describe, describe_leaf
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, Not, Operator
from enforcement.conditions.vocabulary import FactDefinition
from enforcement.conditions.vocabulary.counting_windows import OFFENCES, window_of
from exemption_lists.plain_questions import period_words

Definitions = Mapping[str, FactDefinition]


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One numbered condition: its words, the plain explanation below it, and the part of the tree it stands for.

    `confirmed`: a clause nobody reduced to measurable facts.
    """

    text: str
    parts: tuple[str, ...]
    condition: Condition
    confirmed: bool = False


def lead_in(conditions: int, *, is_any: bool, verdict: str) -> str:
    """The heading above numbered conditions."""
    if not conditions:
        return f"没有附加条件，{verdict}"
    if conditions == 1:
        return f"符合下列条件的，{verdict}"
    return f"有下列情形之一的，{verdict}" if is_any else f"同时满足下列条件的，{verdict}"


def condition_rows(
    condition: Condition, texts: Sequence[str], vocabulary: Definitions
) -> tuple[ConditionRow, ...]:
    """The parts of a condition, each under its published clause where there are as many clauses as parts.

    Otherwise the typed parts are said in words, since nothing tells which clause a part came from.
    """
    parts = condition.children if isinstance(condition, AllOf | AnyOf) else (condition,)
    if len(parts) != len(texts):
        return tuple(_row("；".join(plain_lines(part, vocabulary)), part, vocabulary) for part in parts)
    return tuple(_row(text, part, vocabulary) for text, part in zip(texts, parts, strict=True))


def _row(text: str, part: Condition, vocabulary: Definitions) -> ConditionRow:
    if isinstance(part, Compare) and vocabulary[part.fact].confirmed_by_officer:
        return ConditionRow(text, (), part, confirmed=True)
    said = tuple(plain_lines(part, vocabulary))
    # What only repeats the clause explains nothing.
    return ConditionRow(text, () if "；".join(said) in text else said, part)


def plain_lines(condition: Condition, vocabulary: Definitions) -> Iterator[str]:
    """One line per comparison, with a line ahead of those that belong together."""
    match condition:
        case Compare():
            yield plain_comparison(condition, vocabulary)
        case AllOf(children) | AnyOf(children) if len(children) > 1:
            yield "下面各项都要符合：" if isinstance(condition, AllOf) else "下面符合一项就可以："
            for child in children:
                yield from plain_lines(child, vocabulary)
        case Not(child) if not isinstance(child, Compare):
            yield "没有下面的情形："
            yield from plain_lines(child, vocabulary)
        case _:
            yield describe(condition, vocabulary)


def plain_comparison(leaf: Compare, vocabulary: Definitions) -> str:
    """最近 24 个月，同样的事只有这一次; other facts in the words of `describe_leaf`."""
    window = window_of(leaf.fact)
    if window is None or window.counted != OFFENCES or isinstance(leaf.value, tuple):
        return describe_leaf(leaf, vocabulary)
    if leaf.op is Operator.EQ and leaf.value == 1:
        return f"{period_words(window)}，同样的事只有这一次"
    if leaf.op is Operator.LE:
        return f"{period_words(window)}，同样的事连这一次不超过 {leaf.value} 次"
    return describe_leaf(leaf, vocabulary)
