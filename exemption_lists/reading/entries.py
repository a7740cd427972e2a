"""From the raw cells of an entry to a draft entry: kind, mandate, citations, clauses, exclusions, note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enforcement.citations import ProvisionReference, read_citations
from enforcement.spreadsheets.grid import column_letters, coordinate

from .columns import COERCIVE_MARK, GENERAL_MARK, print_measure
from .condition_wording import ConditionWording, read_condition, read_items
from .drafts import (
    ConditionLogic,
    DraftEntry,
    DraftKind,
    DraftMandate,
    DraftScope,
)
from .findings import Findings, shown
from .fine_cells import read_fine_cells
from .headers import Column, Header
from .rows import RawEntry
from .typed_conditions import type_clauses
from .wording import is_blank_mark, kind_named, kinds_named, mandate_named, normal_serial, one_line

# 法律依据 cells often hold both provisions under labels of their own.
_PENALTY_LABEL = re.compile(r"(?:^|\n)\s*(?:\d[.、．]\s*)?[【\[]?(?:行政)?处罚(?:的)?依据[】\]]?\s*[:：]?\s*")
_VIOLATED_LABEL = re.compile(
    r"(?:^|\n)\s*(?:\d[.、．]\s*)?[【\[]?违[反法](?:的)?(?:法律)?(?:依据|条款|规定)[】\]]?\s*[:：]\s*"
)
_HEADING_NUMBER = re.compile(r"^\s*[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?\s*")

_LONGEST = {
    Column.SERIAL: (30, "序号"),
    Column.DOMAIN: (60, "执法领域"),
    Column.CATEGORY: (80, "类别"),
    Column.COERCIVE: (200, "强制措施"),
}


@dataclass(frozen=True, slots=True)
class TableDefaults:
    """What the table says about all of its entries."""

    kind: DraftKind | None
    mandate: DraftMandate | None
    exclusions: tuple[str, ...] = ()


@dataclass(slots=True)
class _Fields:
    """The cells of one entry by meaning, blank marks removed."""

    raw: RawEntry
    header: Header
    texts: dict[Column, str] = field(default_factory=dict)
    extra_notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for column in self.header.columns:
            text = self.raw.text(column.column)
            if not text or is_blank_mark(text) or column.meaning is Column.IGNORED:
                continue
            if column.meaning is Column.OTHER:
                self.extra_notes.append(f"{column.label}：{text}")
            else:
                before = self.texts.get(column.meaning)
                self.texts[column.meaning] = f"{before}\n{text}" if before else text
        labelled = {column.column for column in self.header.columns}
        for column_number in sorted(set(self.raw.columns) - labelled):
            self.extra_notes.append(self.raw.text(column_number))
        for meaning, cell in self.raw.carried.items():
            if not is_blank_mark(cell.text) and not cell.is_formula:
                self.texts[meaning] = cell.text

    def text(self, meaning: Column) -> str:
        return self.texts.get(meaning, "")

    def cells(self, meaning: Column) -> str:
        names = [
            piece.cell.name for c in self.header.columns_of(meaning) for piece in self.raw.columns.get(c, [])
        ]
        if meaning in self.raw.carried:
            names.append(self.raw.carried[meaning].name)
        return "、".join(dict.fromkeys(names))


def build_entry(raw: RawEntry, *, header: Header, defaults: TableDefaults, findings: Findings) -> DraftEntry:
    """One draft entry; whatever is assumed rather than read leaves a warning at its cell."""
    fields = _Fields(raw, header)
    condition = read_condition(fields.text(Column.CONDITION))
    measure_kind, measure_mandate, coercive = _read_measure(fields)
    kind = _kind(raw, fields, condition, measure_kind, defaults)
    clauses = _clauses(fields, condition, findings)
    typed = type_clauses(clauses, condition.logic)
    violated, penalty = _provisions(fields, findings)
    fines = read_fine_cells(fields, findings)
    general = GENERAL_MARK in fields.text(Column.KIND) or not fields.text(Column.VIOLATION)
    printed_serial = one_line(fields.text(Column.SERIAL))
    _report_assumptions(raw, fields, kind, condition, measure_mandate, general, findings)
    entry = DraftEntry(
        serial=normal_serial(printed_serial),
        printed_serial=printed_serial,
        kind=kind,
        mandate=condition.mandate or measure_mandate or defaults.mandate or DraftMandate.MUST,
        scope=DraftScope.GENERAL if general else DraftScope.MATTER,
        domain=one_line(fields.text(Column.DOMAIN)),
        category=one_line(fields.text(Column.CATEGORY)) or _section_category(raw),
        violation_name=fields.text(Column.VIOLATION),
        violated_provisions=violated,
        penalty_provisions=penalty,
        condition_text=clauses,
        condition_logic=condition.logic,
        condition=typed.condition,
        declared_facts=typed.declared_facts,
        suggestion=typed.suggestion,
        exclusions=tuple(dict.fromkeys((*read_items(fields.text(Column.EXCLUSION)), *defaults.exclusions))),
        follow_up=read_items(fields.text(Column.FOLLOW_UP)),
        coercive_measure=coercive,
        statutory_ranges=fines.statutory_ranges,
        fine_ranges=fines.fine_ranges,
        fine_rule=fines.fine_rule,
        plain_words=fields.text(Column.PLAIN),
        example=fields.text(Column.EXAMPLE),
        note="\n".join(filter(None, (fields.text(Column.NOTE), *fields.extra_notes))),
        cells=_rectangle(raw, header),
        source_cells={
            meaning.value: cells
            for meaning in Column
            if meaning not in (Column.OTHER, Column.IGNORED) and (cells := fields.cells(meaning))
        },
    )
    _report_length(entry, fields, findings)
    return entry


def _section_category(raw: RawEntry) -> str:
    """A heading above the entry that names no kind of leniency groups the acts below it."""
    if raw.section is None or kinds_named(raw.section.text):
        return ""
    return _HEADING_NUMBER.sub("", one_line(raw.section.text))


def _rectangle(raw: RawEntry, header: Header) -> str:
    first = header.columns[0].column
    last = max(column.column for column in header.columns)
    return f"{coordinate(raw.first_row, first)}:{column_letters(last)}{raw.last_row}"


def _read_measure(fields: _Fields) -> tuple[DraftKind | None, DraftMandate | None, str]:
    """Kind, mandate and spared coercive measure; wording beyond them is kept in the note."""
    measure = fields.text(Column.MEASURE)
    head, mark, spared = measure.partition(COERCIVE_MARK)
    kind, mandate = kind_named(head), mandate_named(head)
    canonical = kind is not None and head in (kind.label, print_measure(kind, mandate or DraftMandate.MUST))
    if measure and not canonical:
        fields.extra_notes.append(f"处理方式：{measure}")
    coercive = fields.text(Column.COERCIVE) or (spared if mark and canonical else "")
    return kind, mandate, coercive


def _kind(
    raw: RawEntry,
    fields: _Fields,
    condition: ConditionWording,
    measure: DraftKind | None,
    defaults: TableDefaults,
) -> DraftKind | None:
    """The nearest statement wins: the entry's own cells, the heading above it, the table."""
    section = kind_named(raw.section.text) if raw.section else None
    return kind_named(fields.text(Column.KIND)) or measure or condition.kind or section or defaults.kind


