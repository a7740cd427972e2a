"""What the analysis of a case is made from: plain values, no rows, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cases.analysis.statutory import QUESTION_FACTS, StatutoryFinding, statutory_finding
from discretion.rules import BenchmarkRules, Component, WeightSum
from discretion.rules.schema import PerDay, RangeMidpoint, Stepped
from enforcement.conditions.evaluate import Facts
from enforcement.conditions.tree import FactValue, fact_codes
from enforcement.conditions.vocabulary import Vocabulary
from exemption_lists.matching import MatchableEntry

# 51号 二(五): what is not eligible for optional leniency. Each is a fact that must be answered 否.
POLICY_EXCLUSIONS: tuple[tuple[str, str], ...] = (
    ("high_risk_irreversible", "不属于风险较大、纠错成本较高、损失难以挽回的违法行为"),
    ("emergency_price_gouging", "不属于利用突发事件实施的哄抬价格等违法行为"),
)
POLICY_SOURCE = "云政办发〔2022〕51号二（五）"

STATUTORY_FACTS: tuple[str, ...] = (
    *QUESTION_FACTS.values(),
    "harm_eliminated_voluntarily",
    "coerced_or_deceived",
    "confessed_voluntarily",
    "meritorious",
    "subjective_fault",
)


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One answer with where it comes from. `at` is the words of the moment, empty for computed facts."""

    value: FactValue
    source: str
    note: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class BenchmarkInForce:
    """One benchmark of a published standard, its rules already parsed over `vocabulary`."""

    benchmark_id: int
    version_id: int
    version_number: int
    title: str
    serial: str
    path: str
    rules: BenchmarkRules
    vocabulary: Vocabulary
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The entries and the benchmark that are in force for the violation on `day`."""

    day: dt.date
    entries: tuple[MatchableEntry, ...] = ()
    benchmark: BenchmarkInForce | None = None

    def version_ids(self) -> frozenset[tuple[str, int]]:
        """Which versions these rules come from, to see whether two days have the same rules."""
        lists = {("list", entry.version_id) for entry in self.entries}
        return frozenset(lists | ({("standard", self.benchmark.version_id)} if self.benchmark else set()))


@dataclass(frozen=True, slots=True)
class AnalysisInput:
    """Everything `analyse` looks at. `later` is set only when other versions are in force on the day of decision."""

    records: Mapping[str, FactRecord]
    vocabulary: Vocabulary
    at_act: RulesInForce
    later: RulesInForce | None = None
    statutory_fine: tuple[Component, ...] = ()
    key_area: str = ""
    statutory: Callable[[Facts], StatutoryFinding] = field(default=statutory_finding)

    def fact_codes(self) -> tuple[str, ...]:
        """Every fact the rules in force look at, in the order of the rules, each once."""
        codes: dict[str, None] = {}
        for rules in (self.at_act, *([self.later] if self.later else [])):
            for entry in rules.entries:
                codes |= dict.fromkeys(fact_codes(entry.whole_condition))
            if rules.benchmark is not None:
                codes |= dict.fromkeys(fact_codes_of_rules(rules.benchmark.rules))
        codes |= dict.fromkeys(code for code, _ in POLICY_EXCLUSIONS)
        return tuple(dict.fromkeys((*codes, *STATUTORY_FACTS)))

    @property
    def facts(self) -> dict[str, FactValue]:
        return {code: record.value for code, record in self.records.items()}


def fact_codes_of_rules(rules: BenchmarkRules) -> tuple[str, ...]:
    """Every fact a benchmark looks at: conditions of groups, tiers and factors, and the bases of amounts."""
    codes: list[str] = []
    for group in rules.groups:
        codes += fact_codes(group.applies_when) if group.applies_when is not None else ()
        for tier in group.tiers:
            codes += fact_codes(tier.condition)
            codes += [component.base for component in tier.components if component.base]
            codes += [step.count for step in tier.formula.steps] if isinstance(tier.formula, Stepped) else ()
    match rules.formula:
        case WeightSum(columns=columns, factors=factors):
            codes += [
                code for factor in factors for level in factor.levels for code in fact_codes(level.condition)
            ]
            codes += [column.base for column in columns if column.base]
        case PerDay(base=base):
            codes.append(base)
        case RangeMidpoint(coefficient=coefficient):
            codes.append(coefficient)
        case None:
            pass
    return tuple(dict.fromkeys(codes))
