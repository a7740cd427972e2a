"""Responsibility lists of the demonstration, drafted, reviewed and published through the ordinary services."""

from __future__ import annotations

from enforcement.models import DocumentKind, RuleDocument
from enforcement.responsibility.content import BODY
from enforcement.services.draft_version import create_document, start_next_version
from enforcement.services.edit_matter import import_matters
from supervision.demo.loading.documents import Actors
from supervision.demo.loading.register import LoadedRegister
from supervision.demo.responsibility_content import ResponsibilityListSeed, read_responsibility_lists


def load_responsibility_lists(loaded: LoadedRegister) -> None:
    """Compiled for all levels by the province's compilers of the line, whose duty covers the places below it."""
    for seed in read_responsibility_lists():
        _load(loaded, seed)


def _load(loaded: LoadedRegister, seed: ResponsibilityListSeed) -> None:
    actors = Actors(loaded, f"YN-{seed.line_code}")
    document: RuleDocument | None = None
    for one in seed.versions:
        if document is None:
            document, version = create_document(
                actor=actors.compiler,
                kind=DocumentKind.RESPONSIBILITY_LIST,
                slug=seed.slug,
                title=seed.title,
                agency=loaded.agencies[seed.agency_code],
            )
        else:
            version = start_next_version(actor=actors.compiler, body=BODY, document_id=document.pk)
        import_matters(actor=actors.compiler, version_id=version.pk, rows=one.matters)
        actors.publish(
            BODY,
            version,
            document_number=one.document_number,
            issued_on=one.issued_on,
            effective_from=one.effective_from,
            change_summary=one.change_summary,
        )
