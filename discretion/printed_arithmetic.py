"""Recomputes the arithmetic a decision prints, such as （20万+25万）/2 + 5万×10%×0, exactly and without `eval`."""

import re
from decimal import Decimal, DivisionByZero, InvalidOperation

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)(万元|万|亿元|亿|元|%|％)?|([-+*/()]))")
_SIGNS = str.maketrans("＋－×÷（）—－", "+-*/()--")
_UNITS = {"万": 10**4, "亿": 10**8}


def printed_amount(text: str) -> Decimal | None:
    """The value in yuan of the expression before the first equals sign; None when it is not plain arithmetic."""
    expression = re.split(r"[=＝]", text.translate(_SIGNS))[0].strip()
    try:
        tokens = _tokens(expression)
        value, rest = _sum(tokens)
    except (ValueError, IndexError, DivisionByZero, InvalidOperation):
        return None
    return value if not rest and len(tokens) > 1 else None


def _tokens(expression: str) -> list[Decimal | str]:
    tokens: list[Decimal | str] = []
    position = 0
    while position < len(expression):
        matched = _TOKEN.match(expression, position)
        if matched is None:
            raise ValueError(expression[position:])
        number, unit, sign = matched.groups()
        tokens.append(sign if number is None else _number(number, unit or ""))
        position = matched.end()
    return tokens


def _number(figure: str, unit: str) -> Decimal:
    if unit in ("%", "％"):
        return Decimal(figure) / 100
    return Decimal(figure) * _UNITS.get(unit.removesuffix("元"), 1)


def _sum(tokens: list[Decimal | str]) -> tuple[Decimal, list[Decimal | str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in ("+", "-"):
        operand, remaining = _product(rest[1:])
        value = value + operand if rest[0] == "+" else value - operand
        rest = remaining
    return value, rest


def _product(tokens: list[Decimal | str]) -> tuple[Decimal, list[Decimal | str]]:
    value, rest = _single(tokens)
    while rest and rest[0] in ("*", "/"):
        operand, remaining = _single(rest[1:])
        value = value * operand if rest[0] == "*" else value / operand
        rest = remaining
    return value, rest


def _single(tokens: list[Decimal | str]) -> tuple[Decimal, list[Decimal | str]]:
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, Decimal):
        return first, rest
    if first != "(":
        raise ValueError(first)
    value, after = _sum(rest)
    if not after or after[0] != ")":
        raise ValueError("unbalanced")
    return value, after[1:]
