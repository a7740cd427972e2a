"""Counts as the table and chart components take them; chart and table come from the same rows."""

from __future__ import annotations

from typing import Any

from supervision.selectors import CountRow, RegionRow

Table = dict[str, list[Any]]


def count_table(rows: tuple[CountRow, ...], *, heading: str, cases_query: str) -> Table:
    """Label, number and share; a number above zero leads to its cases."""
    return {
        "columns": [{"label": heading}, {"label": "件数", "number": True}, {"label": "占比", "number": True}],
        "rows": [
            [
                row.label,
                {"text": str(row.count), "url": f"{cases_query}{row.key}" if row.count else ""},
                f"{row.share_percent}%",
            ]
            for row in rows
        ],
    }


def region_table(rows: tuple[RegionRow, ...]) -> Table:
    """Decided cases by outcome in region-code order: a comparison, not a ranking."""
    labels = ("不予处罚", "减轻处罚", "从轻处罚", "一般处罚", "从重处罚")
    return {
        "columns": [{"label": "地区"}, *({"label": label, "number": True} for label in labels)],
        "rows": [[row.name, *(str(number) for number in row.counts)] for row in rows],
    }


def bar_chart(rows: tuple[CountRow, ...]) -> dict[str, Any]:
    """An ECharts option: horizontal bars in the order of the table."""
    return {
        "grid": {"left": 8, "right": 48, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "minInterval": 1, "axisLabel": {"formatter": "{value} 件"}},
        "yAxis": {"type": "category", "inverse": True, "data": [row.label for row in rows]},
        "series": [
            {
                "type": "bar",
                "barMaxWidth": 20,
                "label": {"show": True, "position": "right"},
                "data": [row.count for row in rows],
            }
        ],
    }
