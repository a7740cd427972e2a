"""Entries as read become rows: an entry that was there before keeps its address and what people made of its wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enforcement.conditions.parse import ConditionError
from enforcement.conditions.vocabulary import VocabularyError, merge_declared
from exemption_lists.intake import ListFile
from exemption_lists.models import ListEntry
from exemption_lists.pairing import Identity, pair_entries
from exemption_lists.reading.columns import logic_of
from exemption_lists.reading.drafts import DraftEntry
from exemption_lists.serials import unique_slug
from exemption_lists.services.entry_fields import is_untyped, used_facts


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the new rows stand beside: `former` entries that they may be, slugs that are taken, the last position."""

    former: Sequence[ListEntry] = ()
    taken: frozenset[str] = frozenset()
    position: int = 0


def rows_of(
    file: ListFile, *, surroundings: Surroundings, violations: Mapping[str, int] | None = None
) -> list[ListEntry]:
    """Unsaved rows in printed order, without a version. `violations` are ids of registered violations by name."""
    read = [(reading.sheet, draft) for reading in file.readings for draft in reading.entries]
    former = surroundings.former
    pairs = pair_entries([_of_draft(draft) for _, draft in read], [_of_entry(one) for one in former])
    kept = {former[partner].slug for partner in pairs.values()} - surroundings.taken
    # An address that another entry had is not given to a new one.
    taken = set(surroundings.taken) | {one.slug for one in former}
    rows = []
    for place, (sheet, draft) in enumerate(read):
        before = former[pairs[place]] if place in pairs else None
        slug = before.slug if before is not None and before.slug in kept else ""
        kept.discard(slug)
        if not slug:
            slug = unique_slug(serial=draft.serial, kind=str(draft.kind or ""), taken=taken)
        taken.add(slug)
        row = row_of_draft(draft, sheet=sheet, position=surroundings.position + place + 1, slug=slug)
        row.violation_id = (violations or {}).get(draft.violation_name)
        if before is not None:
            _keep_work(row, before, logic=draft.condition_logic.value)
        rows.append(row)
    return rows


def _of_draft(draft: DraftEntry) -> Identity:
    return Identity(draft.serial, str(draft.kind or ""), draft.violation_name)


def _of_entry(entry: ListEntry) -> Identity:
    return Identity(entry.serial, entry.kind, entry.violation_name)


def _keep_work(row: ListEntry, before: ListEntry, *, logic: str) -> None:
    """Where the published wording is the same, the typed condition of the entry before holds for it as well."""
    # A table without these columns says nothing about them.
    row.plain_words = row.plain_words or before.plain_words
    row.example = row.example or before.example
    read = row.condition, row.suggestion, row.exclusions, row.declared_facts
    same = row.condition_text == before.condition_text and logic == logic_of(before.condition).value
    if same and is_untyped(row):
        row.condition, row.suggestion = before.condition, before.suggestion
    typed = {one["text"]: one.get("condition") for one in before.exclusions}
    row.exclusions = [{"text": one["text"], "condition": typed.get(one["text"])} for one in row.exclusions]
    try:
        row.declared_facts = used_facts(row, merge_declared(before.declared_facts, row.declared_facts))
    except (ConditionError, VocabularyError):
        # The entry before was left half done: what the file says stands alone.
        row.condition, row.suggestion, row.exclusions, row.declared_facts = read


def row_of_draft(draft: DraftEntry, *, sheet: str = "", **place: Any) -> ListEntry:
    """An unsaved row with everything the draft says; `place` gives position and slug."""
    cells = {**draft.source_cells, **({"all": draft.cells} if draft.cells else {})}
    return ListEntry(
        serial=draft.serial,
        kind=draft.kind.value if draft.kind else "",
        scope=draft.scope.value,
        mandate=draft.mandate.value,
        domain=draft.domain,
        category=draft.category,
        violation_name=draft.violation_name,
        violated_provisions=[dict(reference) for reference in draft.violated_provisions],
        penalty_provisions=[dict(reference) for reference in draft.penalty_provisions],
        condition_text=list(draft.condition_text),
        condition=draft.condition,
        suggestion=draft.suggestion,
        declared_facts=list(draft.declared_facts),
        exclusions=[{"text": text, "condition": None} for text in draft.exclusions],
        follow_up=list(draft.follow_up),
        coercive_measure=draft.coercive_measure,
        statutory_ranges=[dict(one) for one in draft.statutory_ranges],
        fine_ranges=[dict(one) for one in draft.fine_ranges],
        fine_rule=draft.fine_rule,
        plain_words=draft.plain_words,
        example=draft.example,
        note=draft.note,
        source_cells={**cells, **({"sheet": sheet} if cells and sheet else {})},
        **place,
    )


def names_of(file: ListFile) -> Iterable[str]:
    """The violations the file names."""
    return {draft.violation_name for reading in file.readings for draft in reading.entries} - {""}
