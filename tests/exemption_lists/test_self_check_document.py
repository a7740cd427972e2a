"""The self-check as a document: the questions' answers are exact, and the document says what the entries say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from enforcement.conditions.evaluate import compare_truth
from enforcement.conditions.facts import parse_fact
from enforcement.conditions.tree import AllOf, Compare, Condition, Operator, leaves
from enforcement.conditions.vocabulary import STANDARD, FactDefinition, FactType, Vocabulary, declare_fact
from enforcement.conditions.vocabulary.counting_windows import window_of
from exemption_lists.answer_choices import NONE_OF_THESE, choices
from exemption_lists.matching import MatchableEntry, exclusion_of
from exemption_lists.plain_questions import STANDARD_QUESTIONS, plain_question
from exemption_lists.self_check import build_self_check
from tests.enforcement.random_conditions import DOMAINS, VOCABULARY, random_leaf

EQ, NE, LT, LE, GT, GE = Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE
COUNT, AREA, MONEY, HARM = "offence_count_24m", "area_sqm", "goods_value", "harm"


def answers(*compared: Compare, vocabulary: Vocabulary = STANDARD) -> list[tuple[str, Any]]:
    definition = vocabulary[compared[0].fact]
    return [(one.label, one.value) for one in choices(definition, compared, plain_question(definition))]


DAY = date(2025, 1, 1)
WORDED = [
    ([Compare(COUNT, EQ, 1)], [("只有这一次", 1), ("2次，或者更多", 2)]),
    ([Compare(COUNT, LE, 2)], [("不超过2次", 1), ("3次，或者更多", 3)]),
    ([Compare("overdue_days", LE, 0)], [("没有", 0), ("1日，或者更多", 1)]),
    ([Compare(AREA, LT, Decimal(5))], [("不满5平方米", "0"), ("5平方米以上（含5平方米）", "5")]),
    ([Compare(AREA, LE, Decimal(5))], [("不超过5平方米", "0"), ("超过5平方米", "5.000001")]),
    (
        [Compare(AREA, Operator.BETWEEN, (Decimal(5), Decimal(10)))],
        [("不满5平方米", "0"), ("5平方米以上，不超过10平方米", "5"), ("超过10平方米", "10.000001")],
    ),
    (
        [Compare(AREA, EQ, Decimal(5))],
        [("不满5平方米", "0"), ("正好5平方米", "5"), ("超过5平方米", "5.000001")],
    ),
    ([Compare("illegal_gains", EQ, 0)], [("没有", 0), ("有", 1)]),
    ([Compare(MONEY, LT, 100_000)], [("不满1,000元", 0), ("1,000元以上（含1,000元）", 100_000)]),
    (
        [Compare(HARM, LE, "轻微")],
        [("无、无明显社会危害或者轻微", "无"), ("一般、较重或者严重", "一般")],
    ),
    (
        [Compare("subjective_fault", NE, "故意")],
        [("没有主观过错或者过失", "没有主观过错"), ("故意", "故意")],
    ),
    ([Compare("corrected_on_spot", EQ, True)], [("当场改正", True), ("没有当场改正", False)]),
]


@pytest.mark.parametrize(("compared", "wanted"), WORDED, ids=lambda case: str(case)[:60])
def test_the_answers_of_a_question_are_those_the_conditions_tell_apart(
    compared: list[Compare], wanted: list[tuple[str, Any]]
) -> None:
    assert answers(*compared) == wanted


def test_days_and_texts_have_answers_too() -> None:
    assert answers(Compare("day", GE, DAY), vocabulary=VOCABULARY) == [
        ("2024年12月31日或者以前", "2024-12-31"),
        ("2025年1月1日或者以后", "2025-01-01"),
    ]
    text = answers(Compare("text", Operator.IN, ("甲", "乙")), vocabulary=VOCABULARY)
    assert [value for _label, value in text] == ["甲", "乙", NONE_OF_THESE]


def test_every_value_is_treated_like_the_answer_that_stands_for_it() -> None:
    """For random comparisons: whatever is true of a value is true of exactly one answer's value, leaf by leaf."""
    random = Random(4)
    checked = 0
    for _ in range(400):
        drawn = [random_leaf(random) for _ in range(random.randint(1, 4))]
        for code, definition in VOCABULARY.items():
            compared = [leaf for leaf in drawn if leaf.fact == code]
            if not compared:
                continue
            offered = choices(definition, compared, plain_question(definition))
            assert len({one.label for one in offered}) == len(offered)
            truths = [
                tuple(compare_truth(leaf, parse_fact(definition, one.value), definition) for leaf in compared)
                for one in offered
            ]
            for value in DOMAINS[code]:
                found = tuple(compare_truth(leaf, value, definition) for leaf in compared)
                assert found in truths, (definition, compared, value)
                checked += 1
    assert checked > 2_000


