"""What a reader sees: the sentence, the outline, the reasons, what to ask, and what would have turned it."""

from datetime import date
from decimal import Decimal

import pytest

from enforcement.conditions.counterfactuals import counterfactuals, describe_counterfactual
from enforcement.conditions.describe import describe, describe_leaf, outline, reasons
from enforcement.conditions.evaluate import Truth, decisive_facts, evaluate, open_facts
from enforcement.conditions.tree import ALWAYS, AllOf, AnyOf, Compare, Not, Operator
from enforcement.conditions.vocabulary import STANDARD, FactType, declare_fact

CLAUSE = declare_fact(fact_type=FactType.BOOLEAN, label="立即停驶，驶离公路", confirmed_by_officer=True)
DAY = declare_fact(fact_type=FactType.DATE, label="检查日期")
VOCABULARY = STANDARD.with_declared([CLAUSE, DAY])

FIRST = Compare("offence_count", Operator.EQ, 1)
MILD = Compare("harm", Operator.LE, "轻微")
TIMELY = Compare("corrected_timely", Operator.EQ, True)
ON_ORDER = Compare("corrected_within_order", Operator.EQ, True)
LENIENT = AllOf((FIRST, MILD, AnyOf((TIMELY, ON_ORDER))))


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (FIRST, "首次被发现同类违法"),
        (MILD, "危害后果不超过轻微"),
        (Compare("harm", Operator.LT, "严重"), "危害后果轻于严重"),
        (Compare("harm", Operator.EQ, "无"), "没有危害后果"),
        (Compare("illegal_gains", Operator.EQ, 0), "没有违法所得"),
        (Compare("illegal_gains", Operator.LT, 800000), "违法所得不满8,000元"),
        (Compare("exceed_multiple", Operator.GE, Decimal("0.10")), "超标倍数不低于0.1倍"),
        (Compare("ph_value", Operator.BETWEEN, (Decimal(5), Decimal(10))), "pH值在5至10之间（含本数）"),
        (Compare("subject_kind", Operator.IN, ("单位", "个体工商户")), "当事人类型为单位或者个体工商户"),
        (Compare("subject_kind", Operator.NOT_IN, ("个人",)), "当事人类型不是个人"),
        (TIMELY, "及时改正"),
        (Compare("corrected_timely", Operator.EQ, False), "没有及时改正"),
        (Compare("corrected_timely", Operator.NE, False), "及时改正"),
        (Compare(CLAUSE["code"], Operator.EQ, True), "“立即停驶，驶离公路”属实"),
        (Compare(CLAUSE["code"], Operator.NE, True), "“立即停驶，驶离公路”不属实"),
        (Compare(DAY["code"], Operator.LT, date(2025, 3, 1)), "检查日期早于2025年3月1日"),
    ],
)
def test_a_leaf_is_said_in_words(leaf, words):
    assert describe_leaf(leaf, VOCABULARY) == describe(leaf, VOCABULARY) == words


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (ALWAYS, "无附加条件"),
        (
            LENIENT,
            "首次被发现同类违法，且危害后果不超过轻微，且（及时改正，或者在责令期限内改正）",
        ),
        (
            AnyOf((AllOf((FIRST, MILD)), TIMELY)),
            "（首次被发现同类违法，且危害后果不超过轻微），或者及时改正",
        ),
        (Not(TIMELY), "没有及时改正"),
        (Not(MILD), "不属于“危害后果不超过轻微”的情形"),
        (
            AllOf((FIRST, Not(AnyOf((MILD, TIMELY))))),
            "首次被发现同类违法，且（不具有下列情形：危害后果不超过轻微，或者及时改正）",
        ),
    ],
)
def test_a_tree_is_one_sentence(tree, words):
    assert describe(tree, VOCABULARY) == words


def test_the_outline_numbers_its_lines():
    top = outline(LENIENT, VOCABULARY)
    assert (top.number, top.text) == ("", "同时符合下列条件")
    assert [line.number for line in top.children] == ["1", "2", "3"]
    assert top.children[2].text == "符合下列条件之一"
    assert [(line.number, line.text) for line in top.children[2].children] == [
        ("3.1", "及时改正"),
        ("3.2", "在责令期限内改正"),
    ]


def test_reasons_show_each_leaf_with_what_was_observed():
    facts = {"offence_count": 2, "corrected_timely": True}
    top = reasons(evaluate(LENIENT, facts, VOCABULARY), VOCABULARY)
    assert top.mark == "✗"
    lines = [*top.children[:2], *top.children[2].children]
    assert [(line.mark, line.fact, line.observed) for line in lines] == [
        ("✗", "offence_count", "2次"),
        ("?", "harm", "未查明"),
        ("✓", "corrected_timely", "是"),
        ("?", "corrected_within_order", "未查明"),
    ]


@pytest.mark.parametrize(
    ("facts", "truth", "asked", "decisive"),
    [
        ({}, Truth.UNKNOWN, ["offence_count", "harm", "corrected_timely", "corrected_within_order"], []),
        ({"offence_count": 2}, Truth.FALSE, [], ["offence_count"]),
        ({"offence_count": 1, "corrected_timely": True}, Truth.UNKNOWN, ["harm"], []),
        (
            {"offence_count": 1, "harm": "轻微", "corrected_timely": False},
            Truth.UNKNOWN,
            ["corrected_within_order"],
            [],
        ),
        (
            {"offence_count": 1, "harm": "无", "corrected_timely": True},
            Truth.TRUE,
            [],
            ["offence_count", "harm", "corrected_timely"],
        ),
        ({"offence_count": 1, "harm": "一般", "corrected_timely": True}, Truth.FALSE, [], ["harm"]),
    ],
)
def test_only_what_can_still_change_the_result_is_asked(facts, truth, asked, decisive):
    explanation = evaluate(LENIENT, facts, VOCABULARY)
    assert explanation.truth is truth
    assert list(open_facts(explanation)) == asked
    assert list(decisive_facts(explanation)) == decisive


def test_counterfactuals_name_the_leaves_that_would_turn_the_result():
    holding = {"offence_count": 1, "harm": "轻微", "corrected_timely": True, "corrected_within_order": False}
    assert [item.leaf for item in counterfactuals(LENIENT, holding, VOCABULARY)] == [FIRST, MILD, TIMELY]
    # With both ways of correction fulfilled, neither alone is needed.
    both = holding | {"corrected_within_order": True}
    assert [item.leaf for item in counterfactuals(LENIENT, both, VOCABULARY)] == [FIRST, MILD]
    failing = holding | {"harm": "一般"}
    (only,) = counterfactuals(LENIENT, failing, VOCABULARY)
    assert (only.leaf, only.leaf_truth, only.verdict) == (MILD, Truth.FALSE, Truth.TRUE)
    assert describe_counterfactual(only, VOCABULARY) == "如满足“危害后果不超过轻微”，则符合本项条件"
    timely = counterfactuals(LENIENT, holding, VOCABULARY)[2]
    assert describe_counterfactual(timely, VOCABULARY) == "如不满足“及时改正”，则不符合本项条件"
    assert counterfactuals(LENIENT, {"offence_count": 1}, VOCABULARY) == ()


def test_an_unknown_truth_is_never_taken_for_false():
    with pytest.raises(TypeError):
        bool(evaluate(FIRST, {}, VOCABULARY).truth)
