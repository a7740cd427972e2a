"""Static answers about conditions: can it hold, which parts clash, does one say everything another says."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.possibility import clashing_parts, implies, possibility_of
from enforcement.conditions.tree import AllOf, Compare, Not, Operator
from enforcement.conditions.vocabulary import STANDARD
from tests.enforcement.test_conditions_readers_agree import VOCABULARY, random_case, random_tree


def leaf(fact: str, op: str, value: Any) -> dict[str, Any]:
    return {"fact": fact, "op": op, "value": value}


def both(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(parts)}


@pytest.mark.parametrize(
    ("document", "can_hold"),
    [
        (leaf("offence_count", "eq", 1), True),
        # The count includes this very act, so that it is never none.
        (leaf("offence_count", "eq", 0), False),
        (leaf("offence_count", "lt", 1), False),
        (leaf("offence_count", "le", 1), True),
        (both(leaf("offence_count", "gt", 1), leaf("offence_count", "lt", 3)), True),
        (both(leaf("offence_count", "gt", 1), leaf("offence_count", "lt", 2)), False),
        (both(leaf("illegal_gains", "gt", 100), leaf("illegal_gains", "lt", 101)), False),
        (both(leaf("illegal_gains", "ge", 100), leaf("illegal_gains", "le", 100)), True),
        (leaf("illegal_gains", "lt", 0), False),
        (both(leaf("harm", "le", "轻微"), leaf("harm", "ge", "轻微")), True),
        (both(leaf("harm", "lt", "轻微"), leaf("harm", "gt", "轻微")), False),
        (leaf("harm", "lt", "无"), False),
        (both(leaf("corrected_on_spot", "eq", True), leaf("corrected_on_spot", "eq", False)), False),
        (both(leaf("corrected_on_spot", "eq", True), {"not": leaf("corrected_on_spot", "ne", False)}), False),
        (
            both(
                {"any": [leaf("corrected_on_spot", "eq", True), leaf("offence_count", "eq", 1)]},
                leaf("corrected_on_spot", "eq", False),
                leaf("offence_count", "ge", 2),
            ),
            False,
        ),
        ({"all": []}, True),
    ],
)
def test_a_condition_can_hold_or_not(document: dict[str, Any], can_hold: bool) -> None:
    condition = parse_condition(document, STANDARD)
    found = possibility_of(condition, STANDARD)
    assert found.verdict is (Truth.TRUE if can_hold else Truth.FALSE)
    if can_hold:
        assert found.example is not None
        assert evaluate(condition, found.example, STANDARD).truth is Truth.TRUE


def test_the_clashing_parts_are_named_and_no_others() -> None:
    condition = parse_condition(
        both(
            leaf("harm", "le", "轻微"),
            leaf("offence_count", "eq", 1),
            leaf("corrected_on_spot", "eq", True),
            leaf("offence_count", "ge", 2),
        ),
        STANDARD,
    )
    assert clashing_parts(condition, STANDARD) == (2, 4)
    assert clashing_parts(parse_condition(leaf("offence_count", "eq", 0), STANDARD), STANDARD) == ()
    assert clashing_parts(parse_condition(leaf("offence_count", "eq", 1), STANDARD), STANDARD) is None


def test_random_trees_agree_with_trying_every_answer() -> None:
    """Where the search says never, no drawn case holds; where it says possible, its example does."""
    random = Random(20261126)
    verdicts = dict.fromkeys(Truth, 0)
    for _ in range(400):
        tree = random_tree(random)
        # A second tree beside it makes contradictions frequent.
        tree = AllOf((tree, random_tree(random, depth=2))) if random.random() < 0.6 else tree
        found = possibility_of(tree, VOCABULARY)
        verdicts[found.verdict] += 1
        if found.verdict is Truth.TRUE:
            assert found.example is not None
            assert evaluate(tree, found.example, VOCABULARY).truth is Truth.TRUE
        elif found.verdict is Truth.FALSE:
            for _case in range(60):
                assert evaluate(tree, random_case(random), VOCABULARY).truth is not Truth.TRUE
    assert verdicts[Truth.TRUE] > 50
    assert verdicts[Truth.FALSE] > 20
    assert verdicts[Truth.UNKNOWN] == 0


def test_implication_is_reflexive_and_follows_from_adding_a_part() -> None:
    random = Random(20261127)
    for _ in range(150):
        wide, more = random_tree(random, depth=2), random_tree(random, depth=2)
        assert implies(wide, wide, VOCABULARY)
        assert implies(AllOf((wide, more)), wide, VOCABULARY)


def test_too_many_parts_are_left_undecided_and_never_called_impossible() -> None:
    """A pigeonhole of unrelated comparisons: the bound ends the search with unknown."""
    counts = [code for code in STANDARD if STANDARD[code].type.value in ("integer", "money")][:9]
    parts = [Not(Compare(code, Operator.EQ, value)) for code in counts for value in (1, 3, 5)]
    hard = AllOf((*parts, Not(AllOf(tuple(parts)))))
    assert possibility_of(hard, STANDARD).verdict is Truth.UNKNOWN
    assert not implies(hard, Not(hard), STANDARD)
