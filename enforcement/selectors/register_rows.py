"""Pages of register rows, continued by key: the cost of a page does not grow with its distance from the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RowPage:
    """One page of rows; `next_cursor` is empty on the last one."""

    rows: Sequence[Any]
    next_cursor: str


def page_of(*, rows: QuerySet[Any], order: Sequence[str], cursor: str) -> RowPage:
    """50 rows after the cursor, in the given order (ascending, together unique). A broken cursor gives the first page.

    One query, and what the rows' own prefetches need.
    """
    ordered = rows.order_by(*order)
    after = _read_cursor(rows.model, order, cursor)
    if after is not None:
        ordered = ordered.filter(_beyond(order, after))
    found = list(ordered[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    return RowPage(page, _cursor_of(page[-1], order) if more else "")


def find_row(*, rows: QuerySet[Any], key: str) -> Any | None:
    """The visible row of a primary key as it stands in an address, None for anything else."""
    try:
        value = rows.model._meta.pk.to_python(key)
        return rows.filter(pk=value).first()
    except (ValidationError, OverflowError, ValueError):
        return None


def _beyond(order: Sequence[str], after: Sequence[Any]) -> Q:
    """(a, b) > (x, y) spelled out, so that an index on the first column still serves."""
    condition = Q()
    equal = Q()
    for name, value in zip(order, after, strict=True):
        condition |= equal & Q(**{f"{name}__gt": value})
        equal &= Q(**{name: value})
    return condition


def _cursor_of(row: Any, order: Sequence[str]) -> str:
    values = [str(_value(row, name)) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read_cursor(model: type[Model], order: Sequence[str], cursor: str) -> list[Any] | None:
    if not cursor or len(cursor) > 2000:
        return None
    try:
        texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fields = [_field(model, name) for name in order]
        if not isinstance(texts, list) or len(texts) != len(order):
            return None
        if not all(isinstance(text, str) and "\x00" not in text for text in texts):
            return None
        return [field.to_python(text) for field, text in zip(fields, texts, strict=True)]
    except (binascii.Error, ValueError, TypeError, ValidationError):
        return None


def _field(model: type[Model], name: str) -> Any:
    first, _, rest = name.partition("__")
    found: Any = model._meta.pk if first == "pk" else model._meta.get_field(first)
    return _field(found.related_model, rest) if rest else found
