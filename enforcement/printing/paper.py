"""What a published version says on paper, as plain values; the files and the print page only set it in type. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isqrt

from enforcement.wording import chinese_number, date_zh

NARROWEST, WIDEST = 8, 40


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column; `weight` is its share of the width beside the others."""

    label: str
    weight: int = 10


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One table. A row has one text per column; a line break inside a text begins a new line of the cell."""

    title: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def percentages(self) -> tuple[int, ...]:
        """The width of each column in whole hundredths of the table; together at most 100."""
        total = sum(column.weight for column in self.columns) or 1
        return tuple(100 * column.weight // total for column in self.columns)


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole version: the head, sentences about it, its metadata, its tables and what it can be checked against."""

    agency: str
    title: str
    edition: str
    document_number: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    tables: tuple[PrintedTable, ...]
    digest: str

    @property
    def foot(self) -> str:
        """Stands under every page."""
        return f"{self.title}（{self.edition}）"


@dataclass(frozen=True, slots=True)
class PaperHead:
    """The identity of a version, as `version_document` has it. `effective_until` is the first day without effect."""

    agency: str
    title: str
    number: int
    document_number: str
    index_number: str
    issued_on: dt.date | None
    published_on: dt.date
    effective_from: dt.date
    effective_until: dt.date | None
    change_summary: str
    digest: str


def paper_of(head: PaperHead, tables: Iterable[PrintedTable], *, unit: str) -> Paper:
    """The paper of a version; `unit` is 条 or 项. Columns that stay empty in a whole table are left out of it."""
    shown = tuple(without_empty_columns(table) for table in tables)
    sentences = [f"{_counted(shown, unit)}，{effect_sentence(head.effective_from, head.effective_until)}"]
    if head.change_summary:
        sentences.append(f"修订说明：{head.change_summary.rstrip('。')}。")
    return Paper(
        agency=head.agency,
        title=head.title,
        edition=f"第 {head.number} 版",
        document_number=head.document_number,
        sentences=tuple(sentences),
        facts=(
            ("索引号", head.index_number),
            ("发布机构", head.agency),
            ("成文日期", date_zh(head.issued_on) if head.issued_on else "未填写"),
            ("发布日期", date_zh(head.published_on)),
            ("施行日期", date_zh(head.effective_from)),
            ("施行期限", _until(head.effective_until)),
        ),
        tables=tuple(_numbered(shown)),
        digest=head.digest,
    )


def without_empty_columns(table: PrintedTable) -> PrintedTable:
    """The table without the columns in which no row says anything."""
    kept = [place for place in range(len(table.columns)) if any(row[place].strip() for row in table.rows)]
    return PrintedTable(
        table.title,
        tuple(table.columns[place] for place in kept),
        tuple(tuple(row[place].strip() for place in kept) for row in table.rows),
    )


def columns_for(labels: Iterable[str], rows: Sequence[Sequence[str]]) -> tuple[PrintedColumn, ...]:
    """Columns as wide as their texts need: by the square root of the mean length, so that long ones do not take all."""
    columns = []
    for place, label in enumerate(labels):
        mean = sum(len(row[place]) for row in rows) // max(len(rows), 1)
        columns.append(PrintedColumn(label, min(max(isqrt(mean * 10), NARROWEST), WIDEST)))
    return tuple(columns)


def effect_sentence(effective_from: dt.date, effective_until: dt.date | None) -> str:
    """自2026年3月1日起施行，试行至2027年2月28日。 The last day named is the last day with effect."""
    trial = f"，试行至{date_zh(effective_until - dt.timedelta(days=1))}" if effective_until else ""
    return f"自{date_zh(effective_from)}起施行{trial}。"


def _counted(tables: Sequence[PrintedTable], unit: str) -> str:
    total = sum(len(table.rows) for table in tables)
    named = [f"{table.title} {len(table.rows)} {unit}" for table in tables if table.title and table.rows]
    parts = f"，其中{'、'.join(named)}" if len(named) > 1 else ""
    return f"本版共 {total} {unit}{parts}"


def _until(effective_until: dt.date | None) -> str:
    return "没有限定" if effective_until is None else f"至{date_zh(effective_until - dt.timedelta(days=1))}"


def _numbered(tables: Sequence[PrintedTable]) -> Iterable[PrintedTable]:
    for place, table in enumerate(tables, start=1):
        numbered = f"{chinese_number(place)}、{table.title}" if len(tables) > 1 else table.title
        yield PrintedTable(numbered, table.columns, table.rows)
