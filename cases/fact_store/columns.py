"""Decided cases as a typed frame: one column per fact, exactly of the type that `compile_condition` expects. Pure.

A choice or grade is kept as the words answered: which options it had is the business of whoever asks. Free text is
left out, because it may name people; so is a fact that no rule in the system declares any more. What is left out is
named, and conditions over it are evaluated case by case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from cases.fact_store.decided import DecidedCase
from enforcement.conditions.compile import column_type, facts_frame
from enforcement.conditions.facts import INTEGER_LIMIT, FactError, parse_fact
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import FactDefinition, FactType
from enforcement.conditions.vocabulary.definitions import TYPES_WITH_OPTIONS

LEADING: Mapping[str, pl.DataType] = {
    "case_id": pl.Int64(),
    "line": pl.String(),
    "region": pl.String(),
    "issued_on": pl.Date(),
    "outcome": pl.String(),
}

PLAIN: Mapping[FactType, type] = {
    FactType.BOOLEAN: bool,
    FactType.INTEGER: int,
    FactType.MONEY: int,
}


def typed_frame(
    rows: Sequence[DecidedCase], types: Mapping[str, FactType]
) -> tuple[pl.DataFrame, frozenset[str]]:
    """The rows by case id, and the codes of answered facts that have no column."""
    rows = sorted(rows, key=lambda row: row.case_id)
    leading = pl.DataFrame(
        [(row.case_id, row.line_code, row.region_code, row.issued_on, row.outcome) for row in rows],
        schema=dict(LEADING),
        orient="row",
    )
    answered = sorted({code for row in rows for code, raw in row.facts.items() if raw is not None})
    definitions = {
        code: FactDefinition(code, code, found)
        for code in answered
        if (found := types.get(code) or _plain_type(row.facts.get(code) for row in rows)) is not None
        and found is not FactType.TEXT
    }
    values = (
        {code: stored_value(definition, row.facts.get(code)) for code, definition in definitions.items()}
        for row in rows
    )
    facts = facts_frame(values, definitions, definitions)
    return pl.concat([leading, facts], how="horizontal"), frozenset(answered) - definitions.keys()


def stored_value(definition: FactDefinition, raw: Any) -> FactValue | None:
    """The answer as it is kept; one that is not of the fact's type counts as unknown, as it does in an analysis."""
    if raw is None:
        return None
    # As nearly all answers are: already of the type, and within what every type of number allows.
    if type(raw) is PLAIN.get(definition.type) and isinstance(raw, int) and 0 <= raw < INTEGER_LIMIT:
        return raw
    if definition.type in TYPES_WITH_OPTIONS:
        return raw.strip() or None if isinstance(raw, str) else None
    try:
        return parse_fact(definition, raw)
    except FactError:
        return None


def _plain_type(answers: Iterable[Any]) -> FactType | None:
    """Yes-or-no and whole numbers show their type by themselves, also where nothing declares the fact any more."""
    kinds = {type(one) for one in answers if one is not None}
    if kinds == {bool}:
        return FactType.BOOLEAN
    return FactType.INTEGER if kinds == {int} else None


def null_column(definition: FactDefinition) -> pl.Expr:
    """A column for a fact that nobody in the partition answered."""
    return pl.lit(None, dtype=column_type(definition)).alias(definition.code)
