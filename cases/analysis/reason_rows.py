"""Rows of the reasons tree: ✓ ✗ ? with the words of the condition, what was found, and where that comes from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from cases.analysis import wording
from cases.analysis.inputs import FactRecord
from enforcement.conditions.describe import ReasonItem, reasons
from enforcement.conditions.evaluate import Explanation, Truth
from enforcement.conditions.vocabulary import Vocabulary

MARKS: dict[Truth, str] = {Truth.TRUE: "met", Truth.FALSE: "unmet", Truth.UNKNOWN: "unknown"}


def mark_of(truth: Truth) -> str:
    """met, unmet or unknown, as the pages name it."""
    return MARKS[truth]


def condition_rows(
    explanation: Explanation,
    vocabulary: Vocabulary,
    records: Mapping[str, FactRecord],
    asked: Collection[str],
) -> list[dict[str, Any]]:
    """Rows of a condition; the outermost “all of” is flattened because the title already says it.

    `asked` are the facts worth asking for: only they get a link, the other unknown ones say that they do not matter.
    """
    item = reasons(explanation, vocabulary)
    whole_is_conjunction = not item.fact and item.text.startswith("同时符合")
    items = item.children if whole_is_conjunction else (item,)
    return [_row(one, vocabulary, records, asked) for one in items]


def _row(
    item: ReasonItem, vocabulary: Vocabulary, records: Mapping[str, FactRecord], asked: Collection[str]
) -> dict[str, Any]:
    children = [_row(child, vocabulary, records, asked) for child in item.children]
    row: dict[str, Any] = {"state": mark_of(item.truth), "text": item.text, "children": children}
    if not item.fact:
        met = sum(1 for child in item.children if child.truth is Truth.TRUE)
        summary = f"{len(item.children)} 项中满足 {met} 项" if item.children else ""
        return {**row, "source": summary, "source_url": "", "note": ""}
    source, url = wording.source_words(item.fact, records, vocabulary)
    if item.truth is Truth.UNKNOWN and item.fact not in asked:
        return {**row, "source": "未查明，不影响结论", "source_url": "", "note": ""}
    return {**row, "source": source, "source_url": url, "note": ""}
