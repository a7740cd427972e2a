"""What a benchmark says, as immutable values: groups of tiers, amounts, formulas, statutory limits.

Money is integer fen; multiples, percents and weights are Decimal. A base or a quantity is the code of a fact in the
vocabulary. `documents.py` reads and writes the JSON form.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from enforcement.conditions.tree import Condition


class Mode(StrEnum):
    """How the published table reaches an amount; the values are those of `BenchmarkMode`."""

    RANGE_TIERS = "range_tiers"
    RANGE_MATRIX = "range_matrix"
    WEIGHT_SUM = "weight_sum"
    DAILY_ACCRUAL = "daily_accrual"
    RANGE_MIDPOINT_FORMULA = "range_midpoint_formula"


class Basis(StrEnum):
    """What a component's figures are: yuan, times a base, percent of a base, yuan per unit, yuan per day."""

    FIXED = "fixed"
    MULTIPLE = "multiple"
    PERCENT = "percent"
    PER_UNIT = "per_unit"
    PER_DAY = "per_day"


MONEY_BASES = frozenset({Basis.FIXED, Basis.PER_UNIT, Basis.PER_DAY})


class OverlapRule(StrEnum):
    """What the published document says when a case meets several tiers of one group."""

    OFFICER_CHOOSES = "officer_chooses"
    HEAVIER_TIER = "heavier_tier"


@dataclass(frozen=True, slots=True)
class Component:
    """One fine of a tier or of the statute.

    `minimum`/`maximum` are fen for FIXED, PER_UNIT, PER_DAY and plain figures for MULTIPLE, PERCENT (3 = 3倍, 3%).
    `minimum` None means “以下” without a lower limit. `base` is the fact multiplied (money, units or days).
    `deemed_base` is the least amount of the base in fen: a smaller base counts as this much. `cap` is fen.
    Components with different `subject` are cumulative; with different `applies_when` they exclude each other.
    """

    subject: str
    basis: Basis
    maximum: int | Decimal
    minimum: int | Decimal | None = None
    base: str = ""
    unit: str = "元"
    min_inclusive: bool = True
    max_inclusive: bool = True
    applies_when: Condition | None = None
    cap: int | None = None
    deemed_base: int | None = None


@dataclass(frozen=True, slots=True)
class RangeMidpoint:
    """fine = (min + max) / 2 + (max - min) × step_percent % × coefficient, kept inside the tier's range."""

    step_percent: Decimal
    coefficient: str


@dataclass(frozen=True, slots=True)
class Step:
    """One “每增加……加……”: `add` fen for each counted step; `count` is the fact holding the number of steps."""

    label: str
    add: int
    count: str
    rounding: str = ""


@dataclass(frozen=True, slots=True)
class Stepped:
    """fine = start + Σ (number of steps × amount), not above `cap`; all amounts in fen."""

    start: int
    steps: tuple[Step, ...]
    cap: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PerDay:
    """Between `rate_min` and `rate_max` fen for each day of the fact `base`, not above `cap` fen."""

    rate_min: int
    rate_max: int
    base: str
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a factor and its weight in percent points."""

    name: str
    weight_percent: Decimal
    condition: Condition


@dataclass(frozen=True, slots=True)
class Factor:
    """裁量因素; exactly one level should hold for a case."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a weight table: its start percent and what the sum multiplies.

    Either `amount` (fen) or `base` × `factor`. `stated_max_percent`/`stated_min_percent` are the extremes the source
    states; they are compared with the recomputed ones. `within_statutory`: the statutory range covers this column.
    """

    name: str
    subject: str
    start_percent: Decimal
    amount: int | None = None
    base: str = ""
    factor: Decimal | None = None
    applies_when: Condition | None = None
    stated_max_percent: Decimal | None = None
    stated_min_percent: Decimal | None = None
    within_statutory: bool = True


@dataclass(frozen=True, slots=True)
class WeightSum:
    """fine = (start + Σ weight) % × multiplicand, the percentage kept between `floor_percent` and `cap_percent`."""

    columns: tuple[Column, ...]
    factors: tuple[Factor, ...]
    cap_percent: Decimal | None = None
    floor_percent: Decimal | None = None


TierFormula: TypeAlias = RangeMidpoint | Stepped
Formula: TypeAlias = WeightSum | RangeMidpoint | PerDay


@dataclass(frozen=True, slots=True)
class Tier:
    """One 裁量阶次. `alternatives`: the authority picks one of the components; otherwise they add up by subject."""

    order: int
    name: str
    condition: Condition
    condition_texts: tuple[str, ...] = ()
    penalty_text: str = ""
    components: tuple[Component, ...] = ()
    other_measures: tuple[str, ...] = ()
    no_penalty: bool = False
    non_fine: bool = False
    alternatives: bool = False
    within_statutory: bool = True
    formula: TierFormula | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One sanction branch of a matter (corrected, overdue, responsible persons, 情节严重)."""

    name: str
    tiers: tuple[Tier, ...]
    applies_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class BenchmarkRules:
    """Everything a benchmark computes with."""

    mode: Mode
    groups: tuple[Group, ...] = ()
    formula: Formula | None = None
    statutory: tuple[Component, ...] = ()
    overlap: OverlapRule = OverlapRule.OFFICER_CHOOSES
