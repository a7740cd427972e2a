"""Published versions as news: the newest of a kind, all of a document, and those that speak of one violation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from enforcement.feeds import MOST_ITEMS
from enforcement.models import DocumentKind, RuleDocument, RuleVersion, Violation


@dataclass(frozen=True, slots=True)
class EntryMark:
    """Where a version speaks of a violation."""

    version_id: int
    slug: str
    serial: str


@dataclass(frozen=True, slots=True)
class MatterNews:
    """A version that speaks of a violation by `marks`, or that speaks of it no more."""

    version: RuleVersion
    marks: tuple[EntryMark, ...]


def newest_of_kind(kind: DocumentKind) -> list[RuleVersion]:
    """The versions published last, over all documents of a kind. One query."""
    return list(_news().filter(document__kind=kind)[:MOST_ITEMS])


def newest_of_document(document: RuleDocument) -> list[RuleVersion]:
    """The published versions of a document, the last published first. One query."""
    return list(_news().filter(document=document)[:MOST_ITEMS])


def find_violation(code: str) -> Violation | None:
    """A violation by its code. One query."""
    return Violation.objects.filter(code=code).first()


def news_of_marks(marks: Iterable[EntryMark]) -> list[MatterNews]:
    """For each document the versions that hold one of the marks, and each that dropped what the one before it held.

    The last published first. Two queries, whatever the number of marks.
    """
    held: dict[int, list[EntryMark]] = {}
    for mark in marks:
        held.setdefault(mark.version_id, []).append(mark)
    documents = RuleVersion.objects.filter(pk__in=held).values("document_id")
    versions = RuleVersion.objects.published().filter(document__in=documents)
    rows = versions.select_related("document__agency", "repeal").order_by("document_id", "number")
    news = list(_with_drops(rows, held))
    return sorted(news, key=lambda one: (one.version.published_at, one.version.pk), reverse=True)[:MOST_ITEMS]


def _with_drops(rows: Iterable[RuleVersion], held: Mapping[int, list[EntryMark]]) -> Iterable[MatterNews]:
    before: RuleVersion | None = None
    for version in rows:
        marks = tuple(held.get(version.pk, ()))
        follows = before is not None and before.document_id == version.document_id
        if marks or (before is not None and follows and before.pk in held):
            yield MatterNews(version, marks)
        before = version


def _news() -> QuerySet[RuleVersion]:
    rows = RuleVersion.objects.published().select_related("document__agency", "repeal")
    return rows.order_by("-published_at", "-pk")
