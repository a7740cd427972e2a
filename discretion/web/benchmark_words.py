"""A benchmark in words: table cells, tables of tiers, and the sheet of a download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from discretion.models import Benchmark, BenchmarkMode
from discretion.presentation import formula_sentences, group_rows, statutory_lines
from discretion.selectors import benchmark_rules, benchmark_vocabulary
from enforcement import wording
from enforcement.errors import InvalidInput
from enforcement.spreadsheets.writing import CellValue, WorkbookColumn, WorkbookSheet
from enforcement.web.documents.surface import EntryRow

COLUMNS = ("计算方式", "法定幅度", "裁量档次", "处罚依据", "备注")
ALTERNATIVES = "（择一适用）"
DEFAULT_GROUP = "默认"
SHEET_COLUMNS = tuple(
    WorkbookColumn(label, width)
    for label, width in (
        ("序号", 10),
        ("执法领域", 14),
        ("类别", 18),
        ("违法行为", 40),
        ("处罚依据", 32),
        ("法定幅度", 28),
        ("计算方式", 14),
        ("情形分组", 18),
        ("档次", 14),
        ("适用情形", 44),
        ("裁量幅度", 32),
        ("其他措施", 24),
        ("计算公式", 32),
        ("备注", 24),
    )
)


@dataclass(frozen=True, slots=True)
class TierLine:
    """One tier (or level of a factor) of the table."""

    name: str
    conditions: tuple[str, ...]
    amounts: tuple[str, ...]
    other_measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TierTable:
    """The tiers of one sanction branch, or the levels of one factor."""

    name: str
    applies_when: str
    tiers: tuple[TierLine, ...]

    @property
    def has_measures(self) -> bool:
        return any(tier.other_measures for tier in self.tiers)


@dataclass(frozen=True, slots=True)
class BenchmarkWords:
    """Everything a benchmark says, in Chinese sentences."""

    tables: tuple[TierTable, ...]
    statutory: tuple[str, ...]
    formula: tuple[str, ...]
    weighted: bool


def words_of(benchmark: Benchmark) -> BenchmarkWords:
    """The benchmark in words. Raises InvalidInput for a broken document."""
    rules, vocabulary = benchmark_rules(benchmark), benchmark_vocabulary(benchmark)
    return BenchmarkWords(
        tables=tuple(_table(group) for group in group_rows(rules, vocabulary)),
        statutory=tuple(statutory_lines(rules, vocabulary)),
        formula=tuple(formula_sentences(rules, vocabulary)),
        weighted=benchmark.mode == BenchmarkMode.WEIGHT_SUM,
    )


def row_of(benchmark: Benchmark) -> EntryRow:
    """One line of a version's table; the cells hold the whole text, as legal review has to read it."""
    try:
        words = words_of(benchmark)
    except InvalidInput:
        words = BenchmarkWords((), (), (), weighted=False)
    cells = (
        benchmark.get_mode_display(),
        "\n".join(words.statutory),
        "\n".join([*_table_lines(words.tables), *words.formula]),
        provisions_text(benchmark.penalty_provisions),
        benchmark.remark,
    )
    shown = len(benchmark.warnings)
    return EntryRow(
        serial=benchmark.serial,
        slug=benchmark.slug,
        title=benchmark.violation_name,
        cells=cells,
        warning=f"{shown} 处提示" if shown else "",
        summary=summary_of(words),
    )


def summary_of(words: BenchmarkWords) -> str:
    """“分 4 档：较轻、一般、较重、严重” in one line."""
    if words.weighted:
        return f"按 {len(words.tables)} 个因素加权：{'、'.join(table.name for table in words.tables)}"
    names = tuple(dict.fromkeys(tier.name for table in words.tables for tier in table.tiers))
    return f"分 {len(names)} 档：{'、'.join(names)}" if names else "".join(words.formula)


def provisions_text(references: Iterable[Mapping[str, Any]]) -> str:
    """Citations, one a line."""
    return "\n".join(wording.provision_text(reference) for reference in references)


def sheet_of(title: str, benchmarks: Iterable[Benchmark]) -> WorkbookSheet:
    """One row per tier, everything of the matter repeated, so that the sheet can be filtered."""
    rows = [row for benchmark in benchmarks for row in _sheet_rows(benchmark)]
    return WorkbookSheet(name="裁量权基准", columns=SHEET_COLUMNS, rows=rows, title=title)


def _sheet_rows(benchmark: Benchmark) -> Iterable[tuple[CellValue, ...]]:
    words = words_of(benchmark)
    head = (
        benchmark.serial,
        benchmark.domain,
        benchmark.category,
        benchmark.violation_name,
        provisions_text(benchmark.penalty_provisions),
        "\n".join(words.statutory),
        benchmark.get_mode_display(),
    )
    tail = ("\n".join(words.formula), benchmark.remark)
    lines = [(table, tier) for table in words.tables for tier in table.tiers]
    for table, tier in lines:
        middle = ("\n".join(tier.conditions), "\n".join(tier.amounts), "\n".join(tier.other_measures))
        yield (*head, table.name, tier.name, *middle, *tail)
    if not lines:
        yield (*head, "", "", "", "", "", *tail)


def _table(group: Mapping[str, Any]) -> TierTable:
    tiers = tuple(
        TierLine(
            name=tier["name"],
            conditions=tuple(tier["conditions"]),
            amounts=tuple(tier["amounts"]) + ((ALTERNATIVES,) if tier["alternatives"] else ()),
            other_measures=tuple(tier["other_measures"]),
        )
        for tier in group["tiers"]
    )
    name = "" if group["name"] == DEFAULT_GROUP else group["name"]
    return TierTable(name=name, applies_when=group["applies_when"], tiers=tiers)


def _table_lines(tables: Iterable[TierTable]) -> Iterable[str]:
    for table in tables:
        if table.name:
            yield f"【{table.name}】"
        for tier in table.tiers:
            conditions = "；".join(tier.conditions)
            amounts = "，".join((*tier.amounts, *tier.other_measures))
            yield f"{tier.name}：{conditions}→{amounts}"
