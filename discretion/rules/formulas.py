"""Benchmarks that compute an amount: weighted factors, midpoint with coefficients, stepped increments, per day."""

from dataclasses import dataclass, replace
from decimal import Decimal

from discretion.rules.amounts import (
    AmountOutcome,
    AmountRange,
    Need,
    capped,
    distinct_needs,
    is_quantity,
    need_for,
)
from discretion.rules.money import HUNDRED, number_text, percent_text, round_fen, yuan_text
from discretion.rules.schema import Column, Factor, Level, PerDay, RangeMidpoint, Stepped, WeightSum
from enforcement.conditions.evaluate import Facts, Truth, evaluate, open_facts
from enforcement.conditions.vocabulary import Vocabulary

TWO = Decimal(2)


@dataclass(frozen=True, slots=True)
class FactorReading:
    """One factor for one case: the levels that hold, or the facts still needed."""

    factor: Factor
    matched: tuple[Level, ...]
    needs: tuple[Need, ...]

    @property
    def level(self) -> Level | None:
        """The level that counts: the only one that holds. None when open, missed, or ambiguous."""
        return self.matched[0] if len(self.matched) == 1 and not self.needs else None


@dataclass(frozen=True, slots=True)
class ColumnAmount:
    """The amount of one column with its arithmetic; `percent` is the percentage that was multiplied."""

    column: Column
    percent: Decimal
    amount: AmountRange


@dataclass(frozen=True, slots=True)
class WeightOutcome:
    """What a weight table gives for a case: amounts by column, needs, and problems the officer must settle."""

    amounts: tuple[ColumnAmount, ...] = ()
    readings: tuple[FactorReading, ...] = ()
    needs: tuple[Need, ...] = ()
    problems: tuple[str, ...] = ()


def read_factors(formula: WeightSum, facts: Facts, vocabulary: Vocabulary) -> tuple[FactorReading, ...]:
    """Every factor with the levels that hold and the facts that are open."""
    readings = []
    for factor in formula.factors:
        explanations = [evaluate(level.condition, facts, vocabulary) for level in factor.levels]
        matched = tuple(
            level for level, one in zip(factor.levels, explanations, strict=True) if one.truth is Truth.TRUE
        )
        needs = distinct_needs(
            need_for(code, vocabulary, f"确定裁量因素“{factor.name}”")
            for one in explanations
            for code in open_facts(one)
        )
        readings.append(FactorReading(factor, matched, needs if not matched else ()))
    return tuple(readings)


def weight_sum_amounts(formula: WeightSum, facts: Facts, vocabulary: Vocabulary) -> WeightOutcome:
    """fine = (start + Σ weight)% × multiplicand for every column that applies.

    The percentage is kept between floor and cap. No amount is given while any factor is open, without a level or
    with several levels; the reasons are in `needs` and `problems`.
    """
    readings = read_factors(formula, facts, vocabulary)
    needs = [need for reading in readings for need in reading.needs]
    problems = [problem for reading in readings if (problem := _reading_problem(reading))]
    levels = [reading.level for reading in readings if reading.level is not None]
    amounts: list[ColumnAmount] = []
    for column in formula.columns:
        gate = evaluate(column.applies_when, facts, vocabulary) if column.applies_when is not None else None
        if gate is not None and gate.truth is Truth.FALSE:
            continue
        if gate is not None and gate.truth is Truth.UNKNOWN:
            reason = f"判断是否适用“{column.name}”"
            needs += [need_for(code, vocabulary, reason) for code in open_facts(gate)]
            continue
        multiplicand = _multiplicand(column, facts, vocabulary)
        if isinstance(multiplicand, Need):
            needs.append(multiplicand)
        elif len(levels) == len(formula.factors):
            weights = [(reading.factor.name, level) for reading, level in zip(readings, levels, strict=True)]
            amounts.append(_column_amount(formula, column, weights, multiplicand, vocabulary))
    return WeightOutcome(tuple(amounts), readings, distinct_needs(needs), tuple(problems))


def _reading_problem(reading: FactorReading) -> str:
    if reading.needs or reading.level is not None:
        return ""
    if not reading.matched:
        return f"裁量因素“{reading.factor.name}”没有任何一级符合已查明的事实，请核对基准与事实"
    names = "、".join(level.name for level in reading.matched)
    return f"裁量因素“{reading.factor.name}”同时符合{names}，请由执法人员选定一级"


def _multiplicand(column: Column, facts: Facts, vocabulary: Vocabulary) -> Decimal | Need:
    if column.amount is not None:
        return Decimal(column.amount)
    base = facts.get(column.base)
    if not is_quantity(base):
        return need_for(column.base, vocabulary, "计算罚款的基数")
    return Decimal(base) * (column.factor or Decimal(0))


