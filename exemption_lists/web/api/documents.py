"""Published lists as plain JSON: what every endpoint of the open interface gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from enforcement.conditions.describe import describe
from enforcement.models import RuleVersion
from enforcement.selectors.documents import DocumentRow, VersionRow
from exemption_lists.content import LATER_FIELDS
from exemption_lists.effective_list import EffectiveEntry
from exemption_lists.models import ListEntry
from exemption_lists.web import entry_presentation as words


def version_document(row: VersionRow) -> dict[str, Any]:
    """One published version with its place in time; `until` is the first day it no longer holds, if known."""
    version = row.version
    return {
        "number": version.number,
        "document_number": version.document_number,
        "issued_on": version.issued_on,
        "effective_from": version.effective_from,
        "until": row.until,
        "validity": row.validity.value,
        "change_summary": version.change_summary,
        "published_at": version.published_at,
        "digest": version.digest,
    }


def list_document(row: DocumentRow) -> dict[str, Any]:
    """One list; `in_force` is the number of the version in force on the day, None without one."""
    document = row.document
    return {
        "slug": document.slug,
        "title": document.title,
        "agency": document.agency.name,
        "agency_code": document.agency.code,
        "region_code": document.region_code,
        "line": document.line_code,
        "in_force": row.in_force.number if row.in_force else None,
        "upcoming": [one.number for one in row.upcoming],
        "page": reverse("lists_public:document", args=[document.slug]),
    }


def entry_document(entry: ListEntry, version: RuleVersion) -> dict[str, Any]:
    """An entry as published, with its condition as a tree and in words. Amounts are whole fen."""
    condition, vocabulary = words.typed_condition_of(entry)
    return {
        "list": version.document.slug,
        "version": version.number,
        "slug": entry.slug,
        "serial": entry.serial,
        "kind": entry.kind,
        "kind_label": entry.get_kind_display(),
        "mandate": entry.mandate,
        "verdict": words.verdict_of(entry),
        "scope": entry.scope,
        "domain": entry.domain,
        "category": entry.category,
        "violation": entry.violation_name,
        "violated_provisions": [_provision(one) for one in entry.violated_provisions],
        "penalty_provisions": [_provision(one) for one in entry.penalty_provisions],
        "condition_text": list(entry.condition_text),
        "condition": entry.condition,
        "condition_words": describe(condition, vocabulary),
        "declared_facts": list(entry.declared_facts),
        "exclusions": list(entry.exclusions),
        "follow_up": list(entry.follow_up),
        "coercive_measure": entry.coercive_measure,
        **{name: getattr(entry, name) for name in LATER_FIELDS},
        "note": entry.note,
        "page": reverse("lists_public:entry", args=[version.document.slug, version.number, entry.slug]),
    }


def _provision(reference: Mapping[str, Any]) -> dict[str, Any]:
    return {name: reference.get(name) for name in ("law", "article", "paragraph", "item", "text")}


def effective_document(one: EffectiveEntry) -> dict[str, Any]:
    """An entry of an effective list with its origin, and what speaks instead of it."""
    version = one.row.version
    covering = one.covered_by
    return {
        **entry_document(one.row, version),
        "origin": one.origin,
        "origin_code": version.document.agency.code,
        "is_own": one.is_own,
        "covered_by": None
        if covering is None
        else {
            "list": covering.version.document.slug,
            "version": covering.version.number,
            "slug": covering.slug,
            "why": one.why_covered,
        },
    }
