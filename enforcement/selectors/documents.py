"""Reads of rule documents and their versions, for officers (inside their grants) and for the public (published only)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from enforcement.actors import COMPILING_ROLES, Actor, Role
from enforcement.models import Agency, DocumentKind, Line, RuleDocument, RuleVersion, VersionStatus


class Validity(StrEnum):
    """Where a published version stands on a day; the Chinese word is what people read."""

    UNPUBLISHED = "未发布"
    UPCOMING = "尚未生效"
    IN_FORCE = "现行有效"
    EXPIRED = "已失效"
    REPLACED = "已被新版替代"
    REPEALED = "已废止"
    WITHDRAWN = "生效前已撤回"

    @property
    def tone(self) -> str:
        """Tag colour."""
        return {"现行有效": "ok", "尚未生效": "brand", "未发布": "warn"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of an index: a document with the versions that matter on the day."""

    document: RuleDocument
    working: RuleVersion | None
    in_force: RuleVersion | None
    upcoming: tuple[RuleVersion, ...]
    latest: RuleVersion | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version with its place in time; `until` is the first day it no longer holds, if known."""

    version: RuleVersion
    validity: Validity
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The documents of one line on the public index."""

    line_name: str
    rows: tuple[DocumentRow, ...]


class IndexView(StrEnum):
    """The saved views of the officers' index."""

    ALL = "all"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    IN_FORCE = "in_force"

    @property
    def label(self) -> str:
        return _VIEW_LABELS[self]


_VIEW_LABELS = {
    IndexView.ALL: "全部",
    IndexView.DRAFT: "编制中",
    IndexView.IN_REVIEW: "法制审核中",
    IndexView.REVIEWED: "待发布",
    IndexView.IN_FORCE: "现行有效",
}


def documents_for_officer(*, actor: Actor, kind: DocumentKind, on: dt.date) -> list[DocumentRow]:
    """Documents inside the actor's compiling duties, working versions included."""
    documents = RuleDocument.objects.filter(kind=kind).visible_to(actor, roles=COMPILING_ROLES)
    return _rows(documents, on=on)


def filter_rows(rows: Iterable[DocumentRow], view: IndexView) -> list[DocumentRow]:
    """The rows of one saved view."""
    if view is IndexView.ALL:
        return list(rows)
    if view is IndexView.IN_FORCE:
        return [row for row in rows if row.in_force is not None]
    return [row for row in rows if row.working is not None and row.working.status == view.value]


def published_documents(*, kind: DocumentKind, on: dt.date) -> list[LineGroup]:
    """Documents with at least one published version, grouped by line: what the public sees."""
    documents = RuleDocument.objects.filter(kind=kind, versions__status=VersionStatus.PUBLISHED).distinct()
    rows = _rows(documents, on=on, published_only=True)
    names = dict(Line.objects.values_list("code", "name"))
    groups: dict[str, list[DocumentRow]] = {}
    for row in rows:
        groups.setdefault(row.document.line_code, []).append(row)
    return [LineGroup(names.get(code, code), tuple(found)) for code, found in sorted(groups.items())]


def published_rows(
    *,
    kind: DocumentKind,
    on: dt.date,
    line_code: str = "",
    agency_code: str = "",
    slug: str = "",
    after: str = "",
    most: int,
) -> list[DocumentRow]:
    """Documents with a published version by their slug, from the one behind `after` on. Two queries."""
    named = {"line_code": line_code, "agency__code": agency_code, "slug": slug, "slug__gt": after}
    wanted = {name: value for name, value in named.items() if value}
    published = RuleVersion.objects.published().filter(document=OuterRef("pk"))
    documents = RuleDocument.objects.filter(Exists(published), kind=kind, **wanted).order_by("slug")
    return _rows(documents[:most], on=on, published_only=True)


def _rows(
    documents: QuerySet[RuleDocument], *, on: dt.date, published_only: bool = False
) -> list[DocumentRow]:
    versions = RuleVersion.objects.order_by("-number").select_related(
        "drafted_by", "repeal", "repeal_request"
    )
    if published_only:
        versions = versions.published()
    loaded = documents.select_related("agency").prefetch_related(Prefetch("versions", queryset=versions))
    return [_row(document, on) for document in loaded]


def _row(document: RuleDocument, on: dt.date) -> DocumentRow:
    versions = list(document.versions.all())
    placed = place_in_time(versions, on=on)
    return DocumentRow(
        document=document,
        working=next((version for version in versions if not version.is_published), None),
        in_force=next((row.version for row in placed if row.validity is Validity.IN_FORCE), None),
        upcoming=tuple(row.version for row in placed if row.validity is Validity.UPCOMING),
        latest=versions[0] if versions else None,
    )


def place_in_time(versions: Iterable[RuleVersion], *, on: dt.date) -> list[VersionRow]:
    """The published ones among `versions` of one document, newest effect first, each with its validity on `on`.

    Agrees with `in_force_on`: a later version replaces the earlier for good, also after the later one expired; one that
    was withdrawn before its effective day replaces nothing. Load the versions with `select_related("repeal")`.
    """
    published = sorted(
        (version for version in versions if version.is_published and version.effective_from is not None),
        key=lambda version: (version.effective_from, version.number),
        reverse=True,
    )
    rows: list[VersionRow] = []
    successor: dt.date | None = None
    for version in published:
        if is_withdrawn(version):
            rows.append(VersionRow(version, Validity.WITHDRAWN, None))
            continue
        rows.append(_placed(version, on=on, successor=successor))
        successor = version.effective_from
    return rows


