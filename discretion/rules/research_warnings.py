"""What a person must look at in a published benchmark: anomalies, overlaps, sums, statutory conflicts."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from discretion.rules.formulas import extreme_percents
from discretion.rules.money import HUNDRED, number_text, percent_text, round_fen, yuan_text
from discretion.rules.research_amounts import worded_base
from discretion.rules.schema import (
    MONEY_BASES,
    Basis,
    BenchmarkRules,
    Column,
    Component,
    Group,
    Stepped,
    Tier,
    WeightSum,
)
from discretion.rules.statutory_limits import same_subject
from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.facts import display_value
from enforcement.conditions.tree import Condition, FactValue, fact_codes, leaves
from enforcement.conditions.vocabulary import Vocabulary

TWICE_UPPER = re.compile(r"以下[^，；。以或]{0,20}以下")


def rule_warnings(rules: BenchmarkRules, vocabulary: Vocabulary) -> list[str]:
    """Problems that the figures themselves show."""
    found: list[str] = []
    for group in rules.groups:
        found += _order_warnings(group)
        found += _shared_ends(group, vocabulary)
        for tier in group.tiers:
            found += _tier_warnings(group, tier, rules.statutory)
    if isinstance(rules.formula, WeightSum):
        found += _weight_warnings(rules.formula, rules.statutory)
    return found


def _place(group: Group, tier: Tier) -> str:
    return (
        f"第{tier.order}档“{tier.name}”"
        if group.name in ("", "默认")
        else f"“{group.name}”第{tier.order}档“{tier.name}”"
    )


def _tier_warnings(group: Group, tier: Tier, statutory: tuple[Component, ...]) -> Iterator[str]:
    place = _place(group, tier)
    if TWICE_UPPER.search(tier.penalty_text):
        yield f"{place}：处罚文字连写两个“以下”，疑为笔误，请与机关核对"
    if isinstance(tier.formula, Stepped) and tier.formula.note:
        yield f"{place}：{tier.formula.note}"
    if not tier.components and not tier.no_penalty and not tier.non_fine:
        yield f"{place}：没有读到罚款金额，请核对“{tier.penalty_text}”"
    for component in tier.components:
        if component.minimum is not None and component.minimum > component.maximum:
            yield f"{place}：下限高于上限，请与机关核对"
        yield from _statutory_warnings(place, component, statutory)


def _statutory_warnings(place: str, component: Component, statutory: tuple[Component, ...]) -> Iterator[str]:
    limits = comparable_limits(component, statutory)
    if not limits:
        return
    highest = max(limit.maximum for limit in limits)
    lowest = min((limit.minimum or 0) for limit in limits)
    if component.maximum > highest:
        yield f"{place}：上限{_figure(component, component.maximum)}高于读到的法定上限{_figure(component, highest)}，请核对所依据的条款"
    if (component.minimum or 0) < lowest:
        yield f"{place}：下限{_figure(component, component.minimum or 0)}低于法定最低{_figure(component, lowest)}，适用时须有减轻处罚依据"


def comparable_limits(component: Component, statutory: tuple[Component, ...]) -> list[Component]:
    """Statutory components about the same party and computed in the same way."""
    return [
        limit
        for limit in statutory
        if same_subject(limit.subject, component.subject)
        and limit.basis is component.basis
        and (limit.base == component.base or component.basis in MONEY_BASES)
    ]


def _figure(component: Component, value: int | Decimal) -> str:
    if component.basis in MONEY_BASES:
        return yuan_text(int(value))
    return f"{number_text(value)}{'%' if component.basis is Basis.PERCENT else '倍'}"


def _order_warnings(group: Group) -> Iterator[str]:
    for lower, upper in pairwise(group.tiers):
        if lower.order == upper.order:
            continue
        for first in lower.components:
            for second in upper.components:
                if _comparable(first, second):
                    yield from _pair_warnings(
                        f"{_place(group, lower)}与{_place(group, upper)}", first, second
                    )


def _shared_ends(group: Group, vocabulary: Vocabulary) -> Iterator[str]:
    """Figures that fall into two tiers, because both print their common end as included."""
    for lower, upper in combinations(group.tiers, 2):
        codes = set(fact_codes(lower.condition)) | set(fact_codes(upper.condition))
        if len(codes) != 1 or lower.order == upper.order:
            continue
        (code,) = codes
        for value in _figures_in(lower.condition, upper.condition):
            facts: dict[str, FactValue | None] = {code: value}
            both = (evaluate(one.condition, facts, vocabulary).truth for one in (lower, upper))
            if all(truth is Truth.TRUE for truth in both):
                shown = display_value(vocabulary[code], value)
                places = f"{_place(group, lower)}与{_place(group, upper)}"
                yield f"{places}：{vocabulary[code].label}为{shown}时同时符合，由执法人员选定"


def _figures_in(*conditions: Condition) -> list[int | Decimal]:
    figures: dict[int | Decimal, None] = {}
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
            if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
                figures[value] = None
    return list(figures)


def _comparable(first: Component, second: Component) -> bool:
    key = ("subject", "basis", "base", "applies_when")
    return all(getattr(first, name) == getattr(second, name) for name in key)


def _pair_warnings(place: str, first: Component, second: Component) -> Iterator[str]:
    if first.minimum == first.maximum or second.minimum == second.maximum:
        if second.maximum < first.maximum:
            yield f"{place}：较重一档的金额反而较低，请核对"
        return
    low = second.minimum or 0
    if low < first.maximum:
        yield f"{place}：幅度重叠（{_figure(first, low)}至{_figure(first, first.maximum)}）"
    elif low > first.maximum:
        yield f"{place}：幅度之间有空档（{_figure(first, first.maximum)}至{_figure(first, low)}）"


def _weight_warnings(formula: WeightSum, statutory: tuple[Component, ...]) -> Iterator[str]:
    for column in formula.columns:
        low, high = extreme_percents(formula, column)
        name = "" if column.name in ("", "默认") else f"“{column.name}”栏"
        if high > HUNDRED:
            cap = f"，按{percent_text(formula.cap_percent)}封顶" if formula.cap_percent is not None else ""
            yield f"{name}起点与各因素最大权重之和为{percent_text(high)}，超过100%{cap}"
        elif high < HUNDRED:
            yield f"{name}起点与各因素最大权重之和为{percent_text(high)}，不到100%"
        for stated, computed, word in (
            (column.stated_max_percent, high, "最大"),
            (column.stated_min_percent, low, "最小"),
        ):
            if stated is not None and stated != computed:
                yield f"{name}原表所写{word}合计{percent_text(stated)}与重新计算的{percent_text(computed)}不一致"
        yield from _least_fine_warning(formula, column, low, name, statutory)


def _least_fine_warning(
    formula: WeightSum, column: Column, low: Decimal, name: str, statutory: tuple[Component, ...]
) -> Iterator[str]:
    if not column.within_statutory:
        return
    for limit in statutory:
        if not same_subject(limit.subject, column.subject) or not limit.minimum:
            continue
        least = _least(column, low, limit)
        if least is None or least >= limit.minimum:
            continue
        floor = (
            f"；原表下限为{percent_text(formula.floor_percent)}" if formula.floor_percent is not None else ""
        )
        yield (
            f"{name}最小合计{percent_text(low)}算得{_figure(limit, least)}，"
            f"低于法定最低{_figure(limit, limit.minimum)}{floor}，适用时须有减轻处罚依据"
        )


def _least(column: Column, low: Decimal, limit: Component) -> int | Decimal | None:
    """The least fine of a column in the statute's own measure, None when they cannot be compared."""
    if limit.basis is Basis.FIXED and column.amount is not None:
        return round_fen(Decimal(column.amount) * low / HUNDRED)
    if column.base != limit.base or column.factor is None:
        return None
    if limit.basis is Basis.PERCENT:
        return column.factor * low
    return column.factor * low / HUNDRED if limit.basis is Basis.MULTIPLE else None


