"""One fact's answer: from JSON or a form into its typed value, back into JSON, and into Chinese.

Money is an integer number of fen in JSON and in memory; money typed as text is read as yuan, as people write
it. Decimals are JSON strings. Floats are refused, because 0.1 as a float is not 0.1.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary.definitions import FactDefinition, FactType
from enforcement.wording import money_text

DECIMAL_PLACES = 6
# Both readers hold these exactly: Polars as Decimal(38, 6) and Int64.
DECIMAL_LIMIT = Decimal(10) ** 20
INTEGER_LIMIT = 10**15
TEXT_LIMIT = 2000

_TRUE_WORDS = frozenset({"true", "是", "属实", "1"})
_FALSE_WORDS = frozenset({"false", "否", "不属实", "0"})
_MONEY = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,6})?(亿元|万元|元|亿|万)?")
_MONEY_UNITS = {"": 1, "元": 1, "万": 10**4, "万元": 10**4, "亿": 10**8, "亿元": 10**8}


class FactError(ValueError):
    """An answer is not of the fact's type; the message is a Chinese sentence naming the fact."""


def parse_fact(definition: FactDefinition, raw: object) -> FactValue | None:
    """The typed value of an answer, or None when nothing was answered (unknown).

    Accepts what JSON storage holds and what a form sends: 是/否 and 属实/不属实 for booleans, "8,000.5" or
    "1.2万元" for money in yuan, ISO dates, full-width digits. An integer for money is fen.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        return _typed(definition, raw)
    except FactError as error:
        raise FactError(f"“{definition.label}”{error}") from None


def fact_to_json(value: FactValue | None) -> Any:
    """The JSON form that `parse_fact` reads back to an equal value."""
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _typed(definition: FactDefinition, raw: object) -> FactValue:
    if isinstance(raw, float):
        raise FactError('的数值请写成文字形式，例如"0.1"')
    match definition.type:
        case FactType.BOOLEAN:
            return _boolean(raw)
        case FactType.INTEGER:
            return _integer(raw)
        case FactType.DECIMAL:
            return _decimal(raw)
        case FactType.MONEY:
            return _money(raw)
        case FactType.CHOICE | FactType.GRADE:
            return _option(definition, raw)
        case FactType.TEXT:
            return _text(raw)
        case FactType.DATE:
            return _date(raw)


def _boolean(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in _TRUE_WORDS:
        return True
    if word in _FALSE_WORDS:
        return False
    raise FactError("应回答是或者否")


def _integer(raw: object) -> int:
    text = _plain_text(raw).removesuffix(".0")
    if isinstance(raw, bool) or not re.fullmatch(r"\d{1,15}", text):
        raise FactError("应为不小于零的整数")
    return int(text)


def _decimal(raw: object) -> Decimal:
    try:
        number = Decimal(_plain_text(raw))
    except InvalidOperation:
        raise FactError("应为数字") from None
    if isinstance(raw, bool) or not number.is_finite():
        raise FactError("应为数字")
    if abs(number) >= DECIMAL_LIMIT:
        raise FactError("超出可以记录的范围")
    rounded = round(number, DECIMAL_PLACES)
    if rounded != number:
        raise FactError(f"最多保留{DECIMAL_PLACES}位小数")
    return number


def _money(raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        if not 0 <= raw <= INTEGER_LIMIT:
            raise FactError("的金额应不小于零且在可以记录的范围内")
        return raw
    if isinstance(raw, bool) or not isinstance(raw, (str, Decimal)):
        raise FactError("应为金额")
    matched = _MONEY.fullmatch(_plain_text(raw))
    if matched is None:
        raise FactError("应为金额，例如8,000元")
    whole, fraction, unit = matched.groups()
    fen = Decimal(whole.replace(",", "") + (fraction or "")) * _MONEY_UNITS[unit or ""] * 100
    if fen != fen.to_integral_value():
        raise FactError("的金额最多精确到分")
    if fen > INTEGER_LIMIT:
        raise FactError("的金额超出可以记录的范围")
    return int(fen)


def _option(definition: FactDefinition, raw: object) -> str:
    text = str(raw).strip()
    if text not in definition.options:
        raise FactError(f"应从下列选项中选择：{'、'.join(definition.options)}")
    return text


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise FactError("应为文字")
    if len(raw.strip()) > TEXT_LIMIT:
        raise FactError(f"最多{TEXT_LIMIT}个字")
    return raw.strip()


def _date(raw: object) -> date:
    # A datetime is a date to Python, but it would not compare with one.
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(_plain_text(raw))
    except ValueError:
        raise FactError("应为日期，例如2025-03-01") from None


def _plain_text(raw: object) -> str:
    """Full-width digits and punctuation become half-width; inner spaces go."""
    return unicodedata.normalize("NFKC", str(raw)).replace(" ", "")


def plain_decimal(value: Decimal) -> str:
    """The number without exponent and without trailing zeros: 0.1, 5, 1000."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def display_money(fen: int) -> str:
    """Fen as printed in a document: 800000 is 8,000元, 800050 is 8,000.50元."""
    return money_text(fen, unit="元")


def display_value(definition: FactDefinition, value: FactValue | None) -> str:
    """An answer in Chinese, for pages and documents; 未查明 when unknown."""
    if value is None:
        return "未查明"
    if definition.type is FactType.BOOLEAN:
        words = ("属实", "不属实") if definition.confirmed_by_officer else ("是", "否")
        return words[0] if value else words[1]
    if definition.type is FactType.MONEY and isinstance(value, int):
        return display_money(value)
    if isinstance(value, Decimal):
        return plain_decimal(value) + definition.unit
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value}{definition.unit}"
