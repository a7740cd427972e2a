"""From published clauses to a condition document, with a suggestion where a whole clause is understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enforcement.conditions.parse import to_document
from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.translate import confirmed_clause, translate_clauses
from enforcement.conditions.tree import all_of, any_of

from .drafts import ConditionLogic, JsonDocument


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """`suggestion` shares the declared facts of clauses not understood; None when none was."""

    condition: JsonDocument
    declared_facts: tuple[JsonDocument, ...]
    suggestion: JsonDocument | None
    notes: tuple[str, ...]


def type_clauses(
    clauses: Sequence[str], logic: ConditionLogic, machine_conditions: Sequence[Mapping[str, Any]] = ()
) -> TypedCondition:
    """Without machine conditions every clause waits for the officer; what is understood is suggested."""
    translated = translate_clauses(clauses, machine_conditions, logic.value)
    return TypedCondition(
        condition=to_document(translated.condition),
        declared_facts=tuple(translated.declared_facts),
        suggestion=None if machine_conditions else _suggest(clauses, logic),
        notes=tuple(translated.notes),
    )


def _suggest(clauses: Sequence[str], logic: ConditionLogic) -> JsonDocument | None:
    understood = [suggest_from_text(clause) for clause in clauses]
    if not any(condition is not None for condition in understood):
        return None
    parts = [
        condition if condition is not None else confirmed_clause(clause).condition
        for clause, condition in zip(clauses, understood, strict=True)
    ]
    return to_document((any_of if logic is ConditionLogic.ANY else all_of)(*parts))
