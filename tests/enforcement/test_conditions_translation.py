"""Machine conditions and published clauses: typed exactly, or handed to the officer as published."""

from decimal import Decimal

import pytest

from enforcement.conditions.describe import describe
from enforcement.conditions.parse import parse_condition, to_document
from enforcement.conditions.suggest import suggest_from_text
from enforcement.conditions.translate import translate_clauses, translate_machine_condition
from enforcement.conditions.tree import ALWAYS, AllOf, AnyOf, Compare, Operator
from enforcement.conditions.vocabulary import STANDARD, FactType


def machine(fact, operator, value, unit=None, **more):
    return {"fact": fact, "operator": operator, "value": value, "unit": unit} | more


@pytest.mark.parametrize(
    ("given", "leaf"),
    [
        (machine("同类违法次数(含本次)", "==", 1, "次"), Compare("offence_count", Operator.EQ, 1)),
        (
            machine("同类违法次数（含本次）", "==", 1, "次", window_months=12),
            Compare("offence_count_12m", Operator.EQ, 1),
        ),
        (
            machine("同类违法次数(含本次)", ">=", 3, "次", window_months=24),
            Compare("offence_count_24m", Operator.GE, 3),
        ),
        (
            machine("同类违法次数(含本次)", "==", 1, "次", window_months=None, window="calendar_year"),
            Compare("offence_count_calendar_year", Operator.EQ, 1),
        ),
        (
            machine("处罚次数(含本次)", ">", 2, "次", window_months=12),
            Compare("punishment_count_12m", Operator.GT, 2),
        ),
        (machine("危害后果", "<=", "轻微"), Compare("harm", Operator.LE, "轻微")),
        (machine("违法所得", "==", 0, "元"), Compare("illegal_gains", Operator.EQ, 0)),
        (machine("货值金额", "<", 1.5, "万元"), Compare("goods_value", Operator.LT, 1_500_000)),
        (machine("超标倍数", "<", 0.1, "倍"), Compare("exceed_multiple", Operator.LT, Decimal("0.1"))),
        (
            machine("pH值", "between", [5, 10]),
            Compare("ph_value", Operator.BETWEEN, (Decimal(5), Decimal(10))),
        ),
        (machine("违法持续时间", "<=", 20, "天"), Compare("duration_days", Operator.LE, 20)),
        (machine("违法终了距发现", ">", 2, "年"), Compare("months_since_end", Operator.GT, Decimal(24))),
        (machine("日均值超标", "==", False), Compare("daily_average_exceeded", Operator.EQ, False)),
        (machine("日均值超标", "!=", True), Compare("daily_average_exceeded", Operator.NE, True)),
        (machine("故障原因", "==", "突发故障"), Compare("breakdown_sudden", Operator.EQ, True)),
        (machine("故障原因", "!=", "突发故障"), Compare("breakdown_sudden", Operator.NE, True)),
        (machine("主观故意", "==", False), Compare("subjective_fault", Operator.NE, "故意")),
        (machine("主观故意", "!=", False), Compare("subjective_fault", Operator.EQ, "故意")),
        (machine("污染物类别", "!=", "A类"), Compare("pollutant_class", Operator.NE, "A类")),
        (
            machine("整改方式", "in", ["主动关闭", "恢复原状"]),
            Compare("rectification_method", Operator.IN, ("主动关闭", "恢复原状")),
        ),
    ],
)
def test_known_facts_become_typed_comparisons(given, leaf):
    translated = translate_machine_condition(given)
    assert translated.condition == leaf
    assert translated.declared_facts == ()
    assert translated.fully_typed


