"""The result of a replay in words and tables, with the counts that may not be shown left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.models import ReplayRun
from cases.replay.small_cells import SMALL, shown_counts, shown_total
from cases.replay.words import change_words, conclusion_words, entry_words, month_words

FEW = f"不足 {SMALL} 件"
HIDDEN_NOTE = f"不足 {SMALL} 件的不单独显示，能由合计推算出它的也不显示。"


@dataclass(frozen=True, slots=True)
class CountTable:
    """One grouping: rows of the `table.html` component; `untouched` names what changed without any effect."""

    key: str
    title: str
    columns: list[dict[str, object]]
    rows: list[list[str]]
    note: str
    untouched: tuple[str, ...] = ()


def headline(document: Mapping[str, Any]) -> str:
    """若新版当时生效：1,204 件中 318 件结论不同."""
    if document["cases"] == 0:
        return "范围内还没有已作出决定的案件，没有可以比对的。"
    cases = _total(document["cases"])
    if document["changed"] == 0:
        return f"若新版当时生效：{cases}中没有结论不同的案件。"
    return f"若新版当时生效：{cases}中{_total(document['changed'], ' ')}结论不同。"


def _total(count: int, before: str = "") -> str:
    shown = shown_total(count)
    return f"{before}{shown:,} 件" if shown is not None else FEW


def change_rows(document: Mapping[str, Any], *, most: int) -> tuple[tuple[str, ...], ...]:
    """原结论, 新结论, 件数: the most frequent first, at most `most` of them."""
    found = []
    for key, count in _shown(document["by_change"]).rows[:most]:
        was, _, becomes = key.partition(">")
        found.append(
            (conclusion_words(was), conclusion_words(becomes), count) if key else ("其余", "", count)
        )
    return tuple(found)


def result_tables(document: Mapping[str, Any], prefectures: Mapping[str, str]) -> list[CountTable]:
    """By change, entry, matter, prefecture and month."""
    labels = document["labels"]

    def entry(key: str) -> str:
        known = labels["entries"][key]
        return entry_words(known["serial"], known["title"], dropped=known["dropped"])

    def matter(code: str) -> str:
        return f"{labels['matters'].get(code, '')}（{code}）"

    return [
        _count_table(document, "by_change", "按前后结论", "结论变化", change_words),
        _count_table(document, "by_entry", "按条目", "起决定作用的条目", entry),
        _count_table(document, "by_matter", "按事项", "违法行为", matter),
        _count_table(document, "by_prefecture", "按州市", "州市", lambda code: prefectures.get(code, code)),
        _count_table(document, "by_month", "按决定月份", "月份", month_words, in_order=True),
    ]


def _count_table(
    document: Mapping[str, Any],
    key: str,
    title: str,
    column: str,
    words: Callable[[str], str],
    *,
    in_order: bool = False,
) -> CountTable:
    shown = _shown(document[key], in_order=in_order)
    rest = f"其余 {shown.hidden} 项合计" if shown.hidden else "各项合计"
    return CountTable(
        key=key.replace("_", "-"),
        title=title,
        columns=[{"label": column}, {"label": "结论不同的件数", "number": True, "short": True}],
        rows=[[words(name) if name else rest, count] for name, count in shown.rows],
        note=HIDDEN_NOTE if any(not name for name, _ in shown.rows) else "",
        untouched=tuple(words(name) for name in shown.untouched),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Name and count of each row; the row without a name sums up those that are not shown by themselves."""

    rows: list[tuple[str, str]]
    hidden: int
    untouched: list[str]


def _shown(counts: Mapping[str, int], *, in_order: bool = False) -> _Shown:
    shown = shown_counts(counts)
    seen = [(name, count) for name, count in shown.counts.items() if count]
    seen.sort(key=lambda one: (0, one[0]) if in_order else (-one[1], one[0]))
    rows = [(name, f"{count:,}") for name, count in seen]
    hidden = sum(count is None for count in shown.counts.values())
    if shown.has_hidden:
        rest = shown_total(sum(counts.values()) - sum(count for _, count in seen))
        rows.append(("", f"{rest:,}" if rest is not None else FEW))
    return _Shown(rows, hidden, [name for name, count in counts.items() if count == 0])


def progress_words(run: ReplayRun) -> str:
    """正在模拟影响：已比对 12,400 / 50,000 件."""
    if not run.total_cases:
        return "正在排队，马上开始比对。"
    return f"正在模拟影响：已比对 {run.done_cases:,} / {run.total_cases:,} 件。"
