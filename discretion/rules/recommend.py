"""From benchmark and facts to a recommendation the officer can read, check and overrule."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from discretion.rules.amounts import (
    ROUNDING_NOTE,
    AmountOutcome,
    AmountRange,
    Need,
    component_ranges,
    distinct_needs,
)
from discretion.rules.formulas import (
    midpoint_amount,
    per_day_amount,
    stepped_amount,
    weight_sum_amounts,
)
from discretion.rules.schema import BenchmarkRules, PerDay, RangeMidpoint, Stepped, Tier, WeightSum
from discretion.rules.statutory_limits import LimitedRange, statutory_range, within_limits
from discretion.rules.tiers import GroupChoice, TierChoice, choose_tier
from enforcement.conditions.evaluate import Facts, Truth
from enforcement.conditions.vocabulary import Vocabulary


class RecommendationStatus(StrEnum):
    """DETERMINED: one answer. CHOOSE: several tiers match. NEEDS: facts are open. NO_TIER: nothing matches."""

    DETERMINED = "determined"
    CHOOSE = "choose"
    NEEDS = "needs"
    NO_TIER = "no_tier"


@dataclass(frozen=True, slots=True)
class Option:
    """What one tier (or one column of a weight table) gives. `alternatives`: pick one of `ranges`."""

    group: str
    name: str
    ranges: tuple[LimitedRange, ...] = ()
    penalty_text: str = ""
    other_measures: tuple[str, ...] = ()
    no_penalty: bool = False
    non_fine: bool = False
    alternatives: bool = False
    suggested: bool = False
    needs: tuple[Need, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The benchmark applied to a case; `options` holds one entry per decided tier or column."""

    status: RecommendationStatus
    options: tuple[Option, ...] = ()
    needs: tuple[Need, ...] = ()
    notes: tuple[str, ...] = ()
    choice: TierChoice | None = None

    @property
    def ranges(self) -> tuple[LimitedRange, ...]:
        return tuple(one for option in self.options for one in option.ranges)

    @property
    def matched(self) -> bool:
        """Whether at least one tier or column of the benchmark fits the case."""
        return bool(self.options)

    @property
    def mitigation_needed(self) -> bool:
        """Whether any part of the result lies below the statutory minimum."""
        return any(one.below_minimum for one in self.ranges)

    def as_document(self) -> dict[str, Any]:
        """A plain dict for the snapshot of a decision; money is fen."""
        return {
            "status": self.status.value,
            "options": [_option_document(option) for option in self.options],
            "needs": [_need_document(need) for need in self.needs],
            "notes": list(self.notes),
            "near_misses": _near_miss_documents(self.choice),
            "rounding": ROUNDING_NOTE,
            "mitigation_needed": self.mitigation_needed,
        }


def recommend(rules: BenchmarkRules, facts: Facts, vocabulary: Vocabulary) -> Recommendation:
    """Apply the benchmark: tier or formula, ranges by subject, statutory limits, and every open fact.

    Nothing is guessed: an open fact is a need, several matching tiers are options the officer chooses from.
    """
    if isinstance(rules.formula, WeightSum):
        return _from_weights(rules, rules.formula, facts, vocabulary)
    if isinstance(rules.formula, PerDay) and not rules.groups:
        return _from_days(rules, rules.formula, facts, vocabulary)
    return _from_tiers(rules, facts, vocabulary)


def tier_outcome(rules: BenchmarkRules, tier: Tier, facts: Facts, vocabulary: Vocabulary) -> AmountOutcome:
    """The ranges of one tier, its own formula or the matter's midpoint formula applied, before statutory limits."""
    if isinstance(tier.formula, Stepped):
        subject = tier.components[0].subject if tier.components else ""
        return stepped_amount(tier.formula, subject, facts, vocabulary)
    outcome = component_ranges(tier.components, facts, vocabulary)
    formula = tier.formula or rules.formula
    if not isinstance(formula, RangeMidpoint):
        return outcome
    results = [midpoint_amount(formula, one, facts, vocabulary) for one in outcome.ranges]
    return AmountOutcome(
        tuple(one for one in results if isinstance(one, AmountRange)),
        distinct_needs([*outcome.needs, *(one for one in results if isinstance(one, Need))]),
    )


def limited(rules: BenchmarkRules, amount: AmountRange, facts: Facts, vocabulary: Vocabulary) -> LimitedRange:
    """`amount` compared with the statutory range of its subject."""
    limit = statutory_range(rules.statutory, amount.subject, facts, vocabulary)
    return within_limits(amount, limit)


def _from_tiers(rules: BenchmarkRules, facts: Facts, vocabulary: Vocabulary) -> Recommendation:
    choice = choose_tier(rules, facts, vocabulary)
    options = [
        _tier_option(rules, group, tier, facts, vocabulary)
        for group in choice.groups
        if group.applies is Truth.TRUE
        for tier in (group.matched if group.ambiguous or group.chosen is None else (group.chosen,))
    ]
    needs = distinct_needs([*choice.needs, *(need for option in options for need in option.needs)])
    return Recommendation(_tier_status(choice, needs), tuple(options), needs, _tier_notes(choice), choice)