@pytest.mark.parametrize(
    ("given", "fact_type", "unit", "sentence"),
    [
        (machine("涂污处数", "<", 2, "处"), FactType.INTEGER, "处", "涂污处数不满2处"),
        (machine("烟气黑度", "<=", 1.5, "级"), FactType.DECIMAL, "级", "烟气黑度不超过1.5级"),
        (machine("拖欠工资", ">", 2, "万元"), FactType.MONEY, "元", "拖欠工资超过20,000元"),
        (machine("误导消费者", "==", False), FactType.BOOLEAN, "", "不属于“误导消费者”的情形"),
        (machine("发布渠道", "in", ["自有", "互联网"]), FactType.CHOICE, "", "发布渠道为自有或者互联网"),
        (
            machine("同类违法次数(含本次)", "==", 1, "次", window_months=72),
            FactType.INTEGER,
            "次",
            "近72个月内同类违法次数(含本次)为1次",
        ),
        (machine("整改方式", "==", "搬迁"), FactType.CHOICE, "", "整改方式为搬迁"),
    ],
)
def test_unknown_names_become_declared_facts_of_the_same_type(given, fact_type, unit, sentence):
    translated = translate_machine_condition(given)
    (declared,) = translated.declared_facts
    assert (declared["type"], declared["unit"], declared["confirmed_by_officer"]) == (fact_type, unit, False)
    assert translated.fully_typed
    assert describe(translated.condition, STANDARD.with_declared([declared])) == sentence


@pytest.mark.parametrize(
    ("given", "clause", "label"),
    [
        (machine("情形", "matches", "立即停驶"), "立即停驶或者驶离公路", "立即停驶或者驶离公路"),
        (machine("情形", "matches", "立即停驶"), "", "立即停驶"),
        (machine("危害后果", ">=", "较大环境事件/重大影响"), "造成重大突发环境事件", "造成重大突发环境事件"),
        (machine("量值", "<", 0.5, "倍"), "一个因子总量超标，且不足0.5倍", "一个因子总量超标，且不足0.5倍"),
        (machine("发布渠道", ">", "自有"), "经自有渠道", "经自有渠道"),
        (machine("涂污", "约", 2), "涂污两处左右", "涂污两处左右"),
    ],
)
def test_what_cannot_be_measured_is_confirmed_as_published(given, clause, label):
    translated = translate_machine_condition(given, clause=clause)
    (declared,) = translated.declared_facts
    assert (declared["label"], declared["confirmed_by_officer"]) == (label, True)
    assert translated.condition == Compare(declared["code"], Operator.EQ, True)
    assert not translated.fully_typed
    assert translated.note


def test_an_unnamed_number_takes_its_name_from_the_dimension_or_a_clause_that_says_nothing_else():
    given = machine("量值", "between", [5.0, 10.0], "dB（A）")
    by_dimension = translate_machine_condition(given, clause="五至十分贝", dimension="噪声超标值")
    by_clause = translate_machine_condition(given, clause="超标5.0dB（A）以上10.0dB（A）以下")
    assert by_dimension.declared_facts[0]["label"] == "噪声超标值"
    assert by_clause.declared_facts[0]["label"] == "超标"
    for translated in (by_dimension, by_clause):
        assert translated.fully_typed
        assert translated.condition.value == (Decimal(5), Decimal(10))


def test_an_equality_on_a_grade_is_kept_exact_but_noted():
    translated = translate_machine_condition(machine("情节", "==", "轻微"))
    assert translated.condition == Compare("circumstances", Operator.EQ, "轻微")
    assert "更轻的情形不在其内" in translated.note


FIRST = machine("同类违法次数(含本次)", "==", 1, "次")
ON_ORDER = machine("是否按期改正", "==", True)
VOLUNTARY = machine("是否主动改正", "==", True)


def test_an_entry_is_translated_whole_with_its_alternatives():
    translated = translate_clauses(
        ["首次被发现", "自行改正或责令期限内改正"], [FIRST, {"any_of": [[VOLUNTARY], [ON_ORDER]]}], "all"
    )
    first = Compare("offence_count", Operator.EQ, 1)
    ways = AnyOf(
        (
            Compare("corrected_voluntarily", Operator.EQ, True),
            Compare("corrected_within_order", Operator.EQ, True),
        )
    )
    assert translated.condition == AllOf((first, ways))
    assert translated.fully_typed
    assert parse_condition(to_document(translated.condition), STANDARD) == translated.condition


def test_without_machine_conditions_each_clause_is_confirmed_by_the_officer():
    for logic, kind in (("all", AllOf), ("any", AnyOf)):
        translated = translate_clauses(["没有造成拥堵", "规范装载"], [], logic)
        assert translated.untyped == ["没有造成拥堵", "规范装载"]
        assert isinstance(translated.condition, kind)
        vocabulary = STANDARD.with_declared(translated.declared_facts)
        assert parse_condition(to_document(translated.condition), vocabulary) == translated.condition