def source_warnings(matter: Mapping[str, Any]) -> Iterator[str]:
    """Remarks of the person who read the source, each at its place."""
    if matter.get("source_anomaly"):
        yield f"原表异常：{matter['source_anomaly']}"
    if matter.get("overlapping_tiers"):
        yield "原表各档的情形或者幅度相互重叠，符合多档时由执法人员选定"
    if matter.get("branch_on"):
        yield f"本事项按“{matter['branch_on']}”分支计算，请核对分支条件"
    if matter.get("completeness"):
        yield f"来源不完整：{matter['completeness']}"
    for group in matter.get("groups") or ():
        for tier in group.get("tiers") or ():
            yield from _tier_remarks(group, tier)
    formula = matter.get("formula") or {}
    if formula.get("statutory_min_conflict"):
        yield f"原表与法定下限冲突：{formula['statutory_min_conflict']}"
    if matter.get("remark"):
        yield f"原表备注：{matter['remark']}"


def _tier_remarks(group: Mapping[str, Any], tier: Mapping[str, Any]) -> Iterator[str]:
    place = f"“{group.get('group') or '默认'}”第{tier.get('order')}档“{tier.get('name')}”"
    if tier.get("source_anomaly"):
        yield f"{place}：{tier['source_anomaly']}"
    worded = worded_base(str(tier.get("penalty_text") or ""))
    for component in tier.get("components") or ():
        named = component.get("base")
        if worded and named and component.get("basis") == "multiple" and worded != named:
            yield f"{place}：金额组成的基数记作“{named}”，处罚文字写的是“{worded}”，按处罚文字计算，请核对"
