"""Amounts of an entry about a lighter or mitigated fine: typed in yuan, kept in whole fen, said in Chinese. Pure.

A range is `{"subject", "min_fen", "max_fen"}`; an end that is None is not set, a subject "" is the party.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from enforcement.conditions.facts import INTEGER_LIMIT, FactError, display_money, parse_fact
from enforcement.conditions.vocabulary import FactDefinition, FactType

# 从轻 stays inside the statutory range, 减轻 goes below its minimum (行政处罚法第三十二条); the other kinds fine nothing.
KINDS_WITH_FINE = frozenset({"lighter", "mitigated"})
CELLS = 3
LONGEST_SUBJECT = 100
MOST_RANGES = 20

FineRange = Mapping[str, Any]


def read_ranges(cells: Sequence[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Ranges from cells as typed (subject, least and most in yuan, three to a row), and what is wrong with them.

    Yuan become fen exactly: 1.2万元 is 1200000, and an amount finer than a fen is a problem, never rounded.
    """
    ranges: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, start in enumerate(range(0, len(cells), CELLS), start=1):
        row = [cell.strip() for cell in (*cells[start : start + CELLS], "", "", "")[:CELLS]]
        if not any(row):
            continue
        try:
            ranges.append(_read_row(row))
        except FactError as error:
            problems.append(f"第 {number} 行{error}")
    return ranges, problems or range_problems(ranges)


def _read_row(row: Sequence[str]) -> dict[str, Any]:
    low, high = _fen("下限", row[1]), _fen("上限", row[2])
    return {"subject": row[0], "min_fen": low, "max_fen": high}


def _fen(label: str, text: str) -> int | None:
    value = parse_fact(FactDefinition("amount", label, FactType.MONEY, "元"), text)
    return value if isinstance(value, int) else None


def typed_cells(ranges: Iterable[FineRange]) -> list[str]:
    """The cells a person would type; `read_ranges` reads them back to the same ranges."""
    return [
        text
        for one in ranges
        for text in (str(one["subject"]), _typed(one["min_fen"]), _typed(one["max_fen"]))
    ]


def _typed(fen: int | None) -> str:
    return "" if fen is None else display_money(fen).removesuffix("元")


def range_problems(ranges: Sequence[FineRange]) -> list[str]:
    """What no range may say, in Chinese sentences."""
    problems = [f"最多填写 {MOST_RANGES} 行金额。"] if len(ranges) > MOST_RANGES else []
    subjects: set[str] = set()
    for one in ranges:
        name = f"“{one['subject'] or '当事人'}”"
        low, high = one["min_fen"], one["max_fen"]
        if low is None and high is None:
            problems.append(f"{name}的金额下限和上限至少填写一个。")
        if low is not None and high is not None and low > high:
            problems.append(f"{name}的金额下限大于上限。请核对。")
        if any(end is not None and not 0 <= end <= INTEGER_LIMIT for end in (low, high)):
            problems.append(f"{name}的金额超出可以记录的范围。")
        if len(one["subject"]) > LONGEST_SUBJECT:
            problems.append(f"适用对象最多 {LONGEST_SUBJECT} 个字。")
        if one["subject"] in subjects:
            problems.append(f"{name}填写了两行。请合成一行。")
        subjects.add(one["subject"])
    return problems


def misplaced_fine(*, kind: str, fine_ranges: Sequence[FineRange], fine_rule: str) -> list[str]:
    """A fine after leniency on an entry whose kind leaves none."""
    if kind in KINDS_WITH_FINE or not (fine_ranges or fine_rule.strip()):
        return []
    return ["从轻或减轻后的罚款只在“从轻处罚”“减轻处罚”时填写。请清空，或者改类型。"]


def range_words(ranges: Iterable[FineRange]) -> list[str]:
    """One line a range: 单位：5,000元以上50,000元以下."""
    return [(f"{one['subject']}：" if one["subject"] else "") + _ends(one) for one in ranges]


def _ends(one: FineRange) -> str:
    low, high = one["min_fen"], one["max_fen"]
    if low is not None and low == high:
        return display_money(low)
    return (f"{display_money(low)}以上" if low is not None else "") + (
        f"{display_money(high)}以下" if high is not None else ""
    )