def test_an_entry_without_any_clause_has_no_further_condition():
    assert translate_clauses([], [], "all").condition == ALWAYS


def test_the_machine_conditions_of_one_clause_must_all_hold_even_under_any():
    translated = translate_clauses(["初犯且按期改正的"], [FIRST, ON_ORDER], "any")
    assert isinstance(translated.condition, AllOf)


def test_an_open_ended_last_clause_is_never_dropped():
    translated = translate_clauses(
        ["初次违法", "主动改正", "其他法定情形"], [{"any_of": [[FIRST], [VOLUNTARY]]}], "any"
    )
    assert isinstance(translated.condition, AnyOf)
    assert len(translated.condition.children) == 3
    assert translated.untyped == ["其他法定情形"]


def test_clauses_that_cannot_be_matched_one_to_one_are_confirmed_instead():
    translated = translate_clauses(["初犯", "甲情形", "乙情形"], [FIRST, ON_ORDER], "any")
    assert translated.untyped == ["初犯", "甲情形", "乙情形"]


def test_a_shortened_quotation_finds_its_published_clause():
    clauses = ["未按要求密闭，但已按规定安装设施，立即改正的", "无法密闭，期限内改正的"]
    cut_off = machine("情形", "matches", "未按要求密闭，但已按照规定安装设施")
    branches = {"any_of": [[cut_off], [machine("情形", "matches", "无法密闭")]]}
    assert translate_clauses(clauses, [branches], "any").untyped == clauses


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("首次违法", "首次被发现同类违法"),
        ("初次违法。", "首次被发现同类违法"),
        ("近一年内属于首次违法", "近一年内首次被发现同类违法"),
        ("年度内属于首次违法", "本年度内首次被发现同类违法"),
        ("近三年内首次违法", "近36个月内首次被发现同类违法"),
        ("六个月内首次被发现", "近6个月内首次被发现同类违法"),
        ("五年内首次违法", "近60个月内首次被发现同类违法"),
        ("两年内第2次", "近两年内同类违法次数（含本次）为2次"),
        ("责令期限内改正，危害后果轻微", "在责令期限内改正，且危害后果不超过轻微"),
        ("违法行为持续时间不超过20日", "违法行为持续时间不超过20日"),
        ("违法行为持续时间不满二十日的", "违法行为持续时间不满20日"),
        ("违法行为持续时间在２０日以内", "违法行为持续时间不超过20日"),
        ("违法所得不足1万元", "违法所得不满10,000元"),
        ("货值金额在五百元以下", "货值金额不超过500元"),
        ("没有违法所得", "没有违法所得"),
        ("当场改正", "当场改正"),
        ("自行改正或责令期限内改正", "主动改正，或者在责令期限内改正"),
        ("立即或期限内改正", "立即改正，或者在责令期限内改正"),
        ("违法行为轻微并及时改正，没有造成危害后果", "违法情节不超过轻微，且及时改正，且没有危害后果"),
        ("不满十四周岁的未成年人有违法行为", "违法时年龄不满14周岁"),
    ],
)
def test_common_wordings_are_suggested(clause, sentence):
    condition = suggest_from_text(clause)
    assert condition is not None
    assert describe(condition, STANDARD) == sentence
    assert parse_condition(to_document(condition), STANDARD) == condition


@pytest.mark.parametrize(
    "clause",
    [
        "",
        "。",
        "首次违法，且规范装载",
        "危害后果轻微(造成较大社会影响的不认定)",
        "首次违法，及时改正或者按期改正",
        "违法行为持续时间不超过20个工作日",
        "违法所得超过1万元以下",
        "违法行为持续时间在20日",
        "违法所得一万两千零三点五元",
        "非首次违法",
        "六年内首次违法",
        "一年半内首次违法",
        "未及时改正",
        "涉案数量不超过3头",
    ],
)
def test_a_clause_not_wholly_understood_gets_no_suggestion(clause):
    assert suggest_from_text(clause) is None
