"""Names, operators and units under which outside tables know the facts of the standard vocabulary."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from enforcement.conditions.tree import Compare, Operator
from enforcement.conditions.vocabulary import STANDARD
from enforcement.conditions.vocabulary.counting_windows import LONGEST_MONTHS, CountingWindow, window_of

OPERATORS: Mapping[str, Operator] = {
    "==": Operator.EQ,
    "=": Operator.EQ,
    "!=": Operator.NE,
    "<": Operator.LT,
    "<=": Operator.LE,
    ">": Operator.GT,
    ">=": Operator.GE,
    "between": Operator.BETWEEN,
    "in": Operator.IN,
    "not_in": Operator.NOT_IN,
    "not in": Operator.NOT_IN,
}

_NAMES: Mapping[str, str] = {
    "同类违法次数": "offence_count",
    "违法次数": "offence_count",
    "清单事项发生次数": "list_matter_count",
    "处罚次数": "punishment_count",
    "情节": "circumstances",
    "是否改正": "corrected",
    "是否按期改正": "corrected_within_order",
    "是否当场改正": "corrected_on_spot",
    "是否立即改正": "corrected_immediately",
    "是否及时改正": "corrected_timely",
    "是否主动改正": "corrected_voluntarily",
    "发现前主动改正": "corrected_before_discovery",
    "决定前改正": "corrected_before_decision",
    "及时中止": "stopped_timely",
    "主动消除危害后果": "harm_eliminated_voluntarily",
    "履行赔偿责任": "compensated",
    "实际影响": "actual_impact",
    "严重危害人身财产安全": "severe_safety_threat",
    "配合调查": "cooperated",
    "阻碍执法": "obstructed",
    "主动供述": "confessed_voluntarily",
    "立功": "meritorious",
    "受胁迫或诱骗": "coerced_or_deceived",
    "公开道歉": "public_apology",
    "守法承诺": "compliance_commitment",
    "行为能力": "mental_capacity",
    "违法持续时间": "duration_days",
    "违法终了距发现": "months_since_end",
    "项目总投资": "project_investment",
    "总投资额": "project_investment",
    "报告时限": "reported_within_hours",
    "是否应急处置": "emergency_handled",
    "仅ph超标": "ph_only_exceeded",
    "危废贮存不合规量": "waste_stored_tonnes",
    "危废混入量": "waste_mixed_tonnes",
    "已投保环责险": "pollution_insured",
}

# Option words of outside tables that mean one of ours.
OPTION_WORDS: Mapping[str, Mapping[str, str]] = {
    "harm": {"较大": "较重", "没有": "无", "重大": "严重"},
    "mental_capacity": {"不能辨认或控制": "不能辨认或者不能控制自己行为"},
    "pollutant_class": {"A": "A类", "B": "B类"},
    "subject_kind": {"企业": "单位", "自然人": "个人"},
}

# An equality of an outside fact that is another comparison of ours.
REPHRASED: Mapping[tuple[str, object], Compare] = {
    ("故障原因", "突发故障"): Compare("breakdown_sudden", Operator.EQ, True),
    ("主观故意", True): Compare("subjective_fault", Operator.EQ, "故意"),
    ("主观故意", False): Compare("subjective_fault", Operator.NE, "故意"),
    ("主观过错", True): Compare("subjective_fault", Operator.NE, "没有主观过错"),
    ("主观过错", False): Compare("subjective_fault", Operator.EQ, "没有主观过错"),
}

# How many of the fact's unit one outside unit is.
UNIT_FACTORS: Mapping[tuple[str, str], Decimal] = {
    ("天", "日"): Decimal(1),
    ("月", "个月"): Decimal(1),
    ("年", "个月"): Decimal(12),
    ("岁", "周岁"): Decimal(1),
    ("日", "小时"): Decimal(24),
    ("天", "小时"): Decimal(24),
    ("kg", "吨"): Decimal("0.001"),
    ("千克", "吨"): Decimal("0.001"),
    ("公斤", "吨"): Decimal("0.001"),
    ("㎡", "平方米"): Decimal(1),
    ("m2", "平方米"): Decimal(1),
    ("元", "分"): Decimal(100),
    ("万元", "分"): Decimal(1_000_000),
}
MONEY_UNITS = frozenset({"元", "万元"})
COUNTING_UNITS = frozenset(
    {"次", "个", "处", "人", "头", "家", "户", "件", "份", "台", "辆", "只", "条", "周岁"}
)


def plain_name(name: str) -> str:
    """A fact's name for comparison: half-width, lower case, without 含本次 and spaces."""
    text = unicodedata.normalize("NFKC", name).lower().replace(" ", "")
    return text.replace("(含本次)", "")


_BY_NAME: Mapping[str, str] = {
    **{plain_name(definition.label): code for code, definition in STANDARD.items()},
    **{code: code for code in STANDARD},
    **_NAMES,
}


def standard_code(name: str, *, window: object = None) -> str | None:
    """The standard fact an outside name means; `window` is a number of months (1 to 60) or "calendar_year"."""
    code = _BY_NAME.get(plain_name(name))
    if window is None or code is None:
        return code
    counted = window_of(code)
    if counted is None or counted.code != counted.counted:
        return None
    if window == "calendar_year":
        return CountingWindow(code, None, True).code
    if not isinstance(window, int) or not 1 <= window <= LONGEST_MONTHS:
        return None
    return CountingWindow(code, window).code


def unit_factor(given: str, ours: str) -> Decimal | None:
    """What to multiply an outside number by; None when the units do not convert."""
    if not given or given == ours:
        return Decimal(1)
    return UNIT_FACTORS.get((given, ours))
