"""What the public home page shows, and the search over everything that is in force for the public."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, Count, IntegerField, Model, Q, QuerySet, Value, When

from discretion.models import Benchmark
from enforcement.models import DocumentKind, Line, Matter, RuleDocument, RuleVersion
from enforcement.selectors.documents import VersionRow, place_in_time
from exemption_lists.models import EntryScope, ListEntry
from joint_inspection.models import InspectionScene

_MODELS: tuple[type[Model], ...] = (ListEntry, Benchmark, InspectionScene, Matter)
MOST_HITS = 100
LONGEST_QUERY = 60
MOST_WORDS = 6
NEAREST = 5
EXAMPLE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `entry_slug` is empty for a whole document; `tag` is the verdict code or a Chinese word."""

    kind: DocumentKind
    version: RuleVersion
    entry_slug: str
    title: str
    tag: str
    line: str
    rank: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most `MOST_HITS` results, exact names first. `nearest`: names to try when nothing was found."""

    query: str
    hits: tuple[Hit, ...]
    more: bool
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many entries of each kind are in force on a day."""

    list_entries: int
    benchmarks: int
    scenes: int
    matters: int


@dataclass(frozen=True, slots=True)
class LineHoldings:
    """How many entries of all kinds one line has in force."""

    code: str
    name: str
    entries: int


def holdings(*, on: dt.date) -> Holdings:
    """Counts for the doors of the home page; four queries."""
    return Holdings(*(_in_force(model, on).count() for model in _MODELS))


def holdings_by_line(*, on: dt.date) -> tuple[LineHoldings, ...]:
    """Lines with something in force, the fullest first."""
    counts: dict[str, int] = {}
    for model in _MODELS:
        grouped = _in_force(model, on).order_by().values_list("version__document__line_code")
        for code, entries in grouped.annotate(entries=Count("pk")):
            counts[code] = counts.get(code, 0) + entries
    names = dict(Line.objects.filter(pk__in=counts).values_list("code", "name"))
    rows = [LineHoldings(code, names.get(code, code), entries) for code, entries in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.entries, row.code)))


def latest_changes(*, on: dt.date, most: int = 6) -> tuple[VersionRow, ...]:
    """The versions published last, newest first, each with its place in time on the day."""
    latest = (
        RuleVersion.objects.published().select_related("document__agency").order_by("-published_at", "-pk")
    )
    versions = list(latest[:most])
    siblings: dict[int, list[RuleVersion]] = {}
    published = RuleVersion.objects.published().select_related("repeal")
    for version in published.filter(document__in={one.document_id for one in versions}):
        siblings.setdefault(version.document_id, []).append(version)
    places = {row.version.pk: row for found in siblings.values() for row in place_in_time(found, on=on)}
    return tuple(
        VersionRow(one, places[one.pk].validity, places[one.pk].until) for one in versions if one.pk in places
    )


def example_queries(*, on: dt.date, most: int = 5) -> tuple[str, ...]:
    """Short names that are in force, as things to try."""
    names = _in_force(ListEntry, on).filter(scope=EntryScope.MATTER).order_by("version_id", "position")
    short = (
        name
        for name in names.values_list("violation_name", flat=True)[:400]
        if 2 < len(name) <= EXAMPLE_LENGTH
    )
    return tuple(dict.fromkeys(short))[:most]


def search(*, query: str, on: dt.date, kind: DocumentKind | None = None, line_code: str = "") -> SearchResult:
    """Entries in force whose name holds every word of the query, and documents whose title does.

    Without words but with a line, everything of the line. Exact names come first, then names that begin with the
    query, then the others in printed order.
    """
    plain = _plain(query)[:LONGEST_QUERY]
    line_code = _plain(line_code)
    if not plain and not line_code:
        return SearchResult(plain, (), more=False)
    hits = [
        hit for one in DocumentKind if kind in (None, one) for hit in _entry_hits(one, plain, on, line_code)
    ]
    if plain:
        hits += _document_hits(plain, on, kind, line_code)
    hits.sort(key=lambda hit: hit.rank)
    nearest = _nearest(plain, on) if plain and not hits else ()
    return SearchResult(plain, tuple(hits[:MOST_HITS]), more=len(hits) > MOST_HITS, nearest=nearest)


def _plain(text: str) -> str:
    """The words with single spaces, full-width letters narrowed, and nothing a database cannot hold."""
    words = unicodedata.normalize("NFKC", text).split()
    return "".join(sign for sign in " ".join(words) if sign.isprintable())


