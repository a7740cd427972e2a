"""Conditions that can never hold, and those that nobody could fail. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enforcement.conditions.describe import describe
from enforcement.conditions.possibility import clashing_parts, possibility_of
from enforcement.conditions.tree import AllOf, Condition, Not
from enforcement.conditions.vocabulary import FactDefinition, Vocabulary
from enforcement.documents import Finding
from exemption_lists.checks.checked_entry import CheckedEntry, error, numbers, warning

Definitions = Mapping[str, FactDefinition]


def condition_findings(entries: Iterable[CheckedEntry], vocabulary: Vocabulary) -> list[Finding]:
    """One finding per entry at most: its condition, or its exclusions, can be met by nobody or by everybody."""
    found = (_finding(entry, vocabulary) for entry in entries)
    return [one for one in found if one is not None]


def _finding(entry: CheckedEntry, vocabulary: Definitions) -> Finding | None:
    head = f"第 {entry.serial} 条："
    clashing = clashing_parts(entry.own_condition, vocabulary)
    if clashing is not None:
        text = (
            f"{head}{_why_never(entry.own_condition, clashing, vocabulary)}，这一条永远不能适用。请改正条件。"
        )
        return error("never_holds", text, slug=entry.slug, field="condition")
    if possibility_of(entry.condition, vocabulary).is_excluded:
        text = f"{head}排除情形盖住了全部适用条件，这一条永远不能适用。请改正排除情形或者条件。"
        return error("always_excluded", text, slug=entry.slug, field="exclusions")
    is_empty = entry.own_condition == AllOf(())
    if not is_empty and possibility_of(Not(entry.own_condition), vocabulary).is_excluded:
        text = f"{head}条件对任何情况都成立，等于没有条件。请核对。"
        return warning("always_holds", text, slug=entry.slug, field="condition")
    return None


def _why_never(condition: Condition, clashing: tuple[int, ...], vocabulary: Definitions) -> str:
    if not isinstance(condition, AllOf) or not clashing:
        return f"条件“{describe(condition, vocabulary)}”不可能成立"
    said = "”与“".join(describe(condition.children[number - 1], vocabulary) for number in clashing)
    if len(clashing) == 1:
        return f"条件{numbers(clashing)}“{said}”不可能成立"
    return f"条件{numbers(clashing)}“{said}”不能同时成立"
