"""Runs recorded law situations `{id, op, given, expect}` through the real rules.

Only the keys of `expect` are compared; null means that a person must decide.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from cases.law_operations import OPERATIONS


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One situation: `differences` are (key, expected, got); `problem` is set when it could not be run."""

    id: str
    differences: tuple[tuple[str, Any, Any], ...] = ()
    problem: str = ""

    @property
    def passed(self) -> bool:
        return not self.differences and not self.problem


def run_law_cases(vectors: Iterable[Mapping[str, Any]]) -> list[CaseResult]:
    """Every situation in order. An operation nobody implements is a failure, never skipped."""
    return [_run(vector) for vector in vectors]


def _run(vector: Mapping[str, Any]) -> CaseResult:
    name = str(vector.get("id", "?"))
    operation = OPERATIONS.get(str(vector.get("op")))
    if operation is None:
        return CaseResult(name, problem=f"unknown op “{vector.get('op')}”")
    try:
        got = operation(vector["given"])
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        return CaseResult(name, problem=f"输入无法读取：{type(error).__name__} {error}")
    expected: Mapping[str, Any] = vector.get("expect") or {}
    differences = tuple(
        (key, value, got.get(key)) for key, value in expected.items() if not same(value, got.get(key))
    )
    return CaseResult(name, differences)


def same(expected: Any, got: Any) -> bool:
    """Equality in which money and counts compare as numbers, however they were written."""
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return expected is got
    first, second = _as_number(expected), _as_number(got)
    return first == second if first is not None and second is not None else expected == got


def _as_number(value: Any) -> Decimal | None:
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return Decimal(value)
    return None
