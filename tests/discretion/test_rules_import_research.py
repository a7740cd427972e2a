"""Reading a research file: every mode, every warning, nothing dropped, clear refusals."""

import json
from decimal import Decimal

import pytest

from discretion.rules import BenchmarkRules, recommend, rules_from_document, rules_to_document
from discretion.rules.import_research import BenchmarkDraft, read_research, read_research_text
from discretion.rules.schema import Basis, Mode, PerDay, RangeMidpoint, WeightSum
from enforcement.conditions.describe import describe
from enforcement.errors import InvalidInput
from tests.discretion.research_fixture import clause, component, document, matter, tier

DRAFTS = {draft.id: draft for draft in read_research(document())}


def _warned(draft: BenchmarkDraft, words: str) -> bool:
    return any(words in warning for warning in draft.warnings)


def test_every_matter_is_read_in_order() -> None:
    assert list(DRAFTS) == ["T1", "T2", "T3", "T4", "W1", "D1", "M1"]
    assert {draft.mode for draft in DRAFTS.values()} == set(Mode)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=list(DRAFTS))
def test_rules_survive_their_json_form(draft: BenchmarkDraft) -> None:
    stored = json.loads(json.dumps(draft.rules_document, ensure_ascii=False))
    assert rules_from_document(stored, draft.vocabulary) == draft.rules
    assert rules_to_document(rules_from_document(stored, draft.vocabulary)) == stored


def test_counts_carry_their_window() -> None:
    first = DRAFTS["T1"].rules.groups[0].tiers[0]
    assert describe(first.condition, DRAFTS["T1"].vocabulary) == "近一年内首次因同类违法受处罚"
    assert first.condition_texts == ("第一次被处罚的",)


def test_branches_are_gated_by_heading_and_party() -> None:
    unit, person = DRAFTS["T2"].rules.groups
    assert describe(unit.applies_when, DRAFTS["T2"].vocabulary) == "“情节严重”属实，且当事人类型不为个人"
    assert describe(person.applies_when, DRAFTS["T2"].vocabulary) == "当事人类型不为单位"


def test_gains_branches_exclude_each_other() -> None:
    draft = DRAFTS["T3"]
    officer = next(fact["code"] for fact in draft.declared_facts if fact["label"] == "符合从轻条件")
    for gains, ends in ((0, (10_000_000, 25_000_000)), (50_000, (100_000, 150_000))):
        result = recommend(draft.rules, {officer: True, "illegal_gains": gains}, draft.vocabulary)
        (only,) = result.ranges
        assert (only.amount.min_fen, only.amount.max_fen) == ends
    assert _warned(draft, "有无违法所得")


def test_base_follows_the_printed_wording_with_a_warning() -> None:
    draft = DRAFTS["T4"]
    assert {one.base for one_tier in draft.rules.groups[0].tiers for one in one_tier.components} == {
        "fees_charged"
    }
    assert _warned(draft, "按处罚文字计算")


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("T1", "原表备注：并可责令改正"),
        ("T4", "原表漏字"),
        ("T4", "相互重叠"),
        ("T4", "幅度重叠（3.2倍至3.5倍）"),
        ("T4", "连写两个“以下”"),
        ("T4", "2条情形未化为可计量的事实"),
        ("W1", "“对个人”栏起点与各因素最大权重之和为110%，超过100%，按100%封顶"),
        ("W1", "原表所写最大合计105%与重新计算的110%不一致"),
        ("W1", "最小合计15%算得150,000元，低于法定最低200,000元"),
    ],
)
def test_warnings(id: str, words: str) -> None:
    assert _warned(DRAFTS[id], words)


def test_clean_matter_has_only_its_remark() -> None:
    assert DRAFTS["T1"].warnings == ("原表备注：并可责令改正",)


def test_weight_table() -> None:
    draft = DRAFTS["W1"]
    formula = draft.rules.formula
    assert isinstance(formula, WeightSum)
    assert [column.within_statutory for column in formula.columns] == [True, False]
    labels = {fact["label"]: fact for fact in draft.declared_facts}
    assert labels["地点"]["options"] == ["一般区域", "敏感区域"]
    assert labels["持续时间"]["type"] == "decimal"


@pytest.mark.parametrize(("duration", "percent"), [("2.9", 15), ("3", 25), ("5.9", 25), ("6", 55)])
def test_upper_bound_is_excluded_where_the_document_says_so(duration: str, percent: int) -> None:
    draft = DRAFTS["W1"]
    codes = {fact["label"]: fact["code"] for fact in draft.declared_facts}
    facts = {
        codes["地点"]: "一般区域",
        codes["持续时间"]: Decimal(duration),
        "subject_kind": "单位",
        "corrected_within_order": True,
    }
    (only,) = recommend(draft.rules, facts, draft.vocabulary).ranges
    assert only.amount.max_fen == percent * 1_000_000
    assert only.below_minimum is (percent < 20)


