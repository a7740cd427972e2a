"""Demonstration benchmarks, expanded from YAML to the schema in which published tables are imported. Pure.

The penalty wording is made from the figures, so that wording and components cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from discretion.rules.documents import rules_from_document
from discretion.rules.import_research import BenchmarkDraft, read_research
from supervision.demo.legal_content import FineComponent, ViolationSeed, load_yaml, violations_by_code

STANDARDS_FILE = "benchmarks.yaml"
BASIS_UNITS: Mapping[str, str] = {"yuan": "元", "multiple": "倍", "percent": "%"}
TEN_THOUSAND = Decimal(10000)
SOURCE_NOTE = "演示数据，由示范程序自带，不是任何机关发布的文件。"


@dataclass(frozen=True, slots=True)
class StandardSeed:
    """One published standard; `violation_codes` are those of its matters, in their order."""

    slug: str
    agency_code: str
    domain: str
    title: str
    document_number: str
    issued_on: dt.date
    effective_from: dt.date
    source_note: str
    violation_codes: tuple[str, ...]


@cache
def read_standards() -> tuple[StandardSeed, ...]:
    return tuple(
        StandardSeed(
            slug=row["slug"],
            agency_code=row["agency"],
            domain=row["domain"],
            title=row["title"],
            document_number=row["document_number"],
            issued_on=row["issued_on"],
            effective_from=row["effective_from"],
            source_note=SOURCE_NOTE,
            violation_codes=tuple(matter["violation"] for matter in row["matters"]),
        )
        for row in load_yaml(STANDARDS_FILE)["standards"]
    )


def research_document(slug: str) -> dict[str, Any]:
    """One standard in the import schema (`meta`, `sources`, `matters`), as `discretion.rules` reads it."""
    row = next(one for one in load_yaml(STANDARDS_FILE)["standards"] if one["slug"] == slug)
    source = {
        "authority": row["agency"],
        "title": row["title"],
        "doc_no": row["document_number"],
        "effective_from": row["effective_from"].isoformat(),
        "status": "演示数据",
        "completeness": SOURCE_NOTE,
    }
    matters = [
        _matter(matter, source=row["slug"], domain=row["domain"], serial=str(position))
        for position, matter in enumerate(row["matters"], start=1)
    ]
    return {"meta": {"rule": SOURCE_NOTE}, "sources": {row["slug"]: source}, "matters": matters}


@cache
def benchmark_drafts() -> dict[str, BenchmarkDraft]:
    """Every benchmark of the demonstration, parsed by the importer, by violation code.

    The import schema names the branch of a statutory fine only in words; ours are known as conditions and kept.
    """
    drafts: dict[str, BenchmarkDraft] = {}
    for row in load_yaml(STANDARDS_FILE)["standards"]:
        read = read_research(research_document(row["slug"]))
        for matter, draft in zip(row["matters"], read, strict=True):
            drafts[matter["violation"]] = _with_statutory_branches(draft, matter)
    return drafts


def _with_statutory_branches(draft: BenchmarkDraft, matter: Mapping[str, Any]) -> BenchmarkDraft:
    fines = _covered_fines(violations_by_code()[matter["violation"]], matter.get("statutory"))
    document = {"mode": draft.mode.value, "statutory": [fine.to_document() for fine in fines]}
    statutory = rules_from_document(document, draft.vocabulary).statutory
    return replace(draft, rules=replace(draft.rules, statutory=statutory))


def standard_of_violation(violation_code: str) -> StandardSeed | None:
    return next((one for one in read_standards() if violation_code in one.violation_codes), None)


def _matter(row: Mapping[str, Any], *, source: str, domain: str, serial: str) -> dict[str, Any]:
    violation = violations_by_code()[row["violation"]]
    document: dict[str, Any] = {
        "id": row["id"],
        "source": source,
        "serial": serial,
        "code": violation.code,
        "domain": domain,
        "category": row["category"],
        "violation": violation.name,
        "penalty_basis": [
            {"law": one.law, "article": one.article, "paragraph": one.paragraph, "item": one.item}
            for one in violation.punished_by
        ],
        "statutory_components": [
            statutory_component(fine) for fine in _covered_fines(violation, row.get("statutory"))
        ],
        "mode": row.get("mode", "range_tiers"),
        "groups": [],
        "remark": row.get("remark", ""),
    }
    if "branch_on" in row:
        document["branch_on"] = row["branch_on"]
    if "formula" in row:
        document["formula"] = _weight_sum(row["formula"])
    else:
        tiers = [_tier(tier, order) for order, tier in enumerate(row["tiers"], start=1)]
        document["groups"] = [{"group": "默认", "tiers": tiers}]
    return document


def _covered_fines(violation: ViolationSeed, chosen: list[int] | None) -> list[FineComponent]:
    """The statutory fines a benchmark applies to; one that covers only a branch of the statute names it."""
    return list(violation.fines) if chosen is None else [violation.fines[position] for position in chosen]


def statutory_component(fine: FineComponent) -> dict[str, Any]:
    """One statutory fine in the import schema; amounts in yuan."""
    divisor = 100 if fine.basis == "fixed_yuan" else 1
    return {
        "subject": fine.subject,
        "basis": fine.basis,
        "base": fine.base,
        "min": fine.minimum / divisor,
        "max": fine.maximum / divisor,
        "unit": {"fixed_yuan": "元", "multiple": "倍", "percent": "%"}[fine.basis],
        "min_inclusive": True,
        "max_inclusive": True,
    }


def _tier(row: Mapping[str, Any], order: int) -> dict[str, Any]:
    conditions = [
        {
            "text": clause["t"],
            **({"dimension": clause["d"]} if "d" in clause else {}),
            "machine": [_machine(one) for one in clause["m"]],
        }
        for clause in row["when"]
    ]
    component = None if "no_fine" in row else _component(row)
    return {
        "order": order,
        "name": row["name"],
        "condition_logic": "all",
        "conditions": conditions,
        "penalty_text": row["no_fine"] if component is None else penalty_wording(component),
        "components": [] if component is None else [component],
        "other_measures": list(row.get("measures", [])),
        "no_penalty": component is None,
    }


def _machine(row: list[Any]) -> dict[str, Any]:
    """`[fact, operator, value, unit, window]`, the last two optional."""
    fact, operator, value, unit, window = [*row, None, None][:5]
    machine = {"fact": fact, "operator": operator, "value": _exact(value), "unit": unit}
    return machine if window is None else {**machine, "window_months": window}


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def _component(row: Mapping[str, Any]) -> dict[str, Any]:
    basis = next(key for key in BASIS_UNITS if key in row)
    low, high = (Decimal(str(figure)) for figure in row[basis])
    return {
        "subject": None,
        "basis": "fixed_yuan" if basis == "yuan" else basis,
        "base": row.get("of"),
        "min": low,
        "max": high,
        "unit": BASIS_UNITS[basis],
        "min_inclusive": True,
        "max_inclusive": row.get("top", False),
    }


def penalty_wording(component: Mapping[str, Any]) -> str:
    """The component as a published table would print it: 处5万元以上不满6万元的罚款."""
    low, high = component["min"], component["max"]
    show = _yuan_words if component["basis"] == "fixed_yuan" else _ratio_words
    upper = f"{show(high, component)}以下" if component["max_inclusive"] else f"不满{show(high, component)}"
    lower = f"{show(low, component)}以上" if low else ""
    return f"处{component['base'] or ''}{lower}{upper}的罚款"


def _yuan_words(amount: Decimal, _component: Mapping[str, Any]) -> str:
    if amount >= TEN_THOUSAND:
        return f"{(amount / TEN_THOUSAND).normalize():f}万元"
    return f"{amount:f}元"


def _ratio_words(figure: Decimal, component: Mapping[str, Any]) -> str:
    return f"{figure.normalize():f}{component['unit']}"


def _weight_sum(row: Mapping[str, Any]) -> dict[str, Any]:
    factors = [
        {
            "factor": factor["factor"],
            "levels": [
                {
                    "level": level["level"],
                    "weight_percent": Decimal(level["weight"]),
                    "machine": [_machine(one) for one in level["m"]],
                }
                for level in factor["levels"]
            ],
        }
        for factor in row["factors"]
    ]
    weights = [[level["weight"] for level in factor["levels"]] for factor in row["factors"]]
    return {
        "type": "weight_sum",
        "start_percent": {"默认": Decimal(row["start"])},
        "factors": factors,
        "multiplicand": [{"applies_to": "默认", "base": None, "amount": Decimal(row["amount"])}],
        "cap_percent": 100,
        "floor_percent": None,
        "expression": "罚款=(start+Σweight)%×multiplicand",
        "max_sum_percent": {"默认": Decimal(row["start"] + sum(max(one) for one in weights))},
        "min_sum_percent": {"默认": Decimal(row["start"] + sum(min(one) for one in weights))},
    }
