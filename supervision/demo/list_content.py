"""Demonstration leniency lists and the joint-inspection list, expanded from YAML. Pure: no database.

Every text is ours and every document number is fictional; a list says so in its title.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from enforcement.conditions.vocabulary import FactType, declare_fact
from supervision.demo.legal_content import (
    Citation,
    ContentError,
    cite,
    load_yaml,
    read_lines,
    violations_by_code,
)

LISTS_FILE = "exemption_lists.yaml"
SCENES_FILE = "joint_inspection.yaml"
SERIAL_GROUPS = ("", "通", "强")

FOLLOW_UP: Mapping[str, tuple[str, ...]] = {
    "no_penalty": ("责令改正", "批评教育", "签订守法承诺书"),
    "lighter": ("责令改正",),
    "mitigated": ("责令改正", "回访检查改正情况"),
    "no_compulsion": ("责令改正", "固定证据并记入全过程记录"),
}


@dataclass(frozen=True, slots=True)
class ExclusionSeed:
    """A published exclusion and its condition document."""

    text: str
    condition: dict[str, Any]

    def to_document(self) -> dict[str, Any]:
        return {"text": self.text, "condition": self.condition}


@dataclass(frozen=True, slots=True)
class EntrySeed:
    """One row of a list. `condition` is a condition document over the standard vocabulary and `declared_facts`."""

    serial: str
    kind: str
    scope: str
    mandate: str
    domain: str
    category: str
    violation_code: str | None
    violation_name: str
    violated_provisions: tuple[Citation, ...]
    penalty_provisions: tuple[Citation, ...]
    condition_text: tuple[str, ...]
    condition: dict[str, Any]
    declared_facts: tuple[dict[str, Any], ...]
    exclusions: tuple[ExclusionSeed, ...]
    follow_up: tuple[str, ...]
    coercive_measure: str
    note: str
    plain_words: str
    example: str
    fine_rule: str


@dataclass(frozen=True, slots=True)
class ListVersionSeed:
    """One version with all its entries in order. Dates are None while it is a draft."""

    number: int
    status: str
    document_number: str
    issued_on: dt.date | None
    effective_from: dt.date | None
    change_summary: str
    source_note: str
    entries: tuple[EntrySeed, ...]


@dataclass(frozen=True, slots=True)
class ExemptionListSeed:
    slug: str
    agency_code: str
    title: str
    versions: tuple[ListVersionSeed, ...]


@dataclass(frozen=True, slots=True)
class SceneSeed:
    """One scene of 综合查一次; `sampling` is text, as published tables write it."""

    serial: str
    object_class: str
    lead_agency: str
    joint_agencies: tuple[str, ...]
    items: tuple[str, ...]
    legal_basis: tuple[Citation, ...]
    item_class: str
    sampling: str
    level: str
    period: str
    note: str


@dataclass(frozen=True, slots=True)
class JointInspectionListSeed:
    slug: str
    agency_code: str
    title: str
    number: int
    document_number: str
    issued_on: dt.date
    effective_from: dt.date
    source_note: str
    scenes: tuple[SceneSeed, ...]


@cache
def read_exemption_lists() -> tuple[ExemptionListSeed, ...]:
    content = load_yaml(LISTS_FILE)
    return tuple(
        ExemptionListSeed(
            slug=row["slug"],
            agency_code=row["agency"],
            title=row["title"],
            versions=tuple(_versions(row["versions"], content, domain=_domain(row["agency"]))),
        )
        for row in content["lists"]
    )


@cache
def read_joint_inspection_lists() -> tuple[JointInspectionListSeed, ...]:
    return tuple(
        JointInspectionListSeed(
            slug=row["slug"],
            agency_code=row["agency"],
            title=row["title"],
            number=row["number"],
            document_number=row["document_number"],
            issued_on=row["issued_on"],
            effective_from=row["effective_from"],
            source_note=row["source_note"],
            scenes=tuple(_scene(scene) for scene in row["scenes"]),
        )
        for row in load_yaml(SCENES_FILE)["lists"]
    )


def _versions(
    rows: Sequence[Mapping[str, Any]], content: Mapping[str, Any], *, domain: str
) -> list[ListVersionSeed]:
    """Each version with its own rows; one that names a `base` starts from the rows of that version."""
    rows_of: dict[int, list[dict[str, Any]]] = {}
    versions = []
    for row in rows:
        rows_of[row["number"]] = _rows(row, rows_of)
        for_all = row.get("exclude_all", [])
        versions.append(
            ListVersionSeed(
                number=row["number"],
                status=row["status"],
                document_number=row["document_number"],
                issued_on=row.get("issued_on"),
                effective_from=row.get("effective_from"),
                change_summary=row["change_summary"],
                source_note=row["source_note"],
                entries=tuple(_entry(entry, for_all, content, domain) for entry in rows_of[row["number"]]),
            )
        )
    return versions


def _rows(version: Mapping[str, Any], rows_of: Mapping[int, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    if "base" not in version:
        return list(version["entries"])
    base = rows_of[version["base"]]
    removed, changed = set(version.get("remove", [])), version.get("change", {})
    known = {row["serial"] for row in base}
    if not (removed | set(changed)) <= known:
        raise ContentError(f"第{version['number']}版修改了前一版没有的序号")
    kept = [{**row, **changed.get(row["serial"], {})} for row in base if row["serial"] not in removed]
    return sorted([*kept, *version.get("add", [])], key=lambda row: _serial_order(row["serial"]))


def _serial_order(serial: str) -> tuple[int, int]:
    """Plain numbers first, then general clauses (通), then coercive measures (强); each by number."""
    prefix, _, number = serial.rpartition("-")
    return (SERIAL_GROUPS.index(prefix), int(number))


def _entry(
    row: Mapping[str, Any], for_all: Sequence[str], content: Mapping[str, Any], domain: str
) -> EntrySeed:
    clauses = [_clause(part, content["conditions"]) for part in row["when"]]
    violation = violations_by_code()[row["violation"]] if "violation" in row else None
    grounds = [cite(row["ground"]), *(cite(text) for text in row.get("provisions", []))]
    excluded = [content["exclusions"][word] for word in dict.fromkeys([*row.get("exclude", []), *for_all])]
    return EntrySeed(
        serial=row["serial"],
        kind=row["kind"],
        scope=row.get("scope", "matter"),
        mandate=row["mandate"],
        domain=domain,
        category=row["category"],
        violation_code=violation.code if violation else None,
        violation_name=violation.name if violation else row["name"],
        violated_provisions=violation.violated if violation else (),
        penalty_provisions=(*(violation.punished_by if violation else ()), *grounds),
        condition_text=tuple(text for text, _, _ in clauses),
        condition={"all": [document for _, document, _ in clauses]},
        declared_facts=tuple(fact for _, _, fact in clauses if fact is not None),
        exclusions=tuple(ExclusionSeed(text=one["text"], condition=one["doc"]) for one in excluded),
        follow_up=FOLLOW_UP[row["kind"]],
        coercive_measure=row.get("coercive_measure", ""),
        note=row.get("note", ""),
        plain_words=row.get("plain_words", ""),
        example=row.get("example", ""),
        fine_rule=row.get("fine_rule", ""),
    )


def _domain(agency_code: str) -> str:
    """Name of the department line an agency code ends in (YN-SCJG)."""
    return read_lines()[agency_code.rpartition("-")[2]]


def _clause(
    part: str | Mapping[str, Any], known: Mapping[str, Any]
) -> tuple[str, dict[str, Any], dict[str, Any] | None]:
    """Published text, condition document and, where the clause needs one, the fact it declares."""
    row: Mapping[str, Any] = known[part] if isinstance(part, str) else part
    text = row["text"]
    if row.get("confirm"):
        fact = declare_fact(fact_type=FactType.BOOLEAN, label=text, confirmed_by_officer=True)
        return text, {"fact": fact["code"], "op": "eq", "value": True}, fact
    if "declare" not in row:
        return text, row["doc"], None
    declared = row["declare"]
    fact = declare_fact(
        fact_type=FactType(declared["type"]), label=declared["label"], unit=declared.get("unit", "")
    )
    document: dict[str, Any] = {"fact": fact["code"], "op": row["op"], "value": row["value"]}
    return text, {"all": [document, row["and"]]} if "and" in row else document, fact


def _scene(row: Mapping[str, Any]) -> SceneSeed:
    return SceneSeed(
        serial=row["serial"],
        object_class=row["object_class"],
        lead_agency=row["lead"],
        joint_agencies=tuple(row["joint"]),
        items=tuple(row["items"]),
        legal_basis=tuple(cite(text) for text in row["basis"]),
        item_class=row["item_class"],
        sampling=row["sampling"],
        level=row["level"],
        period=row["period"],
        note=row["note"],
    )
