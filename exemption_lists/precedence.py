"""Which entry speaks where an agency's own list and its superiors' lists say something about the same act. Pure.

Every list in force binds (云政办发〔2022〕51号 二(一): the superior's list is applied directly), and the party gets the most
lenient treatment whose conditions are met. So an entry has no work left when another one covers everything it covers and
treats the party at least as well; between equals the agency's own entry is the one that is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enforcement.conditions.possibility import implies
from enforcement.conditions.vocabulary import Vocabulary
from exemption_lists.checks.checked_entry import LADDER, CheckedEntry
from exemption_lists.models import Mandate

# Comparing all pairs of one act ends here; a crowd of entries about one act all stay listed.
MOST_OF_ONE_ACT = 40


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry with where it comes from. `level` is the length of the agency's region code, longer is nearer."""

    entry: CheckedEntry
    document_id: int
    level: int
    position: int

    @property
    def treatment(self) -> tuple[int, bool]:
        """How well the party fares, the best first: the more lenient kind, 应当 before 可以."""
        kind = self.entry.kind
        place = LADDER.index(kind) if kind in LADDER else 0
        return (place, self.entry.mandate is not Mandate.MUST)

    @property
    def rank(self) -> tuple[tuple[int, bool], int, int, int]:
        """What is named first: the best treatment, the nearest agency's, in printed order."""
        return (self.treatment, -self.level, self.document_id, self.position)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry and, when it has no work left, the place in the given order of the entry that speaks instead."""

    placed: PlacedEntry
    covered_by: int | None = None


def standings(entries: Sequence[PlacedEntry], vocabulary: Vocabulary) -> tuple[Standing, ...]:
    """One standing per entry, in the given order. Entries of one document never cover each other here: that a list
    repeats itself is found before it is published.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for number, placed in enumerate(entries):
        for key in subject_keys(placed.entry):
            groups.setdefault(key, []).append(number)
    covered: dict[int, int] = {}
    for numbers in groups.values():
        if len(numbers) <= MOST_OF_ONE_ACT:
            for number in numbers:
                better = _covering(number, numbers, entries, vocabulary)
                if better is not None:
                    covered.setdefault(number, better)
    return tuple(Standing(placed, _last(number, covered)) for number, placed in enumerate(entries))


def _last(number: int, covered: dict[int, int]) -> int | None:
    """The entry at the end of the chain: the one that applies. Covering is a strict order, so there is an end."""
    found = covered.get(number)
    while found is not None and found in covered:
        found = covered[found]
    return found


def subject_keys(entry: CheckedEntry) -> tuple[tuple[str, str], ...]:
    """By the registered violation and by its name: two agencies need not link their entries alike. General clauses
    are compared among themselves.
    """
    measure = entry.subject[1]
    if entry.is_general:
        return ((f"general:{entry.violation_name.strip()}", measure),)
    linked = ((f"#{entry.violation_id}", measure),) if entry.violation_id is not None else ()
    return (*linked, (entry.violation_name.strip(), measure))


def _covering(
    number: int, numbers: Iterable[int], entries: Sequence[PlacedEntry], vocabulary: Vocabulary
) -> int | None:
    """The best of the entries that leave this one without work."""
    own = entries[number]
    found = [one for one in numbers if one != number and _covers(entries[one], own, vocabulary)]
    return min(found, key=lambda one: entries[one].rank, default=None)


def _covers(better: PlacedEntry, own: PlacedEntry, vocabulary: Vocabulary) -> bool:
    if better.document_id == own.document_id or better.treatment > own.treatment:
        return False
    # What an agency may do does not replace what it must do.
    if better.entry.mandate is Mandate.MAY and own.entry.mandate is Mandate.MUST:
        return False
    if not implies(own.entry.condition, better.entry.condition, vocabulary):
        return False
    same_reach = better.treatment == own.treatment and implies(
        better.entry.condition, own.entry.condition, vocabulary
    )
    return better.rank < own.rank if same_reach else True
