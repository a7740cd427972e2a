"""Panels that upper floors put on the officer's pages of a version: the floor below knows only their words.

An app adds its part once, in its `AppConfig.ready`. The part is asked for every page of a version of that kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enforcement.actors import Actor
from enforcement.models import DocumentKind, RuleVersion


@dataclass(frozen=True, slots=True)
class VersionPart:
    """A titled panel: a sentence, a small table under `columns`, a note, and a link to more."""

    key: str
    title: str
    sentence: str
    url: str
    link_label: str
    aside: str = ""
    warning: str = ""
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


PartOf = Callable[[Actor, RuleVersion], VersionPart | None]

_PARTS: dict[DocumentKind, list[PartOf]] = {}


def add_version_part(kind: DocumentKind, part_of: PartOf) -> None:
    """`part_of(actor, version)` gives the panel, or None when there is nothing to say."""
    parts = _PARTS.setdefault(kind, [])
    if part_of not in parts:
        parts.append(part_of)


def version_parts(actor: Actor, version: RuleVersion) -> tuple[VersionPart, ...]:
    """The panels for a version, in the order in which they were added."""
    made = (part_of(actor, version) for part_of in _PARTS.get(DocumentKind(version.document.kind), ()))
    return tuple(part for part in made if part is not None)
