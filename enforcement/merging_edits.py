"""Two people edited the same thing: which field each of them changed, and where a person has to choose. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class MergeState(StrEnum):
    """How one field stands after two edits of the same base."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field: what both started from (None when that is not known), and what each made of it."""

    name: str
    base: Any
    mine: Any
    theirs: Any
    state: MergeState

    @property
    def merged(self) -> Any:
        """The value nobody has to choose; mine where both changed it, until the person chooses."""
        return self.theirs if self.state in (MergeState.THEIRS, MergeState.SAME) else self.mine


def merge_edits(
    *, base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[FieldMerge, ...]:
    """Three-way comparison, field by field, in the order of `mine`.

    Without a base every field that differs is a clash: nobody can tell who changed it.
    """
    return tuple(_merged(name, base, mine[name], theirs.get(name)) for name in mine)


def clashes(fields: tuple[FieldMerge, ...]) -> tuple[FieldMerge, ...]:
    """The fields a person has to decide."""
    return tuple(one for one in fields if one.state is MergeState.CLASH)


def _merged(name: str, base: Mapping[str, Any] | None, mine: Any, theirs: Any) -> FieldMerge:
    if mine == theirs:
        return FieldMerge(name, base.get(name) if base else None, mine, theirs, MergeState.SAME)
    if base is None or name not in base:
        return FieldMerge(name, None, mine, theirs, MergeState.CLASH)
    before = base[name]
    if mine == before:
        state = MergeState.THEIRS
    elif theirs == before:
        state = MergeState.MINE
    else:
        state = MergeState.CLASH
    return FieldMerge(name, before, mine, theirs, state)
