"""Writing the index of which published version cites which provision."""

from __future__ import annotations

from django.db import transaction

from enforcement.documents import DocumentBody
from enforcement.models import EntryCitation, RuleVersion


@transaction.atomic
def index_citations(*, body: DocumentBody, version: RuleVersion) -> int:
    """Replace the index rows of a version by what its entries name; how many there are now. Safe to run again."""
    version.citations.all().delete()
    rows = EntryCitation.objects.bulk_create(
        EntryCitation(
            version=version,
            serial=entry.serial,
            slug=entry.slug,
            title=entry.title,
            law_name=_name_of(reference["law"]),
            article=reference.get("article"),
            paragraph=reference.get("paragraph"),
            item=reference.get("item"),
        )
        for entry in body.citing_entries(version)
        for reference in entry.references
        if reference.get("law")
    )
    return len(rows)


def _name_of(law: object) -> str:
    """The title without the marks around it."""
    return str(law).strip().removeprefix("《").removesuffix("》")[:200]
