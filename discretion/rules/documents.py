"""The JSON form of benchmark rules: exact round trip, decimals as strings, money as integer fen."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from discretion.rules.document_reading import DocumentReader
from discretion.rules.schema import (
    MONEY_BASES,
    Basis,
    BenchmarkRules,
    Column,
    Component,
    Factor,
    Formula,
    Group,
    Level,
    Mode,
    OverlapRule,
    PerDay,
    RangeMidpoint,
    Step,
    Stepped,
    Tier,
    WeightSum,
)
from enforcement.conditions.parse import to_document
from enforcement.conditions.tree import ALWAYS, AllOf, AnyOf, Compare, Not
from enforcement.conditions.vocabulary import Vocabulary
from enforcement.errors import InvalidInput

FORMULA_TYPES: dict[str, type] = {
    "weight_sum": WeightSum,
    "range_midpoint": RangeMidpoint,
    "stepped": Stepped,
    "per_day": PerDay,
}
FORMULA_NAMES = {kind: name for name, kind in FORMULA_TYPES.items()}


def rules_to_document(rules: BenchmarkRules) -> dict[str, Any]:
    """The JSON form of `rules`; `rules_from_document` gives back an equal value."""
    document: dict[str, Any] = _encoded(rules)
    return document


def rules_from_document(document: object, vocabulary: Vocabulary) -> BenchmarkRules:
    """Rules from their JSON form. Raises `InvalidInput` naming every problem with its place."""
    problems: list[str] = []
    rules = _Decoder(vocabulary, problems).rules(document)
    if problems:
        raise InvalidInput.from_problems("benchmark_rules_invalid", problems)
    return rules


def _encoded(value: Any) -> Any:
    match value:
        case Compare() | AllOf() | AnyOf() | Not():
            return to_document(value)
        case StrEnum():
            return value.value
        case Decimal():
            return str(value)
        case tuple():
            return [_encoded(one) for one in value]
    if not is_dataclass(value):
        return value
    document = {field.name: _encoded(getattr(value, field.name)) for field in fields(value)}
    name = FORMULA_NAMES.get(type(value))
    return {"type": name, **document} if name else document


class _Decoder:
    """Reads each kind of object; a shared list collects the problems."""

    def __init__(self, vocabulary: Vocabulary, problems: list[str]) -> None:
        self._vocabulary, self._problems = vocabulary, problems

    def _reader(self, document: object, path: str, kind: type, *extra: str) -> DocumentReader:
        keys = frozenset([*(field.name for field in fields(kind)), *extra])
        return DocumentReader(
            document, path=path, vocabulary=self._vocabulary, problems=self._problems, keys=keys
        )

    def rules(self, document: object) -> BenchmarkRules:
        reader = self._reader(document, "基准", BenchmarkRules)
        if "mode" not in reader.values:
            reader.problem("缺少“mode”")
        return BenchmarkRules(
            mode=reader.choice("mode", Mode, Mode.RANGE_TIERS),
            groups=reader.children("groups", self.group),
            formula=self._matter_formula(reader),
            statutory=reader.children("statutory", self.component),
            overlap=reader.choice("overlap", OverlapRule, OverlapRule.OFFICER_CHOOSES),
        )

    def _matter_formula(self, reader: DocumentReader) -> Formula | None:
        formula = self.formula(reader)
        if isinstance(formula, Stepped):
            reader.problem("分步累加公式应写在档次内")
            return None
        return formula

    def group(self, document: object, path: str) -> Group:
        reader = self._reader(document, path, Group)
        return Group(
            name=reader.text("name"),
            tiers=reader.children("tiers", self.tier),
            applies_when=reader.condition("applies_when"),
        )

    def tier(self, document: object, path: str) -> Tier:
        reader = self._reader(document, path, Tier)
        formula = self.formula(reader)
        if formula is not None and not isinstance(formula, (RangeMidpoint, Stepped)):
            reader.problem("档次内的公式只能是中值公式或分步累加")
            formula = None
        return Tier(
            order=reader.required_integer("order"),
            name=reader.text("name"),
            condition=reader.condition("condition") or ALWAYS,
            condition_texts=reader.texts("condition_texts"),
            penalty_text=reader.text("penalty_text"),
            components=reader.children("components", self.component),
            other_measures=reader.texts("other_measures"),
            no_penalty=reader.flag("no_penalty", False),
            non_fine=reader.flag("non_fine", False),
            alternatives=reader.flag("alternatives", False),
            within_statutory=reader.flag("within_statutory", True),
            formula=formula,
        )

    def component(self, document: object, path: str) -> Component:
        reader = self._reader(document, path, Component)
        basis = reader.choice("basis", Basis, Basis.FIXED)
        money = basis in MONEY_BASES
        minimum = reader.integer("minimum") if money else reader.decimal("minimum")
        maximum = reader.required_integer("maximum") if money else reader.required_decimal("maximum")
        if minimum is not None and minimum > maximum:
            reader.problem("下限高于上限")
        return Component(
            subject=reader.text("subject"),
            basis=basis,
            maximum=maximum,
            minimum=minimum,
            base=reader.fact("base", required=basis is not Basis.FIXED),
            unit=reader.text("unit", "元"),
            min_inclusive=reader.flag("min_inclusive", True),
            max_inclusive=reader.flag("max_inclusive", True),
            applies_when=reader.condition("applies_when"),
            cap=reader.integer("cap"),
            deemed_base=reader.integer("deemed_base"),
        )

    def formula(self, parent: DocumentReader) -> Formula | Stepped | None:
        document = parent.values.get("formula")
        if document is None:
            return None
        name = document.get("type") if isinstance(document, dict) else None
        readers: dict[str, Callable[[DocumentReader], Formula | Stepped]] = {
            "weight_sum": self._weight_sum,
            "range_midpoint": self._midpoint,
            "stepped": self._stepped,
            "per_day": self._per_day,
        }
        if not isinstance(name, str) or name not in readers:
            parent.problem(f"公式的“type”应为{'、'.join(readers)}之一")
            return None
        return readers[name](self._reader(document, f"{parent.path}·formula", FORMULA_TYPES[name], "type"))

    def _weight_sum(self, reader: DocumentReader) -> WeightSum:
        return WeightSum(
            columns=reader.children("columns", self._column),
            factors=reader.children("factors", self._factor),
            cap_percent=reader.decimal("cap_percent"),
            floor_percent=reader.decimal("floor_percent"),
        )

    def _column(self, document: object, path: str) -> Column:
        reader = self._reader(document, path, Column)
        column = Column(
            name=reader.text("name"),
            subject=reader.text("subject"),
            start_percent=reader.required_decimal("start_percent"),
            amount=reader.integer("amount"),
            base=reader.fact("base", required=False),
            factor=reader.decimal("factor"),
            applies_when=reader.condition("applies_when"),
            stated_max_percent=reader.decimal("stated_max_percent"),
            stated_min_percent=reader.decimal("stated_min_percent"),
            within_statutory=reader.flag("within_statutory", True),
        )
        if (column.amount is None) == (not column.base or column.factor is None):
            reader.problem("应写明被乘数：一个金额，或者一个基数和倍率")
        return column

    def _factor(self, document: object, path: str) -> Factor:
        reader = self._reader(document, path, Factor)
        return Factor(name=reader.text("name"), levels=reader.children("levels", self._level))

    def _level(self, document: object, path: str) -> Level:
        reader = self._reader(document, path, Level)
        return Level(
            name=reader.text("name"),
            weight_percent=reader.required_decimal("weight_percent", negative=True),
            condition=reader.condition("condition") or ALWAYS,
        )

    def _midpoint(self, reader: DocumentReader) -> RangeMidpoint:
        coefficient = reader.fact("coefficient", required=True)
        return RangeMidpoint(step_percent=reader.required_decimal("step_percent"), coefficient=coefficient)

    def _stepped(self, reader: DocumentReader) -> Stepped:
        return Stepped(
            start=reader.required_integer("start"),
            steps=reader.children("steps", self._step),
            cap=reader.integer("cap"),
            note=reader.text("note"),
        )

    def _step(self, document: object, path: str) -> Step:
        reader = self._reader(document, path, Step)
        return Step(
            label=reader.text("label"),
            add=reader.required_integer("add"),
            count=reader.fact("count", required=True),
            rounding=reader.text("rounding"),
        )

    def _per_day(self, reader: DocumentReader) -> PerDay:
        required = partial(reader.fact, required=True)
        return PerDay(
            rate_min=reader.required_integer("rate_min"),
            rate_max=reader.required_integer("rate_max"),
            base=required("base"),
            cap=reader.integer("cap"),
        )
