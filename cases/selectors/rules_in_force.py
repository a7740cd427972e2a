"""The rules that govern a case on a day, as values ready for the analysis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from cases.analysis import BenchmarkInForce, RulesInForce
from cases.models import Case
from discretion.models import Benchmark
from discretion.rules import Component
from discretion.selectors import (
    benchmark_of_versions,
    benchmark_rules,
    benchmark_vocabulary,
    statutory_components,
)
from enforcement.conditions.vocabulary import STANDARD, Vocabulary, merge_declared
from enforcement.models import DocumentKind
from enforcement.selectors.documents import versions_in_force
from exemption_lists.selectors import entries_of_versions

RULE_KINDS = (DocumentKind.EXEMPTION_LIST, DocumentKind.BENCHMARK_STANDARD)


def rules_in_force(case: Case, *, on: dt.date) -> RulesInForce:
    """Entries and benchmark for the case's violation, region and line on `on`.

    One query for the versions in force; their parsed rules come from memory when this process has read them before.
    """
    versions = versions_in_force(
        kinds=RULE_KINDS, region_code=case.region_code, line_code=case.line_code, on=on
    )
    known = tuple(versions.order_by("pk").values_list("pk", "digest"))
    return replace(_parsed_rules(known, case.violation_id, case.violation.name), day=on)


@lru_cache(maxsize=2048)
def _parsed_rules(
    versions: tuple[tuple[int, str], ...], violation_id: int, violation_name: str
) -> RulesInForce:
    """Published versions are frozen, so their ids and digests say everything about their content."""
    version_ids = [version_id for version_id, _ in versions]
    entries = entries_of_versions(
        version_ids=version_ids, violation_id=violation_id, violation_name=violation_name
    )
    benchmark = benchmark_of_versions(
        version_ids=version_ids, violation_id=violation_id, violation_name=violation_name
    )
    return RulesInForce(
        day=dt.date.min, entries=entries, benchmark=_as_value(benchmark) if benchmark else None
    )


def _as_value(benchmark: Benchmark) -> BenchmarkInForce:
    version = benchmark.version
    document = version.document
    return BenchmarkInForce(
        benchmark_id=benchmark.pk,
        version_id=version.pk,
        version_number=version.number,
        title=document.title,
        serial=benchmark.serial,
        path=f"/public/standards/{document.slug}/v{version.number}/{benchmark.slug}/",
        rules=benchmark_rules(benchmark),
        vocabulary=benchmark_vocabulary(benchmark),
        remark=benchmark.remark,
    )


def vocabulary_for(rules: Iterable[RulesInForce]) -> Vocabulary:
    """The standard vocabulary with everything the given rules declare."""
    declared: list[dict[str, Any]] = []
    for one in rules:
        for entry in one.entries:
            declared.extend(dict(fact) for fact in entry.declared_facts)
        if one.benchmark is not None:
            own = one.benchmark.vocabulary
            declared.extend(own[code].to_document() for code in own if code not in STANDARD)
    return STANDARD.with_declared(merge_declared(declared)) if declared else STANDARD


def statutory_fine_of(case: Case) -> tuple[Component, ...]:
    """The statutory fine of the case's violation."""
    return statutory_components(case.violation.statutory_fine) if case.violation.statutory_fine else ()
