"""Which entry of a newly read list is which entry of the list before, so that it keeps its address. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

# Two names of which at least this share of signs agree are one name that was reworded.
_RELATED = 0.5


@dataclass(frozen=True, slots=True)
class Identity:
    """What an entry is recognised by; `violation_name` is "" for a general clause."""

    serial: str
    kind: str
    violation_name: str


def pair_entries(new: Sequence[Identity], old: Sequence[Identity]) -> dict[int, int]:
    """For each place in `new` the place in `old` of the same entry, where there is one; no place is used twice.

    Serial and violation together decide first; then a violation that stands once on either side; last a serial whose
    violation was only reworded.
    """
    pairs: dict[int, int] = {}
    steps: tuple[tuple[Callable[[Identity], Hashable], bool], ...] = (
        (lambda one: (one.serial, one.kind, one.violation_name), False),
        (lambda one: (one.serial, one.violation_name) if one.violation_name else None, True),
        (lambda one: (one.kind, one.violation_name) if one.violation_name else None, True),
        (lambda one: (one.serial, one.kind), True),
    )
    for step, (key, only_single) in enumerate(steps):
        waiting = _by_key(old, key, set(pairs.values()))
        asking = _by_key(new, key, set(pairs))
        for value, places in asking.items():
            found = waiting.get(value, [])
            if only_single and not len(found) == len(places) == 1:
                continue
            for place, partner in zip(places, found, strict=False):
                if step < len(steps) - 1 or _related(new[place].violation_name, old[partner].violation_name):
                    pairs[place] = partner
    return pairs


def _by_key(
    entries: Sequence[Identity], key: Callable[[Identity], Hashable], used: set[int]
) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        value = key(entry)
        if place not in used and value is not None:
            places[value].append(place)
    return places


def _related(one: str, other: str) -> bool:
    signs = set(one), set(other)
    return len(signs[0] & signs[1]) >= _RELATED * max(len(signs[0]), len(signs[1]))
