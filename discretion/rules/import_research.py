"""Reads benchmarks from the research JSON (sources, matters) into drafts; nothing is dropped silently.

Numbers are read exactly (`parse_float=Decimal`). A table that cannot be read as a whole is refused with every
problem; what can be read but needs a person's eye becomes a warning of the draft.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from discretion.rules.documents import rules_to_document
from discretion.rules.research_amounts import (
    UnreadableComponent,
    components_from,
    per_day_from,
    stepped_from,
    weight_sum_from,
)
from discretion.rules.research_facts import (
    SERIOUS,
    Clause,
    Declarations,
    exclusive_upper_bounds,
    gate_from_words,
    subject_gate,
    typed_tiers,
)
from discretion.rules.research_limits import limited_formula, limited_group
from discretion.rules.research_warnings import rule_warnings, source_warnings
from discretion.rules.schema import (
    Basis,
    BenchmarkRules,
    Component,
    Formula,
    Group,
    Mode,
    OverlapRule,
    PerDay,
    RangeMidpoint,
    Tier,
)
from enforcement.conditions.tree import Condition, Not, all_of
from enforcement.conditions.vocabulary import STANDARD, FactType, Vocabulary
from enforcement.errors import InvalidInput

UPPER_EXCLUDED = re.compile(r"以下[”\"]?(不包括|不含)")
HEAVIER_RULE = re.compile(r"按较重")
NO_FINE_WORDS = re.compile(r"不予(处罚|罚款|行政处罚)")
NUMBERED_GROUP = re.compile(r"第.+组")
COEFFICIENT = "调整系数总和"


@dataclass(frozen=True, slots=True)
class BenchmarkDraft:
    """One matter of a published standard, ready to become a `Benchmark` of a draft version."""

    id: str
    serial: str
    source: str
    domain: str
    category: str
    violation: str
    penalty_basis: tuple[Mapping[str, Any], ...]
    mode: Mode
    rules: BenchmarkRules
    declared_facts: tuple[Mapping[str, Any], ...]
    warnings: tuple[str, ...]
    remark: str = ""
    code: str = ""

    @property
    def vocabulary(self) -> Vocabulary:
        """The standard vocabulary with this matter's declared facts."""
        return STANDARD.with_declared(self.declared_facts)

    @property
    def rules_document(self) -> dict[str, Any]:
        """The JSON form of the rules, as stored."""
        return rules_to_document(self.rules)


def read_research_text(text: str) -> list[BenchmarkDraft]:
    """Drafts from the text of a research file. Raises `InvalidInput` for unreadable JSON or a wrong schema."""
    try:
        document = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        position = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else "文件中"
        raise InvalidInput.from_problems(
            "benchmark_file_unreadable", [f"不是可以读取的JSON文件，{position}有错误，请检查后重新上传"]
        ) from error
    return read_research(document)


def read_research(document: object) -> list[BenchmarkDraft]:
    """Drafts of every matter in file order. Raises `InvalidInput` listing every matter that cannot be read."""
    matters = document.get("matters") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(matters, list):
        raise InvalidInput.from_problems(
            "benchmark_file_invalid", ["文件应为一个对象，其中“matters”是事项的列表"]
        )
    sources = document.get("sources")
    problems: list[str] = [] if isinstance(sources, Mapping) else ["文件缺少“sources”一项（来源说明）"]
    known = sources if isinstance(sources, Mapping) else {}
    drafts: list[BenchmarkDraft] = []
    for position, matter in enumerate(matters, start=1):
        try:
            drafts.append(_draft(matter, known))
        except (KeyError, TypeError, AttributeError, ValueError, UnreadableComponent, InvalidInput) as error:
            problems.append(f"第{position}个事项{_named(matter)}：{_reason(error)}")
    if problems:
        raise InvalidInput.from_problems("benchmark_file_invalid", problems)
    return drafts


def _named(matter: object) -> str:
    serial = matter.get("serial") if isinstance(matter, Mapping) else None
    return f"（编号{serial}）" if serial else ""


def _reason(error: Exception) -> str:
    if isinstance(error, (UnreadableComponent, InvalidInput)):
        return str(error)
    return (
        f"缺少“{error.args[0]}”一项"
        if isinstance(error, KeyError)
        else "内容的结构不符合约定，请对照数据说明检查"
    )


def _draft(matter: Mapping[str, Any], sources: Mapping[str, Any]) -> BenchmarkDraft:
    if not isinstance(matter, Mapping):
        raise UnreadableComponent("应为一个对象")
    if matter["mode"] not in {mode.value for mode in Mode}:
        raise UnreadableComponent(f"计算方式“{matter['mode']}”不在可用方式之内")
    if not matter.get("groups") and not matter.get("formula"):
        raise UnreadableComponent("既没有档次，也没有公式")
    source = sources.get(matter["source"]) or {}
    declared = Declarations()
    reader = _MatterReader(matter, source, declared)
    rules = reader.rules()
    warnings = [
        *source_warnings(matter),
        *reader.warnings,
        *rule_warnings(rules, STANDARD.with_declared(declared.facts)),
    ]
    untyped = sum(1 for fact in declared.facts if fact["confirmed_by_officer"])
    if untyped:
        warnings.append(f"{untyped}条情形未化为可计量的事实，由执法人员对照原文确认")
    return BenchmarkDraft(
        id=str(matter.get("id") or ""),
        serial=str(matter["serial"]),
        source=str(matter["source"]),
        domain=str(matter.get("domain") or ""),
        category=str(matter.get("category") or ""),
        violation=str(matter["violation"]),
        penalty_basis=tuple(matter.get("penalty_basis") or ()),
        mode=Mode(matter["mode"]),
        rules=rules,
        declared_facts=tuple(declared.facts),
        warnings=tuple(dict.fromkeys(warnings)),
        remark=str(matter.get("remark") or ""),
        code=str(matter.get("code") or ""),
    )


