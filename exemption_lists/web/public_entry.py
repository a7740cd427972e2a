"""The public page of one entry: the answer in plain words first, then what it rests on and what people ask about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enforcement.conditions.parse import ConditionError
from enforcement.conditions.tree import fact_codes
from enforcement.conditions.vocabulary import VocabularyError
from enforcement.models import RuleVersion
from enforcement.web.laws.linking import linked
from exemption_lists.common_questions import common_questions
from exemption_lists.fine_amounts import range_words
from exemption_lists.models import ListEntry
from exemption_lists.plain_conditions import condition_rows
from exemption_lists.selectors import entries_of, matchable
from exemption_lists.self_check import MOST_QUESTIONS
from exemption_lists.web import entry_presentation as words
from exemption_lists.web.self_check_address import check_address

CONFIRMED_NOTE = "由执法人员逐项确认"


def entry_page(version: RuleVersion, slug: str) -> Mapping[str, Any] | None:
    """Context of the public entry page, or None when the version has no such entry."""
    entry = entries_of(version).select_related("violation").filter(slug=slug).first()
    if entry is None:
        return None
    # Saves asking for what is already here.
    entry.version = version
    codes = fact_codes(matchable(entry).whole_condition)
    return {
        **_law_of(entry, version, codes),
        **answer_of(entry),
        "title": f"{words.title_of(entry)}，{words.verdict_of(entry)}",
        "crumb": f"第 {entry.serial} 条",
        "serial": entry.serial,
        "self_check_url": check_address(version.document.slug, entry.slug),
        "question_count": min(len(codes), MOST_QUESTIONS),
    }


def answer_of(entry: ListEntry) -> dict[str, Any]:
    """The answer itself, as the public page and the preview of a draft give it."""
    return {
        "entry": entry,
        "violation": entry.violation,
        "heading": words.title_of(entry),
        "verdict": words.verdict_of(entry),
        "lead_in": words.lead_in_of(entry),
        "clauses": _clauses(entry),
        "confirmed_note": CONFIRMED_NOTE,
        "statutory_amounts": range_words(entry.statutory_ranges),
        "fine_amounts": range_words(entry.fine_ranges),
    }


def _clauses(entry: ListEntry) -> Sequence[Any]:
    """The conditions with their explanation. The published clauses stand alone where nothing tells which clause a typed
    part came from, and while the condition of a draft cannot be read.
    """
    plain = [{"text": text} for text in entry.condition_text]
    try:
        condition, vocabulary = words.typed_condition_of(entry)
    except (ConditionError, VocabularyError):
        return plain
    rows = condition_rows(condition, entry.condition_text, vocabulary)
    return rows if len(rows) == len(plain) else plain


def _law_of(entry: ListEntry, version: RuleVersion, codes: tuple[str, ...]) -> dict[str, Any]:
    """The provisions of the entry and of the answers, all linked to the texts of the day it took effect, in two queries."""
    asked = common_questions(
        kind=entry.kind,
        mandate=entry.mandate,
        codes=codes,
        condition_texts=entry.condition_text,
        has_exclusions=bool(entry.exclusions),
    )
    cited = [citation for question in asked for citation in question.citations]
    provisions = linked(
        [*entry.violated_provisions, *entry.penalty_provisions, *cited], on=version.effective_from
    )
    violated, own = len(entry.violated_provisions), len(provisions) - len(cited)
    answers = iter(provisions[own:])
    return {
        "violated": provisions[:violated],
        "penalties": provisions[violated:own],
        "questions": [
            {
                "text": question.text,
                "answer": question.answer,
                "citations": [next(answers) for _citation in question.citations],
            }
            for question in asked
        ],
    }
