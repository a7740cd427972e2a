"""The fields of an entry as values, from a reading or from the edit form, and how they become a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enforcement.conditions.parse import parse_condition, to_document
from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.translate import translate_clauses
from enforcement.conditions.translate_leaf import confirmed_clause
from enforcement.conditions.tree import all_of, any_of, fact_codes
from enforcement.conditions.vocabulary import merge_declared
from exemption_lists.models import ListEntry
from exemption_lists.reading.columns import logic_of
from exemption_lists.selectors import vocabulary_of

Logic = Literal["all", "any"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFields:
    """What a person edits about an entry, the typed condition apart. Provisions are JSON references; ranges are in
    fen (see `fine_amounts`).
    """

    serial: str
    kind: str
    scope: str
    mandate: str
    violation_name: str
    domain: str = ""
    category: str = ""
    violated_provisions: Sequence[Mapping[str, Any]] = ()
    penalty_provisions: Sequence[Mapping[str, Any]] = ()
    condition_text: Sequence[str] = ()
    logic: Logic = "all"
    exclusions: Sequence[str] = ()
    follow_up: Sequence[str] = ()
    coercive_measure: str = ""
    statutory_ranges: Sequence[Mapping[str, Any]] = ()
    fine_ranges: Sequence[Mapping[str, Any]] = ()
    fine_rule: str = ""
    plain_words: str = ""
    example: str = ""
    note: str = ""


def confirmed_condition(clauses: Sequence[str], logic: Logic) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The condition in which every clause waits for the officer, and the facts it declares."""
    translated = translate_clauses(list(clauses), (), logic)
    return to_document(translated.condition), list(translated.declared_facts)


def suggested_condition(clauses: Sequence[str], logic: Logic) -> dict[str, Any] | None:
    """What could be recognised of the clauses; the rest stays with the officer. None when nothing was recognised."""
    understood = [suggest_from_text(clause) for clause in clauses]
    if not any(condition is not None for condition in understood):
        return None
    parts = [
        condition if condition is not None else confirmed_clause(clause).condition
        for clause, condition in zip(clauses, understood, strict=True)
    ]
    return to_document((any_of if logic == "any" else all_of)(*parts))


def apply_fields(entry: ListEntry, fields: EntryFields) -> None:
    """Write the fields into the row. The condition follows the clauses as long as nobody typed it; exclusions keep
    the condition they have where their text is unchanged.
    """
    untouched = is_untyped(entry)
    before = (list(entry.condition_text), logic_of(entry.condition).value)
    clauses = list(fields.condition_text)
    known = {exclusion["text"]: exclusion.get("condition") for exclusion in entry.exclusions}
    entry.serial, entry.kind, entry.scope, entry.mandate = (
        fields.serial,
        fields.kind,
        fields.scope,
        fields.mandate,
    )
    entry.domain, entry.category, entry.note = fields.domain, fields.category, fields.note
    entry.violation_name, entry.coercive_measure = fields.violation_name, fields.coercive_measure
    entry.violated_provisions = [dict(reference) for reference in fields.violated_provisions]
    entry.penalty_provisions = [dict(reference) for reference in fields.penalty_provisions]
    entry.statutory_ranges = [dict(one) for one in fields.statutory_ranges]
    entry.fine_ranges = [dict(one) for one in fields.fine_ranges]
    entry.fine_rule, entry.plain_words, entry.example = fields.fine_rule, fields.plain_words, fields.example
    entry.condition_text, entry.follow_up = clauses, list(fields.follow_up)
    entry.exclusions = [{"text": text, "condition": known.get(text)} for text in fields.exclusions]
    if before != (clauses, fields.logic):
        entry.suggestion = suggested_condition(clauses, fields.logic)
        if untouched:
            entry.condition, declared = confirmed_condition(clauses, fields.logic)
            entry.declared_facts = merge_declared(entry.declared_facts, declared)
    entry.declared_facts = used_facts(entry, entry.declared_facts)


def is_untyped(entry: ListEntry) -> bool:
    """Whether every clause still waits for the officer, exactly as published (a new entry is untyped)."""
    if not entry.condition_text:
        return entry.condition in ({}, {"all": []})
    document, _declared = confirmed_condition(entry.condition_text, logic_of(entry.condition).value)
    return bool(entry.condition == document)


def used_facts(entry: ListEntry, declared: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The declared facts that the condition or an exclusion of the entry really uses; a suggestion brings its own."""
    available = merge_declared(declared)
    vocabulary = vocabulary_of(available)
    trees = [entry.condition, *(exclusion.get("condition") for exclusion in entry.exclusions)]
    used = {code for tree in trees if tree for code in fact_codes(parse_condition(tree, vocabulary))}
    return [fact for fact in available if fact["code"] in used]
