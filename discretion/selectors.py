"""Reads of benchmarks, for cases and pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from discretion.models import Benchmark
from discretion.rules import BenchmarkRules, Component, rules_from_document
from enforcement.conditions.vocabulary import STANDARD, Vocabulary
from enforcement.models import RuleDocument, RuleVersion, VersionStatus, Violation
from enforcement.selectors.published_versions import EntryMark


def benchmark_of_versions(
    *, version_ids: Sequence[int], violation_id: int, violation_name: str
) -> Benchmark | None:
    """The benchmark for a violation among versions in force for one agency, None without one.

    A benchmark linked to the violation comes before one that names it in the same words; the nearest agency's
    standard before its superiors'.
    """
    linked = Case(
        When(violation_id=violation_id, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found: Benchmark | None = (
        Benchmark.objects.filter(version__in=version_ids)
        .filter(Q(violation_id=violation_id) | Q(violation_name=violation_name))
        .select_related("version__document__agency")
        .order_by(linked, -Length("version__document__region_code"), "version_id", "position")
        .first()
    )
    return found


def benchmark_vocabulary(benchmark: Benchmark) -> Vocabulary:
    """The standard vocabulary with what the benchmark declares."""
    return STANDARD.with_declared(benchmark.declared_facts)


def benchmark_rules(benchmark: Benchmark) -> BenchmarkRules:
    """The rules of a benchmark, parsed. Raises InvalidInput for a broken document."""
    return rules_from_document(benchmark.rules, benchmark_vocabulary(benchmark))


def statutory_components(document: list[object]) -> tuple[Component, ...]:
    """The statutory fine of a violation, stored in the shape of a benchmark's statutory components."""
    return rules_from_document(
        {"mode": "range_tiers", "groups": [], "statutory": document}, STANDARD
    ).statutory


def benchmarks_of(version: RuleVersion) -> QuerySet[Benchmark]:
    """The benchmarks of a version in their printed order."""
    return Benchmark.objects.filter(version=version).order_by("position")


def find_benchmark(*, version: RuleVersion, slug: str) -> Benchmark | None:
    """One benchmark of a version by its slug."""
    return benchmarks_of(version).select_related("violation").filter(slug=slug).first()


def versions_with_benchmark(*, document: RuleDocument, slug: str) -> frozenset[int]:
    """Ids of the document's versions that hold a benchmark of this slug."""
    held = Benchmark.objects.filter(version__document=document, slug=slug)
    return frozenset(held.values_list("version_id", flat=True))


def marks_of_violation(violation: Violation) -> list[EntryMark]:
    """Where published standards speak of a violation: benchmarks linked to it or of the same name. One query."""
    rows = Benchmark.objects.filter(version__status=VersionStatus.PUBLISHED)
    about = rows.filter(Q(violation=violation) | Q(violation_name=violation.name))
    values = about.order_by("version_id", "position").values_list("version_id", "slug", "serial")
    return [EntryMark(*row) for row in values]


def benchmark_versions_about(
    *, version_ids: Collection[int], violation_id: int, violation_name: str
) -> frozenset[int]:
    """Those of the versions with a benchmark for the violation. One query."""
    rows = Benchmark.objects.filter(version__in=version_ids)
    about = rows.filter(Q(violation_id=violation_id) | Q(violation_name=violation_name))
    return frozenset(about.values_list("version_id", flat=True))


def benchmark_violations(version_ids: Collection[int]) -> list[tuple[int | None, str]]:
    """Id (where linked) and name of each violation these versions have benchmarks for. One query."""
    rows = Benchmark.objects.filter(version__in=version_ids)
    return list(rows.order_by().values_list("violation_id", "violation_name").distinct())