def _clauses(fields: _Fields, condition: ConditionWording, findings: Findings) -> tuple[str, ...]:
    """The clauses; what a lead-in demands beyond the standard phrase must not be lost."""
    if not condition.extra:
        return condition.clauses
    cell = fields.cells(Column.CONDITION)
    if condition.logic is ConditionLogic.ALL:
        findings.warn(
            cell, f"{cell} 的引导语“{shown(condition.extra)}”含有其他内容，已列为第一项条件，核对。"
        )
        return (condition.extra.rstrip("：:，,"), *condition.clauses)
    findings.warn(
        cell, f"{cell} 的引导语“{shown(condition.extra)}”含有其他内容，已记入备注，核对是否为条件。"
    )
    fields.extra_notes.append(f"适用条件引导语：{condition.extra}")
    return condition.clauses


def _provisions(
    fields: _Fields, findings: Findings
) -> tuple[tuple[ProvisionReference, ...], tuple[ProvisionReference, ...]]:
    violated_text, penalty_text = fields.text(Column.VIOLATED), fields.text(Column.PENALTY)
    if not penalty_text:
        violated_text, penalty_text = _split_labelled(violated_text)
    violated = _citations(violated_text, fields.cells(Column.VIOLATED), findings)
    penalty_cells = fields.cells(Column.PENALTY) or fields.cells(Column.VIOLATED)
    return violated, _citations(penalty_text, penalty_cells, findings)


def _split_labelled(text: str) -> tuple[str, str]:
    """违反依据：… 处罚依据：… in one cell; without the second label everything is the violated provision."""
    found = _PENALTY_LABEL.search(text)
    if found is None:
        return _VIOLATED_LABEL.sub("", text, count=1).strip(), ""
    before, after = text[: found.start()], text[found.end() :]
    return _VIOLATED_LABEL.sub("", before, count=1).strip(), after.strip()


def _citations(text: str, cell: str, findings: Findings) -> tuple[ProvisionReference, ...]:
    reading = read_citations(text)
    for part in reading.unparsed:
        findings.warn(cell, f"{cell} 中的“{shown(part)}”没有认出法规名称和条号，文字已保留，核对后补充条款。")
    return reading.references


def _report_length(entry: DraftEntry, fields: _Fields, findings: Findings) -> None:
    """A short field holding a long text is mostly a shifted column."""
    for meaning, (most, label) in _LONGEST.items():
        if len(getattr(entry, meaning.value)) > most:
            cell = fields.cells(meaning)
            findings.error(cell, f"{cell} 的{label}超过 {most} 个字。核对各栏是否错位，缩短后再导入。")


def _report_assumptions(
    raw: RawEntry,
    fields: _Fields,
    kind: DraftKind | None,
    condition: ConditionWording,
    measure_mandate: DraftMandate | None,
    general: bool,
    findings: Findings,
) -> None:
    cell = fields.cells(Column.CONDITION) or coordinate(raw.first_row, 1)
    if kind is None:
        findings.error(cell, f"第 {raw.first_row} 行没有写明属于哪类清单。补充“类型”一栏，如“不予处罚”。")
    if len(condition.clauses) > 1 and not condition.logic_stated:
        findings.warn(cell, f"{cell} 没有写明各项是同时满足还是满足之一，按同时满足读取，核对。")
    if not condition.clauses and not fields.text(Column.CONDITION):
        findings.warn(
            coordinate(raw.first_row, 1), f"第 {raw.first_row} 行没有适用条件，按无条件读取，核对。"
        )
    if condition.mandate and measure_mandate and condition.mandate is not measure_mandate:
        findings.warn(cell, f"{cell} 与处理方式对“应当”还是“可以”说法不一，按适用条件读取，核对。")
    if general and GENERAL_MARK not in fields.text(Column.KIND):
        findings.warn(
            coordinate(raw.first_row, 1), f"第 {raw.first_row} 行没有写明违法行为，按通用条款读取。"
        )
