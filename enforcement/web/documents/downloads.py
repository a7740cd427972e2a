"""A version as a file to take away."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from enforcement.document_digest import repeal_document, version_document
from enforcement.ledger.canonical import canonical_json
from enforcement.models import RuleVersion, VersionRepeal
from enforcement.web.documents.surface import DocumentSurface

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(surface: DocumentSurface, version: RuleVersion) -> HttpResponse:
    """The xlsx, named by title and version number."""
    response = HttpResponse(surface.workbook_of(version), content_type=XLSX)
    name = f"{version.document.title}（第{version.number}版）.xlsx"
    plain = f"{version.document.slug}-v{version.number}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response


def content_response(surface: DocumentSurface, version: RuleVersion) -> HttpResponse:
    """The canonical text whose SHA-256 is the digest of the version, byte for byte."""
    document = version_document(version, surface.body.content_of(version))
    return canonical_response(document, f"{version.document.slug}-v{version.number}.json")


def repeal_response(repeal: VersionRepeal) -> HttpResponse:
    """The canonical text whose SHA-256 is the digest of the repeal."""
    version = repeal.version
    return canonical_response(
        repeal_document(repeal), f"{version.document.slug}-v{version.number}-repeal.json"
    )


def canonical_response(document: object, name: str) -> HttpResponse:
    """A JSON file in canonical form, so that anyone can compare its SHA-256 with a digest."""
    response = HttpResponse(canonical_json(document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