def test_daily_and_midpoint_formulas() -> None:
    daily, midpoint = DRAFTS["D1"].rules, DRAFTS["M1"].rules
    assert isinstance(daily.formula, PerDay)
    assert daily.groups[0].tiers[0].no_penalty
    assert daily.groups[0].tiers[1].components[0].cap == 200_000
    assert isinstance(midpoint.formula, RangeMidpoint)
    draft = DRAFTS["M1"]
    codes = {fact["label"]: fact["code"] for fact in draft.declared_facts}
    facts = {codes["单因子超标的"]: True, codes["调整系数总和"]: Decimal(0)}
    (only,) = recommend(draft.rules, facts, draft.vocabulary).ranges
    assert only.amount.max_fen == 22_500_000


def test_one_reading_for_different_clauses_is_not_trusted() -> None:
    same = {"fact": "危害后果", "operator": ">=", "value": "较重", "unit": None}
    tiers = [
        tier(1, "甲", [{"text": "造成一般事件的", "machine": [same]}], [component(1, 2)]),
        tier(2, "乙", [{"text": "造成较大事件的", "machine": [same]}], [component(2, 3)]),
    ]
    source = {"sources": {}, "matters": [matter("X", "range_tiers", [{"group": "默认", "tiers": tiers}], [])]}
    (draft,) = read_research(source)
    assert {fact["label"] for fact in draft.declared_facts} == {"造成一般事件的", "造成较大事件的"}
    assert _warned(draft, "改由执法人员按原文确认")


def test_measured_clause_of_a_free_reading_is_typed() -> None:
    tiers = [
        tier(1, "甲", [clause("销售油量1000公升以下的")], [component(0, 5000)]),
        tier(2, "乙", [clause("销售油量1000公升以上5000公升以下的")], [component(5000, 10000)]),
    ]
    source = {"sources": {}, "matters": [matter("X", "range_tiers", [{"group": "默认", "tiers": tiers}], [])]}
    (draft,) = read_research(source)
    (fact,) = draft.declared_facts
    assert (fact["label"], fact["unit"], fact["type"]) == ("销售油量", "公升", "decimal")


@pytest.mark.parametrize(("rule", "shared"), [("“以上”“以下”均含本数", True), ("“以下”不包括本数", False)])
def test_a_figure_in_two_tiers_is_pointed_out(rule: str, shared: bool) -> None:
    tiers = [
        tier(1, "甲", [clause("销售油量1000公升以下的")], [component(0, 5000)]),
        tier(2, "乙", [clause("销售油量1000公升以上的")], [component(5000, 10000)]),
    ]
    matters = [matter("X", "range_tiers", [{"group": "默认", "tiers": tiers}], [])]
    (draft,) = read_research({"sources": {"甲市": {"boundary_rule": rule}}, "matters": matters})
    assert _warned(draft, "销售油量为1000公升时同时符合") is shared


def test_amount_without_minimum_and_unit_base() -> None:
    tiers = [
        tier(1, "甲", [], [component(0, 5000)]),
        tier(2, "乙", [], [component(5000, 5000, basis="per_unit", base="每处违法设施")]),
    ]
    statutory = [component(5000, 20000, basis="per_unit", base="每处设施")]
    source = {
        "sources": {},
        "matters": [matter("X", "range_tiers", [{"group": "默认", "tiers": tiers}], statutory)],
    }
    (draft,) = read_research(source)
    first, second = (one.components[0] for one in draft.rules.groups[0].tiers)
    assert (first.minimum, first.min_inclusive) == (None, False)
    assert second.basis is Basis.PER_UNIT
    assert second.base == draft.rules.statutory[0].base


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{", "不是可以读取的JSON文件"),
        ("[]", "matters"),
        ('{"matters": []}', "sources"),
        ('{"sources": {}, "matters": [{"serial": "9"}]}', "编号9"),
        ('{"sources": {}, "matters": [7]}', "第1个事项"),
    ],
)
def test_unreadable_files_are_refused_in_words(source: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_research_text(source)
    assert any(words in problem for problem in refused.value.problems)


def test_wrong_mode_and_lost_amount_name_their_matter() -> None:
    bad = document()
    bad["matters"][0]["mode"] = "by_mood"
    bad["matters"][1]["groups"][0]["tiers"][0]["components"][0]["max"] = None
    with pytest.raises(InvalidInput) as refused:
        read_research(bad)
    assert [problem[:4] for problem in refused.value.problems] == ["第1个事", "第2个事"]


def test_every_problem_of_a_rules_document_is_reported() -> None:
    broken = {
        "mode": "range_tiers",
        "extra": 1,
        "groups": [
            {
                "name": "甲",
                "tiers": [
                    {
                        "order": "1",
                        "condition": {"fact": "no_such_fact", "op": "eq", "value": 1},
                        "components": [{"basis": "multiple", "maximum": 3, "base": ""}],
                    }
                ],
            }
        ],
    }
    with pytest.raises(InvalidInput) as refused:
        rules_from_document(broken, DRAFTS["T1"].vocabulary)
    problems = "\n".join(refused.value.problems)
    for words in ("extra", "order", "maximum", "缺少“base”", "no_such_fact"):
        assert words in problems


def test_empty_rules_are_readable() -> None:
    assert rules_from_document({"mode": "weight_sum"}, DRAFTS["T1"].vocabulary) == BenchmarkRules(
        Mode.WEIGHT_SUM
    )
