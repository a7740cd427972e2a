"""Adding, editing, typing and removing entries of a draft. Every act goes through `edit_draft`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.conditions.parse import parse_condition, to_document
from enforcement.conditions.translate_leaf import confirmed_clause
from enforcement.conditions.vocabulary import merge_declared
from enforcement.errors import InvalidInput, Refusal
from enforcement.models import RuleVersion, Violation
from enforcement.services.draft_version import edit_draft, require_account
from exemption_lists.cells import cells_of
from exemption_lists.fine_amounts import misplaced_fine, range_problems
from exemption_lists.models import EntryScope, ListEntry
from exemption_lists.selectors import vocabulary_of
from exemption_lists.serials import unique_slug
from exemption_lists.services.entry_fields import EntryFields, apply_fields, used_facts
from exemption_lists.services.write_cells import mark_cells


def add_entry(
    *, actor: Actor, version_id: int, fields: EntryFields, expected_lock: int | None = None
) -> ListEntry:
    """A new entry behind the last one; every clause waits for the officer until it is typed."""
    _require_sound(fields)

    def change(version: RuleVersion) -> ListEntry:
        last = version.list_entries.aggregate(last=Max("position"))["last"] or 0
        entry = ListEntry(version=version, position=last + 1, condition={"all": []})
        taken = version.list_entries.values_list("slug", flat=True)
        entry.slug = unique_slug(serial=fields.serial, kind=fields.kind, taken=taken)
        # Whoever adds an entry takes back the statement that there is none.
        version.declares_no_entries = False
        return _saved(entry, fields, version, actor)

    what = f"增加第 {fields.serial} 条"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def edit_entry(
    *, actor: Actor, version_id: int, entry_id: int, fields: EntryFields, expected_lock: int | None = None
) -> ListEntry:
    """Change the fields of an entry. Its slug stays, so that its address keeps its stem over the versions."""
    _require_sound(fields)

    def change(version: RuleVersion) -> ListEntry:
        return _saved(_entry(version, entry_id), fields, version, actor)

    what = f"修改第 {fields.serial} 条"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def remove_entry(*, actor: Actor, version_id: int, entry_id: int, expected_lock: int | None = None) -> None:
    """Take an entry out of the draft."""
    serial = (
        ListEntry.objects.filter(pk=entry_id, version_id=version_id).values_list("serial", flat=True).first()
    )

    def change(version: RuleVersion) -> None:
        _entry(version, entry_id).delete()

    what = f"删除第 {serial} 条"
    edit_draft(actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock)


def accept_suggestion(
    *, actor: Actor, version_id: int, entry_id: int, expected_lock: int | None = None
) -> ListEntry:
    """The recognised condition becomes the condition of the entry. Refused when nothing was recognised."""

    def change(version: RuleVersion) -> ListEntry:
        entry = _entry(version, entry_id)
        if entry.suggestion is None:
            raise Refusal("no_suggestion", "这一条没有可以采用的识别结果。")
        entry.condition = entry.suggestion
        entry.suggestion = None
        entry.declared_facts = used_facts(entry, facts_on_offer(entry))
        entry.save()
        return entry

    what = "采用系统识别的条件"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def set_condition(
    *,
    actor: Actor,
    version_id: int,
    entry_id: int,
    document: Mapping[str, Any] | None,
    exclusion: int | None = None,
    expected_lock: int | None = None,
) -> ListEntry:
    """Store a typed condition for the entry, or for its exclusion number `exclusion` (from 0).

    `document` may use the standard vocabulary, facts the entry declares, and its own clauses to be confirmed; None
    returns an exclusion to the officer. Raises ConditionError with every problem.
    """

    def change(version: RuleVersion) -> ListEntry:
        entry = _entry(version, entry_id)
        available = facts_on_offer(entry)
        vocabulary = vocabulary_of(available)
        tree = to_document(parse_condition(document, vocabulary)) if document is not None else None
        if exclusion is None:
            if tree is None:
                raise Refusal("condition_missing", "写明适用条件。")
            if tree == {"all": []} and entry.condition_text:
                raise Refusal("condition_empty", "至少填写一行条件。没有条件的条目会对所有人适用。")
            entry.condition = tree
        elif exclusion < len(entry.exclusions):
            entry.exclusions[exclusion]["condition"] = tree
        else:
            raise Refusal("exclusion_missing", "没有这一项排除情形，它可能刚被删除。")
        entry.declared_facts = used_facts(entry, available)
        entry.save()
        return entry

    what = "设定结构化条件" if exclusion is None else "设定排除情形的条件"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def facts_on_offer(entry: ListEntry) -> list[dict[str, Any]]:
    """Facts of the entry's own: those it declares, and each of its clauses for the officer to confirm."""
    clauses = [confirmed_clause(clause).declared_facts for clause in entry.condition_text if clause.strip()]
    return merge_declared(entry.declared_facts, *clauses)


def _entry(version: RuleVersion, entry_id: int) -> ListEntry:
    entry = version.list_entries.filter(pk=entry_id).first()
    if entry is None:
        raise Refusal("entry_missing", "没有这一条，它可能刚被其他人删除。")
    return entry


def _require_sound(fields: EntryFields) -> None:
    problems = [*range_problems(fields.statutory_ranges), *range_problems(fields.fine_ranges)]
    problems += misplaced_fine(kind=fields.kind, fine_ranges=fields.fine_ranges, fine_rule=fields.fine_rule)
    if not fields.serial.strip():
        problems.append("填写序号。")
    if fields.scope == EntryScope.MATTER and not fields.violation_name.strip():
        problems.append("填写违法行为；适用于各类违法行为的，把适用范围改为“通用条款”。")
    if problems:
        raise InvalidInput.from_problems("entry_fields", problems)


def _saved(entry: ListEntry, fields: EntryFields, version: RuleVersion, actor: Actor) -> ListEntry:
    before = cells_of(entry)
    apply_fields(entry, fields)
    mark_cells(entry, before, account_id=require_account(actor), at=timezone.now())
    named = Violation.objects.filter(line_id=version.document.line_code, name=fields.violation_name)
    entry.violation = named.first() if fields.violation_name else None
    entry.save()
    return entry
