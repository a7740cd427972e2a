"""A benchmark's rules in words: the rows of its table, as pages, downloads and commands show them. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from discretion.rules.money import number_text, percent_text, yuan_text
from discretion.rules.schema import (
    MONEY_BASES,
    Basis,
    BenchmarkRules,
    Column,
    Component,
    PerDay,
    RangeMidpoint,
    Stepped,
    Tier,
    WeightSum,
)
from enforcement.conditions.describe import describe
from enforcement.conditions.vocabulary import Vocabulary


def group_rows(rules: BenchmarkRules, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """`[{"name", "tiers": [{"name", "conditions", "amounts"}]}]`; a weight table gives one group per column
    with its factors' levels as tiers, so that nothing of the table is left out.
    """
    if isinstance(rules.formula, WeightSum):
        return _weight_rows(rules.formula, vocabulary)
    return [
        {
            "name": group.name,
            "applies_when": describe(group.applies_when, vocabulary)
            if group.applies_when is not None
            else "",
            "tiers": [_tier_row(tier, vocabulary) for tier in group.tiers],
        }
        for group in rules.groups
    ]


def formula_sentences(rules: BenchmarkRules, vocabulary: Vocabulary) -> list[str]:
    """How the amount is computed, one sentence per step; empty for plain tiers."""
    formula = rules.formula
    if isinstance(formula, WeightSum):
        return _weight_sentences(formula, vocabulary)
    if isinstance(formula, RangeMidpoint):
        step = percent_text(formula.step_percent)
        label = vocabulary[formula.coefficient].label
        return [f"罚款 =（档次下限 + 档次上限）÷ 2 +（上限 − 下限）× {step} × {label}，结果不超出本档。"]
    if isinstance(formula, PerDay):
        cap = f"，最高 {yuan_text(formula.cap)}" if formula.cap is not None else ""
        label = vocabulary[formula.base].label
        return [f"按{label}，每日 {yuan_text(formula.rate_min)} 至 {yuan_text(formula.rate_max)}{cap}。"]
    return []


def statutory_lines(rules: BenchmarkRules, vocabulary: Vocabulary) -> list[str]:
    """The statutory range the benchmark refines, one line per subject or case."""
    return [component_text(component, vocabulary) for component in rules.statutory]


def component_text(component: Component, vocabulary: Vocabulary) -> str:
    """“单位：违法所得的 1 倍以上 3 倍以下” in words; who, when and the cap included."""
    words = _figures(component)
    if component.basis in (Basis.MULTIPLE, Basis.PERCENT) and component.base:
        words = f"{vocabulary[component.base].label}的 {words}"
    elif component.basis in (Basis.PER_UNIT, Basis.PER_DAY) and component.base:
        words = f"按{vocabulary[component.base].label}计，每{_unit_word(component)} {words}"
    # A subject already says who; its gate would only repeat it.
    if component.applies_when is not None and not component.subject:
        words = f"{describe(component.applies_when, vocabulary)}的，{words}"
    if component.cap is not None:
        words += f"，最高 {yuan_text(component.cap)}"
    if component.deemed_base is not None:
        words += f"（基数不足 {yuan_text(component.deemed_base)} 的按此计算）"
    return f"{component.subject}：{words}" if component.subject else words


def _tier_row(tier: Tier, vocabulary: Vocabulary) -> dict[str, Any]:
    texts = list(tier.condition_texts) or [describe(tier.condition, vocabulary)]
    amounts = [component_text(component, vocabulary) for component in tier.components]
    if tier.no_penalty:
        amounts.append("不予处罚（罚款）")
    if isinstance(tier.formula, Stepped):
        amounts.append(_stepped_text(tier.formula))
    if not amounts and tier.penalty_text:
        amounts.append(tier.penalty_text)
    return {
        "name": tier.name,
        "conditions": texts,
        "amounts": amounts,
        "penalty_text": tier.penalty_text,
        "other_measures": list(tier.other_measures),
        "alternatives": tier.alternatives,
    }


def _stepped_text(formula: Stepped) -> str:
    steps = "；".join(f"{step.label}加 {yuan_text(step.add)}" for step in formula.steps)
    cap = f"，最高 {yuan_text(formula.cap)}" if formula.cap is not None else ""
    return f"起点 {yuan_text(formula.start)}；{steps}{cap}"


def _weight_rows(formula: WeightSum, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    return [
        {
            "name": factor.name,
            "applies_when": "",
            "tiers": [
                {
                    "name": level.name,
                    "conditions": [describe(level.condition, vocabulary)],
                    "amounts": [f"加 {percent_text(level.weight_percent)}"],
                    "penalty_text": "",
                    "other_measures": [],
                    "alternatives": False,
                }
                for level in factor.levels
            ],
        }
        for factor in formula.factors
    ]


def _weight_sentences(formula: WeightSum, vocabulary: Vocabulary) -> list[str]:
    sentences = ["罚款 =（起点比例 + 各因素比例之和）× 计算基数。"]
    for column in formula.columns:
        name = "" if column.name in {"", "默认"} else f"{column.name}："
        sentences.append(
            f"{name}起点 {percent_text(column.start_percent)}，计算基数为{_multiplicand(column, vocabulary)}。"
        )
    if formula.cap_percent is not None:
        sentences.append(
            f"比例合计超过 {percent_text(formula.cap_percent)} 的，按 {percent_text(formula.cap_percent)} 计。"
        )
    if formula.floor_percent is not None:
        sentences.append(
            f"比例合计不足 {percent_text(formula.floor_percent)} 的，按 {percent_text(formula.floor_percent)} 计。"
        )
    return sentences


def _multiplicand(column: Column, vocabulary: Vocabulary) -> str:
    if column.amount is not None:
        return f" {yuan_text(column.amount)}"
    factor = column.factor if column.factor is not None else Decimal(1)
    return f"{vocabulary[column.base].label} × {number_text(factor)}"


def _figures(component: Component) -> str:
    low, high = component.minimum, component.maximum
    if low is not None and low == high:
        return _figure(component, high)
    upper = f"{_figure(component, high)}{'以下' if component.max_inclusive else '以下（不含）'}"
    if low is None or low == 0:
        return upper
    return f"{_figure(component, low)}{'以上' if component.min_inclusive else '以上（不含）'}{upper}"


def _figure(component: Component, value: int | Decimal) -> str:
    if component.basis in MONEY_BASES:
        return yuan_text(int(value))
    return percent_text(value) if component.basis == Basis.PERCENT else f"{number_text(value)}倍"


def _unit_word(component: Component) -> str:
    return "日" if component.basis == Basis.PER_DAY else "单位"