def _tier_status(choice: TierChoice, needs: tuple[Need, ...]) -> RecommendationStatus:
    if choice.ambiguous:
        return RecommendationStatus.CHOOSE
    if needs:
        return RecommendationStatus.NEEDS
    return RecommendationStatus.DETERMINED if choice.chosen else RecommendationStatus.NO_TIER


def _tier_notes(choice: TierChoice) -> tuple[str, ...]:
    notes: list[str] = []
    for group in choice.groups:
        if group.ambiguous:
            names = "、".join(f"“{tier.name}”" for tier in group.matched)
            notes.append(f"同时符合{names}，请由执法人员选定一档并说明理由")
        if group.suggested is not None:
            notes.append(f"本基准规定同时具备不同档次情节的按较重档次，可选“{group.suggested.name}”")
    return tuple(notes)


def _tier_option(
    rules: BenchmarkRules, group: GroupChoice, tier: Tier, facts: Facts, vocabulary: Vocabulary
) -> Option:
    outcome = AmountOutcome() if tier.no_penalty else tier_outcome(rules, tier, facts, vocabulary)
    if tier.within_statutory:
        ranges = tuple(limited(rules, one, facts, vocabulary) for one in outcome.ranges)
    else:
        ranges = tuple(LimitedRange(one) for one in outcome.ranges)
    notes = (
        () if tier.within_statutory or not ranges else ("已录入的法定幅度不含本档，请对照法律条文核对上下限",)
    )
    return Option(
        group=group.group.name,
        name=tier.name,
        ranges=ranges,
        penalty_text=tier.penalty_text,
        other_measures=tier.other_measures,
        no_penalty=tier.no_penalty,
        non_fine=tier.non_fine,
        alternatives=tier.alternatives,
        suggested=tier is group.suggested,
        needs=outcome.needs,
        notes=notes,
    )


def _from_weights(
    rules: BenchmarkRules, formula: WeightSum, facts: Facts, vocabulary: Vocabulary
) -> Recommendation:
    outcome = weight_sum_amounts(formula, facts, vocabulary)
    options = tuple(
        Option(
            group="",
            name=one.column.name,
            ranges=(
                limited(rules, one.amount, facts, vocabulary)
                if one.column.within_statutory
                else LimitedRange(one.amount),
            ),
        )
        for one in outcome.amounts
    )
    if outcome.needs:
        status = RecommendationStatus.NEEDS
    elif outcome.problems:
        status = RecommendationStatus.CHOOSE
    else:
        status = RecommendationStatus.DETERMINED if options else RecommendationStatus.NO_TIER
    return Recommendation(status, options, outcome.needs, outcome.problems)


def _from_days(
    rules: BenchmarkRules, formula: PerDay, facts: Facts, vocabulary: Vocabulary
) -> Recommendation:
    amount = per_day_amount(formula, facts, vocabulary)
    if isinstance(amount, Need):
        return Recommendation(RecommendationStatus.NEEDS, needs=(amount,))
    option = Option("", "按日计算", (limited(rules, amount, facts, vocabulary),))
    return Recommendation(RecommendationStatus.DETERMINED, (option,))


def _option_document(option: Option) -> dict[str, Any]:
    return {
        "group": option.group,
        "name": option.name,
        "ranges": [_range_document(one) for one in option.ranges],
        "penalty_text": option.penalty_text,
        "other_measures": list(option.other_measures),
        "no_penalty": option.no_penalty,
        "non_fine": option.non_fine,
        "alternatives": option.alternatives,
        "suggested": option.suggested,
        "needs": [_need_document(need) for need in option.needs],
        "notes": list(option.notes),
    }


def _range_document(one: LimitedRange) -> dict[str, Any]:
    statutory = one.statutory
    return {
        "subject": one.amount.subject,
        "min": one.amount.min_fen,
        "max": one.amount.max_fen,
        "min_inclusive": one.amount.min_inclusive,
        "max_inclusive": one.amount.max_inclusive,
        "text": one.amount.text,
        "steps": list(one.amount.steps),
        "statutory": {"min": statutory.min_fen, "max": statutory.max_fen} if statutory else None,
        "below_minimum": one.below_minimum,
        "above_maximum": one.above_maximum,
        "notes": list(one.notes),
    }


def _need_document(need: Need) -> dict[str, str]:
    return {"fact": need.fact, "label": need.label, "reason": need.reason}


def _near_miss_documents(choice: TierChoice | None) -> list[dict[str, str]]:
    if choice is None:
        return []
    return [{"tier": miss.tier.name, "failed": miss.failed} for miss in choice.near_misses]
