"""An uploaded table of a rule document: kept until it is written into a draft as a whole."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from enforcement.actors import Actor, Role
from enforcement.errors import NotPermitted
from enforcement.models import Agency, DocumentKind, RuleVersion
from enforcement.services.draft_version import create_document
from enforcement.services.kept_files import KeptFile, find_file, forget_file, keep_file


def keep_upload(*, actor: Actor, kind: DocumentKind, name: str, content: bytes) -> KeptFile:
    """Keep the bytes for the preview of this person; nothing reaches the database."""
    if actor.account_id is None or Role.COMPILER not in actor.roles:
        raise NotPermitted("not_permitted", f"您没有编制{kind.label}的职责。请联系管理员授权。")
    return keep_file(actor=actor, purpose=kind.value, name=name, content=content)


def find_upload(*, actor: Actor, kind: DocumentKind, digest: str) -> KeptFile | None:
    """The kept file of this person, None when it was never there or its time is over."""
    return find_file(actor=actor, purpose=kind.value, digest=digest)


def forget_upload(*, actor: Actor, kind: DocumentKind, digest: str) -> None:
    """Drop the bytes, once written."""
    forget_file(actor=actor, purpose=kind.value, digest=digest)


@transaction.atomic
def write_into_new_document(
    *,
    actor: Actor,
    kind: DocumentKind,
    slug: str,
    title: str,
    agency: Agency,
    write: Callable[[int], RuleVersion],
) -> RuleVersion:
    """A new document whose first draft is filled by `write(version_id)`; neither exists without the other."""
    _, version = create_document(actor=actor, kind=kind, slug=slug, title=title, agency=agency)
    return write(version.pk)
