"""Pure rules of discretion benchmarks: no Django, no clock, no binary fractions."""

from discretion.rules.amounts import AmountRange, Need
from discretion.rules.documents import rules_from_document, rules_to_document
from discretion.rules.recommend import Option, Recommendation, RecommendationStatus, recommend
from discretion.rules.schema import BenchmarkRules, Component, Group, Mode, Tier, WeightSum
from discretion.rules.tiers import TierChoice, choose_tier

__all__ = [
    "AmountRange",
    "BenchmarkRules",
    "Component",
    "Group",
    "Mode",
    "Need",
    "Option",
    "Recommendation",
    "RecommendationStatus",
    "Tier",
    "TierChoice",
    "WeightSum",
    "choose_tier",
    "recommend",
    "rules_from_document",
    "rules_to_document",
]
