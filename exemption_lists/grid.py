"""Reads for the table of a version: rows as cells with their problems, comments, provisions to pick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count
from django.utils import timezone

from enforcement.models import RuleVersion
from exemption_lists.cells import cells_of, unread_citations
from exemption_lists.content import entry_problems
from exemption_lists.models import EntryComment, LeniencyKind, ListEntry
from exemption_lists.selectors import entries_of


def row_document(entry: ListEntry, notices: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One entry for the page's script. `problems` block review and publication, `remarks` by column do not."""
    remarks = {**unread_citations(entry), **(notices or {})}
    if not entry.condition_text:
        remarks["condition_text"] = "没有写适用条件，将按“没有附加条件”公布。请核对"
    return {
        "id": entry.pk,
        "slug": entry.slug,
        "lock": entry.lock_version,
        "cells": cells_of(entry),
        "problems": entry_problems(entry),
        "remarks": remarks,
    }


def rows_of(version: RuleVersion) -> list[dict[str, Any]]:
    """Every entry in printed order. One query."""
    return [row_document(entry) for entry in entries_of(version)]


def rows_changed(version: RuleVersion, since: int) -> list[dict[str, Any]]:
    """Entries written by an edit after the draft's number `since`. One query."""
    return [row_document(entry) for entry in entries_of(version).filter(lock_version__gt=since)]


def rows_written(
    version: RuleVersion, ids: Iterable[int], notices: Mapping[int, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The entries of an act as they stand now. One query."""
    found = entries_of(version).filter(pk__in=ids)
    return [row_document(entry, notices.get(entry.pk)) for entry in found]


def order_of(version: RuleVersion) -> list[int]:
    """Ids in printed order."""
    return list(entries_of(version).values_list("pk", flat=True))


def doubled_serials(version: RuleVersion) -> list[dict[str, str]]:
    """Serials that stand more than once in one kind of list. One query."""
    counted = version.list_entries.order_by().values("kind", "serial").annotate(count=Count("pk"))
    labels = dict(LeniencyKind.choices)
    return [
        {"kind": str(labels[one["kind"]]), "serial": one["serial"]}
        for one in counted.filter(count__gt=1).order_by("kind", "serial")
    ]


def comments_of(version: RuleVersion) -> list[dict[str, Any]]:
    """Threads with their answers, oldest first. One query."""
    comments = EntryComment.objects.filter(version=version).select_related("author", "resolved_by")
    threads: dict[int, dict[str, Any]] = {}
    for one in comments.order_by("written_at", "pk"):
        said = {"id": one.pk, "text": one.text, "by": one.author.display_name, "at": _moment(one.written_at)}
        if one.answer_to_id is not None:
            threads[one.answer_to_id]["answers"].append(said)
            continue
        resolved = (
            f"{one.resolved_by.display_name} {_moment(one.resolved_at)}"
            if one.resolved_by is not None and one.resolved_at is not None
            else ""
        )
        threads[one.pk] = {
            **said,
            "slug": one.entry_slug,
            "column": one.column,
            "resolved": resolved,
            "answers": [],
        }
    return list(threads.values())


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
