"""The recommendation: options, needs, statutory limits, and its snapshot."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.rules.recommend import RecommendationStatus, recommend
from discretion.rules.schema import Basis, BenchmarkRules, Component, Group, Mode, Step, Stepped, Tier
from discretion.rules.statutory_limits import statutory_range
from enforcement.conditions.tree import ALWAYS, Compare, Operator
from enforcement.conditions.vocabulary import STANDARD


def _rules(*components: Component, statutory: tuple[Component, ...] = (), **tier: object) -> BenchmarkRules:
    one = Tier(1, "一般", ALWAYS, components=components, **tier)  # type: ignore[arg-type]
    return BenchmarkRules(Mode.RANGE_TIERS, (Group("默认", (one,)),), statutory=statutory)


STATUTE = (Component("", Basis.FIXED, 10_000, 2_000),)


@pytest.mark.parametrize(
    ("low", "high", "ends", "below", "above"),
    [
        (2_000, 10_000, (2_000, 10_000), False, False),
        (1_999, 10_000, (1_999, 10_000), True, False),
        (2_000, 10_001, (2_000, 10_000), False, True),
        (20_000, 30_000, (10_000, 10_000), False, True),
        (None, 1_000, (0, 1_000), True, False),
    ],
)
def test_statutory_limits(
    low: int | None, high: int, ends: tuple[int, int], below: bool, above: bool
) -> None:
    result = recommend(_rules(Component("", Basis.FIXED, high, low), statutory=STATUTE), {}, STANDARD)
    (only,) = result.ranges
    assert (only.amount.min_fen, only.amount.max_fen) == ends
    assert (only.below_minimum, only.above_maximum) == (below, above)
    assert result.mitigation_needed is below
    assert any("须有减轻处罚依据" in note for note in only.notes) is below


def test_tier_on_another_sentence_of_the_statute_is_not_cut() -> None:
    rules = _rules(Component("", Basis.FIXED, 30_000, 20_000), statutory=STATUTE, within_statutory=False)
    (option,) = recommend(rules, {}, STANDARD).options
    assert option.ranges[0].amount.max_fen == 30_000
    assert "请对照法律条文" in option.notes[0]


def test_no_limit_is_drawn_from_an_incomplete_statute() -> None:
    incomplete = (*STATUTE, Component("", Basis.MULTIPLE, 3, 1, "goods_value"))
    assert statutory_range(incomplete, "", {}, STANDARD) is None
    assert statutory_range(STATUTE, "负责人", {}, STANDARD) is None


def test_ambiguity_gives_every_option() -> None:
    tiers = tuple(
        Tier(
            n,
            f"{n}档",
            Compare("exceeded_factor_count", Operator.GE, n),
            components=(Component("", Basis.FIXED, n),),
        )
        for n in (1, 2)
    )
    result = recommend(
        BenchmarkRules(Mode.RANGE_TIERS, (Group("", tiers),)), {"exceeded_factor_count": 2}, STANDARD
    )
    assert result.status is RecommendationStatus.CHOOSE
    assert [option.name for option in result.options] == ["1档", "2档"]
    assert "请由执法人员选定一档" in result.notes[0]


def test_statuses() -> None:
    gated = Tier(1, "一般", Compare("corrected", Operator.EQ, True))
    rules = BenchmarkRules(Mode.RANGE_TIERS, (Group("", (gated,)),))
    assert recommend(rules, {}, STANDARD).status is RecommendationStatus.NEEDS
    assert recommend(rules, {"corrected": True}, STANDARD).status is RecommendationStatus.DETERMINED
    assert recommend(rules, {"corrected": False}, STANDARD).status is RecommendationStatus.NO_TIER


def test_missing_base_keeps_the_tier_and_names_the_fact() -> None:
    result = recommend(_rules(Component("", Basis.MULTIPLE, 3, 1, "goods_value")), {}, STANDARD)
    assert result.status is RecommendationStatus.NEEDS
    assert [need.label for need in result.needs] == ["货值金额"]


def test_no_penalty_tier_has_no_range() -> None:
    (option,) = recommend(_rules(Component("", Basis.FIXED, 5), no_penalty=True), {}, STANDARD).options
    assert option.no_penalty
    assert option.ranges == ()


def test_snapshot_is_plain_json() -> None:
    rules = _rules(Component("", Basis.MULTIPLE, 3, 1, "goods_value"), statutory=STATUTE)
    snapshot = recommend(rules, {"goods_value": 3_000}, STANDARD).as_document()
    assert json.loads(json.dumps(snapshot)) == snapshot
    (one,) = snapshot["options"][0]["ranges"]
    assert (one["min"], one["max"], one["statutory"]) == (3_000, 9_000, {"min": 2_000, "max": 10_000})
    assert one["steps"][0] == "货值金额30元×（1倍至3倍）"


@given(
    low=st.integers(0, 10**9),
    width=st.integers(0, 10**9),
    cap=st.integers(1, 10**9),
    base=st.integers(0, 100),
)
def test_never_above_the_statutory_maximum(low: int, width: int, cap: int, base: int) -> None:
    component = Component("", Basis.PER_UNIT, low + width, low, "exceeded_factor_count")
    rules = _rules(component, statutory=(Component("", Basis.FIXED, cap),))
    facts = {"exceeded_factor_count": base, "corrected": True}
    (only,) = recommend(rules, facts, STANDARD).ranges
    assert 0 <= only.amount.min_fen <= only.amount.max_fen <= cap
    assert (
        recommend(rules, dict(reversed(facts.items())), STANDARD).as_document()
        == recommend(rules, facts, STANDARD).as_document()
    )


@pytest.mark.parametrize(("factors", "fine"), [(0, 20_000), (2, 40_000), (9, 70_000)])
def test_stepped_tier(factors: int, fine: int) -> None:
    formula = Stepped(20_000, (Step("每增加一个因子", 10_000, "exceeded_factor_count"),), cap=70_000)
    rules = _rules(Component("", Basis.FIXED, 70_000, 20_000), formula=formula)
    (only,) = recommend(rules, {"exceeded_factor_count": factors}, STANDARD).ranges
    assert (only.amount.min_fen, only.amount.max_fen) == (fine, fine)
    assert recommend(rules, {}, STANDARD).status is RecommendationStatus.NEEDS
