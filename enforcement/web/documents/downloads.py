"""A version as a file to take away."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from enforcement.models import RuleVersion
from enforcement.web.documents.surface import DocumentSurface

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(surface: DocumentSurface, version: RuleVersion) -> HttpResponse:
    """The xlsx, named by title and version number."""
    response = HttpResponse(surface.workbook_of(version), content_type=XLSX)
    name = f"{version.document.title}（第{version.number}版）.xlsx"
    plain = f"{version.document.slug}-v{version.number}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response
