"""The facts of one demonstration case, chosen so that exactly the wanted kind of leniency results. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from enforcement.conditions.tree import Condition, FactValue, fact_codes
from enforcement.conditions.vocabulary import FactType
from supervision.demo.fact_choice import Facts, satisfying_facts, typical_value
from supervision.demo.rules_in_force import GoverningEntry, GoverningRules

NO_COMPULSION = "no_compulsion"
ATTEMPTS = 40
SUBJECT_KINDS = {"enterprise": "单位", "sole_trader": "个体工商户", "person": "个人"}
CORRECTED = ("corrected_on_spot", "corrected_immediately", "corrected_within_order", "corrected_voluntarily")
COUNT_WINDOWS = ("offence_count_calendar_year", "offence_count_12m", "offence_count_24m")

# What an ordinary case looks like, and what makes leniency unlikely in one without it.
USUAL: Mapping[str, FactValue] = {
    "offence_count": 1,
    "harm": "轻微",
    "circumstances": "一般",
    "corrected": True,
    "corrected_within_order": True,
    "corrected_on_spot": False,
    "cooperated": True,
    "obstructed": False,
    "tampered_evidence": False,
    "severe_safety_threat": False,
    "subjective_fault": "过失",
}
AGGRAVATIONS: tuple[Mapping[str, FactValue], ...] = (
    {"offence_count_24m": 2, "offence_count_12m": 2},
    {"harm": "一般"},
    {"offence_count_24m": 3, "offence_count_12m": 2, "harm": "一般"},
    {"corrected_within_order": False, "corrected": False, "harm": "一般"},
    {"harm": "较重", "circumstances": "严重"},
)


@dataclass(frozen=True, slots=True)
class ChosenFacts:
    """Facts, and the entries that match them; `target` is the one they were chosen for."""

    facts: Facts
    target: GoverningEntry | None
    matching: tuple[GoverningEntry, ...]


def kinds_available(rules: GoverningRules) -> frozenset[str]:
    return frozenset(one.entry.kind for one in rules.entries)


def facts_for(
    *, rules: GoverningRules, kind: str | None, subject: str, named: frozenset[str], random: Random
) -> ChosenFacts | None:
    """Facts under which the mildest matching entry is of `kind` (None: no entry matches); None when not found.

    `named` are figures the statement of facts will mention and must therefore be known.
    """
    for _ in range(ATTEMPTS):
        target = random.choice([one for one in rules.entries if one.entry.kind == kind]) if kind else None
        facts = _attempt(rules, target, random)
        if facts is None:
            continue
        _complete(facts, rules, named, random)
        facts["subject_kind"] = SUBJECT_KINDS[subject]
        matching = rules.matching(facts)
        if mildest_kind(matching) == (kind if kind != NO_COMPULSION else None) and (
            target is None or target in matching
        ):
            return ChosenFacts(facts, target, matching)
    return None


def mildest_kind(matching: tuple[GoverningEntry, ...]) -> str | None:
    """The strongest leniency on the penalty itself; freedom from coercive measures is another question."""
    kinds = {one.entry.kind for one in matching}
    return next((kind for kind in ("no_penalty", "mitigated", "lighter") if kind in kinds), None)


def _attempt(rules: GoverningRules, target: GoverningEntry | None, random: Random) -> Facts | None:
    fixed: Facts = {}
    if target is not None:
        chosen = satisfying_facts(target.whole_condition, rules.vocabulary, random, fixed=fixed)
        if chosen is None:
            return None
        fixed.update(chosen)
    if target is None or target.entry.kind == NO_COMPULSION:
        fixed = {**random.choice(AGGRAVATIONS), **fixed}
    _correct_everywhere(fixed)
    return _with_benchmark(fixed, rules, random)


def _correct_everywhere(facts: Facts) -> None:
    """A party that corrected in one way has corrected, and did so before the decision."""
    if any(facts.get(code) is True for code in (*CORRECTED, "corrected_timely")):
        for code in ("corrected", "corrected_timely", "corrected_within_order", "corrected_before_decision"):
            facts.setdefault(code, True)


def _with_benchmark(fixed: Facts, rules: GoverningRules, random: Random) -> Facts | None:
    """Adds what puts the case into one tier, or into one level of each factor, of its benchmark."""
    parts: list[tuple[Condition, ...]] = list(rules.levels())
    if rules.tiers():
        parts.append(tuple(tier.condition for tier in rules.tiers()))
    for alternatives in parts:
        _copy_namesakes(fixed, rules)
        options = [
            chosen
            for condition in alternatives
            if (chosen := satisfying_facts(condition, rules.vocabulary, random, fixed=fixed)) is not None
        ]
        if not options:
            return None
        fixed.update(random.choice(options))
    _copy_namesakes(fixed, rules)
    return fixed


def _copy_namesakes(facts: Facts, rules: GoverningRules) -> None:
    """A declared quantity with the name of a standard fact is the same quantity."""
    standard = {one.label: code for code, one in rules.vocabulary.items() if not code.startswith("x_")}
    for code, definition in rules.vocabulary.items():
        twin = standard.get(definition.label)
        if not code.startswith("x_") or twin is None:
            continue
        known, unknown = (twin, code) if twin in facts else (code, twin)
        if known in facts and unknown not in facts:
            number = Decimal(str(facts[known]))
            facts[unknown] = int(number) if rules.vocabulary[unknown].type is FactType.INTEGER else number


def _complete(facts: Facts, rules: GoverningRules, named: frozenset[str], random: Random) -> None:
    """Answers everything the rules may ask, and makes the counts of the windows agree with each other."""
    for code, value in USUAL.items():
        facts.setdefault(code, value)
    for window in COUNT_WINDOWS:
        facts.setdefault(window, 1)
    facts["offence_count_24m"] = _highest(facts, "offence_count_24m", "offence_count_12m")
    facts["offence_count"] = _highest(facts, "offence_count", *COUNT_WINDOWS)
    facts["list_matter_count"] = facts["offence_count"]
    for code in (*_asked(rules), *sorted(named)):
        if code in facts:
            continue
        definition = rules.vocabulary[code]
        typical = typical_value(definition, random)
        if typical is not None:
            facts[code] = typical


def _highest(facts: Facts, *codes: str) -> int:
    return max(value for code in codes if isinstance(value := facts[code], int))


def _asked(rules: GoverningRules) -> list[str]:
    conditions = [one.whole_condition for one in rules.entries]
    conditions += [tier.condition for tier in rules.tiers()]
    conditions += [level for factor in rules.levels() for level in factor]
    bases = [component.base for tier in rules.tiers() for component in tier.components if component.base]
    return list(dict.fromkeys([*(code for one in conditions for code in fact_codes(one)), *bases]))
