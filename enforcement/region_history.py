"""What became of a 行政区划 code. Pure: changes in, codes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LEAVING = frozenset({"abolished", "code_changed", "transferred"})
ARRIVING = frozenset({"established", "code_changed", "transferred"})


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change of a code. `certain_from`: the day from which it is certain to have happened."""

    kind: str
    certain_from: dt.date
    old_code: str
    new_code: str


@dataclass(frozen=True, slots=True)
class CodeFate:
    """Where a code leads on a day. `successors` is empty while it is in use; `is_known` is False when it ended and no
    change names who took over.
    """

    code: str
    is_in_use: bool
    successors: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.is_in_use or bool(self.successors)


def fate_of(code: str, *, changes: Iterable[CodeChange], on: dt.date) -> CodeFate:
    """The codes that stand for `code` on `on`, followed over as many changes as there were.

    A code given away and later used again is in use: its last holder counts. A change known only by its year counts
    from the last day of that year.
    """
    past = sorted((one for one in changes if one.certain_from <= on), key=lambda one: one.certain_from)
    ends = _departures(code, past)
    if not ends:
        return CodeFate(code, is_in_use=True)
    found: list[str] = []
    _follow(code, past, found, seen={code})
    return CodeFate(code, is_in_use=False, successors=tuple(dict.fromkeys(found)))


def _departures(code: str, past: list[CodeChange]) -> list[CodeChange]:
    """The changes by which the last holder left the code, none while somebody holds it."""
    leaving = [one for one in past if one.old_code == code and one.kind in LEAVING and one.new_code != code]
    if not leaving:
        return []
    last = leaving[-1].certain_from
    if any(one.new_code == code and one.kind in ARRIVING and one.certain_from > last for one in past):
        return []
    return [one for one in leaving if one.certain_from == last]


def _follow(code: str, past: list[CodeChange], found: list[str], seen: set[str]) -> None:
    for departure in _departures(code, past):
        target = departure.new_code
        if not target or target in seen:
            continue
        seen.add(target)
        later = [one for one in past if one.certain_from >= departure.certain_from]
        if _departures(target, later):
            _follow(target, later, found, seen)
        else:
            found.append(target)
