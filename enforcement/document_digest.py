"""The digest that ties a published version to the ledger and to its public page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enforcement.ledger.canonical import digest_of
from enforcement.models import RuleVersion


def content_digest(content: list[dict[str, Any]]) -> str:
    """Digest of the entries alone: what legal review read and what is published must be the same."""
    return digest_of(content)


def version_digest(version: RuleVersion, content: list[dict[str, Any]]) -> str:
    """Digest of a published version: its identity, its dates and its entries."""
    return digest_of(
        {
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
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
