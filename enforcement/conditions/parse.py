"""From JSON into a typed condition tree, and back exactly.

Ill-typed trees are refused when a draft is saved, never met when a case is decided. All problems are reported
at once; a position such as 第2.1项 is the numbering of the outline shown on the page.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from enforcement.conditions.facts import FactError, fact_to_json, parse_fact
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, FactValue, Not, Operand, Operator
from enforcement.conditions.vocabulary.definitions import FactDefinition, FactType, Vocabulary
from enforcement.errors import InvalidInput

MAX_DEPTH = 12
MAX_NODES = 400
MAX_OPTIONS = 100

EQUALITY = frozenset({Operator.EQ, Operator.NE})
MEMBERSHIP = EQUALITY | {Operator.IN, Operator.NOT_IN}
ORDERED = frozenset(Operator)

OPERATORS_BY_TYPE: Mapping[FactType, frozenset[Operator]] = {
    FactType.BOOLEAN: EQUALITY,
    FactType.CHOICE: MEMBERSHIP,
    FactType.TEXT: MEMBERSHIP,
    FactType.GRADE: ORDERED,
    FactType.INTEGER: ORDERED,
    FactType.DECIMAL: ORDERED,
    FactType.MONEY: ORDERED,
    FactType.DATE: ORDERED,
}

_JSON_TYPES: Mapping[FactType, tuple[tuple[type, ...], str]] = {
    FactType.BOOLEAN: ((bool,), "是或者否"),
    FactType.INTEGER: ((int,), "整数"),
    FactType.MONEY: ((int,), "以分为单位的整数"),
    FactType.DECIMAL: ((str, int, Decimal), '写成文字的小数，例如"0.1"'),
    FactType.CHOICE: ((str,), "选项文字"),
    FactType.GRADE: ((str,), "等级文字"),
    FactType.TEXT: ((str,), "文字"),
    FactType.DATE: ((str, date), '日期，例如"2025-03-01"'),
}


class ConditionError(InvalidInput):
    """A condition document is not usable; `problems` are Chinese sentences, each with its position."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("condition_invalid", "；".join(problems), {"problems": problems})

    def __reduce__(self) -> tuple[Any, ...]:
        return (ConditionError, (self.problems,))


class _Rejected(Exception):
    """Internal: this node cannot be built; its problem is already noted."""


def parse_condition(document: object, vocabulary: Mapping[str, FactDefinition]) -> Condition:
    """The typed tree of a condition document. Raises `ConditionError` with every problem found."""
    reader = _Reader(vocabulary)
    try:
        condition = reader.node(document, ())
    except _Rejected:
        raise ConditionError(reader.problems) from None
    if reader.problems:
        raise ConditionError(reader.problems)
    return condition


def to_document(condition: Condition) -> dict[str, Any]:
    """The JSON form; `parse_condition` reads it back to an equal tree."""
    match condition:
        case AllOf(children):
            return {"all": [to_document(child) for child in children]}
        case AnyOf(children):
            return {"any": [to_document(child) for child in children]}
        case Not(child):
            return {"not": to_document(child)}
        case Compare(fact, op, value):
            return {"fact": fact, "op": op.value, "value": _operand_document(value)}


def _operand_document(value: Operand) -> Any:
    if isinstance(value, tuple):
        return [fact_to_json(one) for one in value]
    return fact_to_json(value)


