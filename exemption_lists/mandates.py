"""应当 or 可以: where the words of an entry and its mandate differ from 行政处罚法第三十三条. Pure; remarks, never refusals.

第一款前段 (违法行为轻微并及时改正，没有造成危害后果) and 第二款 (没有主观过错) bind the agency; 第一款后段 (初次违法且危害后果轻微
并及时改正) leaves it the choice. A list may bind its own agencies further, so both are only worth a look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.tree import Compare, Operator, leaves
from enforcement.conditions.vocabulary.counting_windows import window_of

ARTICLE = "行政处罚法第三十三条"
CORRECTED = frozenset(
    {
        "corrected",
        "corrected_timely",
        "corrected_immediately",
        "corrected_on_spot",
        "corrected_within_order",
        "corrected_voluntarily",
    }
)
FIRST_AS_MUST = (
    f"首次违法、危害后果轻微并及时改正的，{ARTICLE}第一款后段规定“可以不予处罚”。本条的效力是“应当”，请核对。"
)
MINOR_AS_MAY = f"违法行为轻微并及时改正、没有危害后果的，{ARTICLE}第一款前段规定“不予处罚”。本条的效力应为“应当”，请核对。"
NO_FAULT_AS_MAY = f"没有主观过错的，{ARTICLE}第二款规定“不予处罚”。本条的效力应为“应当”，请核对。"


def mandate_remarks(*, kind: str, mandate: str, clauses: Sequence[str]) -> list[str]:
    """What is worth a look about the mandate of a 不予处罚 entry, judged from what is recognised of its clauses."""
    if kind != "no_penalty":
        return []
    said = _features(clauses)
    minor = {"minor_conduct", "corrected", "no_harm"} <= said
    if mandate == "must":
        lenient = "first" in said and said & {"minor_harm", "no_harm", "corrected"}
        return [FIRST_AS_MUST] if lenient and not minor and "no_fault" not in said else []
    remarks = [MINOR_AS_MAY] if minor and "first" not in said else []
    return remarks + ([NO_FAULT_AS_MAY] if "no_fault" in said else [])


def _features(clauses: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for clause in clauses:
        condition = suggest_from_text(clause)
        for leaf in leaves(condition) if condition is not None else ():
            found |= {name for name, holds in _readings(leaf) if holds}
    return found


def _readings(leaf: Compare) -> Iterable[tuple[str, bool]]:
    equal = leaf.op is Operator.EQ
    counts = window_of(leaf.fact) is not None or leaf.fact == "list_matter_count"
    yield "first", counts and equal and leaf.value == 1
    yield "no_harm", leaf.fact == "harm" and leaf.value == "无"
    yield "minor_harm", leaf.fact == "harm" and leaf.op is Operator.LE
    yield "minor_conduct", leaf.fact == "circumstances" and leaf.op is Operator.LE
    yield "corrected", leaf.fact in CORRECTED and equal and leaf.value is True
    yield "no_fault", leaf.fact == "subjective_fault" and equal and leaf.value == "没有主观过错"
