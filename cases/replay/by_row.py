"""One case under one side, by the evaluator that explains: what the columnar reading must agree with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.replay.sides import BothSides, ReplayEntry, Side
from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.facts import FactError, parse_fact
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import FactDefinition

NONE = "none"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list says about a case: `penal` is a kind, none or unknown; `compulsion` likewise.

    The keys name the entry that decides, empty for none: the first that holds or, where facts are missing, the first
    that could.
    """

    penal: str = NONE
    penal_key: str = ""
    compulsion: str = NONE
    compulsion_key: str = ""


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """The two standings of a case that would have ended otherwise, as `changes` of the columnar reading hold them."""

    was: str
    becomes: str
    entry: str


def standing_of(side: Side, facts: Mapping[str, Any]) -> Standing:
    """What the side says about the JSON facts of a case."""
    penal, penal_key = _first(side.penal, facts)
    compulsion, compulsion_key = _first(side.compulsion, facts)
    return Standing(penal, penal_key, compulsion, compulsion_key)


def changed_case(both: BothSides, facts: Mapping[str, Any]) -> ChangedCase | None:
    """The change of a case, or None where both sides say the same."""
    return change_between(standing_of(both.old, facts), standing_of(both.new, facts))


def change_between(old: Standing, new: Standing) -> ChangedCase | None:
    """The change from one standing to the other. The new version's deciding entry counts, else the old one's."""
    if (old.penal, old.compulsion) == (new.penal, new.compulsion):
        return None
    entry = (
        new.penal_key or old.penal_key if old.penal != new.penal else new.compulsion_key or old.compulsion_key
    )
    return ChangedCase(
        was=conclusion_code(old.penal, old.compulsion),
        becomes=conclusion_code(new.penal, new.compulsion),
        entry=entry,
    )


def conclusion_code(penal: str, compulsion: str) -> str:
    """Both answers as one word; compulsion is named only where the list says something about it."""
    if compulsion == NONE:
        return penal
    return f"{penal}+{compulsion if compulsion != UNKNOWN else 'compulsion_unknown'}"


def _first(entries: tuple[ReplayEntry, ...], facts: Mapping[str, Any]) -> tuple[str, str]:
    """The kind and key of the entry that decides: kind by kind, one that holds before one that is open."""
    truths = [(entry, truth_for(entry, facts)) for entry in entries]
    for kind in dict.fromkeys(entry.kind for entry in entries):
        group = [(entry, truth) for entry, truth in truths if entry.kind == kind]
        for wanted, answer in ((Truth.TRUE, kind), (Truth.UNKNOWN, UNKNOWN)):
            found = next((entry for entry, truth in group if truth is wanted), None)
            if found is not None:
                return answer, found.key
    return NONE, ""


def truth_for(entry: ReplayEntry, facts: Mapping[str, Any]) -> Truth:
    """Whether the entry applies to the case, by its own definitions of the facts."""
    typed = {code: _typed(entry.definitions[code], facts.get(code)) for code in entry.codes}
    return evaluate(entry.condition, typed, entry.definitions).truth


def _typed(definition: FactDefinition, raw: Any) -> FactValue | None:
    """An answer that is not, or no longer, one of the fact's must be asked again: it is unknown."""
    try:
        return parse_fact(definition, raw)
    except FactError:
        return None
