"""What the shared version machinery needs to know about one kind of rule document.

The entries of a document live one floor up (exemption_lists, discretion, joint_inspection), those of
权责清单 on this one. Each of those apps hands
its `DocumentBody` to the services here, so that the lower floor never reaches up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from enforcement.models import DocumentKind, RuleVersion


@dataclass(frozen=True, slots=True)
class CitingEntry:
    """One entry with the provisions it names, as references `{law, article, paragraph, item, text}`."""

    serial: str
    slug: str
    title: str
    references: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DocumentBody:
    """`content_of` gives the canonical content of a version (plain JSON, no floats, stable order);
    `problems_of` the Chinese sentences that block publishing; `copy_entries(source, target)` fills a new draft;
    `citing_entries` gives the provisions each entry names, for the index of who cites what.
    """

    kind: DocumentKind
    content_of: Callable[[RuleVersion], list[dict[str, Any]]]
    problems_of: Callable[[RuleVersion], list[str]]
    copy_entries: Callable[[RuleVersion, RuleVersion], None]
    citing_entries: Callable[[RuleVersion], Iterable[CitingEntry]]


def copy_into(entries: QuerySet[Any], version: RuleVersion) -> None:
    """Copies of plain entries as the entries of a new draft; slugs stay, so that an entry keeps its address stem."""
    copies = list(entries.order_by("position"))
    for entry in copies:
        entry.pk, entry.version = None, version
    entries.model._default_manager.bulk_create(copies)
