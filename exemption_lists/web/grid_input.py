"""The JSON of one act in the table, read into `GridActs`; every field is named and typed."""

from __future__ import annotations

import json
from typing import Any

from enforcement.errors import InvalidInput
from exemption_lists.grid_acts import Addition, CellChange, GridActs, Move, Place, Removal, Restoration


def read_acts(document: Any) -> GridActs:
    """Raises `InvalidInput` for anything that is not such an act."""
    try:
        return GridActs(
            changes=tuple(
                CellChange(_id(one["entry"]), _text(one["column"]), _text(one["before"]), _text(one["after"]))
                for one in document.get("changes", [])
            ),
            additions=tuple(
                Addition(_text(one["key"]), _place(one["behind"]), _cells(one["cells"]))
                for one in document.get("additions", [])
            ),
            removals=tuple(
                Removal(_id(one["entry"]), _id(one["lock"])) for one in document.get("removals", [])
            ),
            restorations=tuple(
                Restoration(_id(one["removed"]), _place(one["behind"]))
                for one in document.get("restorations", [])
            ),
            moves=tuple(Move(_id(one["entry"]), _place(one["behind"])) for one in document.get("moves", [])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise malformed() from error


def read_json(body: bytes) -> dict[str, Any]:
    """The object that was sent. Raises `InvalidInput`."""
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise malformed() from error
    if not isinstance(sent, dict):
        raise malformed()
    return sent


def malformed() -> InvalidInput:
    return InvalidInput("grid_malformed", "表格的内容不完整，没有写入。请刷新页面后再试。")


def whole_number(value: Any) -> int:
    """A whole number that fits a row's id. Raises `InvalidInput`."""
    try:
        return _id(value)
    except (TypeError, ValueError) as error:
        raise malformed() from error


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _place(value: Any) -> Place:
    return value if value is None or isinstance(value, str) else _id(value)


def _cells(value: Any) -> dict[str, str]:
    return {_text(name): _text(text) for name, text in value.items()}
