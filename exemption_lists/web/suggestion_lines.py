"""What was recognised of an entry's clauses, clause by clause, in words."""

from __future__ import annotations

from dataclasses import dataclass

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import ConditionError
from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.vocabulary import STANDARD, VocabularyError
from exemption_lists.models import ListEntry
from exemption_lists.web.entry_presentation import typed_condition_of


@dataclass(frozen=True, slots=True)
class RecognisedClause:
    """A published clause and what would be stored for it; `meaning` is empty when it stays with the officer."""

    text: str
    meaning: str


def recognised_clauses(entry: ListEntry) -> tuple[RecognisedClause, ...]:
    """One line per clause while the entry has a suggestion; nothing otherwise."""
    if entry.suggestion is None:
        return ()
    return tuple(RecognisedClause(clause, _meaning(clause)) for clause in entry.condition_text)


def _meaning(clause: str) -> str:
    condition = suggest_from_text(clause)
    return describe(condition, STANDARD) if condition is not None else ""


def condition_sentence(entry: ListEntry) -> str:
    """The stored condition as one sentence; a broken tree is named by its problems elsewhere on the page."""
    try:
        condition, vocabulary = typed_condition_of(entry)
    except (ConditionError, VocabularyError):
        return ""
    return describe(condition, vocabulary)
