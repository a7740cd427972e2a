"""试算: the facts a benchmark asks for, and what it gives for the facts answered. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from discretion.rules import BenchmarkRules, Option, Recommendation, RecommendationStatus, recommend
from discretion.rules.amounts import ROUNDING_NOTE
from discretion.rules.asked_facts import asked_facts
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import FactDefinition, Vocabulary

HEADLINES = {
    RecommendationStatus.DETERMINED: "按填写的事实，结果如下",
    RecommendationStatus.CHOOSE: "按填写的事实，同时符合几种情形，由执法人员选定",
    RecommendationStatus.NEEDS: "还要查明下列事实，才能得出结果",
    RecommendationStatus.NO_TIER: "没有与填写的事实相符的档次",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A recommendation as a page shows it. `answered` is False before the first answer."""

    recommendation: Recommendation
    answered: bool

    @property
    def status(self) -> str:
        return self.recommendation.status.value

    @property
    def headline(self) -> str:
        return HEADLINES[self.recommendation.status]

    @property
    def options(self) -> tuple[Option, ...]:
        return self.recommendation.options

    @property
    def needs(self) -> tuple[str, ...]:
        """Labels of the facts still open."""
        return tuple(need.label for need in self.recommendation.needs)

    @property
    def near_misses(self) -> tuple[tuple[str, str], ...]:
        """Tiers that failed on one fact only: (name, the fact in words)."""
        choice = self.recommendation.choice
        return tuple((miss.tier.name, miss.failed) for miss in choice.near_misses) if choice else ()

    @property
    def rounding(self) -> str:
        return ROUNDING_NOTE


def questions_of(rules: BenchmarkRules, vocabulary: Vocabulary) -> tuple[FactDefinition, ...]:
    """Definitions of the facts the benchmark asks for, in the order of its table."""
    return tuple(vocabulary[code] for code in asked_facts(rules))


def run_trial(rules: BenchmarkRules, facts: Mapping[str, FactValue], vocabulary: Vocabulary) -> Trial:
    """What the benchmark gives for these facts; the same computation as in a case."""
    return Trial(recommend(rules, facts, vocabulary), answered=bool(facts))
