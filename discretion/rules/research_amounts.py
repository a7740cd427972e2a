"""Components, columns and formulas of a researched table as our own values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from discretion.rules.money import fen_from_yuan, number_text
from discretion.rules.research_facts import (
    BASE_FACTS,
    Clause,
    Declarations,
    days_base,
    exclusive_upper_bounds,
    gate_from_words,
    money_base,
    subject_gate,
    unit_base,
    with_window,
)
from discretion.rules.schema import (
    Basis,
    Column,
    Component,
    Factor,
    Level,
    PerDay,
    Step,
    Stepped,
    WeightSum,
)
from enforcement.conditions.translate import translate_machine_condition
from enforcement.conditions.tree import Compare, Condition, Operator, all_of
from enforcement.conditions.vocabulary import FactType

BASES = {
    "fixed_yuan": Basis.FIXED,
    "multiple": Basis.MULTIPLE,
    "percent": Basis.PERCENT,
    "per_unit": Basis.PER_UNIT,
    "per_day": Basis.PER_DAY,
}
EXCLUSIVE_PARTIES = frozenset({"单位", "个人", "个体"})
_WORDED_BASE = re.compile(r"处(?:以)?([\u4e00-\u9fff]{2,12}?)(?:[\d.]+|[一二三四五六七八九十]+)倍")


class UnreadableComponent(ValueError):
    """A component has no usable figures; the message is a Chinese sentence."""


def component_from(document: Mapping[str, Any], declared: Declarations, wording: str = "") -> Component:
    """One component. A base named differently in the printed wording is taken from the wording."""
    basis = BASES.get(str(document.get("basis")))
    if basis is None or document.get("max") is None:
        raise UnreadableComponent(f"金额组成的计算方式“{document.get('basis')}”或者上限无法读取")
    low, high = document.get("min"), document["max"]
    stated = bool(low)
    return Component(
        subject=document.get("subject") or "",
        basis=basis,
        maximum=_figure(basis, high),
        minimum=_figure(basis, low) if stated else None,
        base=_base(basis, document, declared, wording),
        unit=document.get("unit") or "元",
        min_inclusive=bool(document.get("min_inclusive", True)) and stated,
        max_inclusive=bool(document.get("max_inclusive", True)),
        applies_when=_component_gate(str(document.get("applies_when") or ""), declared),
        cap=_optional_money(document.get("cap")),
        deemed_base=_optional_money(document.get("deemed_base")),
    )


def worded_base(wording: str) -> str:
    """The base the printed wording multiplies (处所收费用三倍), or an empty string."""
    matched = _WORDED_BASE.search(wording)
    return matched.group(1) if matched and matched.group(1) in BASE_FACTS else ""


def components_from(
    documents: Sequence[Mapping[str, Any]], declared: Declarations, wording: str = ""
) -> tuple[Component, ...]:
    """All components of a tier; 单位 and 个人 named side by side exclude each other by what the party is."""
    components = [component_from(document, declared, wording) for document in documents]
    parties = {component.subject for component in components} & EXCLUSIVE_PARTIES
    if len(parties) < 2:
        return tuple(components)
    return tuple(_gated_by_party(component) for component in components)


def _gated_by_party(component: Component) -> Component:
    gate = subject_gate(component.subject)
    if gate is None:
        return component
    own = component.applies_when
    return replace(component, applies_when=gate if own is None else all_of(own, gate))


def _component_gate(words: str, declared: Declarations) -> Condition | None:
    if not words:
        return None
    return gate_from_words(words, declared) or declared.confirmed(words)


def _figure(basis: Basis, value: Any) -> int | Decimal:
    if basis in (Basis.MULTIPLE, Basis.PERCENT):
        return Decimal(number_text(Decimal(str(value))))
    return fen_from_yuan(value)


def _optional_money(value: Any) -> int | None:
    return None if value is None else fen_from_yuan(value)


def _base(basis: Basis, document: Mapping[str, Any], declared: Declarations, wording: str) -> str:
    label = str(document.get("base") or "")
    match basis:
        case Basis.FIXED:
            return ""
        case Basis.PER_UNIT:
            return unit_base(label, declared)
        case Basis.PER_DAY:
            return days_base(label, declared)
    return money_base(worded_base(wording) or label or "计算罚款的基数", declared)


def weight_sum_from(
    document: Mapping[str, Any], declared: Declarations, *, upper_excluded: bool
) -> WeightSum:
    """A weight table with its columns and factors."""
    multiplicands = {str(one.get("applies_to") or "默认"): one for one in document["multiplicand"]}
    columns = tuple(
        _column(name, percent, multiplicands, document, declared)
        for name, percent in document["start_percent"].items()
    )
    factors = tuple(_factor(one, declared, upper_excluded) for one in document["factors"])
    return WeightSum(
        columns, factors, _percent(document.get("cap_percent")), _percent(document.get("floor_percent"))
    )


def _column(
    name: str,
    start: Any,
    multiplicands: Mapping[str, Mapping[str, Any]],
    document: Mapping[str, Any],
    declared: Declarations,
) -> Column:
    found = multiplicands.get(name)
    if found is None and len(multiplicands) == 1:
        found = next(iter(multiplicands.values()))
    if found is None:
        raise UnreadableComponent(f"权重表的“{name}”一栏没有写明被乘数")
    subject = re.search(r"单位|个人", name)
    gates = [gate_from_words(name, declared)]
    if subject and len(document["start_percent"]) > 1:
        gates.append(subject_gate(subject.group()))
    stated = [gate for gate in gates if gate is not None]
    base, factor = found.get("base"), found.get("factor")
    return Column(
        name=name,
        subject=subject.group() if subject else "",
        start_percent=_required_percent(start),
        amount=_optional_money(found.get("amount")),
        base=money_base(str(base), declared) if base else "",
        factor=None if factor is None else Decimal(str(factor)),
        applies_when=all_of(*stated) if stated else None,
        stated_max_percent=_percent((document.get("max_sum_percent") or {}).get(name)),
        stated_min_percent=_percent((document.get("min_sum_percent") or {}).get(name)),
    )


def _factor(document: Mapping[str, Any], declared: Declarations, upper_excluded: bool) -> Factor:
    """A factor: measured levels stay comparisons; textual ones become one declared choice of the levels."""
    name, levels = str(document["factor"]), document["levels"]
    weights = [_required_percent(level["weight_percent"]) for level in levels]
    names = [str(level["level"]) for level in levels]
    clauses = [
        Clause(
            text,
            exclusive_upper_bounds(level.get("machine") or (), text, upper_excluded=upper_excluded),
            name,
        )
        for text, level in zip(names, levels, strict=True)
    ]
    conditions = _measured_conditions(clauses, name, declared)
    if conditions is None:
        code = declared.declare(FactType.CHOICE, name, options=tuple(dict.fromkeys(names)))
        conditions = [Compare(code, Operator.EQ, text) for text in names]
    return Factor(
        name,
        tuple(
            Level(text, weight, condition)
            for text, weight, condition in zip(names, weights, conditions, strict=True)
        ),
    )


def _measured_conditions(
    clauses: Sequence[Clause], name: str, declared: Declarations
) -> list[Condition] | None:
    """Comparisons for levels that all measure one fact; None when any level says more, or two read the same."""
    facts = {str(one.get("fact")) for clause in clauses for one in clause.machine}
    readable = all(clause.machine and "或" not in clause.text for clause in clauses)
    if len(facts) != 1 or facts == {"情形"} or not readable:
        return None
    readings = [
        [
            translate_machine_condition(with_window(one, name), clause=clause.text, dimension=name)
            for one in clause.machine
        ]
        for clause in clauses
    ]
    conditions = [all_of(*(one.condition for one in level)) for level in readings]
    distinct = len(set(map(repr, conditions))) == len(conditions)
    if not distinct or not all(one.fully_typed for level in readings for one in level):
        return None
    declared.add(*(fact for level in readings for one in level for fact in one.declared_facts))
    return conditions


def stepped_from(document: Mapping[str, Any], declared: Declarations) -> Stepped:
    """“每增加……加……”: each step counted by the officer after the printed rounding."""
    steps = []
    for one in document["steps"]:
        pollutant = str(one.get("pollutant") or "")
        label = f"{pollutant}污染物{one['per']}" if pollutant else str(one["per"])
        rounding = str(one.get("rounding") or "")
        hint = f"（{rounding}）" if rounding else ""
        count = declared.declare(
            FactType.INTEGER, f"加罚次数：{label}", unit="次", question=f"“{label}”应加罚几次{hint}？"
        )
        steps.append(Step(label, fen_from_yuan(one["add"]), count, rounding))
    return Stepped(
        fen_from_yuan(document["base"]),
        tuple(steps),
        _optional_money(document.get("cap")),
        str(document.get("note") or ""),
    )


def per_day_from(document: Mapping[str, Any], declared: Declarations) -> PerDay:
    """A daily rate with its cap."""
    return PerDay(
        rate_min=fen_from_yuan(document["rate_min"]),
        rate_max=fen_from_yuan(document["rate_max"]),
        base=days_base(str(document.get("base") or ""), declared),
        cap=_optional_money(document.get("cap")),
    )


def _percent(value: Any) -> Decimal | None:
    return None if value is None else _required_percent(value)


def _required_percent(value: Any) -> Decimal:
    return Decimal(number_text(Decimal(str(value))))
