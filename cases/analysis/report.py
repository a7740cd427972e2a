"""The analysis as people read it and as it is kept: one value, drawn from a conclusion, plain JSON at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cases.analysis import wording
from cases.analysis.beside import near_misses, option_document, others, range_document, side_notes
from cases.analysis.conclusion import Candidate, Conclusion, conclude, statutory_ranges
from cases.analysis.considered import LeniencyGrounds, grounds_of
from cases.analysis.inputs import POLICY_EXCLUSIONS, POLICY_SOURCE, AnalysisInput, FactRecord
from cases.analysis.reason_rows import condition_rows, mark_of
from cases.analysis.versions import choose_rules
from cases.analysis.what_if import what_if
from cases.statuses import Outcome
from discretion.rules.amounts import AmountRange
from enforcement.conditions.evaluate import Facts, Truth
from enforcement.conditions.facts import display_value, fact_to_json
from enforcement.conditions.vocabulary import Vocabulary

ANALYSIS_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the system advises on a case, why, and what could still change it.

    `document` is the frozen copy that a proposal keeps and that every page renders; the typed fields repeat what
    services decide on. `state` is settled, open (facts missing), choose (several tiers) or none (no rule applies).
    """

    state: str
    outcome: Outcome | None
    entry_id: int | None
    benchmark_id: int | None
    tier_label: str
    ranges: tuple[AmountRange, ...]
    statutory: tuple[AmountRange, ...]
    document: dict[str, Any]
    grounds: LeniencyGrounds = field(default_factory=LeniencyGrounds)

    @property
    def questions(self) -> tuple[str, ...]:
        """Codes of the facts that could still change the answer."""
        return tuple(question["fact"] for question in self.document["questions"])

    def as_document(self) -> dict[str, Any]:
        """Plain JSON without floats."""
        return self.document


def analyse(inputs: AnalysisInput) -> Analysis:
    """The analysis for what is known. Deterministic: the same input gives the same document."""
    facts = inputs.facts
    choice = choose_rules(inputs, facts)
    conclusion, vocabulary = choice.conclusion, inputs.vocabulary
    statutory = _statutory_limits(inputs, conclusion, facts)
    state = _state(conclusion)
    document: dict[str, Any] = {
        "analysis_version": ANALYSIS_VERSION,
        "state": state,
        "outcome": conclusion.outcome.value if conclusion.outcome else "",
        "outcome_label": conclusion.outcome.label if conclusion.outcome else "",
        "by": conclusion.by,
        "verdict": wording.verdict_line(conclusion, state, vocabulary),
        "source": wording.source_of(conclusion),
        "rules_day": conclusion.rules.day.isoformat(),
        "entry": _entry_document(conclusion.chosen),
        "benchmark": _benchmark_document(conclusion),
        "tier": conclusion.tier_label,
        "range_text": wording.ranges_text(conclusion),
        "ranges": [range_document(one.amount) for one in conclusion.ranges],
        "statutory_ranges": [range_document(one) for one in statutory],
        "steps": [step for one in conclusion.ranges for step in one.amount.steps],
        "range_notes": [note for one in conclusion.ranges for note in one.notes],
        "other_measures": list(conclusion.option.other_measures) if conclusion.option else [],
        "options": [option_document(option) for option in conclusion.options] if state == "choose" else [],
        "choice_notes": list(conclusion.choice_notes),
        "near_misses": near_misses(conclusion),
        "conditions": _condition_part(conclusion, inputs, vocabulary),
        "exclusions": _exclusion_part(conclusion, inputs, vocabulary),
        "statutory": {
            "outcome": conclusion.statutory.outcome.value,
            "lines": list(conclusion.statutory.lines),
        },
        "what_if": _what_if_part(inputs, conclusion, facts),
        "questions": _questions(conclusion, vocabulary),
        "others": others(conclusion),
        "side_notes": side_notes(conclusion.rules, facts, vocabulary),
        "key_area": wording.key_area_line(inputs.key_area),
        "version_notes": list(choice.notes),
        "governing": choice.governing,
        "facts": {
            code: _fact_document(code, record, vocabulary) for code, record in sorted(inputs.records.items())
        },
        "limits": wording.LIMITS,
    }
    return Analysis(
        state=state,
        outcome=conclusion.outcome,
        entry_id=conclusion.chosen.entry.entry_id if conclusion.chosen else None,
        benchmark_id=conclusion.benchmark.benchmark_id
        if conclusion.benchmark and conclusion.option
        else None,
        tier_label=conclusion.tier_label,
        ranges=tuple(one.amount for one in conclusion.ranges),
        statutory=statutory,
        document=document,
        grounds=grounds_of(conclusion, facts),
    )


def _state(conclusion: Conclusion) -> str:
    if conclusion.outcome is not None:
        return "settled"
    if conclusion.open_facts:
        return "open"
    return "choose" if conclusion.choice_notes else "none"


