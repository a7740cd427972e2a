"""A small research file of our own wording; the figures follow the pattern of published tables."""

import copy
from decimal import Decimal
from typing import Any


def component(low: int | Decimal, high: int | Decimal, **other: Any) -> dict[str, Any]:
    fixed = {"subject": None, "basis": "fixed_yuan", "base": None, "unit": "元"}
    ends = {"min": low, "max": high, "min_inclusive": low != 0, "max_inclusive": True}
    return {**fixed, **ends, **other}


def clause(
    text: str, fact: str = "情形", operator: str = "matches", value: Any = None, **other: Any
) -> dict[str, Any]:
    window = {"window_months": other.pop("window")} if "window" in other else {}
    machine = {
        "fact": fact,
        "operator": operator,
        "value": text if value is None else value,
        "unit": None,
        **window,
    }
    return {"text": text, "machine": [{**machine, "unit": other.pop("unit", None)}], **other}


def tier(
    order: int, name: str, conditions: list, components: list, text: str = "处罚款", **other: Any
) -> dict[str, Any]:
    return {
        "order": order,
        "name": name,
        "condition_logic": "any",
        "conditions": conditions,
        "penalty_text": text,
        "components": components,
        "other_measures": [],
        **other,
    }


def matter(id: str, mode: str, groups: list, statutory: list, **other: Any) -> dict[str, Any]:
    return {
        "id": id,
        "source": "甲市",
        "serial": f"§{id}",
        "domain": "城市管理",
        "category": "市容",
        "violation": f"{id}所列违法行为",
        "penalty_basis": [{"law": "某条例", "article": 9, "paragraph": 1, "item": None}],
        "statutory_components": statutory,
        "mode": mode,
        "groups": groups,
        **other,
    }


def counted(text: str, operator: str, value: int) -> dict[str, Any]:
    return clause(text, "处罚次数(含本次)", operator, value, unit="次", window=12)


THREE_TIMES = [
    tier(1, "情节较轻", [counted("第一次被处罚的", "==", 1)], [component(2000, 2000)]),
    tier(2, "情节较重", [counted("第二次被处罚的", "==", 2)], [component(5000, 5000)]),
    tier(3, "情节严重", [counted("第三次及以上被处罚的", ">=", 3)], [component(10000, 10000)]),
]

PARTIES = [
    {
        "group": "情节严重的，对单位处五万元以上五十万元以下罚款",
        "tiers": [
            tier(
                1, "较轻", [counted("第二次被处罚的", "==", 2), clause("随意倾倒垃圾的")],
                [component(100000, 100000, subject="单位")],
            ),
            tier(2, "较重", [counted("第三次被处罚的", "==", 3)], [component(300000, 300000, subject="单位")]),
        ],
    },
    {
        "group": "对个人处二百元罚款",
        "tiers": [tier(1, "情节严重", [counted("第二次及以上被处罚的", ">=", 2)], [component(200, 200, subject="个人")])],
    },
]  # fmt: skip

MULTIPLE = {"basis": "multiple", "unit": "倍"}
BRANCHED = [
    tier(
        1, "从轻", [clause("符合从轻条件")],
        [
            component(2, 3, base="违法所得", applies_when="有违法所得", **MULTIPLE),
            component(100000, 250000, applies_when="没有违法所得"),
        ],
        "有违法所得的二倍以上三倍以下，没有的十万元以上二十五万元以下",
    )
]  # fmt: skip

WRONG_BASE = [
    tier(
        1, "一档", [clause("报告表类")], [component(3, Decimal("3.5"), base="违法所得", **MULTIPLE)],
        "没收违法所得，并处所收费用3倍以上3.5倍以下罚款", source_anomaly="原表漏字",
    ),
    tier(
        2, "二档", [clause("报告书类")], [component(Decimal("3.2"), 5, base="违法所得", **MULTIPLE)],
        "没收违法所得，并处所收费用3.2倍以下5倍以下罚款",
    ),
]  # fmt: skip


def level(name: str, weight: Any, machine: dict[str, Any] | None = None) -> dict[str, Any]:
    free = {"fact": "情形", "operator": "matches", "value": name, "unit": None}
    return {"level": name, "weight_percent": weight, "machine": [machine or free]}


def months(operator: str, value: Any) -> dict[str, Any]:
    return {"fact": "量值", "operator": operator, "value": value, "unit": "个月"}


WEIGHTS = {
    "type": "weight_sum",
    "start_percent": {"对单位/限期内改正": Decimal("15.0"), "对个人": Decimal("25.0")},
    "factors": [
        {"factor": "地点", "levels": [level("一般区域", Decimal("0.0")), level("敏感区域", Decimal("45.0"))]},
        {
            "factor": "持续时间",
            "levels": [
                level("3个月以下", Decimal("0.0"), months("<=", Decimal("3.0"))),
                level(
                    "3个月以上6个月以下", Decimal("10.0"), months("between", [Decimal("3.0"), Decimal("6.0")])
                ),
                level("6个月以上", Decimal("40.0"), months(">=", Decimal("6.0"))),
            ],
        },
    ],
    "multiplicand": [
        {"applies_to": "对单位/限期内改正", "amount": 1000000},
        {"applies_to": "对个人", "amount": 200000},
    ],
    "cap_percent": 100,
    "floor_percent": None,
    "max_sum_percent": {"对单位/限期内改正": Decimal("100.0"), "对个人": Decimal("105.0")},
    "min_sum_percent": {"对单位/限期内改正": Decimal("15.0"), "对个人": Decimal("25.0")},
}

PER_DAY = {
    "type": "per_day",
    "rate_min": 5,
    "rate_max": 10,
    "unit": "元/日",
    "cap": 2000,
    "base": "overdue_days",
}
DAILY = [
    tier(1, "限期内改正", [clause("在限期内改正的", "是否按期改正", "==", True)], [], "可以不予罚款"),
    tier(
        2, "超过限期", [clause("超过限期改正的")],
        [component(5, 10, basis="per_day", base="超过期限天数")], "按超过天数每日5元至10元，最高2000元",
    ),
]  # fmt: skip

MIDPOINT = {"type": "range_midpoint", "expression": "中值加系数", "step_percent": 10}


def document() -> dict[str, Any]:
    """A file of its own for each caller, who may spoil it."""
    sources = {
        "甲市": {
            "boundary_rule": "“以上”包括本数，“以下”不包括本数",
            "general_rules": ["同时具备不同档次情节的按较重档次"],
        },
    }
    group = [{"group": "默认", "tiers": THREE_TIMES}]
    matters = [
        matter("T1", "range_tiers", group, [component(2000, 10000)], remark="并可责令改正"),
        matter("T2", "range_tiers", PARTIES, [component(50000, 500000, subject="单位")]),
        matter("T3", "range_tiers", [{"group": "默认", "tiers": BRANCHED}], [], branch_on="有无违法所得"),
        matter("T4", "range_matrix", [{"group": "默认", "tiers": WRONG_BASE}], [], overlapping_tiers=True),
        matter("W1", "weight_sum", [], [component(200000, 1000000)], formula=WEIGHTS),
        matter("D1", "daily_accrual", [{"group": "默认", "tiers": DAILY}], [], formula=PER_DAY),
        matter(
            "M1", "range_midpoint_formula",
            [{"group": "报告表项目", "tiers": [tier(1, "单因子超标", [clause("单因子超标的")], [component(200000, 250000)])]}],
            [component(100000, 1000000)], formula=MIDPOINT,
        ),
    ]  # fmt: skip
    return copy.deepcopy({"sources": sources, "matters": matters})
