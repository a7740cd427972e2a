"""Turn a researcher's machine condition into our typed tree, or say honestly that it could not be typed.

What the alias table knows becomes a comparison on the standard vocabulary. A comparison on an unknown name
becomes a declared fact of the same type. What is not a measurable fact becomes the published clause itself,
to be confirmed by the officer. Nothing is guessed: every step that a person should check leaves a note.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.translate_leaf import (
    FREE_CIRCUMSTANCE,
    Translation,
    confirmed_clause,
    translate_leaf,
)
from enforcement.conditions.tree import ALWAYS, AnyOf, Condition, all_of, any_of
from enforcement.conditions.vocabulary import merge_declared

SIMILAR_ENOUGH = 0.6
ClauseOf = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class TranslatedCondition:
    """All clauses of one entry. `untyped` lists the clauses confirmed by the officer as published."""

    condition: Condition
    declared_facts: list[dict[str, Any]]
    untyped: list[str]
    notes: list[str]

    @property
    def fully_typed(self) -> bool:
        return not self.untyped


def translate_machine_condition(
    machine: Mapping[str, Any], *, clause: str = "", dimension: str = ""
) -> Translation:
    """One machine condition in our terms.

    `clause` is the published wording, used when the condition cannot be typed; `dimension` names the quantity
    of a 量值. Without a clause the researcher's own words are shown to the officer.
    """
    return _translated(machine, lambda _leaf: clause, dimension)


def _translated(machine: Mapping[str, Any], clause_of: ClauseOf, dimension: str) -> Translation:
    if "any_of" in machine:
        return _alternatives(machine["any_of"], clause_of, dimension)
    return translate_leaf(machine, clause_of(machine), dimension)


def translate_clauses(
    condition_text: Sequence[str],
    machine_conditions: Sequence[Mapping[str, Any]],
    logic: Literal["all", "any"],
) -> TranslatedCondition:
    """The condition of one entry from its published clauses and their machine conditions.

    Without machine conditions every clause is confirmed by the officer. Machine conditions of one clause must
    all hold; those of several clauses are joined by `logic`, and when they cannot be matched one to one under
    "any", the clauses are confirmed instead. An open-ended last clause (其他情形) of "any" is never dropped.
    """
    clauses = [clause for clause in condition_text if clause.strip()]
    if not machine_conditions or _cannot_be_matched(clauses, machine_conditions, logic):
        return _joined([confirmed_clause(clause) for clause in clauses], logic)
    parts = [
        _translated(machine, _clause_finder(clauses, position, len(machine_conditions)), "")
        for position, machine in enumerate(machine_conditions)
    ]
    if logic == "any" and len(parts) > 1 and len(clauses) > 1:
        return _joined(parts, "any")
    whole = _joined(parts, "all")
    open_ended = [clause for clause in clauses if clause.startswith("其他")] if logic == "any" else []
    if not open_ended or _says_other(whole):
        return whole
    confirmed = _joined([confirmed_clause(clause) for clause in open_ended], "any")
    return TranslatedCondition(
        any_of(whole.condition, confirmed.condition),
        merge_declared(whole.declared_facts, confirmed.declared_facts),
        whole.untyped + confirmed.untyped,
        whole.notes + confirmed.notes,
    )


def _cannot_be_matched(
    clauses: Sequence[str], machine_conditions: Sequence[Mapping[str, Any]], logic: str
) -> bool:
    several = len(clauses) > 1 and len(machine_conditions) > 1
    return logic == "any" and several and len(clauses) != len(machine_conditions)


def _says_other(translated: TranslatedCondition) -> bool:
    return any(str(fact["label"]).startswith("其他") for fact in translated.declared_facts)


def _joined(parts: Sequence[Translation], logic: str) -> TranslatedCondition:
    conditions = [part.condition for part in parts]
    condition = (any_of if logic == "any" and conditions else all_of)(*conditions)
    declared = merge_declared(*(part.declared_facts for part in parts))
    return TranslatedCondition(
        condition if conditions else ALWAYS,
        declared,
        [fact["label"] for fact in declared if fact["confirmed_by_officer"]],
        list(dict.fromkeys(part.note for part in parts if part.note)),
    )


def _alternatives(branches: Sequence[Any], clause_of: ClauseOf, dimension: str) -> Translation:
    translated: list[list[Translation]] = []
    for branch in branches:
        machines = branch if isinstance(branch, (list, tuple)) else [branch]
        translated.append([_translated(one, clause_of, dimension) for one in machines])
    parts = [part for branch in translated for part in branch]
    return Translation(
        AnyOf(tuple(all_of(*(part.condition for part in branch)) for branch in translated)),
        tuple(merge_declared(*(part.declared_facts for part in parts))),
        "；".join(dict.fromkeys(part.note for part in parts if part.note)),
        all(part.fully_typed for part in parts),
    )


def _clause_finder(clauses: Sequence[str], position: int, machine_count: int) -> ClauseOf:
    """Finds the published clause a leaf stands for, "" when it cannot be told."""
    own = clauses[position] if len(clauses) == machine_count else (clauses[0] if len(clauses) == 1 else "")

    def clause_of(leaf: Mapping[str, Any]) -> str:
        if leaf.get("fact") != FREE_CIRCUMSTANCE:
            return own
        return _quoted_clause(clauses, str(leaf.get("value", ""))) or own

    return clause_of


def _quoted_clause(clauses: Sequence[str], quoted: str) -> str:
    """The clause a free 情形 quotes; quotations are often cut off or slightly shortened."""
    likeness = {
        clause: 1.0
        if quoted in clause
        else difflib.SequenceMatcher(None, clause[: len(quoted)], quoted).ratio()
        for clause in clauses
    }
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if best and likeness[best] >= SIMILAR_ENOUGH else ""


__all__ = [
    "TranslatedCondition",
    "Translation",
    "confirmed_clause",
    "suggest_from_text",
    "translate_clauses",
    "translate_machine_condition",
]
