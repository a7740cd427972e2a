"""The permanent trial: on random trees and cases, unknown answers included, all readers say the same.

The third voice is a deliberately different, tiny reference: truths are 1, 0 and None, and a tree is judged by
trying every way its unknown leaves could turn out for the node at hand, not by Kleene tables.
"""

import itertools
from random import Random

import pytest

from enforcement.conditions.compile import compile_condition, facts_frame
from enforcement.conditions.counterfactuals import counterfactuals
from enforcement.conditions.describe import describe, outline, reasons
from enforcement.conditions.evaluate import Truth, decisive_facts, evaluate, open_facts
from enforcement.conditions.parse import parse_condition, to_document
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Not, Operator, fact_codes
from tests.enforcement.random_conditions import DOMAINS, VOCABULARY, random_case, random_tree, rank

TREES = 2000
# The slower laws look at the first of them.
FEWER = 500
CASES = 24


def reference(tree, case):
    """1, 0, or None when the children's unknowns could turn this node either way."""
    match tree:
        case Compare(code, op, value):
            return None if case[code] is None else int(reference_leaf(code, op.value, case[code], value))
        case Not(child):
            return possible([reference(child, case)], lambda truths: 1 - truths[0])
        case AllOf(children):
            return possible([reference(child, case) for child in children], lambda truths: int(all(truths)))
        case AnyOf(children):
            return possible([reference(child, case) for child in children], lambda truths: int(any(truths)))


def reference_leaf(code, op, seen, value):
    if op in ("in", "not_in"):
        return (seen in value) == (op == "in")
    if op == "between":
        return not (rank(code, seen) < rank(code, value[0]) or rank(code, seen) > rank(code, value[1]))
    order = (rank(code, seen) > rank(code, value)) - (rank(code, seen) < rank(code, value))
    return order in {"eq": (0,), "ne": (-1, 1), "lt": (-1,), "le": (-1, 0), "gt": (1,), "ge": (0, 1)}[op]


def possible(truths, rule):
    ways = itertools.product(*((0, 1) if truth is None else (truth,) for truth in truths))
    outcomes = {rule(way) for way in ways}
    return outcomes.pop() if len(outcomes) == 1 else None


TRUTHS = {1: Truth.TRUE, 0: Truth.FALSE, None: Truth.UNKNOWN}


def trials():
    random = Random(20250101)
    return [(random_tree(random), [random_case(random) for _ in range(CASES)]) for _ in range(TREES)]


@pytest.fixture(scope="module")
def drawn():
    return trials()


def test_evaluate_compile_and_reference_agree(drawn):
    seen = set()
    for tree, cases in drawn:
        expected = [TRUTHS[reference(tree, case)] for case in cases]
        assert [evaluate(tree, case, VOCABULARY).truth for case in cases] == expected
        frame = facts_frame(cases, DOMAINS, VOCABULARY)
        column = frame.select("flag", verdict=compile_condition(tree, VOCABULARY))["verdict"].to_list()
        assert [TRUTHS[None if one is None else int(one)] for one in column] == expected
        seen.update(expected)
    assert seen == set(Truth)


def test_documents_round_trip_exactly(drawn):
    for tree, _ in drawn:
        assert parse_condition(to_document(tree), VOCABULARY) == tree


def test_answers_that_are_no_longer_options_count_as_unknown_in_both_readers():
    tree = Not(Compare("grade", Operator.GE, "一般"))
    rows = [{"grade": "特别严重"}, {"grade": "轻微"}, {"grade": None}]
    assert [evaluate(tree, row, VOCABULARY).truth for row in rows] == [
        Truth.UNKNOWN,
        Truth.TRUE,
        Truth.UNKNOWN,
    ]
    frame = facts_frame(rows, ["grade"], VOCABULARY)
    assert frame.select(v=compile_condition(tree, VOCABULARY))["v"].to_list() == [None, True, None]


def test_open_facts_are_none_once_decided_and_decide_when_answered(drawn):
    undecided = 0
    for tree, cases in drawn[:FEWER]:
        for case in cases[:6]:
            explanation = evaluate(tree, case, VOCABULARY)
            asked = open_facts(explanation)
            if explanation.truth is not Truth.UNKNOWN:
                assert asked == ()
                continue
            undecided += 1
            assert asked
            assert set(asked) <= {code for code in fact_codes(tree) if case[code] is None}
            for answers in itertools.islice(itertools.product(*(DOMAINS[code] for code in asked)), 60):
                answered = case | dict(zip(asked, answers, strict=True))
                assert evaluate(tree, answered, VOCABULARY).truth is not Truth.UNKNOWN
    assert undecided > 300


def test_facts_that_are_not_open_cannot_change_a_decided_result(drawn):
    random = Random(7)
    for tree, cases in drawn[:FEWER]:
        explanation = evaluate(tree, cases[0], VOCABULARY)
        if explanation.truth is Truth.UNKNOWN:
            continue
        for _ in range(8):
            filled = {
                code: random.choice(DOMAINS[code]) if value is None else value
                for code, value in cases[0].items()
            }
            assert evaluate(tree, filled, VOCABULARY).truth is explanation.truth


def test_decisive_facts_alone_carry_the_result(drawn):
    for tree, cases in drawn[:FEWER]:
        for case in cases[:6]:
            explanation = evaluate(tree, case, VOCABULARY)
            if explanation.truth is Truth.UNKNOWN:
                assert decisive_facts(explanation) == ()
                continue
            kept = {code: case[code] for code in decisive_facts(explanation)}
            assert evaluate(tree, kept, VOCABULARY).truth is explanation.truth


def test_counterfactuals_are_exactly_the_leaves_whose_negation_flips(drawn):
    found = 0
    for tree, cases in drawn[:FEWER]:
        for case in cases[:3]:
            before = evaluate(tree, case, VOCABULARY).truth
            flips = {item.leaf for item in counterfactuals(tree, case, VOCABULARY)}
            for leaf in set(leaves_of(tree)):
                after = evaluate(with_negated(tree, leaf), case, VOCABULARY).truth
                flipped = Truth.UNKNOWN not in (before, after) and before is not after
                known = case[leaf.fact] is not None
                assert (leaf in flips) == (flipped and known)
            found += len(flips)
    assert found > 100


def leaves_of(tree):
    match tree:
        case Compare():
            return [tree]
        case Not(child):
            return leaves_of(child)
        case AllOf(children) | AnyOf(children):
            return [leaf for child in children for leaf in leaves_of(child)]


def with_negated(tree, leaf):
    match tree:
        case Compare():
            return Not(tree) if tree == leaf else tree
        case Not(child):
            return Not(with_negated(child, leaf))
        case AllOf(children) | AnyOf(children):
            return type(tree)(tuple(with_negated(child, leaf) for child in children))


def test_every_tree_can_be_said_and_explained(drawn):
    for tree, cases in drawn[:FEWER]:
        assert describe(tree, VOCABULARY).strip()
        assert outline(tree, VOCABULARY).text
        explanation = evaluate(tree, cases[0], VOCABULARY)
        assert reasons(explanation, VOCABULARY).mark == explanation.truth.mark