class _Reader:
    """One pass over one document, gathering problems."""

    def __init__(self, vocabulary: Mapping[str, FactDefinition]) -> None:
        self.vocabulary = vocabulary
        self.problems: list[str] = []
        self.nodes = 0

    def reject(self, path: tuple[int, ...], problem: str) -> _Rejected:
        place = f"第{'.'.join(map(str, path))}项" if path else "适用条件"
        self.problems.append(f"{place}：{problem}")
        return _Rejected()

    def node(self, document: object, path: tuple[int, ...]) -> Condition:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.reject((), f"条件过多，最多{MAX_NODES}个")
        if len(path) > MAX_DEPTH:
            raise self.reject(path, f"嵌套过深，最多{MAX_DEPTH}层")
        if not isinstance(document, Mapping):
            raise self.reject(path, "应为一个对象")
        keys = set(document)
        if keys == {"all"}:
            return AllOf(self.children(document["all"], path))
        if keys == {"any"}:
            children = self.children(document["any"], path)
            if not children:
                raise self.reject(path, "“任一”之下至少要有一个条件")
            return AnyOf(children)
        if keys == {"not"}:
            return Not(self.node(document["not"], (*path, 1)))
        if keys == {"fact", "op", "value"}:
            return self.compare(document, path)
        raise self.reject(path, "应为全部、任一、并非，或者写明事实、比较方式和比较值")

    def children(self, documents: object, path: tuple[int, ...]) -> tuple[Condition, ...]:
        if not isinstance(documents, (list, tuple)):
            raise self.reject(path, "下级条件应为一组")
        parsed: list[Condition] = []
        failed = False
        for position, document in enumerate(documents, start=1):
            try:
                parsed.append(self.node(document, (*path, position)))
            except _Rejected:
                failed = True
                if self.nodes > MAX_NODES:
                    break
        if failed:
            raise _Rejected
        return tuple(parsed)

    def compare(self, document: Mapping[str, Any], path: tuple[int, ...]) -> Compare:
        code = document["fact"]
        definition = self.vocabulary.get(code) if isinstance(code, str) else None
        if definition is None:
            raise self.reject(path, f"事实“{code}”不在词汇表中，请先声明")
        try:
            operator = Operator(document["op"])
        except ValueError:
            raise self.reject(path, f"没有“{document['op']}”这种比较方式") from None
        if operator not in OPERATORS_BY_TYPE[definition.type]:
            raise self.reject(path, f"“{definition.label}”不能用“{operator.value}”比较")
        return Compare(definition.code, operator, self.operand(definition, operator, document["value"], path))

    def operand(
        self, definition: FactDefinition, operator: Operator, raw: object, path: tuple[int, ...]
    ) -> Operand:
        if operator is Operator.BETWEEN:
            return self.interval(definition, raw, path)
        if operator not in (Operator.IN, Operator.NOT_IN):
            return self.value(definition, raw, path)
        if not isinstance(raw, (list, tuple)) or not 1 <= len(raw) <= MAX_OPTIONS:
            raise self.reject(path, f"“{definition.label}”应列出1至{MAX_OPTIONS}个值")
        values = tuple(self.value(definition, one, path) for one in raw)
        if len(set(values)) != len(values):
            raise self.reject(path, f"“{definition.label}”列出的值有重复")
        return values

    def interval(self, definition: FactDefinition, raw: object, path: tuple[int, ...]) -> Operand:
        if not isinstance(raw, (list, tuple)) or len(raw) != 2:
            raise self.reject(path, f"“{definition.label}”的区间应写明下限和上限")
        low, high = (self.value(definition, one, path) for one in raw)
        if order_key(definition, low) > order_key(definition, high):
            raise self.reject(path, f"“{definition.label}”的区间下限大于上限")
        return (low, high)

    def value(self, definition: FactDefinition, raw: object, path: tuple[int, ...]) -> FactValue:
        types, wanted = _JSON_TYPES[definition.type]
        # True is an int to Python; a count of True is a mistake, not one.
        wrong_boolean = isinstance(raw, bool) and definition.type is not FactType.BOOLEAN
        if not isinstance(raw, types) or wrong_boolean:
            raise self.reject(path, f"“{definition.label}”的比较值应为{wanted}")
        try:
            value = parse_fact(definition, raw)
        except FactError as error:
            raise self.reject(path, str(error)) from None
        if value is None:
            raise self.reject(path, f"“{definition.label}”缺少比较值")
        return value


def order_key(definition: FactDefinition, value: FactValue) -> Any:
    """What ordering compares: a grade by its place among the options, everything else by itself."""
    if definition.type is FactType.GRADE:
        return definition.options.index(str(value))
    return value


__all__ = [
    "OPERATORS_BY_TYPE",
    "ConditionError",
    "Vocabulary",
    "order_key",
    "parse_condition",
    "to_document",
]
