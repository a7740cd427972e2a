"""The published version an address names, for every public page and file of it."""

from __future__ import annotations

from django.http import Http404

from enforcement.models import RuleVersion
from enforcement.selectors.documents import find_published_version
from enforcement.web.documents.surface import DocumentSurface


def published_or_404(surface: DocumentSurface, slug: str, number: int) -> RuleVersion:
    """A published version; a draft is as if it did not exist."""
    found = find_published_version(kind=surface.kind, slug=slug, number=number)
    if found is None:
        raise Http404(f"没有找到这个版本的{surface.noun}。")
    return found
