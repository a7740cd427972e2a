"""Which tier a case falls into, with what it met, missed, and what is still unknown.

Several matching tiers are all reported and the officer chooses; nothing is picked silently. A suggestion is made only
where the published document itself states the rule (同时具备不同档次情节的按较重档次).
"""

from dataclasses import dataclass

from discretion.rules.amounts import Need, distinct_needs, need_for
from discretion.rules.schema import BenchmarkRules, Group, OverlapRule, Tier
from enforcement.conditions.describe import describe_leaf
from enforcement.conditions.evaluate import (
    Explanation,
    Facts,
    Truth,
    decisive_leaves,
    evaluate,
    open_facts,
)
from enforcement.conditions.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A tier that failed on exactly one leaf; `failed` says which, in Chinese."""

    tier: Tier
    failed_fact: str
    failed: str


@dataclass(frozen=True, slots=True)
class OpenTier:
    """A tier that may still match; `needs` are the facts that decide it."""

    tier: Tier
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """The tiers of one group for one case. `applies` is UNKNOWN while the group's own condition is open."""

    group: Group
    applies: Truth
    matched: tuple[Tier, ...] = ()
    chosen: Tier | None = None
    suggested: Tier | None = None
    near_misses: tuple[NearMiss, ...] = ()
    unknown: tuple[OpenTier, ...] = ()
    needs: tuple[Need, ...] = ()

    @property
    def ambiguous(self) -> bool:
        return len(self.matched) > 1


@dataclass(frozen=True, slots=True)
class TierChoice:
    """The choice of every group that applies or may apply."""

    groups: tuple[GroupChoice, ...]

    @property
    def matched(self) -> tuple[Tier, ...]:
        return tuple(tier for group in self.groups for tier in group.matched)

    @property
    def chosen(self) -> tuple[Tier, ...]:
        return tuple(group.chosen for group in self.groups if group.chosen is not None)

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        return tuple(miss for group in self.groups for miss in group.near_misses)

    @property
    def unknown(self) -> tuple[OpenTier, ...]:
        return tuple(tier for group in self.groups for tier in group.unknown)

    @property
    def ambiguous(self) -> bool:
        return any(group.ambiguous for group in self.groups)

    @property
    def needs(self) -> tuple[Need, ...]:
        return distinct_needs(need for group in self.groups for need in group.needs)


def choose_tier(rules: BenchmarkRules, facts: Facts, vocabulary: Vocabulary) -> TierChoice:
    """The tier choice of each group whose own condition is not refuted.

    `chosen` is set only when exactly one tier matches, no other is open and the group applies for certain.
    """
    found = (_group_choice(group, rules.overlap, facts, vocabulary) for group in rules.groups)
    return TierChoice(tuple(choice for choice in found if choice is not None))


def _group_choice(
    group: Group, overlap: OverlapRule, facts: Facts, vocabulary: Vocabulary
) -> GroupChoice | None:
    gate = evaluate(group.applies_when, facts, vocabulary) if group.applies_when is not None else None
    applies = gate.truth if gate is not None else Truth.TRUE
    if applies is Truth.FALSE:
        return None
    read = [(tier, evaluate(tier.condition, facts, vocabulary)) for tier in group.tiers]
    matched = tuple(tier for tier, explanation in read if explanation.truth is Truth.TRUE)
    unknown = tuple(
        OpenTier(tier, _open_needs(explanation, vocabulary, f"判断是否属于“{tier.name}”"))
        for tier, explanation in read
        if explanation.truth is Truth.UNKNOWN
    )
    gate_needs = _open_needs(gate, vocabulary, f"判断是否适用“{group.name}”") if gate is not None else ()
    decided = applies is Truth.TRUE and not unknown
    heaviest = max(matched, key=lambda tier: tier.order) if matched else None
    return GroupChoice(
        group=group,
        applies=applies,
        matched=matched,
        chosen=matched[0] if decided and len(matched) == 1 else None,
        suggested=heaviest if len(matched) > 1 and overlap is OverlapRule.HEAVIER_TIER else None,
        near_misses=tuple(miss for pair in read if (miss := _near_miss(*pair, vocabulary)) is not None),
        unknown=unknown,
        needs=distinct_needs([*gate_needs, *(need for tier in unknown for need in tier.needs)]),
    )


def _open_needs(explanation: Explanation, vocabulary: Vocabulary, reason: str) -> tuple[Need, ...]:
    return tuple(need_for(code, vocabulary, reason) for code in open_facts(explanation))


def _near_miss(tier: Tier, explanation: Explanation, vocabulary: Vocabulary) -> NearMiss | None:
    if explanation.truth is not Truth.FALSE:
        return None
    failing = tuple(dict.fromkeys(decisive_leaves(explanation)))
    if len(failing) != 1:
        return None
    return NearMiss(tier, failing[0].fact, describe_leaf(failing[0], vocabulary))
