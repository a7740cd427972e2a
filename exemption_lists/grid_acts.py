"""What one act in the table asks for, and what came of it. Plain values between page, service and script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enforcement.errors import StaleVersion

# Behind which entry something is put: its id, the key of an entry added by the same act, or None for the top.
Place = int | str | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """A new text for a cell. `before` is what the editor saw there: the cell's own token against lost updates."""

    entry_id: int
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A new entry; `key` is the name the page gave it until it has an id."""

    key: str
    behind: Place
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Removal:
    """`lock_version` of the entry as the editor saw it: what somebody changed meanwhile is not taken out unseen."""

    entry_id: int
    lock_version: int


@dataclass(frozen=True, slots=True)
class Restoration:
    """Bring back what a removal took out."""

    removed_id: int
    behind: Place


@dataclass(frozen=True, slots=True)
class Move:
    entry_id: int
    behind: Place


@dataclass(frozen=True, slots=True)
class GridActs:
    """One act of a person: an edit, a pasted block, a row put in or taken out. All of it or nothing."""

    changes: tuple[CellChange, ...] = ()
    additions: tuple[Addition, ...] = ()
    removals: tuple[Removal, ...] = ()
    restorations: tuple[Restoration, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def moves_rows(self) -> bool:
        return bool(self.additions or self.removals or self.restorations or self.moves)

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.moves_rows)


@dataclass(slots=True)
class GridOutcome:
    """Ids of what was written: `created` by key, `removed` entry → removal, `notices` worth a look by entry id."""

    written: set[int] = field(default_factory=set)
    created: dict[str, int] = field(default_factory=dict)
    removed: dict[int, int] = field(default_factory=dict)
    notices: dict[int, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell (or, with an empty column, an entry) that somebody else changed; `theirs` None when it is gone."""

    entry_id: int
    column: str
    mine: str
    theirs: str | None
    message: str


class CellsOvertaken(StaleVersion):
    """Cells were changed by others; nothing of the act was written. `conflicts` says which and by whom."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("cells_overtaken", conflicts[0].message)
        self.conflicts = conflicts

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.conflicts,))