_NAMES: dict[DocumentKind, tuple[type[Model], str]] = {
    DocumentKind.EXEMPTION_LIST: (ListEntry, "violation_name"),
    DocumentKind.BENCHMARK_STANDARD: (Benchmark, "violation_name"),
    DocumentKind.JOINT_INSPECTION_LIST: (InspectionScene, "object_class"),
    DocumentKind.RESPONSIBILITY_LIST: (Matter, "name"),
}


def _in_force(model: type[Model], on: dt.date) -> QuerySet[Any]:
    return model._default_manager.filter(version__in=RuleVersion.objects.in_force_on(on))


def _entry_hits(kind: DocumentKind, plain: str, on: dt.date, line_code: str) -> list[Hit]:
    model, name = _NAMES[kind]
    found = _in_force(model, on).select_related("version__document__agency")
    if line_code:
        found = found.filter(version__document__line_code=line_code)
    if plain:
        found = found.filter(_holds_every_word(name, plain)).annotate(rank=_rank(name, plain))
    else:
        found = found.annotate(rank=Value(0, output_field=IntegerField()))
    rows = found.order_by("rank", "version_id", "position")[: MOST_HITS + 1]
    return [_entry_hit(kind, row, getattr(row, name)) for row in rows]


def _entry_hit(kind: DocumentKind, row: Any, name: str) -> Hit:
    tag, line = _tag_and_line(row)
    title = name or f"通用条款：{row.get_kind_display()}"
    return Hit(
        kind=kind, version=row.version, entry_slug=row.slug, title=title, tag=tag, line=line, rank=row.rank
    )


def _tag_and_line(row: ListEntry | Benchmark | InspectionScene | Matter) -> tuple[str, str]:
    """The verdict word, and the condition (or what stands in its place) in one line."""
    if isinstance(row, ListEntry):
        return row.kind, "；".join(row.condition_text)
    if isinstance(row, Benchmark):
        tiers = [tier["name"] for group in row.rules.get("groups", ()) for tier in group.get("tiers", ())]
        names = "、".join(dict.fromkeys(tiers))
        return "裁量基准", f"{row.get_mode_display()}：{names}" if names else row.get_mode_display()
    if isinstance(row, Matter):
        return "权责清单", f"{row.get_kind_display()}，依据 {len(row.legal_basis)} 条"
    return "综合查一次", f"{row.lead_agency}牵头，一次检查 {len(row.items)} 项"


def _document_hits(plain: str, on: dt.date, kind: DocumentKind | None, line_code: str) -> list[Hit]:
    documents = RuleDocument.objects.filter(_holds_every_word("title", plain))
    if kind is not None:
        documents = documents.filter(kind=kind)
    if line_code:
        documents = documents.filter(line_code=line_code)
    versions = (
        RuleVersion.objects.in_force_on(on)
        .filter(document__in=documents)
        .select_related("document__agency")
        .annotate(rank=_rank("document__title", plain))
        .order_by("rank", "document__title")[: MOST_HITS + 1]
    )
    return [
        Hit(
            kind=DocumentKind(version.document.kind),
            version=version,
            entry_slug="",
            title=version.document.title,
            tag="整份文件",
            line=version.change_summary,
            rank=version.rank,
        )
        for version in versions
    ]


def _holds_every_word(field: str, plain: str) -> Q:
    return reduce(and_, (Q(**{f"{field}__icontains": word}) for word in plain.split()[:MOST_WORDS]))


def _rank(field: str, plain: str) -> Case:
    return Case(
        When(**{f"{field}__iexact": plain}, then=Value(0)),
        When(**{f"{field}__istartswith": plain}, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _nearest(plain: str, on: dt.date) -> tuple[str, ...]:
    """Names in force that share most pairs of neighbouring characters with the query."""
    pairs = _pairs(plain)
    if not pairs:
        return ()
    names: list[str] = []
    for model, field in _NAMES.values():
        shares_one = reduce(or_, (Q(**{f"{field}__icontains": pair}) for pair in sorted(pairs)))
        names += _in_force(model, on).filter(shares_one).values_list(field, flat=True)[:200]
    return tuple(_best_first(dict.fromkeys(names), pairs))[:NEAREST]


def _best_first(names: Iterable[str], pairs: frozenset[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(pairs & _pairs(name)), len(name), name))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if " " not in text[i : i + 2])
