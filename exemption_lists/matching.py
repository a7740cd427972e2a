"""Which entries of the leniency lists match the facts of a case, with the reason of every part. Pure.

An entry applies when its condition holds and every exclusion is absent. Unknown facts leave it open; `open_facts`
names those that could still change the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.conditions.evaluate import Explanation, Facts, Truth, evaluate, open_facts
from enforcement.conditions.tree import AllOf, Compare, Condition, Not, Operator
from enforcement.conditions.vocabulary import FactType, Vocabulary, declare_fact

ABSENT_PREFIX = "不存在："


@dataclass(frozen=True, slots=True)
class MatchableExclusion:
    """A published exclusion and the condition of its absence."""

    text: str
    absence: Condition


@dataclass(frozen=True, slots=True)
class MatchableEntry:
    """A list entry as values. `declared_facts` are JSON documents, those of untyped exclusions included."""

    entry_id: int
    version_id: int
    document_slug: str
    document_title: str
    version_number: int
    agency_name: str
    region_code: str
    serial: str
    slug: str
    kind: str
    mandate: str
    is_general: bool
    violation_name: str
    condition_text: tuple[str, ...]
    condition: Condition
    exclusions: tuple[MatchableExclusion, ...] = ()
    declared_facts: tuple[Mapping[str, Any], ...] = ()
    follow_up: tuple[str, ...] = ()
    coercive_measure: str = ""

    @property
    def public_path(self) -> str:
        """Permalink of the entry below the site root."""
        return f"/public/lists/{self.document_slug}/v{self.version_number}/{self.slug}/"

    @property
    def whole_condition(self) -> Condition:
        """The condition and the absence of every exclusion, as one tree (for compiling over many cases)."""
        return AllOf((self.condition, *(exclusion.absence for exclusion in self.exclusions)))


@dataclass(frozen=True, slots=True)
class EntryMatch:
    """What the facts say about one entry. `exclusions` explain the absence of each exclusion, in its order:
    FALSE there means that the exclusion applies.
    """

    entry: MatchableEntry
    truth: Truth
    conditions: Explanation
    exclusions: tuple[Explanation, ...]
    open_facts: tuple[str, ...]
    vocabulary: Vocabulary


def absent_fact(text: str) -> dict[str, Any]:
    """The declared fact an officer confirms for an exclusion nobody typed: “不存在：…”."""
    return declare_fact(fact_type=FactType.BOOLEAN, label=f"{ABSENT_PREFIX}{text}", confirmed_by_officer=True)


def exclusion_of(text: str, condition: Condition | None) -> tuple[MatchableExclusion, list[dict[str, Any]]]:
    """An exclusion and the facts it declares: none when it is typed, one to be confirmed when it is not."""
    if condition is not None:
        return MatchableExclusion(text, Not(condition)), []
    declared = absent_fact(text)
    return MatchableExclusion(text, Compare(declared["code"], Operator.EQ, True)), [declared]


def match_entries(
    entries: Iterable[MatchableEntry], facts: Facts, vocabulary: Vocabulary
) -> tuple[EntryMatch, ...]:
    """One match per entry, in the given order. `vocabulary` is extended by what each entry declares."""
    return tuple(match_entry(entry, facts, vocabulary) for entry in entries)


def match_entry(entry: MatchableEntry, facts: Facts, vocabulary: Vocabulary) -> EntryMatch:
    """The match of one entry, with the explanation of its condition and of each exclusion."""
    known = vocabulary.with_declared(entry.declared_facts) if entry.declared_facts else vocabulary
    whole = evaluate(entry.whole_condition, facts, known)
    return EntryMatch(
        entry=entry,
        truth=whole.truth,
        conditions=whole.children[0],
        exclusions=whole.children[1:],
        open_facts=open_facts(whole),
        vocabulary=known,
    )
