"""Turn one comparison of a researcher's machine condition into a leaf on standard or declared facts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from enforcement.conditions.aliases import (
    COUNTING_UNITS,
    MONEY_UNITS,
    OPERATORS,
    OPTION_WORDS,
    REPHRASED,
    plain_name,
    standard_code,
    unit_factor,
)
from enforcement.conditions.facts import fact_to_json
from enforcement.conditions.parse import OPERATORS_BY_TYPE, ConditionError, parse_condition
from enforcement.conditions.tree import Compare, Condition, Operator
from enforcement.conditions.vocabulary import STANDARD, FactDefinition, FactType, declare_fact

UNNAMED_QUANTITY = "量值"
FREE_CIRCUMSTANCE = "情形"
OTHER_OPTION = "其他"
NOT_A_FACT = "未化为可计量的事实，由执法人员对照原文确认"
NEGATED: Mapping[Operator, Operator] = {Operator.EQ: Operator.NE, Operator.NE: Operator.EQ}


@dataclass(frozen=True, slots=True)
class Translation:
    """One machine condition in our terms. `fully_typed` is false when any part waits for an officer's eye."""

    condition: Condition
    declared_facts: tuple[dict[str, Any], ...] = ()
    note: str = ""
    fully_typed: bool = True


def confirmed_clause(clause: str, *, note: str = NOT_A_FACT) -> Translation:
    """The published clause as a declared fact the officer answers with 属实 or 不属实."""
    declared = declare_fact(fact_type=FactType.BOOLEAN, label=clause, confirmed_by_officer=True)
    return Translation(Compare(declared["code"], Operator.EQ, True), (declared,), note, fully_typed=False)


def translate_leaf(machine: Mapping[str, Any], clause: str, dimension: str) -> Translation:
    """One comparison of a machine condition; `clause` is shown to the officer when it cannot be typed."""
    name, wording = str(machine.get("fact", "")), clause or _own_words(machine)
    operator = OPERATORS.get(str(machine.get("operator", "")))
    value = _exact(machine.get("value"))
    if name == FREE_CIRCUMSTANCE or operator is None or value is None:
        return confirmed_clause(wording)
    unit = str(machine.get("unit") or "")
    if name == UNNAMED_QUANTITY:
        return _named_quantity(operator, value, unit, wording, dimension)
    window = machine.get("window") or machine.get("window_months")
    if window is None and (rephrased := _rephrased(name, operator, value)):
        return Translation(rephrased)
    code = standard_code(name, window=window)
    if code is not None:
        typed = _on_standard(STANDARD[code], operator, value, unit)
        if typed is not None:
            return typed
        if STANDARD[code].type is FactType.GRADE:
            return confirmed_clause(
                wording, note=f"原表的取值不在“{STANDARD[code].label}”的等级之内，按原文确认"
            )
    return _on_declared(_window_label(name, window), operator, value, unit, wording)


def _own_words(machine: Mapping[str, Any]) -> str:
    if machine.get("fact") == FREE_CIRCUMSTANCE:
        return str(machine.get("value", ""))
    value = machine.get("value")
    shown = "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return f"{machine.get('fact', '')}{machine.get('operator', '')}{shown}{machine.get('unit') or ''}"


