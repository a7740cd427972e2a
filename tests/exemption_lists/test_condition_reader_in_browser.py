"""The reader of conditions in the browser says what `evaluate` says, for random trees and facts with unknowns."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page

from enforcement.conditions.evaluate import Truth, decisive_facts, evaluate, open_facts
from enforcement.conditions.facts import fact_to_json
from enforcement.conditions.parse import to_document
from enforcement.conditions.tree import Compare, Not, Operator
from tests.enforcement.random_conditions import VOCABULARY, random_case, random_tree

pytestmark = pytest.mark.browser
READER = Path(__file__).resolve().parents[2] / "static" / "js" / "condition_reader.js"
PAIRS = 4_000
JUDGE = """([facts, pairs]) => pairs.map(([tree, answers]) => {
  const found = hengduConditions.evaluate(tree, answers, facts);
  return [found.truth, hengduConditions.openFacts(found), hengduConditions.decisiveFacts(found)];
})"""


def judged(page: Page, pairs: list[tuple[Any, dict[str, Any]]]) -> list[Any]:
    """What the browser says about trees and answers: truth, open facts, decisive facts."""
    page.add_script_tag(path=READER)
    facts = {code: {"type": one.type.value, "options": list(one.options)} for code, one in VOCABULARY.items()}
    documents = [
        [to_document(tree), {code: fact_to_json(value) for code, value in case.items()}]
        for tree, case in pairs
    ]
    answer: list[Any] = page.evaluate(JUDGE, [facts, documents])
    return answer


def expected(tree: Any, case: dict[str, Any]) -> list[Any]:
    explanation = evaluate(tree, case, VOCABULARY)
    return [explanation.truth.value, list(open_facts(explanation)), list(decisive_facts(explanation))]


def test_random_trees_and_facts_are_judged_alike(page: Page) -> None:
    random = Random(20261126)
    pairs = [(random_tree(random), random_case(random)) for _ in range(PAIRS)]
    wanted = [expected(tree, case) for tree, case in pairs]
    assert judged(page, pairs) == wanted
    assert {truth for truth, _open, _decisive in wanted} == {one.value for one in Truth}


# What a float would get wrong, and what Python and JavaScript could read differently.
EXACT = [
    (Compare("ratio", Operator.LT, Decimal("0.3")), {"ratio": Decimal("0.1") + Decimal("0.2")}),
    (Compare("ratio", Operator.EQ, Decimal("0.3")), {"ratio": Decimal("0.1") + Decimal("0.2")}),
    (Compare("ratio", Operator.EQ, Decimal("5")), {"ratio": Decimal("5.000000")}),
    (Compare("ratio", Operator.GT, Decimal("9.9")), {"ratio": Decimal("10")}),
    (Compare("ratio", Operator.LT, Decimal("-0.5")), {"ratio": Decimal("-0.500001")}),
    (
        Compare("ratio", Operator.GE, Decimal("99999999999999999999.000001")),
        {"ratio": Decimal("99999999999999999999")},
    ),
    (
        Compare("ratio", Operator.IN, (Decimal("1.10"), Decimal("2"))),
        {"ratio": Decimal("1.1")},
    ),
    (Compare("money", Operator.LE, 999_999_999_999_999), {"money": 10**15}),
    (Compare("money", Operator.GE, 0), {"money": 0}),
    (Compare("flag", Operator.EQ, False), {"flag": False}),
    (Compare("grade", Operator.LE, "轻微"), {"grade": "严重"}),
    (Not(Compare("grade", Operator.GE, "一般")), {"grade": "不是选项"}),
    (Compare("kind", Operator.NE, "甲"), {"kind": "不是选项"}),
]


def test_exact_numbers_and_words_that_are_no_option_are_judged_alike(page: Page) -> None:
    pairs = [(tree, dict(case)) for tree, case in EXACT]
    assert judged(page, pairs) == [expected(tree, case) for tree, case in pairs]
