"""Stored entries in the shape of a reading, for downloads that can be read back."""

from __future__ import annotations

from exemption_lists.models import ListEntry
from exemption_lists.reading.columns import logic_of
from exemption_lists.reading.drafts import DraftEntry, DraftKind, DraftMandate, DraftScope


def draft_of(entry: ListEntry) -> DraftEntry:
    """The printed side of an entry: what a download shows and an import reads."""
    return DraftEntry(
        serial=entry.serial,
        kind=DraftKind(entry.kind),
        mandate=DraftMandate(entry.mandate),
        scope=DraftScope(entry.scope),
        domain=entry.domain,
        category=entry.category,
        violation_name=entry.violation_name,
        violated_provisions=tuple(entry.violated_provisions),
        penalty_provisions=tuple(entry.penalty_provisions),
        condition_text=tuple(entry.condition_text),
        condition_logic=logic_of(entry.condition),
        exclusions=tuple(exclusion["text"] for exclusion in entry.exclusions),
        follow_up=tuple(entry.follow_up),
        coercive_measure=entry.coercive_measure,
        statutory_ranges=tuple(entry.statutory_ranges),
        fine_ranges=tuple(entry.fine_ranges),
        fine_rule=entry.fine_rule,
        plain_words=entry.plain_words,
        example=entry.example,
        note=entry.note,
    )
