"""Rows of amounts in a form: subject, least and most in yuan. All cells are sent under the field's one name, so that
drafts and the merge page carry them like any list of texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from exemption_lists.fine_amounts import CELLS, LONGEST_SUBJECT, range_words, read_ranges, typed_cells

FEWEST_ROWS = 2


class RangeRows(forms.Widget):
    """The rows there are and at least one blank one, so that another can be typed without script."""

    template_name = "exemption_lists/range_rows.html"
    use_fieldset = True

    def format_value(self, value: Any) -> Any:
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        cells = [str(cell) for cell in value or []]
        rows = max(-(-len(cells) // CELLS) + 1, FEWEST_ROWS)
        cells += [""] * (rows * CELLS - len(cells))
        control = str((attrs or {}).get("id", f"id_{name}"))
        context["name"] = name
        context["rows"] = [
            {"number": row + 1, "cells": _cells(control, row, cells[row * CELLS : (row + 1) * CELLS])}
            for row in range(rows)
        ]
        context["longest_subject"] = LONGEST_SUBJECT
        context["errors"] = (attrs or {}).get("aria-invalid")
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """The cells as typed, without the blank rows behind them."""
        cells = (
            [str(cell) for cell in data.getlist(name)] if isinstance(data, QueryDict) else _listed(data, name)
        )
        while cells and not any(cell.strip() for cell in cells[-CELLS:]):
            del cells[-CELLS:]
        return cells

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else ""


def _cells(control: str, row: int, cells: list[str]) -> list[dict[str, str]]:
    labels = ("适用对象", "下限", "上限")
    first = row * CELLS
    return [
        {"id": f"{control}_{first + at}", "label": label, "value": text}
        for at, (label, text) in enumerate(zip(labels, cells, strict=True))
    ]


def _listed(data: Mapping[str, Any], name: str) -> list[str]:
    held = data.get(name) or []
    return [str(one) for one in held] if isinstance(held, list | tuple) else [str(held)]


class RangesField(forms.Field):
    """Its value is a list of ranges in whole fen; its initial value and its texts are the cells as typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=RangeRows(), **options)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        cells = [str(cell) for cell in value or []]
        if any("\x00" in cell for cell in cells):
            raise forms.ValidationError("金额里有不能使用的字符。请重新填写。")
        ranges, problems = read_ranges(cells)
        if problems:
            raise forms.ValidationError(problems)
        return ranges

    def prepare_value(self, value: Any) -> Any:
        """Ranges become cells; cells stay what they are."""
        is_ranges = isinstance(value, list) and any(isinstance(one, Mapping) for one in value)
        return typed_cells(value) if is_ranges else value

    def shown_text(self, cells: list[str]) -> str:
        """The ranges in words, for the merge page; cells that cannot be read stand as typed."""
        ranges, problems = read_ranges(cells)
        return "、".join(cell for cell in cells if cell) if problems else "\n".join(range_words(ranges))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(self.prepare_value(initial) or []) != [str(cell) for cell in data or []]