class _MatterReader:
    """Reads one matter; `warnings` collects what a person must look at."""

    def __init__(self, matter: Mapping[str, Any], source: Mapping[str, Any], declared: Declarations) -> None:
        self.matter, self.declared = matter, declared
        self.upper_excluded = bool(UPPER_EXCLUDED.search(str(source.get("boundary_rule") or "")))
        self.heavier = any(HEAVIER_RULE.search(str(rule)) for rule in source.get("general_rules") or ())
        self.warnings: list[str] = []

    def rules(self) -> BenchmarkRules:
        statutory = components_from(self.matter.get("statutory_components") or (), self.declared)
        formula = self._formula()
        raw_groups: Sequence[Mapping[str, Any]] = self.matter.get("groups") or ()
        groups = [self._group(group, formula) for group in raw_groups]
        if len(groups) > 1:
            groups = self._gated(groups)
        rules = BenchmarkRules(
            mode=Mode(self.matter["mode"]),
            groups=tuple(limited_group(group, statutory, len(groups) == 1) for group in groups),
            formula=limited_formula(formula, statutory),
            statutory=statutory,
            overlap=OverlapRule.HEAVIER_TIER if self.heavier else OverlapRule.OFFICER_CHOOSES,
        )
        if any(not tier.within_statutory for group in rules.groups for tier in group.tiers):
            self.warnings.append("读到的法定幅度只覆盖部分档次，其余档次请对照法律条文核对上下限")
        return rules

    def _formula(self) -> Formula | None:
        document = self.matter.get("formula")
        if not document:
            return None
        match document.get("type"):
            case "weight_sum":
                return weight_sum_from(document, self.declared, upper_excluded=self.upper_excluded)
            case "per_day":
                return per_day_from(document, self.declared)
            case "range_midpoint":
                coefficient = self.declared.declare(FactType.DECIMAL, COEFFICIENT)
                return RangeMidpoint(Decimal(str(document["step_percent"])), coefficient)
        raise UnreadableComponent(f"公式类型“{document.get('type')}”不在可用类型之内")

    def _group(self, document: Mapping[str, Any], formula: Formula | None) -> Group:
        raw = document["tiers"]
        clauses = [
            (
                [
                    Clause(
                        str(one["text"]),
                        exclusive_upper_bounds(
                            one.get("machine") or (), str(one["text"]), upper_excluded=self.upper_excluded
                        ),
                        str(one.get("dimension") or ""),
                        self.upper_excluded,
                    )
                    for one in tier.get("conditions") or ()
                ],
                str(tier.get("condition_logic") or "all"),
            )
            for tier in raw
        ]
        conditions, warnings = typed_tiers(clauses, self.declared)
        self.warnings += warnings
        tiers = tuple(
            self._tier(tier, condition, formula) for tier, condition in zip(raw, conditions, strict=True)
        )
        return Group(str(document.get("group") or ""), tiers)

    def _tier(self, document: Mapping[str, Any], condition: Condition, formula: Formula | None) -> Tier:
        wording = str(document.get("penalty_text") or "")
        raw = document.get("components") or ()
        components = components_from(raw, self.declared, wording)
        if isinstance(formula, PerDay):
            components = tuple(_with_cap(component, formula.cap) for component in components)
        stepped = document.get("formula")
        return Tier(
            order=int(document["order"]),
            name=str(document["name"]),
            condition=condition,
            condition_texts=tuple(str(one["text"]) for one in document.get("conditions") or ()),
            penalty_text=wording,
            components=components,
            other_measures=tuple(document.get("other_measures") or ()),
            no_penalty=bool(document.get("no_penalty"))
            or (not components and bool(NO_FINE_WORDS.search(wording))),
            non_fine=bool(document.get("non_fine")),
            alternatives=bool(self.matter.get("branch_on"))
            and len(components) > 1
            and all(component.applies_when is None for component in components),
            formula=stepped_from(stepped, self.declared) if stepped else None,
        )

    def _gated(self, groups: list[Group]) -> list[Group]:
        """Each branch with the condition its heading states; an ordinary branch excludes its 情节严重 sibling."""
        gates = [self._gate(group) for group in groups]
        result = []
        for group, gate in zip(groups, gates, strict=True):
            serious = [
                other for other in groups if SERIOUS in other.name and _subjects(other) == _subjects(group)
            ]
            if gate is None and serious:
                gate = Not(self.declared.confirmed(SERIOUS))
            result.append(replace(group, applies_when=gate))
        return result

    def _gate(self, group: Group) -> Condition | None:
        gates = [gate_from_words(group.name, self.declared)]
        subjects = _subjects(group)
        if len(subjects) == 1:
            gates.append(subject_gate(next(iter(subjects))))
        stated = [gate for gate in gates if gate is not None]
        if not stated and NUMBERED_GROUP.fullmatch(group.name):
            self.warnings.append(f"“{group.name}”没有写明适用条件，由执法人员确认")
            stated.append(self.declared.confirmed(f"属于本事项“{group.name}”所列情形"))
        return all_of(*stated) if stated else None


def _subjects(group: Group) -> frozenset[str]:
    return frozenset(component.subject for tier in group.tiers for component in tier.components)


def _with_cap(component: Component, cap: int | None) -> Component:
    if component.basis is not Basis.PER_DAY or component.cap is not None:
        return component
    return replace(component, cap=cap)
