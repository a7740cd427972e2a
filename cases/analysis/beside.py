"""Parts of the analysis beside the conclusion: amounts, other entries considered, near misses, side notes."""

from __future__ import annotations

from typing import Any

from cases.analysis import wording
from cases.analysis.conclusion import NO_COMPULSION, Conclusion
from cases.analysis.inputs import RulesInForce
from cases.statuses import Outcome
from discretion.rules import Option
from discretion.rules.amounts import AmountRange
from enforcement.conditions.evaluate import Facts, Truth
from enforcement.conditions.vocabulary import Vocabulary
from exemption_lists.matching import match_entries

MOST_OTHERS = 12


def range_document(amount: AmountRange) -> dict[str, Any]:
    """A range in fen with its words."""
    return {
        "subject": amount.subject,
        "min": amount.min_fen,
        "max": amount.max_fen,
        "min_inclusive": amount.min_inclusive,
        "max_inclusive": amount.max_inclusive,
        "text": amount.text,
    }


def near_misses(conclusion: Conclusion) -> list[dict[str, str]]:
    choice = conclusion.recommendation.choice if conclusion.recommendation else None
    if choice is None or conclusion.outcome is Outcome.NO_PENALTY:
        return []
    return [{"tier": miss.tier.name, "failed": miss.failed} for miss in choice.near_misses]


def option_document(option: Option) -> dict[str, Any]:
    return {
        "name": option.name,
        "range_text": "；".join(one.amount.text for one in option.ranges),
        "ranges": [range_document(one.amount) for one in option.ranges],
        "suggested": option.suggested,
        "no_penalty": option.no_penalty,
    }


def others(conclusion: Conclusion) -> list[dict[str, str]]:
    """Entries considered beside the chosen one, each with why not."""
    rows = [
        {
            "label": wording.entry_label(one.entry),
            "kind": one.outcome.label,
            "path": one.entry.public_path,
            "reason": wording.why_not(one, conclusion),
        }
        for one in conclusion.candidates
        if conclusion.chosen is None or one.entry.entry_id != conclusion.chosen.entry.entry_id
    ]
    return rows[:MOST_OTHERS]


def side_notes(rules: RulesInForce, facts: Facts, vocabulary: Vocabulary) -> list[str]:
    """免予行政强制 entries concern coercive measures only, whatever the outcome."""
    entries = [entry for entry in rules.entries if entry.kind == NO_COMPULSION]
    return [
        wording.coercion_note(match.entry)
        for match in match_entries(entries, facts, vocabulary)
        if match.truth is Truth.TRUE
    ]
