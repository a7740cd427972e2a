"""The cells of an entry that speak of money: what they say in fen, and what a person must correct at which cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

from .findings import Findings, shown
from .fine_wording import read_fines
from .headers import Column

_WIDE = re.compile(r"[０-９]|\d，\d")
_EXAMPLE = "200元以上1000元以下"


class FineFields(Protocol):
    """The cells of one entry by meaning."""

    extra_notes: list[str]

    def text(self, meaning: Column) -> str: ...
    def cells(self, meaning: Column) -> str: ...


@dataclass(frozen=True, slots=True)
class FineCells:
    statutory_ranges: tuple[dict[str, Any], ...]
    fine_ranges: tuple[dict[str, Any], ...]
    fine_rule: str


def read_fine_cells(fields: FineFields, findings: Findings) -> FineCells:
    """Ranges in fen. Words without any figure beside a fine are its rule; whatever else was not read stays in the
    note, with a warning at its cell.
    """
    statutory, words = _ranges(fields, Column.STATUTORY, findings)
    fields.extra_notes.extend(f"法定幅度：{one}" for one in words)
    fines, rules = _ranges(fields, Column.FINE, findings)
    if rules:
        findings.note(
            fields.cells(Column.FINE), f"{fields.cells(Column.FINE)} 没有写金额，已记为罚款确定方法。"
        )
    rule = "\n".join(filter(None, (fields.text(Column.FINE_RULE), "；".join(rules))))
    return FineCells(statutory, fines, rule)


def _ranges(
    fields: FineFields, meaning: Column, findings: Findings
) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    text, cell = fields.text(meaning), fields.cells(meaning)
    reading = read_fines(text)
    label = "法定幅度" if meaning is Column.STATUTORY else "罚款幅度"
    for part in reading.unread:
        findings.warn(
            cell, f"{cell} 中的“{shown(part)}”认不准金额，没有读取，已记入备注。写成“{_EXAMPLE}”的样子。"
        )
        fields.extra_notes.append(f"{label}：{part}")
    if reading.ranges and text != unicodedata.normalize("NFKC", text) and _has_wide_figures(text):
        findings.warn(cell, f"{cell} 的金额用了全角数字，已按半角读取，核对。")
    return reading.ranges, reading.words


def _has_wide_figures(text: str) -> bool:
    return bool(_WIDE.search(text))