def _column_amount(
    formula: WeightSum,
    column: Column,
    weights: list[tuple[str, Level]],
    multiplicand: Decimal,
    vocabulary: Vocabulary,
) -> ColumnAmount:
    total = column.start_percent + sum((level.weight_percent for _, level in weights), Decimal(0))
    percent, bounding = _bounded_percent(formula, total)
    fine = round_fen(multiplicand * percent / HUNDRED)
    steps = (
        f"裁量起点：{percent_text(column.start_percent)}",
        *(f"{name}：{level.name}，加{percent_text(level.weight_percent)}" for name, level in weights),
        f"合计：{percent_text(total)}",
        *bounding,
        f"被乘数：{_multiplicand_text(column, multiplicand, vocabulary)}",
        f"罚款＝{percent_text(percent)}×{yuan_text(round_fen(multiplicand))}＝{yuan_text(fine)}",
    )
    return ColumnAmount(column, percent, AmountRange(column.subject, fine, fine, steps=steps))


def _bounded_percent(formula: WeightSum, total: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    if formula.cap_percent is not None and total > formula.cap_percent:
        return formula.cap_percent, (f"超过上限，按{percent_text(formula.cap_percent)}计算",)
    if formula.floor_percent is not None and total < formula.floor_percent:
        return formula.floor_percent, (f"低于下限，按{percent_text(formula.floor_percent)}计算",)
    return total, ()


def _multiplicand_text(column: Column, multiplicand: Decimal, vocabulary: Vocabulary) -> str:
    if column.amount is not None:
        return yuan_text(column.amount)
    label = vocabulary[column.base].label
    factor = number_text(column.factor or Decimal(0))
    return f"{label}×{factor}＝{yuan_text(round_fen(multiplicand))}"


def extreme_percents(formula: WeightSum, column: Column) -> tuple[Decimal, Decimal]:
    """The least and the greatest raw sum the table can give for `column`, before floor and cap."""
    low = high = column.start_percent
    for factor in formula.factors:
        weights = [level.weight_percent for level in factor.levels]
        low += min(weights, default=Decimal(0))
        high += max(weights, default=Decimal(0))
    return low, high


def midpoint_amount(
    formula: RangeMidpoint, tier_range: AmountRange, facts: Facts, vocabulary: Vocabulary
) -> AmountRange | Need:
    """(min + max) / 2 + (max - min) × step % × Σ coefficients, clamped to the tier's range."""
    coefficient = facts.get(formula.coefficient)
    if isinstance(coefficient, bool) or not isinstance(coefficient, (int, Decimal)):
        return need_for(formula.coefficient, vocabulary, "按中值公式计算罚款")
    low, high = Decimal(tier_range.min_fen), Decimal(tier_range.max_fen)
    exact = (low + high) / TWO + (high - low) * formula.step_percent / HUNDRED * Decimal(coefficient)
    fine = min(max(round_fen(exact), tier_range.min_fen), tier_range.max_fen)
    low_text, high_text = yuan_text(tier_range.min_fen), yuan_text(tier_range.max_fen)
    steps = [
        f"中值：（{low_text}＋{high_text}）÷2＝{yuan_text(round_fen((low + high) / TWO))}",
        f"调整：（{high_text}－{low_text}）×{percent_text(formula.step_percent)}×{number_text(coefficient)}",
        f"罚款＝{yuan_text(round_fen(exact))}",
    ]
    if fine != round_fen(exact):
        steps.append(f"超出本档幅度，按{yuan_text(fine)}计算")
    return replace(
        tier_range, min_fen=fine, max_fen=fine, min_inclusive=True, max_inclusive=True, steps=tuple(steps)
    )


def stepped_amount(formula: Stepped, subject: str, facts: Facts, vocabulary: Vocabulary) -> AmountOutcome:
    """start + Σ (counted steps × amount), not above the cap. The officer counts the steps after rounding."""
    total, steps, needs = formula.start, [f"起算：{yuan_text(formula.start)}"], []
    for step in formula.steps:
        count = facts.get(step.count)
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            needs.append(need_for(step.count, vocabulary, f"计算“{step.label}”的加罚次数"))
            continue
        total += count * step.add
        steps.append(f"{step.label}加{yuan_text(step.add)}：{count}次，计{yuan_text(count * step.add)}")
    if needs:
        return AmountOutcome(needs=distinct_needs(needs))
    amount = AmountRange(subject, total, total, steps=(*steps, f"合计{yuan_text(total)}"))
    if formula.cap is not None:
        amount = capped(amount, formula.cap, f"超过本档上限，按{yuan_text(formula.cap)}计算")
    return AmountOutcome(ranges=(amount,))


def per_day_amount(formula: PerDay, facts: Facts, vocabulary: Vocabulary) -> AmountRange | Need:
    """Days × the daily rates, not above the cap."""
    days = facts.get(formula.base)
    if isinstance(days, bool) or not isinstance(days, int) or days < 0:
        return need_for(formula.base, vocabulary, "按日计算罚款")
    low, high = formula.rate_min * days, formula.rate_max * days
    rates = f"{yuan_text(formula.rate_min)}至{yuan_text(formula.rate_max)}"
    amount = AmountRange("", low, high, steps=(f"{days}日×每日{rates}",))
    if formula.cap is not None:
        amount = capped(amount, formula.cap, f"超过最高限额，按{yuan_text(formula.cap)}封顶")
    return amount
