"""The digest that ties a published version to the ledger and to its public page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from enforcement.ledger.canonical import digest_of
from enforcement.models import RuleVersion, VersionRepeal


def content_digest(content: list[dict[str, Any]]) -> str:
    """Digest of the entries alone: what legal review read and what is published must be the same."""
    return digest_of(content)


# Where an entry stands; moving or renumbering it changes nothing that it says.
PLACE = frozenset({"position", "serial", "slug"})


def entry_digest(row: Mapping[str, Any]) -> str:
    """Digest of what one entry of `content_of` says, wherever it stands in its version."""
    return digest_of({name: value for name, value in row.items() if name not in PLACE})


def version_document(version: RuleVersion, content: list[dict[str, Any]]) -> dict[str, Any]:
    """What the digest of a published version covers: its identity, its dates and its entries."""
    return {
        "slug": version.document.slug,
        "kind": version.document.kind,
        "title": version.document.title,
        "agency": version.document.agency.code,
        "number": version.number,
        "document_number": version.document_number,
        "issued_on": _iso(version.issued_on),
        "effective_from": _iso(version.effective_from),
        "effective_until": _iso(version.effective_until),
        "content": content,
    }


def version_digest(version: RuleVersion, content: list[dict[str, Any]]) -> str:
    """SHA-256 of the canonical form of `version_document`."""
    return digest_of(version_document(version, content))


def repeal_document(repeal: VersionRepeal) -> dict[str, Any]:
    """What the public reads of a repeal, and what its digest covers."""
    version = repeal.version
    return {
        "repeals": version.public_key,
        "version_digest": version.digest,
        "title": version.document.title,
        "agency": version.document.agency.code,
        "document_number": repeal.document_number,
        "issued_on": _iso(repeal.issued_on),
        "ends_on": _iso(repeal.ends_on),
        "reason": repeal.reason,
    }


def repeal_digest(repeal: VersionRepeal) -> str:
    """SHA-256 of the canonical form of `repeal_document`."""
    return digest_of(repeal_document(repeal))


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