def _statutory_limits(inputs: AnalysisInput, conclusion: Conclusion, facts: Facts) -> tuple[AmountRange, ...]:
    """Limits from the benchmark's own statutory components where it states them, else from the violation."""
    benchmark = conclusion.benchmark
    if benchmark is not None and benchmark.rules.statutory:
        return statutory_ranges(benchmark.rules.statutory, facts, benchmark.vocabulary)
    return statutory_ranges(inputs.statutory_fine, facts, inputs.vocabulary)


def _entry_document(candidate: Candidate | None) -> dict[str, Any] | None:
    if candidate is None:
        return None
    entry = candidate.entry
    return {
        "id": entry.entry_id,
        "version_id": entry.version_id,
        "label": wording.entry_label(entry),
        "path": entry.public_path,
        "kind": entry.kind,
        "mandate": entry.mandate,
        "condition_text": list(entry.condition_text),
        "follow_up": list(entry.follow_up),
    }


def _benchmark_document(conclusion: Conclusion) -> dict[str, Any] | None:
    benchmark = conclusion.benchmark
    if benchmark is None or conclusion.option is None:
        return None
    return {
        "id": benchmark.benchmark_id,
        "version_id": benchmark.version_id,
        "label": wording.benchmark_label(benchmark),
        "path": benchmark.path,
    }


def _subject(conclusion: Conclusion) -> Candidate | None:
    """The entry whose conditions are shown: the chosen one, else the most lenient one still open, else the first."""
    if conclusion.chosen is not None:
        return conclusion.chosen
    still_open = [one for one in conclusion.candidates if one.standing is Truth.UNKNOWN]
    if conclusion.by == "statute":
        # The statute alone settles the case: an entry that gives less would ask for facts that change nothing.
        return next((one for one in still_open if one.outcome is conclusion.outcome), None)
    return next(iter(still_open or conclusion.candidates), None)


def _condition_part(conclusion: Conclusion, inputs: AnalysisInput, vocabulary: Vocabulary) -> dict[str, Any]:
    """Entry conditions, then the tier's conditions: each a title and rows for the reasons tree."""
    parts = []
    shown = _subject(conclusion)
    if shown is not None:
        asked = (*shown.open_facts, *conclusion.open_facts)
        rows = condition_rows(shown.match.conditions, shown.match.vocabulary, inputs.records, asked)
        parts.append({"title": wording.conditions_title(shown), "rows": rows})
    parts += [
        {
            "title": f"裁量档次“{title}”",
            "rows": condition_rows(explanation, known, inputs.records, conclusion.open_facts),
        }
        for title, explanation, known in wording.tier_explanations(conclusion, inputs.facts)
    ]
    return {"parts": parts}


def _exclusion_part(
    conclusion: Conclusion, inputs: AnalysisInput, vocabulary: Vocabulary
) -> list[dict[str, Any]]:
    shown = _subject(conclusion)
    if shown is None:
        return []
    rows = []
    for exclusion, explanation in zip(shown.entry.exclusions, shown.match.exclusions, strict=True):
        inner = condition_rows(explanation, shown.match.vocabulary, inputs.records, shown.open_facts)
        row = {**inner[0], "state": mark_of(explanation.truth), "children": []}
        rows.append({**row, "text": f"不存在排除情形：{exclusion.text}"})
    if shown.entry.mandate == "must":
        return rows
    for code, text in POLICY_EXCLUSIONS:
        answer = inputs.facts.get(code)
        truth = Truth.UNKNOWN if answer is None else (Truth.FALSE if answer else Truth.TRUE)
        source, url = wording.source_words(code, inputs.records, vocabulary)
        row = {"state": mark_of(truth), "text": text, "source": source, "source_url": url}
        rows.append({**row, "note": POLICY_SOURCE, "children": []})
    return rows


def _what_if_part(inputs: AnalysisInput, conclusion: Conclusion, facts: Facts) -> list[dict[str, str]]:
    if conclusion.outcome is None:
        return []

    def redraw(changed: Facts) -> Conclusion:
        return conclude(
            conclusion.rules,
            changed,
            inputs.vocabulary,
            statutory=inputs.statutory(changed),
            statutory_fine=inputs.statutory_fine,
            settle_for_known=True,
        )

    rows = what_if(conclusion, facts, inputs.vocabulary, redraw, wording.effect_text)
    return [{"change": row.change, "outcome": row.outcome, "effect": row.effect} for row in rows]


def _questions(conclusion: Conclusion, vocabulary: Vocabulary) -> list[dict[str, str]]:
    needs = conclusion.recommendation.needs if conclusion.recommendation else ()
    because = {need.fact: need.reason for need in needs}
    return [
        {
            "fact": code,
            "label": vocabulary[code].label,
            "question": vocabulary[code].question,
            "reason": because.get(code, "判断能否从宽处理"),
        }
        for code in conclusion.open_facts
    ]


def _fact_document(code: str, record: FactRecord, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "label": vocabulary[code].label if code in vocabulary else code,
        "value": fact_to_json(record.value),
        "shown": display_value(vocabulary[code], record.value) if code in vocabulary else str(record.value),
        "source": record.source,
        "note": record.note,
        "by": record.by,
        "at": record.at,
    }
