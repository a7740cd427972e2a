"""Choice of a tier: matches, near misses, unknowns, and no silent pick."""

import itertools

import pytest

from discretion.rules.schema import Basis, BenchmarkRules, Component, Group, Mode, OverlapRule, Tier
from discretion.rules.tiers import choose_tier
from enforcement.conditions.evaluate import Truth
from enforcement.conditions.tree import Compare, Condition, Operator, all_of
from enforcement.conditions.vocabulary import STANDARD


def _tier(order: int, condition: Condition) -> Tier:
    return Tier(order, f"第{order}档", condition, components=(Component("", Basis.FIXED, order * 1000),))


def _rules(*tiers: Tier, gate: Condition | None = None, overlap: OverlapRule = OverlapRule.OFFICER_CHOOSES):
    return BenchmarkRules(Mode.RANGE_TIERS, (Group("默认", tiers, gate),), overlap=overlap)


COUNTED = _rules(
    _tier(1, Compare("offence_count_24m", Operator.EQ, 1)),
    _tier(2, Compare("offence_count_24m", Operator.EQ, 2)),
    _tier(3, Compare("offence_count_24m", Operator.GE, 3)),
)


@pytest.mark.parametrize(("count", "order"), [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_exactly_one_match_is_chosen(count: int, order: int) -> None:
    choice = choose_tier(COUNTED, {"offence_count_24m": count}, STANDARD)
    assert [tier.order for tier in choice.chosen] == [order]
    assert choice.needs == ()


def test_unknown_count_chooses_nothing_and_names_the_fact() -> None:
    choice = choose_tier(COUNTED, {}, STANDARD)
    assert choice.chosen == ()
    assert [need.fact for need in choice.needs] == ["offence_count_24m"]
    assert len(choice.unknown) == 3


def test_near_miss_says_which_leaf_failed() -> None:
    choice = choose_tier(COUNTED, {"offence_count_24m": 1}, STANDARD)
    assert [(miss.tier.order, miss.failed_fact) for miss in choice.near_misses] == [
        (2, "offence_count_24m"),
        (3, "offence_count_24m"),
    ]
    assert "2次" in choice.near_misses[0].failed


def test_tier_failing_on_two_leaves_is_no_near_miss() -> None:
    both = all_of(Compare("corrected", Operator.EQ, True), Compare("cooperated", Operator.EQ, True))
    choice = choose_tier(_rules(_tier(1, both)), {"corrected": False, "cooperated": False}, STANDARD)
    assert choice.near_misses == ()


@pytest.mark.parametrize(
    ("overlap", "suggested"), [(OverlapRule.OFFICER_CHOOSES, None), (OverlapRule.HEAVIER_TIER, 2)]
)
def test_several_matches_are_reported_and_left_to_the_officer(
    overlap: OverlapRule, suggested: int | None
) -> None:
    low = _tier(1, Compare("exceeded_factor_count", Operator.BETWEEN, (1, 5)))
    high = _tier(2, Compare("exceeded_factor_count", Operator.GE, 5))
    choice = choose_tier(_rules(low, high, overlap=overlap), {"exceeded_factor_count": 5}, STANDARD)
    (group,) = choice.groups
    assert choice.ambiguous
    assert [tier.order for tier in choice.matched] == [1, 2]
    assert group.chosen is None
    assert (group.suggested and group.suggested.order) == suggested


def test_match_beside_an_open_tier_is_not_chosen() -> None:
    rules = _rules(
        _tier(1, Compare("corrected", Operator.EQ, True)), _tier(2, Compare("cooperated", Operator.EQ, False))
    )
    choice = choose_tier(rules, {"corrected": True}, STANDARD)
    assert choice.chosen == ()
    assert [need.fact for need in choice.needs] == ["cooperated"]


def test_refuted_group_is_left_out_and_open_group_asks() -> None:
    gate = Compare("corrected_within_order", Operator.EQ, False)
    rules = _rules(_tier(1, Compare("corrected", Operator.EQ, True)), gate=gate)
    assert choose_tier(rules, {"corrected_within_order": True, "corrected": True}, STANDARD).groups == ()
    (group,) = choose_tier(rules, {"corrected": True}, STANDARD).groups
    assert group.applies is Truth.UNKNOWN
    assert group.chosen is None
    assert [need.fact for need in group.needs] == ["corrected_within_order"]


def test_order_of_facts_does_not_matter() -> None:
    facts = {"offence_count_24m": 2, "corrected": True, "goods_value": 5}
    choices = [choose_tier(COUNTED, dict(order), STANDARD) for order in itertools.permutations(facts.items())]
    assert all(choice == choices[0] for choice in choices)
