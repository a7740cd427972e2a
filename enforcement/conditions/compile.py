"""Compile a condition into a Polars expression over columns of facts, equal to `evaluate` row by row.

A column is named by its fact code; null is unknown. Exact types only: booleans, Int64 for integers and fen,
Decimal(38, 6) for decimals, String for choices, grades and text, Date for dates. The result is a Boolean
expression in which null is UNKNOWN.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from enforcement.conditions.parse import order_key
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, FactValue, Not, Operator
from enforcement.conditions.vocabulary.definitions import TYPES_WITH_OPTIONS, FactDefinition, FactType

Definitions = Mapping[str, FactDefinition]
DECIMAL_COLUMN = pl.Decimal(precision=38, scale=6)

_COLUMN_TYPES: Mapping[FactType, pl.DataType] = {
    FactType.BOOLEAN: pl.Boolean(),
    FactType.INTEGER: pl.Int64(),
    FactType.MONEY: pl.Int64(),
    FactType.DECIMAL: DECIMAL_COLUMN,
    FactType.CHOICE: pl.String(),
    FactType.GRADE: pl.String(),
    FactType.TEXT: pl.String(),
    FactType.DATE: pl.Date(),
}


def column_type(definition: FactDefinition) -> pl.DataType:
    """The Polars type of a fact's column."""
    return _COLUMN_TYPES[definition.type]


def facts_frame(
    rows: Iterable[Mapping[str, FactValue | None]], codes: Iterable[str], vocabulary: Definitions
) -> pl.DataFrame:
    """One row per case with exactly the columns `codes`; a fact a case does not have is null."""
    gathered = list(rows)
    columns = []
    for code in codes:
        values = [row.get(code) for row in gathered]
        columns.append(pl.Series(code, values, dtype=column_type(vocabulary[code]), strict=True))
    return pl.DataFrame(columns)


def compile_condition(condition: Condition, vocabulary: Definitions) -> pl.Expr:
    """The condition as a Boolean expression over fact columns; null means UNKNOWN.

    The frame must hold a column for every code of `tree.fact_codes(condition)`.
    """
    match condition:
        case Compare():
            return _compare(condition, vocabulary[condition.fact])
        case Not(child):
            return ~compile_condition(child, vocabulary)
        case AllOf(()):
            return pl.lit(True)
        case AnyOf(()):
            return pl.lit(False)
        case AllOf(children):
            return pl.all_horizontal(*(compile_condition(child, vocabulary) for child in children))
        case AnyOf(children):
            return pl.any_horizontal(*(compile_condition(child, vocabulary) for child in children))


def _compare(leaf: Compare, definition: FactDefinition) -> pl.Expr:
    column = _comparable_column(definition)
    if isinstance(leaf.value, tuple):
        values = [_literal(definition, value) for value in leaf.value]
        return _compare_several(leaf.op, column, values)
    value = _literal(definition, leaf.value)
    match leaf.op:
        case Operator.EQ:
            return column == value
        case Operator.NE:
            return column != value
        case Operator.LT:
            return column < value
        case Operator.LE:
            return column <= value
        case Operator.GT:
            return column > value
        case Operator.GE:
            return column >= value
        case _:
            raise ValueError(f"operator {leaf.op} needs several values")


def _compare_several(op: Operator, column: pl.Expr, values: list[pl.Expr]) -> pl.Expr:
    if op is Operator.BETWEEN:
        return (column >= values[0]) & (column <= values[1])
    # A chain of equalities keeps null as null; the treatment of null by is_in has changed between releases.
    member = pl.any_horizontal(*(column == value for value in values))
    return ~member if op is Operator.NOT_IN else member


def _comparable_column(definition: FactDefinition) -> pl.Expr:
    """The fact's column as it is compared: a choice or grade as the place of its option, else itself."""
    column = pl.col(definition.code)
    if definition.type not in TYPES_WITH_OPTIONS:
        return column
    places = list(range(len(definition.options)))
    return column.replace_strict(list(definition.options), places, default=None, return_dtype=pl.Int64)


def _literal(definition: FactDefinition, value: FactValue) -> pl.Expr:
    if definition.type in TYPES_WITH_OPTIONS:
        return pl.lit(definition.options.index(str(value)), dtype=pl.Int64)
    key = order_key(definition, value)
    if isinstance(key, Decimal):
        return pl.lit(key).cast(DECIMAL_COLUMN)
    if isinstance(key, date):
        return pl.lit(key, dtype=pl.Date)
    return pl.lit(key, dtype=column_type(definition))
