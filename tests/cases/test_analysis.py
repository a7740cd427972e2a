"""The analysis, with pairs around every boundary. Pure: no database."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from cases.analysis import AnalysisInput, BenchmarkInForce, FactRecord, RulesInForce, analyse
from cases.statuses import Outcome
from discretion.rules import rules_from_document
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.vocabulary import STANDARD
from exemption_lists.matching import MatchableEntry, exclusion_of

DAY = dt.date(2026, 11, 17)
FREE = {"high_risk_irreversible": False, "emergency_price_gouging": False}
# Answers that leave the statute without a say: serious enough, corrected late, not the first time.
PLAIN = {"harm": "一般", "circumstances": "一般", "corrected_timely": False, "offence_count": 2}
FIRST = {
    "all": [
        {"fact": "offence_count", "op": "eq", "value": 1},
        {"fact": "harm", "op": "in", "value": ["无", "轻微"]},
        {"fact": "corrected_timely", "op": "eq", "value": True},
    ]
}
MET = {"offence_count": 1, "harm": "轻微", "circumstances": "一般", "corrected_timely": True, **FREE}


def entry(number: int = 1, **changes: Any) -> MatchableEntry:
    tree = changes.pop("tree", FIRST)
    exclusions = [exclusion_of(text, None) for text in changes.pop("exclusions", [])]
    declared = [fact for _, facts in exclusions for fact in facts]
    fields: dict[str, Any] = {
        "entry_id": number,
        "version_id": 7,
        "document_slug": "yn",
        "document_title": "减免责清单",
        "version_number": 2,
        "agency_name": "云南省市场监督管理局",
        "region_code": "53",
        "serial": str(number),
        "slug": str(number),
        "kind": "no_penalty",
        "mandate": "may",
        "is_general": False,
        "violation_name": "未按规定明码标价",
        "condition_text": ("初次违法",),
        "condition": parse_condition(tree, STANDARD),
        "exclusions": tuple(exclusion for exclusion, _ in exclusions),
        "declared_facts": tuple(declared),
        **changes,
    }
    return MatchableEntry(**fields)


def tier(order: int, name: str, condition: dict[str, Any], low: int, high: int) -> dict[str, Any]:
    component = {
        "subject": "",
        "basis": "fixed",
        "minimum": low,
        "maximum": high,
        "max_inclusive": order == 3,
    }
    return {"order": order, "name": name, "condition": condition, "components": [component]}


TIERS = [
    tier(1, "较轻", {"fact": "goods_value", "op": "lt", "value": 100000}, 20000, 50000),
    tier(
        2,
        "一般",
        {"all": [
            {"fact": "goods_value", "op": "ge", "value": 100000},
            {"fact": "goods_value", "op": "lt", "value": 500000},
        ]},
        50000,
        200000,
    ),
    tier(3, "严重", {"fact": "goods_value", "op": "ge", "value": 500000}, 200000, 500000),
]  # fmt: skip


def benchmark(tiers: list[dict[str, Any]] | None = None, version: int = 3) -> BenchmarkInForce:
    statutory = [{"subject": "", "basis": "fixed", "minimum": 20000, "maximum": 500000}]
    rules = {"mode": "range_tiers", "groups": [{"name": "", "tiers": tiers or TIERS}], "statutory": statutory}
    return BenchmarkInForce(
        benchmark_id=11,
        version_id=version,
        version_number=version,
        title="裁量权基准",
        serial="8",
        path="/public/standards/yn/v3/8/",
        rules=rules_from_document(rules, STANDARD),
        vocabulary=STANDARD,
    )


def run(
    facts: dict[str, Any],
    *entries: MatchableEntry,
    standard: BenchmarkInForce | None = None,
    later: RulesInForce | None = None,
) -> Any:
    declared = [fact for one in entries for fact in one.declared_facts]
    vocabulary = STANDARD.with_declared(declared) if declared else STANDARD
    records = {code: FactRecord(value, "site_record", "第2页", "杨叙") for code, value in facts.items()}
    rules = RulesInForce(DAY, tuple(entries), standard)
    return analyse(AnalysisInput(records=records, vocabulary=vocabulary, at_act=rules, later=later))


def test_entry_met_gives_no_penalty_with_its_source() -> None:
    found = run(MET, entry(17))
    assert (found.state, found.outcome, found.entry_id) == ("settled", Outcome.NO_PENALTY, 17)
    assert found.document["verdict"] == "建议：不予处罚（依法可以不予处罚）"
    assert found.document["source"] == {"text": "《减免责清单》第2版第17条", "url": "/public/lists/yn/v2/17/"}


@pytest.mark.parametrize(("count", "outcome"), [(1, Outcome.NO_PENALTY), (2, Outcome.LIGHTER)])
def test_first_offence_boundary(count: int, outcome: Outcome) -> None:
    facts = {**MET, "offence_count": count, "goods_value": 99999}
    assert run(facts, entry(), standard=benchmark()).outcome is outcome


@pytest.mark.parametrize(
    ("fen", "tier_label", "outcome", "text"),
    [
        (99999, "较轻", Outcome.LIGHTER, "200元以上500元以下（不含本数）"),
        (100000, "一般", Outcome.NORMAL, "500元以上2,000元以下（不含本数）"),
        (499999, "一般", Outcome.NORMAL, "500元以上2,000元以下（不含本数）"),
        (500000, "严重", Outcome.HEAVIER, "2,000元以上5,000元以下"),
    ],
)
def test_tier_boundaries(fen: int, tier_label: str, outcome: Outcome, text: str) -> None:
    found = run({**PLAIN, **FREE, "goods_value": fen}, entry(), standard=benchmark())
    assert (found.tier_label, found.outcome, found.document["range_text"]) == (tier_label, outcome, text)


def test_missing_facts_are_asked_and_no_others() -> None:
    found = run({"offence_count": 1, **FREE}, entry(), standard=benchmark())
    assert found.state == "open"
    assert set(found.questions) == {"harm", "corrected_timely", "circumstances", "goods_value"}
    assert found.document["verdict"].startswith("尚不能给出建议：还需查明")
    late = run({**PLAIN, **FREE}, entry(), standard=benchmark())
    assert late.questions == ("goods_value",)


@pytest.mark.parametrize("code", list(FREE))
@pytest.mark.parametrize(("answer", "state", "outcome"), [
    (False, "settled", Outcome.NO_PENALTY),
    (None, "open", None),
    (True, "settled", Outcome.LIGHTER),
])  # fmt: skip
def test_policy_exclusions_switch_off_what_is_optional(
    code: str, answer: bool | None, state: str, outcome: Outcome | None
) -> None:
    facts = {**MET, "goods_value": 1, code: answer}
    facts = {key: value for key, value in facts.items() if value is not None}
    found = run(facts, entry(), standard=benchmark())
    assert (found.state, found.outcome) == (state, outcome)
    if answer is None:
        assert code in found.questions
    if answer:
        assert "51号" in found.document["others"][0]["reason"]


@pytest.mark.parametrize("excluded", [False, True])
def test_policy_never_switches_off_what_the_statute_or_a_must_entry_demands(excluded: bool) -> None:
    policy = {"high_risk_irreversible": excluded, "emergency_price_gouging": False}
    statute = {**MET, **policy, "harm": "无", "circumstances": "轻微"}
    assert run(statute, standard=benchmark()).outcome is Outcome.NO_PENALTY
    must = run({**MET, **policy}, entry(mandate="must"), standard=benchmark())
    assert (must.outcome, must.entry_id) == (Outcome.NO_PENALTY, 1)


@pytest.mark.parametrize(("minor", "outcome"), [("轻微", Outcome.NO_PENALTY), ("一般", Outcome.LIGHTER)])
def test_statute_forbids_a_penalty_for_the_minor_act(minor: str, outcome: Outcome) -> None:
    facts = {**MET, "offence_count": 3, "harm": "无", "circumstances": minor, "goods_value": 1}
    assert run(facts, standard=benchmark()).outcome is outcome


@pytest.mark.parametrize(
    ("age", "outcome"), [(13, Outcome.NO_PENALTY), (14, Outcome.LIGHTER), (18, Outcome.NORMAL)]
)
def test_age_boundaries(age: int, outcome: Outcome) -> None:
    facts = {**PLAIN, **FREE, "age_at_act": age, "goods_value": 100000}
    assert run(facts, standard=benchmark()).outcome is outcome


def test_most_lenient_kind_wins_and_must_comes_before_may() -> None:
    everyone = {"all": []}
    lighter = entry(1, kind="lighter", mandate="must", tree=everyone)
    mitigated = entry(2, kind="mitigated", tree=everyone)
    may = entry(3, tree=everyone)
    must = entry(4, mandate="must", tree=everyone)
    facts = {**PLAIN, **FREE, "goods_value": 100000}
    assert run(facts, lighter, mitigated, may, must, standard=benchmark()).entry_id == 4
    assert run(facts, lighter, mitigated, may, standard=benchmark()).entry_id == 3
    assert run(facts, lighter, mitigated, standard=benchmark()).outcome is Outcome.MITIGATED
    assert run(facts, lighter, standard=benchmark()).outcome is Outcome.LIGHTER


def test_mitigated_range_lies_below_the_statutory_minimum() -> None:
    found = run(
        {**PLAIN, **FREE, "goods_value": 1}, entry(kind="mitigated", tree={"all": []}), standard=benchmark()
    )
    only = found.ranges[0]
    assert (only.min_fen, only.max_fen, only.contains(19999), only.contains(20000)) == (0, 20000, True, False)


@pytest.mark.parametrize(("absent", "outcome"), [(True, Outcome.NO_PENALTY), (False, Outcome.LIGHTER)])
def test_published_exclusion_is_confirmed_by_the_officer(absent: bool, outcome: Outcome) -> None:
    one = entry(exclusions=["两年内受过同类处罚"])
    code = one.declared_facts[0]["code"]
    open_case = run(
        {**MET, "goods_value": 1, "offence_count": 1, "circumstances": "一般", "harm": "轻微"}, one
    )
    assert open_case.document["exclusions"][0]["state"] == "unknown"
    facts = {**MET, code: absent, "goods_value": 1}
    # The statute's own option would apply as well; it is taken away so that only the entry speaks.
    facts["high_risk_irreversible"] = False
    found = run(facts, one, standard=benchmark())
    if absent:
        assert (found.outcome, found.entry_id) == (outcome, 1)
    else:
        assert found.entry_id is None
        assert "存在排除情形" in found.document["others"][0]["reason"]


def test_coercion_entry_is_a_side_note_only() -> None:
    one = entry(kind="no_compulsion", tree={"all": []}, coercive_measure="查封场所")
    found = run({**PLAIN, **FREE, "goods_value": 1}, one, standard=benchmark())
    assert found.outcome is Outcome.LIGHTER
    assert found.document["side_notes"] == [
        "行政强制措施：《减免责清单》第2版第1条，可免予查封场所。不影响是否处罚。"
    ]


def test_what_if_names_what_would_follow() -> None:
    found = run({**MET, "goods_value": 100000}, entry(), standard=benchmark())
    rows = {row["change"]: (row["outcome"], row["effect"]) for row in found.document["what_if"]}
    assert rows["如不满足“及时改正”"] == ("一般处罚", "“一般”档 500元以上2,000元以下（不含本数）")
    late = run({**MET, "corrected_timely": False, "goods_value": 100000}, entry(), standard=benchmark())
    changes = {row["change"]: row["outcome"] for row in late.document["what_if"]}
    assert changes["如满足“及时改正”"] == "不予处罚"


def test_several_tiers_are_left_to_the_officer() -> None:
    both = [
        tier(1, "较轻", {"all": []}, 20000, 50000),
        tier(2, "一般", {"fact": "goods_value", "op": "ge", "value": 0}, 50000, 200000),
    ]
    found = run({**PLAIN, **FREE, "goods_value": 5}, standard=benchmark(both))
    assert (found.state, found.outcome) == ("choose", None)
    assert [option["name"] for option in found.document["options"]] == ["较轻", "一般"]


def test_without_any_rule_the_system_says_so() -> None:
    found = run({**PLAIN, **FREE})
    assert (found.state, found.outcome) == ("none", None)
    assert "依法裁量并说明理由" in found.document["verdict"]


def test_every_row_names_its_source_or_the_place_to_fill_it() -> None:
    found = run({"offence_count": 1, **FREE}, entry(), standard=benchmark())
    rows = found.document["conditions"]["parts"][0]["rows"]
    assert [row["state"] for row in rows] == ["met", "unknown", "unknown"]
    assert rows[0]["source"] == "1次，现场检查笔录 第2页，杨叙"
    assert rows[1]["source_url"] == "#fact-harm"


def test_unknown_fact_under_a_decided_group_is_not_asked() -> None:
    either = {"any": [
        {"fact": "corrected_on_spot", "op": "eq", "value": True},
        {"fact": "corrected_within_order", "op": "eq", "value": True},
    ]}  # fmt: skip
    one = entry(tree={"all": [{"fact": "offence_count", "op": "eq", "value": 1}, either]})
    found = run({**MET, "corrected_within_order": True}, one)
    row = found.document["conditions"]["parts"][0]["rows"][1]
    assert row["source"] == "2 项中满足 1 项"
    assert row["children"][0]["source"] == "未查明，不影响结论"


@pytest.mark.parametrize(
    ("later_high", "governing", "label"),
    [(150000, "new", "新规定处罚较轻"), (300000, "old", "新规定不比旧规定轻")],
)
def test_old_or_lighter_rules_govern(later_high: int, governing: str, label: str) -> None:
    changed = [tier(3, "一般", {"all": []}, 50000, later_high)]
    old = benchmark([tier(3, "一般", {"all": []}, 50000, 200000)])
    later = RulesInForce(dt.date(2026, 12, 2), (), benchmark(changed, version=4))
    found = run({**PLAIN, **FREE}, standard=old, later=later)
    assert found.document["governing"] == governing
    assert label in "".join(found.document["version_notes"])
    assert found.ranges[0].max_fen == (later_high if governing == "new" else 200000)


def test_document_is_plain_json_without_floats_and_the_same_each_time() -> None:
    first = run({**MET, "goods_value": 100000}, entry(), standard=benchmark()).as_document()
    again = run({**MET, "goods_value": 100000}, entry(), standard=benchmark()).as_document()
    assert json.loads(json.dumps(first), parse_float=pytest.fail) == first == again
