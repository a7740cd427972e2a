"""Reads of benchmarks, for cases and pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from discretion.models import Benchmark
from discretion.rules import BenchmarkRules, Component, rules_from_document
from enforcement.conditions.vocabulary import STANDARD, Vocabulary
from enforcement.models import RuleDocument, RuleVersion


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
    return benchmarks_of(version).filter(slug=slug).first()


def versions_with_benchmark(*, document: RuleDocument, slug: str) -> frozenset[int]:
    """Ids of the document's versions that hold a benchmark of this slug."""
    held = Benchmark.objects.filter(version__document=document, slug=slug)
    return frozenset(held.values_list("version_id", flat=True))