def entry(**changes: Any) -> MatchableEntry:
    condition: Condition = AllOf((Compare(COUNT, EQ, 1), Compare(HARM, LE, "轻微")))
    values: dict[str, Any] = {
        "entry_id": 1,
        "version_id": 1,
        "document_slug": "list",
        "document_title": "清单",
        "version_number": 2,
        "agency_name": "市市场监管局",
        "region_code": "5301",
        "serial": "17",
        "slug": "17",
        "kind": "no_penalty",
        "mandate": "may",
        "is_general": False,
        "violation_name": "没有明码标价",
        "condition_text": ("初次违法", "危害后果轻微"),
        "condition": condition,
    }
    return MatchableEntry(**(values | changes))


def test_the_document_has_the_most_lenient_entry_first_and_every_fact_once() -> None:
    lighter = entry(kind="lighter", mandate="must", serial="18", slug="18")
    general = entry(is_general=True, violation_name="", serial="99", slug="99")
    check = build_self_check([lighter, general, entry()])
    assert [one["short"] for one in check.document["entries"]] == ["第 17 条", "第 99 条", "第 18 条"]
    assert list(check.document["facts"]) == [COUNT, HARM]
    asked = [plain_question(STANDARD[code]).text for code in (COUNT, HARM)]
    assert [one.text for one in check.questions] == asked
    first = check.document["entries"][0]
    assert (first["verdict"], first["possible"], first["leadIn"]) == (
        "可以不予处罚",
        "可能不予处罚",
        "同时满足下列条件的，可以不予处罚",
    )
    assert [row["text"] for row in first["rows"]] == ["初次违法", "危害后果轻微"]
    assert first["rows"][0]["plain"] == ["最近 24 个月，同样的事只有这一次"]


def test_an_exclusion_nobody_typed_is_asked_the_plain_way_round() -> None:
    exclusion, declared = exclusion_of("哄抬价格的", None)
    check = build_self_check([entry(exclusions=(exclusion,), declared_facts=tuple(declared))])
    code = declared[0]["code"]
    fact = check.document["facts"][code]
    assert fact["question"] == "有没有这种情形：哄抬价格的？"
    assert fact["answers"] == [{"label": "没有", "value": True}, {"label": "有", "value": False}]
    assert check.document["entries"][0]["rows"][-1]["text"] == "没有这种情形：哄抬价格的"


def test_entries_whose_grades_contradict_each_other_are_named_and_left_out() -> None:
    def graded(*options: str) -> MatchableEntry:
        fact = declare_fact(fact_type=FactType.GRADE, label="损坏程度", options=options)
        return entry(
            condition=Compare(fact["code"], LE, "小"), condition_text=("小",), declared_facts=(fact,)
        )

    check = build_self_check([graded("小", "大"), graded("大", "小")])
    assert len(check.entries) == len(check.left_out) == 1


def test_clauses_that_are_not_as_many_as_parts_are_said_from_the_tree() -> None:
    check = build_self_check([entry(condition_text=("初次违法且危害后果轻微",))])
    assert [row["text"] for row in check.document["entries"][0]["rows"]] == [
        "最近 24 个月，同样的事只有这一次",
        "危害后果不超过轻微",
    ]


def test_every_standard_fact_has_a_plain_question_that_speaks_to_the_reader() -> None:
    assert {code for code in STANDARD if window_of(code) is None} == set(STANDARD_QUESTIONS)
    asked = {code: plain_question(definition) for code, definition in STANDARD.items()}
    assert [code for code, one in asked.items() if "当事人" in one.text + one.hint] == []
    assert [code for code, one in asked.items() if not one.text.endswith("？")] == []


def test_a_declared_clause_is_asked_in_its_own_words() -> None:
    fact = declare_fact(fact_type=FactType.BOOLEAN, label="现场能够提供进货票据", confirmed_by_officer=True)
    definition: FactDefinition = STANDARD.with_declared([fact])[fact["code"]]
    question = plain_question(definition)
    assert (question.text, question.yes) == ("“现场能够提供进货票据”，您的情况符合吗？", "符合")


def test_the_tree_of_an_entry_covers_its_rows() -> None:
    check = build_self_check([entry()])
    rows = [leaf for row in check.entries[0].rows for leaf in leaves(row.condition)]
    assert rows == list(leaves(entry().whole_condition))
