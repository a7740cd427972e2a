"""The entries of a version as values to compare."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ComparedEntry:
    """One entry in words, in printed order.

    `slug` is its place in permalinks, `group` what the same serial may be used once in (the list of a document), `title`
    the violation or matter. `fields` are (label, text), in the order they are read; empty texts may be left out.
    `digest` stands for all of its content but its place, machine-readable parts included, so that nothing changes unseen.
    """

    slug: str
    serial: str
    title: str
    group: str = ""
    fields: tuple[tuple[str, str], ...] = field(default=())
    digest: str = ""
