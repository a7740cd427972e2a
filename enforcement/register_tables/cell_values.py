"""The text of a cell as a value of its column, or the sentence that says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.typed_dates import read_date

_BOOLEANS = {"是": True, "有": True, "对": True, "√": True, "y": True, "yes": True, "true": True, "1": True,
             "否": False, "无": False, "没有": False, "×": False, "n": False, "no": False, "false": False, "0": False}  # fmt: skip
_LIST_MARKS = re.compile(r"[、,，;；\n]")
_SPACES = re.compile(r"\s+")


class CellError(Exception):
    """The cell cannot be read; the message says what is wrong and what to do."""


def read_cell(column: TableColumn, text: str, lookup: Mapping[str, Any] | None = None) -> Any:
    """The value of a cell that is not blank. Raises `CellError`.

    Full-width digits and letters are read as plain ones wherever a value has a form of its own.
    """
    value = _READERS[column.kind](column, text, lookup or {})
    if column.check is not None and (wrong := column.check(value)):
        raise CellError(wrong)
    return value


def _text(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> str:
    if column.max_length is not None and len(text) > column.max_length:
        raise CellError(f"最多 {column.max_length} 个字，现在是 {len(text)} 个。写短一些")
    return text


def _code(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> str:
    return _text(column, _SPACES.sub("", unicodedata.normalize("NFKC", text)), lookup)


def _date(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> Any:
    day = read_date(text)
    if day is None:
        raise CellError("应为日期。写成 2026-03-05 或 2026年3月5日")
    return day


def _number(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise CellError("应为数字。去掉单位和文字") from None
    if not number.is_finite():
        raise CellError("应为数字。去掉单位和文字")
    return number


def _decimal(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> Decimal:
    return _number(text)


def _integer(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> int:
    number = _number(text)
    if number != number.to_integral_value() or abs(number) > 10**15:
        raise CellError("应为整数。去掉小数部分")
    return int(number)


def _boolean(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> bool:
    found = _BOOLEANS.get(unicodedata.normalize("NFKC", text).strip().lower())
    if found is None:
        raise CellError("应为“是”或“否”")
    return found


def _choice(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> str:
    for stored, word in column.choices:
        if text in (word, stored) or _SPACES.sub("", text) == _SPACES.sub("", word):
            return stored
    words = "、".join(word for _, word in column.choices)
    raise CellError(f"不在可选的内容里。改为其中之一：{words}")


def _list(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> list[Any]:
    parts = [part.strip() for part in _LIST_MARKS.split(text) if part.strip()]
    if column.choices:
        return [_choice(column, part, lookup) for part in parts]
    if column.lookup is not None:
        return [_reference(column, part, lookup) for part in parts]
    return [_text(column, part, lookup) for part in parts]


def _reference(column: TableColumn, text: str, lookup: Mapping[str, Any]) -> Any:
    for spelling in (
        text,
        unicodedata.normalize("NFKC", text),
        _SPACES.sub("", unicodedata.normalize("NFKC", text)),
    ):
        if spelling in lookup:
            return lookup[spelling]
    raise CellError(f"系统里没有这个{column.label}，或者不在您的职责范围内。核对后填写已有的{column.label}")


_READERS: Mapping[ColumnKind, Callable[[TableColumn, str, Mapping[str, Any]], Any]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.CODE: _code,
    ColumnKind.DATE: _date,
    ColumnKind.INTEGER: _integer,
    ColumnKind.DECIMAL: _decimal,
    ColumnKind.BOOLEAN: _boolean,
    ColumnKind.CHOICE: _choice,
    ColumnKind.LIST: _list,
    ColumnKind.REFERENCE: _reference,
}
