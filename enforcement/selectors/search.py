"""The public search over everything in force on a day: words, what people say instead, pinyin, facets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from enforcement.models import DocumentKind, RuleVersion, SearchRow
from enforcement.search.synonyms import variants_of
from enforcement.search.text import pairs_of, plain, words_of

MOST_HITS = 100
COUNTED_TO = 1000
NEAREST = 5


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is asked, all of it in the address. `tag` narrows leniency lists to one kind; `level` is the length of the
    region code of the agency ("2", "4", "6"); `on` is the day.
    """

    query: str
    on: dt.date
    kind: DocumentKind | None = None
    tag: str = ""
    line_code: str = ""
    level: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.query)

    @property
    def asks_something(self) -> bool:
        return bool(self.words or self.line_code)


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `entry_slug` is empty for a whole document; `tag` is the verdict code or a Chinese word."""

    kind: DocumentKind
    version: RuleVersion
    entry_slug: str
    title: str
    tag: str
    line: str


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value a result can be narrowed to, with how many results have it."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most `MOST_HITS` results, exact names first. `total` stops at `COUNTED_TO`. `also` are the other expressions that
    were looked for; `nearest` names to try when nothing was found.
    """

    question: SearchQuestion
    hits: tuple[Hit, ...]
    total: int
    also: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    kinds: tuple[FacetCount, ...] = ()
    tags: tuple[FacetCount, ...] = ()
    lines: tuple[FacetCount, ...] = ()
    levels: tuple[FacetCount, ...] = ()

    @property
    def query(self) -> str:
        return plain(self.question.query)

    @property
    def more(self) -> bool:
        return self.total > len(self.hits)

    @property
    def counted_out(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNTED_TO


def search(question: SearchQuestion) -> SearchResult:
    """Rows in force on the day that hold every word, or what else is said for it. A handful of queries."""
    if not question.asks_something:
        return SearchResult(question, (), 0)
    variants = [variants_of(word) for word in question.words]
    found = SearchRow.objects.filter(_holds(variants), _in_force(question.on))
    narrowed = _narrowed(found, question)
    total = narrowed[: COUNTED_TO + 1].count()
    hits = tuple(_hit(row) for row in _ordered(narrowed, question)[:MOST_HITS]) if total else ()
    also = tuple(other for one in variants for other in one[1:])
    return SearchResult(
        question,
        hits,
        total,
        also=also,
        nearest=() if hits or not question.words else _nearest(question),
        **_facets(found, question),
    )


def _holds(variants: Iterable[tuple[str, ...]]) -> Q:
    """Every word in one of its variants: the pairs find the rows, the comparison of the text decides."""
    return reduce(and_, (reduce(or_, map(_contains, one)) for one in variants), Q())


def _contains(word: str) -> Q:
    pairs = pairs_of(word)
    stands = Q(searched__contains=word)
    return Q(pairs__contains=pairs) & stands if pairs else stands


def _in_force(on: dt.date) -> Q:
    return Q(version__in=RuleVersion.objects.in_force_on(on))


def _narrowed(
    rows: QuerySet[SearchRow], question: SearchQuestion, *, without: str = ""
) -> QuerySet[SearchRow]:
    """The rows of every facet chosen but the one left out (whose own counts are wanted)."""
    chosen = {
        "kind": Q(version__document__kind=question.kind) if question.kind else Q(),
        "tag": Q(tag=question.tag) if question.tag else Q(),
        "line": Q(version__document__line_code=question.line_code) if question.line_code else Q(),
        "level": Q(level=int(question.level)) if question.level.isdecimal() else Q(),
    }
    wanted = [one for name, one in chosen.items() if name != without and one]
    return rows.annotate(level=Length("version__document__region_code")).filter(*wanted)


def _ordered(rows: QuerySet[SearchRow], question: SearchQuestion) -> QuerySet[SearchRow]:
    """Exact names first, then names that begin with the query, then names that hold it, then the rest as printed."""
    asked = plain(question.query)
    rank = Case(
        When(plain_title=asked, then=Value(0)),
        When(plain_title__startswith=asked, then=Value(1)),
        When(plain_title__contains=asked, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return (
        rows.select_related("version__document__agency")
        .annotate(rank=rank)
        .order_by("rank", "version__document__region_code", "version_id", "position")
    )


def _hit(row: SearchRow) -> Hit:
    return Hit(
        kind=DocumentKind(row.version.document.kind),
        version=row.version,
        entry_slug=row.entry_slug,
        title=row.title,
        tag=row.tag,
        line=row.summary,
    )


def _facets(found: QuerySet[SearchRow], question: SearchQuestion) -> dict[str, tuple[FacetCount, ...]]:
    """What the result could be narrowed to, each facet counted under the others that are chosen."""
    lists = Q(version__document__kind=DocumentKind.EXEMPTION_LIST)
    return {
        "kinds": _counts(_narrowed(found, question, without="kind"), "version__document__kind"),
        "tags": _counts(
            _narrowed(found, question, without="tag").filter(lists).exclude(entry_slug=""), "tag"
        ),
        "lines": _counts(_narrowed(found, question, without="line"), "version__document__line_code"),
        "levels": _counts(_narrowed(found, question, without="level"), "level"),
    }


def _counts(rows: QuerySet[SearchRow], field: str) -> tuple[FacetCount, ...]:
    grouped = (
        rows.order_by()
        .annotate(code=F(field))
        .values("code")
        .annotate(count=Count("pk"))
        .order_by("-count", "code")
    )
    return tuple(FacetCount(str(row["code"]), row["count"]) for row in grouped)


def _nearest(question: SearchQuestion) -> tuple[str, ...]:
    """Names in force that share most pairs of neighbouring characters with the query."""
    pairs = frozenset(pairs_of(plain(question.query)))
    if not pairs:
        return ()
    rows = SearchRow.objects.filter(_in_force(question.on), pairs__overlap=sorted(pairs)).exclude(
        entry_slug=""
    )
    names = dict.fromkeys(rows.order_by("version_id", "position").values_list("title", flat=True)[:400])
    shared = {name: len(pairs & set(pairs_of(plain(name)))) for name in names}
    likely = [name for name in names if shared[name]]
    return tuple(sorted(likely, key=lambda name: (-shared[name], len(name), name))[:NEAREST])
