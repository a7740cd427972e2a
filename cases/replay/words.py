"""Chinese words for what a replay found. Pure."""

from __future__ import annotations

PENAL_WORDS = {
    "no_penalty": "不予处罚",
    "mitigated": "减轻处罚",
    "lighter": "从轻处罚",
    "none": "清单不适用",
    "unknown": "事实不足，不能判断",
}
COMPULSION_WORDS = {
    "no_compulsion": "免予行政强制",
    "compulsion_unknown": "能否免予强制不能判断",
}


def conclusion_words(code: str) -> str:
    """不予处罚, or both answers where the list says something about compulsion."""
    penal, _, compulsion = code.partition("+")
    if not compulsion:
        return PENAL_WORDS[penal]
    return f"{PENAL_WORDS[penal]}，{COMPULSION_WORDS[compulsion]}"


def change_words(key: str) -> str:
    """`no_penalty>lighter` as 不予处罚 → 从轻处罚."""
    was, _, becomes = key.partition(">")
    return f"{conclusion_words(was)} → {conclusion_words(becomes)}"


def entry_words(serial: str, title: str, *, dropped: bool) -> str:
    """第 3 条 某违法行为, and whether the new version no longer has it."""
    return f"第 {serial} 条 {title}" + ("（新版没有）" if dropped else "")


def month_words(month: str) -> str:
    """`2026-03` as 2026年3月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"
