"""What would have turned the result: the single leaves whose change alone flips a decided verdict.

Used for sentences such as 如不满足“及时改正”，则不符合本项条件. A leaf printed in several places changes
in all of them together, since they are one statement about one fact.
"""

from dataclasses import dataclass

from enforcement.conditions.describe import describe_leaf
from enforcement.conditions.evaluate import (
    Definitions,
    Facts,
    Truth,
    compare_truth,
    evaluate,
    negate,
    truth_of,
)
from enforcement.conditions.tree import Compare, Condition, leaves


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """If `leaf`, now `leaf_truth`, were the other way round, the verdict would be `verdict`."""

    leaf: Compare
    leaf_truth: Truth
    verdict: Truth


def describe_counterfactual(item: Counterfactual, vocabulary: Definitions) -> str:
    """One Chinese sentence without the closing full stop."""
    wording = describe_leaf(item.leaf, vocabulary)
    assumed = "如不满足" if item.leaf_truth is Truth.TRUE else "如满足"
    return f"{assumed}“{wording}”，则{item.verdict.label}本项条件"


def counterfactuals(
    condition: Condition, facts: Facts, vocabulary: Definitions
) -> tuple[Counterfactual, ...]:
    """Every known leaf whose change alone flips the verdict, in printed order; none while it is unknown."""
    verdict = evaluate(condition, facts, vocabulary).truth
    if verdict is Truth.UNKNOWN:
        return ()
    truths = {
        leaf: compare_truth(leaf, facts.get(leaf.fact), vocabulary[leaf.fact]) for leaf in leaves(condition)
    }
    flips = []
    for leaf, truth in truths.items():
        changed = truths | {leaf: negate(truth)}
        if truth is not Truth.UNKNOWN and truth_of(condition, changed.__getitem__) is negate(verdict):
            flips.append(Counterfactual(leaf, truth, negate(verdict)))
    return tuple(flips)
