"""The static checks of a list, each as a table around its boundary."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from enforcement.conditions.parse import parse_condition
from enforcement.conditions.tree import AllOf, Condition, Not
from enforcement.conditions.vocabulary import STANDARD
from enforcement.documents import CitingEntry, Finding
from exemption_lists.checks.amounts import AmountRange, EntryAmounts, amount_findings
from exemption_lists.checks.checked_entry import CheckedEntry
from exemption_lists.checks.citations import KnownText, citation_findings
from exemption_lists.checks.conditions import condition_findings
from exemption_lists.checks.pairs import MOST_OF_ONE_ACT, pair_findings
from exemption_lists.checks.responsibilities import HeldMatters, responsibility_findings
from exemption_lists.checks.superiors import SuperiorEntry, superior_findings
from exemption_lists.models import LeniencyKind, Mandate

FIRST: dict[str, Any] = {"fact": "offence_count", "op": "eq", "value": 1}
CORRECTED: dict[str, Any] = {"fact": "corrected_on_spot", "op": "eq", "value": True}
MINOR: dict[str, Any] = {"fact": "harm", "op": "le", "value": "轻微"}
SECOND: dict[str, Any] = {"fact": "offence_count", "op": "eq", "value": 2}


def tree(*parts: dict[str, Any]) -> Condition:
    return parse_condition(parts[0] if len(parts) == 1 else {"all": list(parts)}, STANDARD)


def entry(
    serial: str,
    condition: Condition,
    *,
    kind: str = "no_penalty",
    mandate: str = "must",
    name: str = "未明码标价",
    excluded: Condition | None = None,
    general: bool = False,
    violation_id: int | None = None,
) -> CheckedEntry:
    whole = AllOf((condition, Not(excluded))) if excluded is not None else condition
    return CheckedEntry(
        serial=serial, slug=serial, kind=LeniencyKind(kind), mandate=Mandate(mandate), is_general=general,
        violation_id=violation_id, violation_name=name, own_condition=condition, condition=whole,
        declared_facts=(),
    )  # fmt: skip


def said(findings: list[Finding]) -> list[tuple[str, bool, str]]:
    return [(one.check, one.blocks, one.entry_slug) for one in findings]


@pytest.mark.parametrize(
    ("condition", "excluded", "expected"),
    [
        (tree(FIRST, MINOR), None, []),
        (tree(FIRST, SECOND), None, [("never_holds", True, "1")]),
        (tree(FIRST, MINOR), tree(CORRECTED), []),
        (tree(FIRST, MINOR), tree(FIRST), [("always_excluded", True, "1")]),
        (AllOf(()), None, []),
        (parse_condition({"any": [FIRST, {"not": FIRST}]}, STANDARD), None, [("always_holds", False, "1")]),
    ],
)
def test_conditions_nobody_or_everybody_meets(
    condition: Condition, excluded: Condition | None, expected: list[Any]
) -> None:
    assert said(condition_findings([entry("1", condition, excluded=excluded)], STANDARD)) == expected


def test_the_sentence_names_the_parts_that_clash() -> None:
    (finding,) = condition_findings([entry("17", tree(MINOR, FIRST, SECOND))], STANDARD)
    assert finding.text == (
        "第 17 条：条件第 2 项、第 3 项“首次被发现同类违法”与“同类违法次数（含本次）为2次”不能同时成立，"
        "这一条永远不能适用。请改正条件。"
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # the same act, condition and treatment
        ({}, {}, [("duplicate", True, "2")]),
        ({"violation_id": 5, "name": "甲"}, {"violation_id": 5, "name": "乙"}, [("duplicate", True, "2")]),
        ({}, {"name": "另一行为"}, []),
        ({}, {"general": True}, []),
        # the same condition, another treatment
        ({}, {"kind": "lighter"}, [("contradiction", True, "2")]),
        ({}, {"mandate": "may"}, [("contradiction", True, "2")]),
        # about the measure, not about the penalty
        ({}, {"kind": "no_compulsion"}, []),
        # other conditions that overlap: the ladder of leniency
        ({"condition": tree(FIRST, MINOR)}, {"condition": tree(FIRST), "kind": "lighter"}, []),
        ({"condition": tree(FIRST)}, {"condition": tree(SECOND)}, []),
        # what meets the narrow one always meets the wide one
        (
            {"condition": tree(FIRST)},
            {"condition": tree(FIRST, MINOR), "kind": "lighter"},
            [("never_reached", False, "2")],
        ),
        (
            {"condition": tree(FIRST), "mandate": "may"},
            {"condition": tree(FIRST, MINOR), "kind": "lighter"},
            [],
        ),
        ({"condition": tree(FIRST)}, {"condition": tree(FIRST, MINOR)}, [("contained", False, "2")]),
        ({"condition": tree(FIRST), "mandate": "may"}, {"condition": tree(FIRST, MINOR)}, []),
    ],
)
def test_two_entries_about_one_act(
    first: dict[str, Any], second: dict[str, Any], expected: list[Any]
) -> None:
    base = {"condition": tree(FIRST, MINOR)}
    rows = [entry("1", **(base | first)), entry("2", **(base | second))]
    assert said(pair_findings(rows, STANDARD)) == expected


@pytest.mark.parametrize(("count", "checks"), [(MOST_OF_ONE_ACT, 780), (MOST_OF_ONE_ACT + 1, 1)])
def test_a_crowd_about_one_act_is_left_to_people(count: int, checks: int) -> None:
    rows = [entry(str(number), tree(FIRST)) for number in range(1, count + 1)]
    assert len(pair_findings(rows, STANDARD)) == checks


@pytest.mark.parametrize(
    ("own", "above", "expected"),
    [
        ({}, {}, [("repeats_superior", False, "1")]),
        ({"kind": "lighter"}, {}, [("stricter_than_superior", True, "1")]),
        ({"mandate": "may"}, {}, [("stricter_than_superior", True, "1")]),
        ({}, {"kind": "lighter"}, [("differs_from_superior", False, "1")]),
        ({}, {"mandate": "may"}, [("differs_from_superior", False, "1")]),
        # stricter, but for people the superior's entry does not cover
        ({"kind": "lighter", "condition": tree(SECOND)}, {}, []),
        ({"kind": "lighter", "condition": tree(MINOR)}, {}, [("differs_from_superior", False, "1")]),
        (
            {"kind": "lighter", "condition": tree(FIRST, MINOR, CORRECTED)},
            {},
            [("stricter_than_superior", True, "1")],
        ),
        ({"kind": "no_compulsion"}, {}, []),
        ({"name": "另一行为"}, {}, []),
        ({"name": "另一行为", "violation_id": 9}, {"violation_id": 9}, [("repeats_superior", False, "1")]),
        ({"general": True}, {}, []),
    ],
)
def test_a_list_beside_its_superiors(own: dict[str, Any], above: dict[str, Any], expected: list[Any]) -> None:
    base = {"condition": tree(FIRST, MINOR)}
    superior = SuperiorEntry(entry("7", **(base | above)), "省局《清单》")
    assert said(superior_findings([entry("1", **(base | own))], [superior], STANDARD)) == expected


def test_the_difference_from_a_superior_is_said() -> None:
    superior = SuperiorEntry(entry("7", tree(FIRST, MINOR)), "省局《清单》")
    (finding,) = superior_findings([entry("1", tree(FIRST), kind="no_penalty")], [superior], STANDARD)
    assert "省局《清单》第 7 条“应当不予处罚”" in finding.text
    assert "条件更宽" in finding.text


YUAN = 100


def ranges(*ends: tuple[int | None, int | None]) -> tuple[AmountRange, ...]:
    return tuple(
        AmountRange("", low and low * YUAN, high if high is None else high * YUAN) for low, high in ends
    )


@pytest.mark.parametrize(
    ("kind", "statutory", "treated", "expected"),
    [
        ("mitigated", (200, 1000), (0, 199), []),
        ("mitigated", (200, 1000), (0, 200), [("ends_at_minimum", False, "1")]),
        ("mitigated", (200, 1000), (0, 201), [("not_below_minimum", True, "1")]),
        ("mitigated", (200, 1000), (50, None), [("not_below_minimum", True, "1")]),
        ("mitigated", (None, 1000), (0, 100), [("nothing_to_mitigate", False, "1")]),
        ("lighter", (200, 1000), (200, 440), []),
        ("lighter", (200, 1000), (199, 440), [("outside_range", True, "1")]),
        ("lighter", (200, 1000), (200, 1000), []),
        ("lighter", (200, 1000), (200, 1001), [("outside_range", True, "1")]),
        ("lighter", (200, 1000), (200, None), [("outside_range", True, "1")]),
        ("lighter", (None, 1000), (0, 300), []),
        ("lighter", (200, 1000), (500, 300), [("range_reversed", True, "1")]),
        ("no_penalty", (200, 1000), (0, 100), [("fine_without_penalty", True, "1")]),
        ("no_compulsion", (200, 1000), (0, 100), [("fine_without_penalty", True, "1")]),
    ],
)
def test_amounts_beside_the_statutory_range(
    kind: str, statutory: tuple[Any, Any], treated: tuple[Any, Any], expected: list[Any]
) -> None:
    stated = EntryAmounts("1", "1", LeniencyKind(kind), ranges(statutory), ranges(treated))
    registered = EntryAmounts("1", "1", LeniencyKind(kind), (), ranges(treated), ranges(statutory))
    assert said(amount_findings([stated])) == expected
    assert said(amount_findings([registered])) == expected


def test_each_subject_has_its_own_limits() -> None:
    person, firm = AmountRange("个人", 20_000, 100_000), AmountRange("单位", 100_000, 3_000_000)
    below = AmountRange("个人", 0, 10_000), AmountRange("单位", 0, 100_001)
    found = amount_findings([EntryAmounts("1", "1", LeniencyKind.MITIGATED, (person, firm), below)])
    assert [(one.check, "单位" in one.text) for one in found] == [("not_below_minimum", True)]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [((200, 1000), []), ((200, 1001), ["statutory_differs"]), ((0, 1000), ["statutory_differs"])],
)
def test_the_stated_range_is_compared_with_the_register(stated: tuple[int, int], expected: list[str]) -> None:
    row = EntryAmounts("1", "1", LeniencyKind.LIGHTER, ranges(stated), (), ranges((200, 1000)))
    assert [one.check for one in amount_findings([row])] == expected


CODIFIED = dt.date(2026, 8, 15)
TEXTS = {
    "噪声法": [KnownText(dt.date(2022, 6, 5), CODIFIED, frozenset({1, 2}), became="环境法典")],
    "环境法典": [KnownText(CODIFIED, None, frozenset({1, 500}))],
    "价格法": [KnownText(dt.date(1998, 5, 1), None, frozenset())],
}


@pytest.mark.parametrize(
    ("laws", "on", "expected"),
    [
        ((("噪声法", 1),), CODIFIED - dt.timedelta(days=1), []),
        ((("噪声法", 1),), CODIFIED, [("law_not_in_force", True)]),
        ((("环境法典", 1),), CODIFIED - dt.timedelta(days=1), [("law_not_in_force", True)]),
        ((("环境法典", 1),), CODIFIED, []),
        # both texts, for acts before and after: in order on either side
        ((("噪声法", 1), ("环境法典", 500)), CODIFIED, []),
        ((("噪声法", 1), ("环境法典", 500)), CODIFIED - dt.timedelta(days=1), []),
        ((("噪声法", 1), ("价格法", 3)), CODIFIED, [("law_not_in_force", True)]),
        ((("环境法典", 2),), CODIFIED, [("article_not_registered", False)]),
        # only the title is registered, so that articles cannot be judged
        ((("价格法", 3),), CODIFIED, []),
        ((("某条例", 3),), CODIFIED, [("law_not_registered", False)]),
        # one law counts once, however many of its articles are named
        ((("噪声法", 1), ("噪声法", 2)), CODIFIED, [("law_not_in_force", True)]),
    ],
)
def test_citations_beside_the_law_of_the_day(
    laws: tuple[tuple[str, int], ...], on: dt.date, expected: list[Any]
) -> None:
    references = tuple({"law": law, "article": article} for law, article in laws)
    found = citation_findings([CitingEntry("1", "1", "甲", references)], TEXTS, on=on)
    assert [(one.check, one.blocks) for one in found] == expected


@pytest.mark.parametrize(
    ("row", "held", "expected"),
    [
        (entry("1", tree(FIRST)), HeldMatters(False), [("no_responsibility_list", False, "")]),
        (entry("1", tree(FIRST)), HeldMatters(True), [("outside_responsibilities", True, "1")]),
        (entry("1", tree(FIRST)), HeldMatters(True, names=frozenset({"未明码标价"})), []),
        (entry("1", tree(FIRST), violation_id=3), HeldMatters(True, frozenset({3})), []),
        (entry("1", tree(FIRST), general=True), HeldMatters(True), []),
        (entry("1", tree(FIRST), general=True), HeldMatters(False), []),
    ],
)
def test_acts_beside_the_responsibility_lists(
    row: CheckedEntry, held: HeldMatters, expected: list[Any]
) -> None:
    assert said(responsibility_findings([row], held)) == expected
