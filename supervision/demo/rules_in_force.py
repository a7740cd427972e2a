"""Which demonstration entries and benchmark govern a violation on a day, parsed and ready to evaluate. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from discretion.rules.import_research import BenchmarkDraft
from discretion.rules.schema import Tier, WeightSum
from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.tree import AllOf, Condition, FactValue, Not
from enforcement.conditions.vocabulary import STANDARD, Vocabulary, merge_declared
from supervision.demo.benchmark_content import benchmark_drafts, standard_of_violation
from supervision.demo.legal_content import ViolationSeed, violations_by_code
from supervision.demo.list_content import EntrySeed, ExemptionListSeed, ListVersionSeed, read_exemption_lists


@dataclass(frozen=True, slots=True)
class GoverningEntry:
    """An entry in force, with its condition and the absence of its exclusions as one tree."""

    list_slug: str
    version_number: int
    entry: EntrySeed
    whole_condition: Condition


@dataclass(frozen=True, slots=True)
class GoverningRules:
    """Entries in force for one violation on one day, its benchmark if any, and the vocabulary they share."""

    entries: tuple[GoverningEntry, ...]
    benchmark: BenchmarkDraft | None
    vocabulary: Vocabulary
    declared_facts: tuple[dict[str, object], ...]

    def matching(self, facts: Mapping[str, FactValue]) -> tuple[GoverningEntry, ...]:
        return tuple(
            one
            for one in self.entries
            if evaluate(one.whole_condition, facts, self.vocabulary).truth is Truth.TRUE
        )

    def tiers(self) -> tuple[Tier, ...]:
        return (
            tuple(tier for group in self.benchmark.rules.groups for tier in group.tiers)
            if self.benchmark
            else ()
        )

    def levels(self) -> tuple[tuple[Condition, ...], ...]:
        """Conditions of the levels of each factor of a weight table."""
        formula = self.benchmark.rules.formula if self.benchmark else None
        if not isinstance(formula, WeightSum):
            return ()
        return tuple(tuple(level.condition for level in factor.levels) for factor in formula.factors)


@cache
def governing_rules(violation_code: str, day: dt.date) -> GoverningRules:
    """What a case about `violation_code` committed on `day` is judged by."""
    violation = violations_by_code()[violation_code]
    seeds = [
        (seed, version, entry)
        for seed in read_exemption_lists()
        if (version := version_in_force(seed, day)) is not None and _line_of(seed) == violation.line_code
        for entry in version.entries
        if entry.violation_code in (None, violation.code)
    ]
    benchmark = _benchmark(violation, day)
    declared = merge_declared(
        *(entry.declared_facts for _, _, entry in seeds), benchmark.declared_facts if benchmark else ()
    )
    vocabulary = STANDARD.with_declared(declared)
    return GoverningRules(
        entries=tuple(_governing(seed, version, entry, vocabulary) for seed, version, entry in seeds),
        benchmark=benchmark,
        vocabulary=vocabulary,
        declared_facts=tuple(declared),
    )


def version_in_force(seed: ExemptionListSeed, day: dt.date) -> ListVersionSeed | None:
    """The latest published version already effective on `day`."""
    effective = [
        version
        for version in seed.versions
        if version.status == "published"
        and version.effective_from is not None
        and version.effective_from <= day
    ]
    return max(effective, key=lambda version: version.number, default=None)


def _line_of(seed: ExemptionListSeed) -> str:
    return seed.agency_code.rpartition("-")[2]


def _benchmark(violation: ViolationSeed, day: dt.date) -> BenchmarkDraft | None:
    standard = standard_of_violation(violation.code)
    if standard is None or day < standard.effective_from:
        return None
    return benchmark_drafts()[violation.code]


def _governing(
    seed: ExemptionListSeed, version: ListVersionSeed, entry: EntrySeed, vocabulary: Vocabulary
) -> GoverningEntry:
    condition = parse_condition(entry.condition, vocabulary)
    absent = [Not(parse_condition(one.condition, vocabulary)) for one in entry.exclusions]
    return GoverningEntry(seed.slug, version.number, entry, AllOf((condition, *absent)))
