"""The two sides of a replay: the entries of each version that speak about one violation, in the order they decide. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from enforcement.conditions.tree import Condition, fact_codes
from enforcement.conditions.vocabulary import FactDefinition, Vocabulary

# Most lenient first (不予处罚, 减轻, 从轻). What an entry says about compulsion is a question of its own.
PENAL_KINDS = ("no_penalty", "mitigated", "lighter")
COMPULSION_KINDS = ("no_compulsion",)
MUST = "must"


@dataclass(frozen=True, slots=True)
class ReplayEntry:
    """An entry as a replay needs it; `condition` includes the absence of every exclusion.

    `key` is its slug, which stays from version to version; `old_key` says when an old entry has another.
    """

    key: str
    serial: str
    title: str
    kind: str
    mandate: str
    is_general: bool
    violation_id: int | None
    violation_name: str
    position: int
    condition: Condition
    definitions: Mapping[str, FactDefinition] = field(compare=False)

    @property
    def says(self) -> tuple[Any, ...]:
        """What decides cases: two entries that say the same treat every case alike."""
        known = ((code, self.definitions[code].type, self.definitions[code].options) for code in self.codes)
        return (self.kind, self.condition, tuple(known))

    @property
    def codes(self) -> tuple[str, ...]:
        """The facts its condition looks at."""
        return fact_codes(self.condition)


@dataclass(frozen=True, slots=True)
class Matter:
    """A violation of the register, as entries name it."""

    violation_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Side:
    """The entries of one version about one matter: those that set the penalty, and those that spare compulsion."""

    penal: tuple[ReplayEntry, ...] = ()
    compulsion: tuple[ReplayEntry, ...] = ()

    @property
    def entries(self) -> tuple[ReplayEntry, ...]:
        return (*self.penal, *self.compulsion)

    @property
    def says(self) -> frozenset[tuple[Any, ...]]:
        return frozenset(entry.says for entry in self.entries)


@dataclass(frozen=True, slots=True)
class BothSides:
    """A matter on which the versions differ."""

    old: Side
    new: Side

    @property
    def definitions(self) -> dict[str, set[FactDefinition]]:
        """Each fact that either side looks at, with every way in which the entries define it."""
        found: dict[str, set[FactDefinition]] = {}
        for entry in (*self.old.entries, *self.new.entries):
            for code in entry.codes:
                found.setdefault(code, set()).add(entry.definitions[code])
        return found


def needed_definitions(condition: Condition, vocabulary: Vocabulary) -> dict[str, FactDefinition]:
    """The definitions of the facts a condition looks at."""
    return {code: vocabulary[code] for code in fact_codes(condition)}


def side_of(entries: Iterable[ReplayEntry], matter: Matter) -> Side:
    """The entries about the matter (linked to it, or naming it in the same words) and the general clauses.

    Within a kind 应当 comes before 可以, the matter's own entry before a general clause, then the printed order.
    """
    about = [entry for entry in entries if _is_about(entry, matter)]
    return Side(_ordered(about, PENAL_KINDS), _ordered(about, COMPULSION_KINDS))


def _is_about(entry: ReplayEntry, matter: Matter) -> bool:
    named = matter.name.strip()
    return (
        entry.is_general
        or entry.violation_id == matter.violation_id
        or (named != "" and entry.violation_name == named)
    )


def _ordered(entries: Iterable[ReplayEntry], kinds: tuple[str, ...]) -> tuple[ReplayEntry, ...]:
    return tuple(
        sorted(
            (entry for entry in entries if entry.kind in kinds),
            key=lambda one: (kinds.index(one.kind), one.mandate != MUST, one.is_general, one.position),
        )
    )


def old_key(slug: str, *, kind: str, serial: str, title: str, number: int, new: Iterable[ReplayEntry]) -> str:
    """The key of an entry of the old version: that of the same entry in the new one.

    The same entry has the same list, serial and title, else the same slug, unless another entry took that slug over.
    """
    others = list(new)
    names = {(entry.kind, entry.serial, entry.title): entry.key for entry in others}
    same = names.get((kind, serial, title))
    if same is not None:
        return same
    at_slug = next((entry for entry in others if entry.key == slug), None)
    if at_slug is None or (at_slug.kind, at_slug.title) == (kind, title):
        return slug
    return f"{slug}@{number}"


def changed_matters(
    old: Iterable[ReplayEntry], new: Iterable[ReplayEntry], matters: Iterable[Matter]
) -> dict[int, BothSides]:
    """Only the matters on which the versions say different things: on the others no case can end otherwise."""
    old, new = list(old), list(new)
    sides = {one.violation_id: BothSides(side_of(old, one), side_of(new, one)) for one in matters}
    return {key: both for key, both in sides.items() if both.old.says != both.new.says}


def changed_entries(old: Iterable[ReplayEntry], new: Iterable[ReplayEntry]) -> list[ReplayEntry]:
    """Entries that were added, taken out or say something else, in the order of the new version, then of the old."""
    before = {entry.key: entry for entry in old}
    after = {entry.key: entry for entry in new}
    added = [entry for key, entry in after.items() if key not in before or before[key].says != entry.says]
    return added + [entry for key, entry in before.items() if key not in after]
