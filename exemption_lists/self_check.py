"""The self-check of a matter: everything the browser needs to ask, to answer and to explain. Pure.

The document goes into the page as JSON. The browser evaluates the same condition trees by the same three-valued rules
(`static/js/condition_reader.js`), so that no answer ever leaves the device.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from enforcement.conditions.parse import to_document
from enforcement.conditions.tree import AnyOf, Compare, fact_codes, leaves
from enforcement.conditions.vocabulary import STANDARD, FactDefinition, Vocabulary, VocabularyError
from exemption_lists.answer_choices import choices
from exemption_lists.matching import MatchableEntry
from exemption_lists.plain_conditions import ConditionRow, condition_rows, lead_in
from exemption_lists.plain_questions import plain_question

MOST_QUESTIONS: Final = 7
# From the most lenient outcome to the least. 免予行政强制 is about measures, not about the penalty: it is asked apart.
PENALTY_RANKS: Final[Mapping[str, int]] = {"no_penalty": 0, "mitigated": 1, "lighter": 2}
COMPULSION: Final = "no_compulsion"
POSSIBLE: Final[Mapping[str, str]] = {
    "no_penalty": "可能不予处罚",
    "mitigated": "可能减轻处罚",
    "lighter": "可能从轻处罚",
    COMPULSION: "可能不采取行政强制措施",
}
VERDICT_WORDS: Final[Mapping[str, str]] = {
    "no_penalty": "不予处罚",
    "mitigated": "减轻处罚",
    "lighter": "从轻处罚",
    COMPULSION: "免予行政强制",
}
MANDATE_WORDS: Final[Mapping[str, str]] = {"must": "应当", "may": "可以"}


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One question with its answers in words, as it is printed for those without script."""

    code: str
    text: str
    hint: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """One entry as it is checked: its conditions and the exclusions, in words."""

    entry: MatchableEntry
    verdict: str
    lead_in: str
    rows: tuple[ConditionRow, ...]
    exclusions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """`document` is the JSON for the browser; `entries` and `questions` say the same for paper.

    `left_out` are entries whose facts contradict those of the others, so that they cannot be asked together.
    """

    document: Mapping[str, Any]
    entries: tuple[CheckedEntry, ...]
    questions: tuple[CheckQuestion, ...]
    left_out: tuple[MatchableEntry, ...]


def verdict_words(entry: MatchableEntry) -> str:
    """应当不予处罚, 可以从轻处罚 …"""
    return MANDATE_WORDS[entry.mandate] + VERDICT_WORDS[entry.kind]


def build_self_check(entries: Iterable[MatchableEntry]) -> SelfCheck:
    """The self-check over the entries that apply to one matter, the most lenient and the most special first."""
    ordered = sorted(entries, key=_order)
    vocabulary, usable, left_out = _one_vocabulary(ordered)
    checked = tuple(_checked(entry, vocabulary) for entry in usable)
    asked = {code: _fact(vocabulary[code], usable) for code in _codes(usable)}
    document = {
        "most": MOST_QUESTIONS,
        "facts": asked,
        "entries": [_entry_document(one) for one in checked],
    }
    questions = tuple(
        CheckQuestion(code, fact["question"], fact["hint"], tuple(one["label"] for one in fact["answers"]))
        for code, fact in asked.items()
    )
    return SelfCheck(document, checked, questions, left_out)


def _order(entry: MatchableEntry) -> tuple[int, bool]:
    return PENALTY_RANKS.get(entry.kind, len(PENALTY_RANKS)), entry.is_general


def _one_vocabulary(
    entries: Sequence[MatchableEntry],
) -> tuple[Vocabulary, list[MatchableEntry], tuple[MatchableEntry, ...]]:
    vocabulary: Vocabulary = STANDARD
    usable: list[MatchableEntry] = []
    left_out: list[MatchableEntry] = []
    for entry in entries:
        try:
            vocabulary = vocabulary.with_declared(entry.declared_facts)
        except VocabularyError:
            left_out.append(entry)
        else:
            usable.append(entry)
    return vocabulary, usable, tuple(left_out)


def _codes(entries: Iterable[MatchableEntry]) -> tuple[str, ...]:
    """Facts in the order they are met: conditions of an entry before its exclusions."""
    return tuple(dict.fromkeys(code for entry in entries for code in fact_codes(entry.whole_condition)))


def _leaves(entries: Iterable[MatchableEntry]) -> Iterator[Compare]:
    for entry in entries:
        yield from leaves(entry.whole_condition)


def _fact(definition: FactDefinition, entries: Sequence[MatchableEntry]) -> dict[str, Any]:
    question = plain_question(definition)
    answers = choices(definition, _leaves(entries), question)
    return {
        "type": definition.type.value,
        "options": list(definition.options),
        "question": question.text,
        "hint": question.hint,
        "answers": [{"label": one.label, "value": one.value} for one in answers],
    }


def _checked(entry: MatchableEntry, vocabulary: Vocabulary) -> CheckedEntry:
    rows = condition_rows(entry.condition, entry.condition_text, vocabulary)
    return CheckedEntry(
        entry=entry,
        verdict=verdict_words(entry),
        lead_in=lead_in(len(rows), is_any=isinstance(entry.condition, AnyOf), verdict=verdict_words(entry)),
        rows=rows,
        exclusions=tuple(exclusion.text for exclusion in entry.exclusions),
    )


def _entry_document(checked: CheckedEntry) -> dict[str, Any]:
    entry = checked.entry
    rows = [
        {"text": row.text, "plain": list(row.parts), "tree": to_document(row.condition)}
        for row in checked.rows
    ]
    absences = [
        {"text": f"没有这种情形：{exclusion.text}", "plain": [], "tree": to_document(exclusion.absence)}
        for exclusion in entry.exclusions
    ]
    return {
        "kind": entry.kind,
        "rank": PENALTY_RANKS.get(entry.kind),
        "possible": POSSIBLE[entry.kind],
        "verdict": checked.verdict,
        "must": entry.mandate == "must",
        "title": entry.violation_name or f"通用条款：{VERDICT_WORDS[entry.kind]}",
        "source": f"{entry.agency_name}《{entry.document_title}》第 {entry.version_number} 版第 {entry.serial} 条",
        "short": f"第 {entry.serial} 条",
        "url": entry.public_path,
        "tree": to_document(entry.whole_condition),
        "rows": [*rows, *absences],
        "leadIn": checked.lead_in,
        "follow_up": list(entry.follow_up),
        "measure": entry.coercive_measure,
    }
