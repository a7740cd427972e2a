"""What changed between two versions: entries added, removed, moved and changed, and in a changed entry which fields."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enforcement.comparison.entries import ComparedEntry
from enforcement.comparison.phrases import Op, Part, phrase_parts

# Said where the words of an entry are equal and only what a machine reads of it differs.
UNSEEN_FIELD = "机器可读部分"
UNSEEN_CHANGE = "文字没有变化，机器可读的内容有修改"
TITLE_FIELD = "名称"
SERIAL_FIELD = "序号"


class EntryState(StrEnum):
    """The codes of `wording.STATE_WORDS`; `MOVED` means that only the place or the serial changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry. `note` stands in place of `parts` where no words differ."""

    label: str
    parts: tuple[Part, ...]
    note: str = ""

    @property
    def is_change(self) -> bool:
        return bool(self.note) or any(part.op is not Op.SAME for part in self.parts)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry of either version. `fields` holds every field of an added, removed or unchanged entry, and the changed
    fields of the others; `moved` is also true for a changed entry that changed its place.
    """

    state: EntryState
    entry: ComparedEntry
    former: ComparedEntry | None
    fields: tuple[FieldChange, ...]
    moved: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all of it came or went."""
        return self.state in {EntryState.ADDED, EntryState.REMOVED}

    @property
    def slugs(self) -> frozenset[str]:
        """The places in permalinks it had and has."""
        return frozenset(one.slug for one in (self.entry, self.former) if one is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All entries in the order of the later version, a removed one where it stood in the earlier."""

    entries: tuple[EntryChange, ...]

    def count(self, state: EntryState) -> int:
        return sum(entry.state is state for entry in self.entries)

    @property
    def changes(self) -> tuple[EntryChange, ...]:
        return tuple(entry for entry in self.entries if entry.state is not EntryState.SAME)


def compare_versions(old: Sequence[ComparedEntry], new: Sequence[ComparedEntry]) -> Comparison:
    """Compare two lists of entries, each in printed order. Linear in their number, but for sorting places."""
    pairs = align(old, new)
    moved = _out_of_order(pairs, len(new))
    followers: dict[int, list[EntryChange]] = defaultdict(list)
    partner = {before: after for after, before in pairs.items()}
    anchor = -1
    for place, entry in enumerate(old):
        if place in partner:
            anchor = partner[place]
        else:
            followers[anchor].append(_alone(EntryState.REMOVED, entry))
    found = list(followers[-1])
    for place, entry in enumerate(new):
        if place in pairs:
            found.append(_paired(old[pairs[place]], entry, is_moved=place in moved))
        else:
            found.append(_alone(EntryState.ADDED, entry))
        found += followers[place]
    return Comparison(tuple(found))


def align(old: Sequence[ComparedEntry], new: Sequence[ComparedEntry]) -> dict[int, int]:
    """For each place in `new` the place in `old` of the same entry, where there is one.

    The same address and name first; then the same name in the same list, because a version that was read anew from a
    table may have given addresses away; then the same address; last the same serial of the same list, where what
    remains on both sides has words in common.
    """
    pairs: dict[int, int] = {}
    left, right = dict(enumerate(old)), dict(enumerate(new))
    keys: tuple[Callable[[ComparedEntry], Hashable], ...] = (
        lambda entry: (entry.slug, entry.group, entry.title),
        lambda entry: (entry.group, entry.title),
        lambda entry: entry.slug,
        lambda entry: (entry.group, entry.serial),
    )
    for step, key in enumerate(keys):
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, entry in left.items():
            waiting[key(entry)].append(place)
        for place, entry in list(right.items()):
            queue = waiting.get(key(entry))
            if not queue or (step == len(keys) - 1 and not _related(old[queue[0]], entry)):
                continue
            pairs[place] = queue.popleft()
            del left[pairs[place]], right[place]
    return pairs


def _related(one: ComparedEntry, other: ComparedEntry) -> bool:
    """Whether two names share half of their signs: a reworded name, not another matter under a freed serial."""
    signs = set(one.title), set(other.title)
    return 2 * len(signs[0] & signs[1]) >= max(len(signs[0]), len(signs[1]))


def _out_of_order(pairs: dict[int, int], length: int) -> frozenset[int]:
    """Places in the new version outside the longest run of entries that kept their order."""
    places = [place for place in range(length) if place in pairs]
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, pairs[place])
        before[place] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(pairs[place])
            ends.append(place)
        else:
            tails[at], ends[at] = pairs[place], place
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(place for place in places if place not in kept)


def _alone(state: EntryState, entry: ComparedEntry) -> EntryChange:
    op = Op.ADDED if state is EntryState.ADDED else Op.DELETED
    fields = tuple(FieldChange(label, (Part(op, text),)) for label, text in entry.fields if text)
    return EntryChange(state, entry, None, fields)


def _paired(former: ComparedEntry, entry: ComparedEntry, *, is_moved: bool) -> EntryChange:
    changed = [field for field in _field_changes(former, entry) if field.is_change]
    if not changed and former.digest != entry.digest:
        changed = [FieldChange(UNSEEN_FIELD, (), UNSEEN_CHANGE)]
    renumbered = former.serial != entry.serial
    serial = FieldChange(SERIAL_FIELD, phrase_parts(former.serial, entry.serial))
    if changed:
        fields = (serial, *changed) if renumbered else tuple(changed)
        return EntryChange(EntryState.CHANGED, entry, former, fields, moved=is_moved or renumbered)
    if is_moved or renumbered:
        return EntryChange(EntryState.MOVED, entry, former, (serial,) if renumbered else (), moved=True)
    whole = tuple(FieldChange(label, (Part(Op.SAME, text),)) for label, text in entry.fields if text)
    return EntryChange(EntryState.SAME, entry, former, whole)


def _field_changes(former: ComparedEntry, entry: ComparedEntry) -> list[FieldChange]:
    was, now = dict(former.fields), dict(entry.fields)
    labels = dict.fromkeys([*now, *was])
    fields = [FieldChange(TITLE_FIELD, phrase_parts(former.title, entry.title))]
    return fields + [
        FieldChange(label, phrase_parts(was.get(label, ""), now.get(label, ""))) for label in labels
    ]
