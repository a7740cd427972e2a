"""The fine of a research entry: its amounts in fen, its rule in words, and what could not be turned into amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .fine_wording import TEN_THOUSAND, fen_of_yuan

_FACTORS = {"元": 1, "万元": TEN_THOUSAND}
_KINDS = (("statutory", "法定幅度"), ("mitigated", "减轻后幅度"))


@dataclass(frozen=True, slots=True)
class ResearchFine:
    """`unread` lines belong into the note; `remarks` are for a person to check."""

    statutory_ranges: tuple[dict[str, Any], ...] = ()
    fine_ranges: tuple[dict[str, Any], ...] = ()
    rule: str = ""
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read_fine(fine: Any) -> ResearchFine:
    """`{"statutory": [...], "mitigated": [...], "rule"}` with ranges `{subject, min, max, unit}`; nothing for None."""
    if not isinstance(fine, Mapping):
        return ResearchFine()
    read: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in _KINDS}
    unread: list[str] = []
    remarks: list[str] = []
    for name, label in _KINDS:
        for part in fine.get(name) or []:
            found = _range(part)
            if found is None:
                unread.append(f"{label}：{_printed(part)}")
                continue
            read[name].append(found)
            if part.get("max_inclusive") is False:
                remarks.append(f"{label}“{_printed(part)}”不含上限，按“以下”读取，核对。")
    return ResearchFine(
        tuple(read["statutory"]),
        tuple(read["mitigated"]),
        str(fine.get("rule") or ""),
        tuple(unread),
        tuple(remarks),
    )


def _range(part: Mapping[str, Any]) -> dict[str, Any] | None:
    factor = _FACTORS.get(str(part.get("unit") or "元"))
    if factor is None:
        return None
    ends: list[int | None] = []
    for name in ("min", "max"):
        amount = part.get(name)
        fen = None if amount is None else fen_of_yuan(Decimal(str(amount)) * factor)
        if amount is not None and fen is None:
            return None
        ends.append(fen)
    # A range of this collection that begins at 0 has no minimum printed.
    low, high = ends[0] or None, ends[1]
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    return {"subject": str(part.get("subject") or ""), "min_fen": low, "max_fen": high}


def _printed(part: Mapping[str, Any]) -> str:
    unit = part.get("unit") or ""
    subject = f"{part['subject']} " if part.get("subject") else ""
    return f"{subject}{part.get('min')} 至 {part.get('max')} {unit}".strip()
