"""Reading a research collection of lists (`sources`, `empty_lists`, `entries`) into typed draft entries.

Its machine conditions were derived by a researcher, so each document keeps notes for a person to check, and what
could not be typed stays with the officer. Numbers are parsed exactly and never pass through a float.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from enforcement.citations import ProvisionReference, print_citation
from enforcement.errors import InvalidInput

from .drafts import (
    CellWarning,
    ConditionLogic,
    DraftEntry,
    DraftKind,
    DraftMandate,
    DraftScope,
)
from .research_fines import read_fine
from .typed_conditions import type_clauses
from .wording import kind_named, normal_serial

_MANDATES = {"may_no_penalty": DraftMandate.MAY}
_CONSEQUENCE_KINDS = {
    "no_penalty": DraftKind.NO_PENALTY,
    "may_no_penalty": DraftKind.NO_PENALTY,
    "lighter": DraftKind.LIGHTER,
    "mitigated": DraftKind.MITIGATED,
    "no_coercive_measure": DraftKind.NO_COMPULSION,
    "prohibited_measure": DraftKind.NO_COMPULSION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchDocument:
    """One source document. Dates and status are text as the source gives them, never guessed into dates.

    `counts` is given for a published list known to be (partly) empty, by the name of the kind.
    """

    code: str
    authority: str
    title: str
    document_number: str = ""
    region: str = ""
    issued: str = ""
    effective_from: str = ""
    effective_to: str = ""
    status: str = ""
    address: str = ""
    completeness: str = ""
    entries: tuple[DraftEntry, ...] = ()
    warnings: tuple[CellWarning, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def parse_research_json(text: str | bytes) -> dict[str, Any]:
    """The JSON document with exact numbers; InvalidInput when it is no such collection."""
    try:
        document = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _refuse("这个文件不是 JSON 文件，没有写入任何内容。核对选择的文件。") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise _refuse("这个文件里没有清单条目（entries），没有写入任何内容。核对选择的文件。")
    return document


def read_research_lists(document: Mapping[str, Any]) -> list[ResearchDocument]:
    """One document per source in the order of `sources`, then the lists recorded as empty.

    Raises InvalidInput naming every entry that lacks its source, serial or kind.
    """
    sources: Mapping[str, Any] = document.get("sources") or {}
    grouped: dict[str, list[tuple[DraftEntry, tuple[str, ...]]]] = {code: [] for code in sources}
    problems: list[str] = []
    for position, record in enumerate(document["entries"], start=1):
        name = str(record.get("id") or position) if isinstance(record, dict) else str(position)
        try:
            grouped.setdefault(str(record["source"]), []).append(_entry(record))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append(f"条目 {name} 的内容不完整或格式不对（{error}）")
    if problems:
        raise InvalidInput.from_problems("research_entries_invalid", problems)
    documents = [_document(code, sources.get(code) or {}, read) for code, read in grouped.items()]
    return documents + [
        _empty(number, record) for number, record in enumerate(document.get("empty_lists") or [], 1)
    ]


def _refuse(sentence: str) -> InvalidInput:
    return InvalidInput("research_file_invalid", sentence, {"problems": [sentence]})


def _document(
    code: str, source: Mapping[str, Any], read: Sequence[tuple[DraftEntry, tuple[str, ...]]]
) -> ResearchDocument:
    warnings = [
        CellWarning(f"{code}-{entry.serial}", f"第 {entry.serial} 条：{note}")
        for entry, notes in read
        for note in notes
    ]
    entries = tuple(entry for entry, _ in read)
    return replace(_heading(code, source), entries=entries, warnings=tuple(warnings))


def _empty(number: int, record: Mapping[str, Any]) -> ResearchDocument:
    counts = {str(kind): int(count) for kind, count in (record.get("counts") or {}).items()}
    warning = CellWarning("", str(record.get("note") or "这份清单没有条目。"))
    return replace(_heading(f"EMPTY-{number}", record), counts=counts, warnings=(warning,))


def _heading(code: str, source: Mapping[str, Any]) -> ResearchDocument:
    def text(name: str) -> str:
        return str(source.get(name) or "")

    return ResearchDocument(
        code=code,
        authority=text("authority"),
        title=text("title") or code,
        document_number=text("doc_no"),
        region=text("region"),
        issued=text("issued"),
        effective_from=text("effective_from"),
        effective_to=text("effective_to"),
        status=text("status"),
        address=text("url"),
        completeness=text("completeness"),
    )


def _entry(record: Mapping[str, Any]) -> tuple[DraftEntry, tuple[str, ...]]:
    consequence: Mapping[str, Any] = record.get("consequence") or {}
    kind = kind_named(str(record.get("list_kind") or "")) or _CONSEQUENCE_KINDS[str(consequence.get("kind"))]
    clauses = tuple(
        str(clause).strip() for clause in record.get("condition_text") or [] if str(clause).strip()
    )
    logic = ConditionLogic(record.get("condition_logic") or ConditionLogic.ALL)
    typed = type_clauses(clauses, logic, record.get("machine_conditions") or [])
    fine = read_fine(consequence.get("fine"))
    general = record.get("scope") == DraftScope.GENERAL
    entry = DraftEntry(
        serial=normal_serial(str(record["serial"])),
        printed_serial=str(record["serial"]),
        kind=kind,
        mandate=_MANDATES.get(str(consequence.get("kind")), DraftMandate.MUST),
        scope=DraftScope.GENERAL if general else DraftScope.MATTER,
        domain=str(record.get("domain") or ""),
        category=str(record.get("category") or ""),
        violation_name=str(record.get("violation") or ""),
        violated_provisions=_references(record.get("violated_law") or []),
        penalty_provisions=_references(record.get("penalty_law") or []),
        condition_text=clauses,
        condition_logic=logic,
        condition=typed.condition,
        declared_facts=typed.declared_facts,
        suggestion=typed.suggestion,
        exclusions=tuple(str(text) for text in record.get("exclusions") or []),
        coercive_measure=str(consequence.get("coercive_measure") or ""),
        statutory_ranges=fine.statutory_ranges,
        fine_ranges=fine.fine_ranges,
        fine_rule=fine.rule,
        note="\n".join(filter(None, (str(record.get("note") or ""), *fine.unread))),
    )
    return entry, (*typed.notes, *fine.remarks)


def _references(records: Sequence[Mapping[str, Any]]) -> tuple[ProvisionReference, ...]:
    return tuple(_reference(record) for record in records)


def _reference(record: Mapping[str, Any]) -> ProvisionReference:
    law = str(record["law"])
    numbers = {unit: record.get(unit) for unit in ("article", "paragraph", "item")}
    return {"law": law, **numbers, "text": print_citation(law, **numbers)}