def _exact(value: Any) -> Any:
    """Numbers of a JSON file as exact numbers; the shortest text of a float is what was written."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, (list, tuple)):
        return tuple(_exact(one) for one in value)
    return value


def _rephrased(name: str, operator: Operator, value: Any) -> Compare | None:
    if isinstance(value, tuple) or operator not in NEGATED:
        return None
    target = REPHRASED.get((plain_name(name), value))
    if target is None or operator is Operator.EQ:
        return target
    return Compare(target.fact, NEGATED[target.op], target.value)


def _on_standard(definition: FactDefinition, operator: Operator, value: Any, unit: str) -> Translation | None:
    if operator not in OPERATORS_BY_TYPE[definition.type]:
        return None
    converted = _converted(definition, value, unit)
    if converted is None:
        return None
    document = {"fact": definition.code, "op": operator.value, "value": converted}
    try:
        condition = parse_condition(document, {definition.code: definition})
    except ConditionError:
        return None
    note = ""
    if definition.type is FactType.GRADE and operator is Operator.EQ and definition.options[0] != converted:
        note = f"原表写作“{definition.label}等于{converted}”，更轻的情形不在其内，请核对是否应为“不超过”"
    return Translation(condition, note=note)


def _converted(definition: FactDefinition, value: Any, unit: str) -> Any:
    """The operand in the fact's own unit, as JSON that the parser accepts; None when it does not convert."""
    if isinstance(value, tuple):
        converted = [_converted(definition, one, unit) for one in value]
        return None if None in converted else converted
    if definition.type in (FactType.CHOICE, FactType.GRADE):
        return OPTION_WORDS.get(definition.code, {}).get(value, value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return value
    factor = unit_factor(unit, "分" if definition.type is FactType.MONEY else definition.unit)
    if factor is None or (definition.type is FactType.MONEY and not unit):
        return None
    number = Decimal(value) * factor
    if definition.type is FactType.DECIMAL:
        return fact_to_json(number)
    return int(number) if number == number.to_integral_value() else None


def _window_label(name: str, window: object) -> str:
    if window is None:
        return name
    return f"本年度内{name}" if window == "calendar_year" else f"近{window}个月内{name}"


def _on_declared(label: str, operator: Operator, value: Any, unit: str, wording: str) -> Translation:
    values = value if isinstance(value, tuple) else (value,)
    declared = _declaration(label, values, unit)
    if declared is None:
        return confirmed_clause(wording)
    definition = STANDARD.with_declared([declared])[declared["code"]]
    typed = _on_standard(definition, operator, value, unit)
    if typed is None:
        return confirmed_clause(wording)
    return Translation(typed.condition, (declared,), f"“{label}”不在标准词汇表中，已声明为本文件的事实")


def _declaration(label: str, values: Iterable[Any], unit: str) -> dict[str, Any] | None:
    listed = list(values)
    if all(isinstance(one, bool) for one in listed):
        return declare_fact(fact_type=FactType.BOOLEAN, label=label)
    if any(isinstance(one, bool) for one in listed):
        return None
    if all(isinstance(one, str) and one for one in listed):
        options = tuple(dict.fromkeys([*listed, OTHER_OPTION]))
        return declare_fact(fact_type=FactType.CHOICE, label=label, options=options)
    if not all(isinstance(one, (int, Decimal)) for one in listed):
        return None
    if unit in MONEY_UNITS:
        return declare_fact(fact_type=FactType.MONEY, label=label, unit="元")
    whole = unit in COUNTING_UNITS and all(one == int(one) for one in listed)
    return declare_fact(fact_type=FactType.INTEGER if whole else FactType.DECIMAL, label=label, unit=unit)


def _named_quantity(operator: Operator, value: Any, unit: str, wording: str, dimension: str) -> Translation:
    """A number whose quantity only the row names: typed if the name is certain, else confirmed."""
    label = dimension or _quantity_named_by(wording, unit)
    numbers = value if isinstance(value, tuple) else (value,)
    numeric = all(isinstance(one, (int, Decimal)) and not isinstance(one, bool) for one in numbers)
    if not label or not numeric:
        return confirmed_clause(wording, note="原表的数值没有写明是哪一种量，按原文确认")
    declared = declare_fact(fact_type=FactType.DECIMAL, label=label, unit=unit)
    definition = STANDARD.with_declared([declared])[declared["code"]]
    typed = _on_standard(definition, operator, value, unit)
    if typed is None:
        return confirmed_clause(wording)
    return Translation(typed.condition, (declared,), f"数值“{label}”按原表列出，请核对所指的量和端点")


def _quantity_named_by(clause: str, unit: str) -> str:
    """The name in a clause that says only one quantity and its bounds, such as 超标5分贝以上10分贝以下."""
    named = re.match(r"[\u4e00-\u9fff]{2,12}?(?=\d)", clause)
    if named is None or not unit:
        return ""
    # 一个因子超标且超标0.2倍 says two things; only the second is a quantity.
    if re.search(r"[且或并]", named.group()):
        return ""
    rest = clause[named.end() :].replace(unit, "")
    rest = re.sub(r"\d+(\.\d+)?|以上|以下|不满|不足|至|的$", "", rest)
    return named.group() if not rest.strip("，、（）() ") else ""
