"""From the words of a published table to facts and gates: bases, branch names, clauses of a tier or a level."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from discretion.rules.measured_clauses import Bounds, bounds_condition, clause_bounds, standard_quantity
from discretion.rules.money import fen_from_yuan
from enforcement.conditions.aliases import plain_name, standard_code
from enforcement.conditions.translate import confirmed_clause, translate_machine_condition
from enforcement.conditions.tree import ALWAYS, AllOf, Compare, Condition, Not, Operator, all_of, any_of
from enforcement.conditions.vocabulary import STANDARD, FactType, declare_fact, merge_declared

BASE_FACTS = {
    "所收费用": "fees_charged",
    "建设项目总投资额": "project_investment",
    "总投资额": "project_investment",
    "工程合同价款": "contract_price",
    "合同价款": "contract_price",
    "所需处置费用": "disposal_cost",
    "直接损失": "direct_loss",
    "违法所得": "illegal_gains",
    "货值金额": "goods_value",
    "广告费用": "ad_cost",
    "不缴或者少缴的税款": "tax_evaded",
    "上一年度销售额": "previous_year_sales",
}
AREA_UNITS = ("平方米", "㎡")
SERIOUS = "情节严重"
UNNAMED = frozenset({"情形", "量值"})
PERSONS = ("负责人和直接责任人员", "个人", "个体")
_COUNTED = re.compile(r"每?([处个件辆条块张次只头人棵株台户]?)(.*)")
_GAINS_AT_LEAST = re.compile(r"违法所得(\d+(?:\.\d+)?)万元以上")
_GAINS_LESS = re.compile(r"违法所得不足(\d+(?:\.\d+)?)万元")
_WINDOWS = {"近一年": 12, "近二年": 24, "近两年": 24}


@dataclass(slots=True)
class Declarations:
    """Collects the declared facts of one matter while it is read."""

    facts: list[dict[str, Any]] = field(default_factory=list)
    dimensions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, *documents: Mapping[str, Any]) -> None:
        self.facts = merge_declared(self.facts, documents)

    def declare(self, fact_type: FactType, label: str, **details: Any) -> str:
        document = declare_fact(fact_type=fact_type, label=label, **details)
        self.add(document)
        return str(document["code"])

    def confirmed(self, clause: str) -> Compare:
        """The clause as a fact the officer answers with 属实 or 不属实."""
        return Compare(self.declare(FactType.BOOLEAN, clause, confirmed_by_officer=True), Operator.EQ, True)


def money_base(label: str, declared: Declarations) -> str:
    """The fact holding the money a multiple or percent is taken of."""
    code = BASE_FACTS.get(label) or standard_code(label)
    if code is not None and STANDARD[code].type is FactType.MONEY:
        return code
    return declared.declare(FactType.MONEY, label, unit="元")


def unit_base(label: str, declared: Declarations) -> str:
    """The fact counting the units of “每处……”, “每平方米”."""
    if any(unit in label for unit in AREA_UNITS):
        return "area_sqm"
    unit, counted = _COUNTED.fullmatch(label.removeprefix("违法")).groups()  # type: ignore[union-attr]
    # “每处违法设施” of a tier and “每处设施” of the statute count the same thing.
    name = f"{counted.replace('违法', '') or '计罚对象'}数量"
    return declared.declare(
        FactType.INTEGER, name, unit=unit or "", question=f"按“{label}”计罚的数量是多少？"
    )


def days_base(label: str, declared: Declarations) -> str:
    """The fact counting the days of a daily fine."""
    if not label or label == "overdue_days" or ("期限" in label and "天" in label):
        return "overdue_days"
    return declared.declare(FactType.INTEGER, label, unit="日")


def gate_from_words(words: str, declared: Declarations) -> Condition | None:
    """The condition a branch name states: corrected in time or not, with or without illegal gains, 情节严重."""
    if words in ("", "默认"):
        return None
    if re.search(r"逾期(未|不)(改正|备案|完成)|拒不改正", words):
        return Compare("corrected_within_order", Operator.EQ, False)
    if re.search(r"(限|期)期?内(改正|完成)", words):
        return Compare("corrected_within_order", Operator.EQ, True)
    gains = _gains_gate(words)
    if gains is not None:
        return gains
    if words == "一般":
        return Not(declared.confirmed(SERIOUS))
    if SERIOUS in words:
        return declared.confirmed(SERIOUS)
    return None


def _gains_gate(words: str) -> Condition | None:
    below, above = _GAINS_LESS.search(words), _GAINS_AT_LEAST.search(words)
    if below is not None:
        return Compare("illegal_gains", Operator.LT, _ten_thousands(below.group(1)))
    if above is not None:
        return Compare("illegal_gains", Operator.GE, _ten_thousands(above.group(1)))
    if re.search(r"(没有|无)违法所得", words):
        return Compare("illegal_gains", Operator.EQ, 0)
    if re.search(r"^有违法所得", words):
        return Compare("illegal_gains", Operator.GT, 0)
    return None


def _ten_thousands(figure: str) -> int:
    return fen_from_yuan(Decimal(figure) * 10_000)


def subject_gate(subject: str) -> Condition | None:
    """Who the party must be for an amount that only one kind of party bears."""
    if subject == "单位":
        return Compare("subject_kind", Operator.NE, "个人")
    if subject == "个人":
        return Compare("subject_kind", Operator.NE, "单位")
    return Compare("subject_kind", Operator.EQ, "个体工商户") if subject == "个体" else None


@dataclass(frozen=True, slots=True)
class Clause:
    """One published clause with the reading that came with it."""

    text: str
    machine: tuple[Mapping[str, Any], ...]
    dimension: str = ""
    upper_excluded: bool = False


def exclusive_upper_bounds(
    machine: Sequence[Mapping[str, Any]], text: str, *, upper_excluded: bool
) -> tuple[Mapping[str, Any], ...]:
    """The reading with “以下” as less-than where the document says 以下不包括本数."""
    if not upper_excluded or "以下" not in text:
        return tuple(machine)
    result: list[Mapping[str, Any]] = []
    for one in machine:
        if one.get("operator") == "<=":
            result.append({**one, "operator": "<"})
        elif one.get("operator") == "between" and len(one.get("value") or ()) == 2:
            low, high = one["value"]
            result += [{**one, "operator": ">=", "value": low}, {**one, "operator": "<", "value": high}]
        else:
            result.append(one)
    return tuple(result)


def with_window(machine: Mapping[str, Any], words: str) -> Mapping[str, Any]:
    """A count without a window takes the one its heading names (近二年同类违法行为情况)."""
    if "次数" not in str(machine.get("fact", "")) or machine.get("window_months"):
        return machine
    window = next((months for word, months in _WINDOWS.items() if word in words), None)
    return {**machine, "window_months": window} if window is not None else machine


def typed_clause(clause: Clause, declared: Declarations) -> Condition:
    """The condition of one clause; what its reading does not cover is confirmed by the officer as printed."""
    bounds = clause_bounds(clause.text, upper_excluded=clause.upper_excluded)
    unnamed = all(one.get("fact") in UNNAMED for one in clause.machine)
    if bounds is not None and not clause.dimension and (unnamed or standard_quantity(bounds)):
        return _bounded(bounds, declared)
    readings = [
        translate_machine_condition(
            with_window(one, clause.text), clause=clause.text, dimension=clause.dimension
        )
        for one in clause.machine
    ] or [confirmed_clause(clause.text)]
    several_alternatives = len(readings) > 1 and re.search(r"或|[（(]", clause.text)
    figures_lost = re.search(r"\d", clause.text) and not re.search(r"\d", str(clause.machine))
    labels = "".join(fact["label"] for reading in readings for fact in reading.declared_facts)
    if (
        several_alternatives
        or figures_lost
        or "且" in labels
        or not all(reading.fully_typed for reading in readings)
    ):
        return _whole_clause(clause, declared)
    for reading in readings:
        declared.add(*reading.declared_facts)
    typed = all_of(*(reading.condition for reading in readings))
    # A compound clause says more than the one figure that was read out of it.
    compound = len(readings) == 1 and re.search(r"且|并|；|或", clause.text)
    return all_of(typed, declared.confirmed(clause.text)) if compound else typed


def _bounded(bounds: Bounds, declared: Declarations) -> Condition:
    standard = standard_quantity(bounds)
    if standard:
        return bounds_condition(standard, STANDARD[standard].type, bounds)
    code = declared.declare(FactType.DECIMAL, bounds.name, unit=bounds.unit)
    return bounds_condition(code, FactType.DECIMAL, bounds)


def _whole_clause(clause: Clause, declared: Declarations) -> Condition:
    options = declared.dimensions.get(clause.dimension, ())
    if clause.text in options:
        code = declared.declare(FactType.CHOICE, clause.dimension, options=options)
        return Compare(code, Operator.EQ, clause.text)
    label = f"{clause.dimension}：{clause.text}" if clause.dimension else clause.text
    return declared.confirmed(label)


def typed_tiers(
    tiers: Sequence[tuple[Sequence[Clause], str]], declared: Declarations
) -> tuple[list[Condition], list[str]]:
    """Conditions of the tiers of one group, each (clauses, logic any|all), and warnings.

    When one reading stands for clauses worded differently, it cannot be right for both: those clauses are then
    confirmed by the officer as printed.
    """
    every = [clause for clauses, _ in tiers for clause in clauses]
    doubtful = _doubtful_texts(every)
    declared.dimensions = _dimension_options(every)
    conditions: list[Condition] = []
    for clauses, logic in tiers:
        parts = [
            _whole_clause(clause, declared) if clause.text in doubtful else typed_clause(clause, declared)
            for clause in clauses
        ]
        conditions.append(ALWAYS if not parts else (any_of if logic == "any" else all_of)(*parts))
    warnings = [f"“{text}”的量化读法与另一条文字不同的情形相同，改由执法人员按原文确认" for text in doubtful]
    return conditions, warnings


def _dimension_options(clauses: Sequence[Clause]) -> dict[str, tuple[str, ...]]:
    """For each dimension of a matrix its wordings that stay as printed: they answer one question."""
    options: dict[str, dict[str, None]] = {}
    for clause in clauses:
        free = all(one.get("fact") == "情形" for one in clause.machine)
        if clause.dimension and free and not _reads_fully(clause):
            options.setdefault(clause.dimension, {})[clause.text] = None
    return {dimension: tuple(texts) for dimension, texts in options.items() if len(texts) > 1}


def _reads_fully(clause: Clause) -> bool:
    probe = Declarations()
    typed_clause(clause, probe)
    return not any(fact["confirmed_by_officer"] for fact in probe.facts)


def _doubtful_texts(clauses: Sequence[Clause]) -> list[str]:
    by_reading: dict[str, list[str]] = {}
    for clause in clauses:
        probe = Declarations()
        reading = AllOf((typed_clause(clause, probe),))
        key = repr(reading) if clause.dimension == "" else f"{clause.dimension}|{reading!r}"
        texts = by_reading.setdefault(key, [])
        if plain_name(clause.text) not in map(plain_name, texts):
            texts.append(clause.text)
    return list(dict.fromkeys(text for texts in by_reading.values() if len(texts) > 1 for text in texts))
