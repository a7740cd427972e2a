"""What the system understands of an entry's words, clause by clause and as one sentence, and what is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import ConditionError
from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.translate_leaf import confirmed_clause
from enforcement.conditions.tree import all_of, any_of
from enforcement.conditions.vocabulary import STANDARD, VocabularyError, merge_declared
from exemption_lists.mandates import mandate_remarks
from exemption_lists.models import ListEntry
from exemption_lists.reading.columns import logic_of
from exemption_lists.web.entry_presentation import typed_condition_of

MOST_CLAUSES = 60
LONGEST_CLAUSE = 2000


@dataclass(frozen=True, slots=True)
class RecognisedClause:
    """A published clause and what would be stored for it; `meaning` is empty when it stays with the officer."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words typed so far would mean. `sentence` is empty while there is no clause."""

    clauses: tuple[RecognisedClause, ...] = ()
    exclusions: tuple[RecognisedClause, ...] = ()
    sentence: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def recognised(self) -> int:
        return sum(bool(clause.meaning) for clause in self.clauses)


def understood_of(entry: ListEntry) -> Understood:
    """The stored words of an entry."""
    return understand(
        clauses=entry.condition_text,
        exclusions=[exclusion["text"] for exclusion in entry.exclusions],
        any_is_enough=logic_of(entry.condition).value == "any",
        kind=entry.kind,
        mandate=entry.mandate,
    )


def understood_post(data: QueryDict) -> Understood:
    """The words as they stand in the form, whatever else is still missing there."""
    return understand(
        clauses=_lines(data.get("condition_text", "")),
        exclusions=_lines(data.get("exclusions", "")),
        any_is_enough=data.get("logic") == "any",
        kind=data.get("kind", ""),
        mandate=data.get("mandate", ""),
    )


def understand(
    *, clauses: Sequence[str], exclusions: Sequence[str], any_is_enough: bool, kind: str, mandate: str
) -> Understood:
    """Clauses that are not recognised stay in the sentence as what the officer confirms."""
    return Understood(
        clauses=tuple(RecognisedClause(clause, _meaning(clause)) for clause in clauses),
        exclusions=tuple(RecognisedClause(clause, _meaning(clause)) for clause in exclusions),
        sentence=_whole_sentence(clauses, any_is_enough) if clauses else "",
        remarks=tuple(mandate_remarks(kind=kind, mandate=mandate, clauses=clauses)),
    )


def _lines(text: str) -> list[str]:
    lines = (line.strip()[:LONGEST_CLAUSE] for line in text.splitlines())
    return [line for line in lines if line][:MOST_CLAUSES]


def _whole_sentence(clauses: Sequence[str], any_is_enough: bool) -> str:
    waiting = [confirmed_clause(clause) for clause in clauses]
    parts = [suggest_from_text(clause) or one.condition for clause, one in zip(clauses, waiting, strict=True)]
    vocabulary = STANDARD.with_declared(merge_declared(*(one.declared_facts for one in waiting)))
    return describe((any_of if any_is_enough else all_of)(*parts), vocabulary)


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
