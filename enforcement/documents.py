"""What the shared version machinery needs to know about one kind of rule document.

The entries of a document live one floor up (exemption_lists, discretion, joint_inspection), those of
权责清单 on this one. Each of those apps hands
its `DocumentBody` to the services here, so that the lower floor never reaches up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
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
class SearchEntry:
    """One entry as the public finds it: its name, the verdict word or code, what it says in one line, and the other texts in
    which it may be found.
    """

    slug: str
    title: str
    tag: str
    summary: str
    others: tuple[str, ...] = ()


class FindingSeverity(StrEnum):
    """An error blocks legal review and publication; a warning is kept with the published version."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check noticed. `text` is a Chinese sentence that says what to do; `entry_slug` "" is the whole document;
    `check` names the check, `field` the column of the entry that should be looked at.
    """

    severity: FindingSeverity
    check: str
    text: str
    entry_slug: str = ""
    field: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity is FindingSeverity.ERROR

    def as_document(self) -> dict[str, str]:
        """Plain JSON, as kept with a published version."""
        return {"check": self.check, "text": self.text, "entry": self.entry_slug, "field": self.field}


def no_findings(version: RuleVersion, on: dt.date) -> tuple[Finding, ...]:
    """For kinds of documents without checks of their own."""
    return ()


@dataclass(frozen=True, slots=True)
class DocumentBody:
    """`content_of` gives the canonical content of a version (plain JSON, no floats, stable order);
    `problems_of` the Chinese sentences about what is missing or malformed, which block publishing; `findings_on(version,
    day)` what its content means beside the law, other lists and itself on the day it takes effect; `copy_entries(source,
    target)` fills a new draft; `search_entries` gives what the public search finds; `citing_entries` the provisions each
    entry names, for the index of who cites what.
    """

    kind: DocumentKind
    content_of: Callable[[RuleVersion], list[dict[str, Any]]]
    problems_of: Callable[[RuleVersion], list[str]]
    copy_entries: Callable[[RuleVersion, RuleVersion], None]
    citing_entries: Callable[[RuleVersion], Iterable[CitingEntry]]
    search_entries: Callable[[RuleVersion], Iterable[SearchEntry]]
    findings_on: Callable[[RuleVersion, dt.date], tuple[Finding, ...]] = no_findings

    def findings(self, version: RuleVersion, *, on: dt.date) -> tuple[Finding, ...]:
        """Everything worth saying before the version takes effect `on`. A malformed document cannot be checked for its
        meaning, so its problems stand alone.
        """
        problems = self.problems_of(version)
        if problems:
            return tuple(Finding(FindingSeverity.ERROR, "malformed", problem) for problem in problems)
        return self.findings_on(version, on)

    def blocking_problems(self, version: RuleVersion, *, on: dt.date) -> list[str]:
        """Every sentence that must be settled before legal review or publication with effect from `on`."""
        return [one.text for one in self.findings(version, on=on) if one.blocks]


def copy_into(entries: QuerySet[Any], version: RuleVersion) -> None:
    """Copies of plain entries as the entries of a new draft; slugs stay, so that an entry keeps its address stem."""
    copies = list(entries.order_by("position"))
    for entry in copies:
        entry.pk, entry.version = None, version
    entries.model._default_manager.bulk_create(copies)
