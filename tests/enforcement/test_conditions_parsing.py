"""Ill-typed trees are refused when a draft is saved, all problems at once and each with its place."""

from datetime import date
from decimal import Decimal

import pytest

from enforcement.conditions.parse import MAX_DEPTH, MAX_NODES, ConditionError, parse_condition, to_document
from enforcement.conditions.tree import ALWAYS, AllOf, AnyOf, Compare, Not, Operator, fact_codes
from enforcement.conditions.vocabulary import STANDARD, FactType, declare_fact

INSPECTED_ON = declare_fact(fact_type=FactType.DATE, label="检查日期")
PLACE = declare_fact(fact_type=FactType.TEXT, label="经营场所名称")
VOCABULARY = STANDARD.with_declared([INSPECTED_ON, PLACE])


def leaf(fact, op, value):
    return {"fact": fact, "op": op, "value": value}


FIRST = leaf("offence_count", "eq", 1)


def problems_of(document):
    with pytest.raises(ConditionError) as refused:
        parse_condition(document, VOCABULARY)
    assert refused.value.code == "condition_invalid"
    return refused.value.problems


def test_a_whole_tree_is_typed():
    document = {
        "all": [
            FIRST,
            leaf("illegal_gains", "le", 800000),
            {
                "any": [
                    leaf("exceed_multiple", "lt", "0.1"),
                    {"not": leaf("ph_value", "between", ["5", "10"])},
                ]
            },
            leaf("harm", "in", ["无", "轻微"]),
            leaf(INSPECTED_ON["code"], "ge", "2025-01-01"),
        ]
    }
    tree = parse_condition(document, VOCABULARY)
    assert tree == AllOf(
        (
            Compare("offence_count", Operator.EQ, 1),
            Compare("illegal_gains", Operator.LE, 800000),
            AnyOf(
                (
                    Compare("exceed_multiple", Operator.LT, Decimal("0.1")),
                    Not(Compare("ph_value", Operator.BETWEEN, (Decimal("5"), Decimal("10")))),
                )
            ),
            Compare("harm", Operator.IN, ("无", "轻微")),
            Compare(INSPECTED_ON["code"], Operator.GE, date(2025, 1, 1)),
        )
    )
    assert to_document(tree) == document
    assert fact_codes(tree)[:2] == ("offence_count", "illegal_gains")


def test_the_empty_conjunction_always_holds_and_the_empty_disjunction_is_refused():
    assert parse_condition({"all": []}, VOCABULARY) == ALWAYS
    assert problems_of({"any": []}) == ["适用条件：“任一”之下至少要有一个条件"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (leaf("offence_count", "eq", True), "应为整数"),
        (leaf("offence_count", "eq", 1.0), "应为整数"),
        (leaf("offence_count", "eq", -1), "不小于零的整数"),
        (leaf("illegal_gains", "eq", "8000"), "以分为单位的整数"),
        (leaf("exceed_multiple", "lt", 0.1), "写成文字的小数"),
        (leaf("exceed_multiple", "lt", "NaN"), "应为数字"),
        (leaf("exceed_multiple", "lt", "0.1234567"), "最多保留6位小数"),
        (leaf("exceed_multiple", "lt", "1e30"), "超出可以记录的范围"),
        (leaf("harm", "le", "很轻"), "应从下列选项中选择"),
        (leaf("harm", "between", ["严重", "无"]), "区间下限大于上限"),
        (leaf("ph_value", "between", ["5"]), "应写明下限和上限"),
        (leaf("ph_value", "between", "5-10"), "应写明下限和上限"),
        (leaf("subject_kind", "in", []), "应列出1至100个值"),
        (leaf("subject_kind", "in", ["单位", "单位"]), "有重复"),
        (leaf("subject_kind", "lt", "单位"), "不能用“lt”比较"),
        (leaf("corrected", "in", [True]), "不能用“in”比较"),
        (leaf("corrected", "eq", "是"), "应为是或者否"),
        (leaf("corrected", "eq", None), "应为是或者否"),
        (leaf(PLACE["code"], "gt", "甲"), "不能用“gt”比较"),
        (leaf(PLACE["code"], "eq", " "), "缺少比较值"),
        (leaf(INSPECTED_ON["code"], "eq", "2025-02-30"), "应为日期"),
        (leaf("nobody_knows", "eq", 1), "不在词汇表中"),
        (leaf(["offence_count"], "eq", 1), "不在词汇表中"),
        (leaf("offence_count", "matches", 1), "没有“matches”这种比较方式"),
        ({"fact": "offence_count", "op": "eq"}, "或者写明事实、比较方式和比较值"),
        ({"all": [], "any": []}, "应为全部、任一、并非"),
        ({"all": FIRST}, "下级条件应为一组"),
        ([FIRST], "应为一个对象"),
        (None, "应为一个对象"),
    ],
)
def test_each_ill_typed_document_is_refused_in_chinese(document, words):
    (problem,) = problems_of(document)
    assert words in problem


def test_all_problems_come_at_once_with_the_number_of_their_line():
    document = {"all": [FIRST, {"any": [leaf("x", "eq", 1), {"not": leaf("harm", "eq", "大")}]}, 7]}
    assert [problem.split("：")[0] for problem in problems_of(document)] == ["第2.1项", "第2.2.1项", "第3项"]


def nested(depth):
    document = FIRST
    for _ in range(depth):
        document = {"not": document}
    return document


def test_depth_is_limited():
    assert parse_condition(nested(MAX_DEPTH), VOCABULARY)
    assert "嵌套过深" in problems_of(nested(MAX_DEPTH + 1))[0]


def test_size_is_limited():
    assert parse_condition({"all": [FIRST] * (MAX_NODES - 1)}, VOCABULARY)
    assert problems_of({"all": [FIRST] * (MAX_NODES + 50)}) == [f"适用条件：条件过多，最多{MAX_NODES}个"]