def is_withdrawn(version: RuleVersion) -> bool:
    """Whether a repeal took it back before its effective day."""
    repeal = version.repealed
    return (
        repeal is not None and version.effective_from is not None and repeal.ends_on <= version.effective_from
    )


def _placed(version: RuleVersion, *, on: dt.date, successor: dt.date | None) -> VersionRow:
    """The reason that comes first ends it; on the same day a successor counts before an end of its own."""
    ends = [
        (successor, Validity.REPLACED),
        (version.effective_until, Validity.EXPIRED),
        (version.repealed.ends_on if version.repealed else None, Validity.REPEALED),
    ]
    known = [(day, validity) for day, validity in ends if day is not None]
    until, ended = min(known, key=lambda end: end[0], default=(None, Validity.IN_FORCE))
    if version.effective_from is None or on < version.effective_from:
        return VersionRow(version, Validity.UPCOMING, until)
    if until is None or on < until:
        return VersionRow(version, Validity.IN_FORCE, until)
    return VersionRow(version, ended, until)


def find_document(*, actor: Actor, kind: DocumentKind, slug: str) -> RuleDocument | None:
    """A document inside the actor's compiling duties."""
    documents = RuleDocument.objects.filter(kind=kind, slug=slug).visible_to(actor, roles=COMPILING_ROLES)
    return documents.select_related("agency").first()


def find_version(*, actor: Actor, kind: DocumentKind, slug: str, number: int) -> RuleVersion | None:
    """A version of a document inside the actor's compiling duties, whatever its status."""
    documents = RuleDocument.objects.filter(kind=kind, slug=slug).visible_to(actor, roles=COMPILING_ROLES)
    return _loaded(RuleVersion.objects.filter(document__in=documents, number=number)).first()


def find_published_document(*, kind: DocumentKind, slug: str) -> RuleDocument | None:
    """A document the public can read: one with a published version."""
    documents = RuleDocument.objects.filter(kind=kind, slug=slug, versions__status=VersionStatus.PUBLISHED)
    return documents.select_related("agency").distinct().first()


def find_published_version(*, kind: DocumentKind, slug: str, number: int) -> RuleVersion | None:
    """A published version; a draft is as if it did not exist."""
    versions = RuleVersion.objects.published().filter(document__kind=kind, document__slug=slug, number=number)
    return _loaded(versions).first()


def _loaded(versions: QuerySet[RuleVersion]) -> QuerySet[RuleVersion]:
    return versions.select_related(
        "document__agency",
        "drafted_by",
        "reviewed_by",
        "published_by",
        "repeal__requested_by",
        "repeal__repealed_by",
        "repeal_request__requested_by",
    ).prefetch_related("contributors", "opinions__given_by")


def versions_of(document: RuleDocument, *, published_only: bool) -> list[RuleVersion]:
    """All versions of a document, newest number first."""
    versions = document.versions.select_related("repeal").order_by("-number")
    return list(versions.published() if published_only else versions)


def agencies_to_compile(*, actor: Actor) -> QuerySet[Agency]:
    """Agencies for which the actor may start a document."""
    return Agency.objects.visible_to(actor, roles=frozenset({Role.COMPILER}))


def line_name_of(document: RuleDocument) -> str:
    """Name of the document's line."""
    return (
        Line.objects.filter(pk=document.line_code).values_list("name", flat=True).first()
        or document.line_code
    )


def drafts_to_fill(*, actor: Actor, kind: DocumentKind) -> QuerySet[RuleVersion]:
    """Drafts of one kind the actor compiles."""
    documents = RuleDocument.objects.filter(kind=kind).visible_to(actor, roles=frozenset({Role.COMPILER}))
    drafts = RuleVersion.objects.filter(document__in=documents, status=VersionStatus.DRAFT)
    return drafts.select_related("document").order_by("document__title")


def documents_to_continue(*, actor: Actor, kind: DocumentKind) -> QuerySet[RuleDocument]:
    """Published documents the actor compiles that have no version under work: a next version can be started."""
    documents = RuleDocument.objects.filter(kind=kind).visible_to(actor, roles=frozenset({Role.COMPILER}))
    published = documents.filter(versions__status=VersionStatus.PUBLISHED)
    under_work = RuleVersion.objects.exclude(status=VersionStatus.PUBLISHED).values("document")
    return published.exclude(pk__in=under_work).distinct().order_by("title", "pk")


def taken_slugs(slugs: Iterable[str]) -> frozenset[str]:
    """Those of the slugs that a document of any kind already has."""
    return frozenset(RuleDocument.objects.filter(slug__in=set(slugs)).values_list("slug", flat=True))


def versions_in_force(
    *,
    kinds: Iterable[DocumentKind],
    region_code: str,
    line_code: str,
    on: dt.date,
    known_at: dt.datetime | None = None,
) -> QuerySet[RuleVersion]:
    """The versions an agency of this region and line applies on a day: its own and its superiors' (51号 二(一)), as far as
    they were published by `known_at`.
    """
    documents = RuleDocument.objects.filter(kind__in=kinds).applicable_to(
        region_code=region_code, line_code=line_code
    )
    return RuleVersion.objects.in_force_on(on, known_at=known_at).filter(document__in=documents)
