"""What changed inside a text: runs that stayed, went and came.

The text is first cut into clauses, and only clauses that differ are compared word by word: long texts cost little more
than their length, and a moved comma does not tear a sentence apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final


class Op(StrEnum):
    """What happened to a run of text between the earlier and the later version."""

    SAME = "same"
    DELETED = "del"
    ADDED = "add"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text. The earlier text is all parts but the added, the later all but the deleted."""

    op: Op
    text: str


# A clause with the mark that ends it; a new line ends one as well.
_CLAUSE: Final = re.compile(r"[^，。；：、！？;\n]*(?:[，。；：、！？;]|\n|$)")
# A number with its separators or a Latin word is one word; every other sign stands for itself.
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)
# Above this many words a differing passage is shown whole; word by word nobody could read it, and it would cost time.
LONGEST_PASSAGE: Final = 1200
# Passages that share less than this are two different texts, and shown as such.
LEAST_SHARED: Final = 0.35


def phrase_parts(old: str, new: str) -> tuple[Part, ...]:
    """The runs of `old` and `new` in reading order; what went stands before what came in its place.

    No two neighbouring parts have the same op, and none is empty. Equal texts are one part, two empty ones none.
    """
    if old == new:
        return (Part(Op.SAME, old),) if old else ()
    before, after = _clauses(old), _clauses(new)
    if max(len(before), len(after)) > LONGEST_PASSAGE:
        return tuple(_joined([Part(Op.DELETED, old), Part(Op.ADDED, new)]))
    runs: list[Part] = []
    for op, a0, a1, b0, b1 in _opcodes(before, after):
        if op == "equal":
            runs.append(Part(Op.SAME, "".join(before[a0:a1])))
        else:
            runs += _passage("".join(before[a0:a1]), "".join(after[b0:b1]))
    return tuple(_joined(runs))


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.findall(text) if clause]


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _passage(old: str, new: str) -> list[Part]:
    """Two passages that differ, word by word where they still have enough in common."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    whole = [Part(Op.DELETED, old), Part(Op.ADDED, new)]
    if not old or not new or max(len(before), len(after)) > LONGEST_PASSAGE:
        return whole
    codes = _opcodes(before, after)
    shared = sum(a1 - a0 for op, a0, a1, _b0, _b1 in codes if op == "equal")
    if 2 * shared < LEAST_SHARED * (len(before) + len(after)):
        return whole
    runs: list[Part] = []
    for place, (op, a0, a1, b0, b1) in enumerate(codes):
        if op == "equal" and not _is_torn(codes, place):
            runs.append(Part(Op.SAME, "".join(before[a0:a1])))
        else:
            runs += [Part(Op.DELETED, "".join(before[a0:a1])), Part(Op.ADDED, "".join(after[b0:b1]))]
    return runs


def _is_torn(codes: Sequence[tuple[str, int, int, int, int]], place: int) -> bool:
    """Whether a run that stayed is no longer than the changes on both sides: such islands hinder reading."""
    if not 0 < place < len(codes) - 1:
        return False
    sizes = [max(a1 - a0, b1 - b0) for _op, a0, a1, b0, b1 in codes[place - 1 : place + 2]]
    return sizes[1] <= sizes[0] and sizes[1] <= sizes[2]


def _joined(runs: Iterable[Part]) -> Iterator[Part]:
    """Neighbouring changes become one deletion and one addition, neighbouring equal runs one run."""
    same, went, came = "", "", ""
    for run in runs:
        if run.op is Op.SAME and run.text:
            yield from _changed(went, came)
            went = came = ""
            same += run.text
        elif run.text:
            if same:
                yield Part(Op.SAME, same)
                same = ""
            went += run.text if run.op is Op.DELETED else ""
            came += run.text if run.op is Op.ADDED else ""
    if same:
        yield Part(Op.SAME, same)
    yield from _changed(went, came)


def _changed(went: str, came: str) -> Iterator[Part]:
    if went:
        yield Part(Op.DELETED, went)
    if came:
        yield Part(Op.ADDED, came)
