"""Comments on the cells of a version under work: written, answered, resolved. They never become part of the content."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from enforcement.actors import COMPILING_ROLES, Actor
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import RuleVersion
from enforcement.services.draft_version import require_account
from exemption_lists.cells import BY_NAME
from exemption_lists.models import EntryComment


@transaction.atomic
def write_comment(
    *,
    actor: Actor,
    version_id: int,
    entry_slug: str,
    column: str,
    text: str,
    now: dt.datetime,
    answer_to: int | None = None,
) -> EntryComment:
    """A comment on a cell, or an answer behind another comment; an answer opens a resolved thread again.

    For everybody with a compiling duty for the document, as long as the version is not published.
    """
    version = _version_under_work(actor, version_id)
    said = text.strip()
    if not said or len(said) > EntryComment.LONGEST:
        raise InvalidInput(
            "comment_text", "写下批注。" if not said else f"批注最多 {EntryComment.LONGEST} 个字。请改短。"
        )
    first = _thread(version, answer_to) if answer_to is not None else None
    if first is not None:
        entry_slug, column = first.entry_slug, first.column
        EntryComment.objects.filter(pk=first.pk).update(resolved_at=None, resolved_by=None)
    elif column not in BY_NAME or not version.list_entries.filter(slug=entry_slug).exists():
        raise Refusal("entry_missing", "没有这一格，它所在的条目可能刚被删除。")
    comment = EntryComment.objects.create(
        version=version,
        entry_slug=entry_slug,
        column=column,
        text=said,
        author_id=require_account(actor),
        written_at=now,
        answer_to=first,
    )
    _record(actor, version, comment, "写批注" if first is None else "回复批注")
    return comment


@transaction.atomic
def resolve_comment(*, actor: Actor, version_id: int, comment_id: int, now: dt.datetime) -> EntryComment:
    """The thread is dealt with. Resolving twice changes nothing."""
    version = _version_under_work(actor, version_id)
    comment = _thread(version, comment_id)
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by_id = now, require_account(actor)
        comment.save()
        _record(actor, version, comment, "批注已处理")
    return comment


def _version_under_work(actor: Actor, version_id: int) -> RuleVersion:
    version = RuleVersion.objects.select_related("document__agency").get(pk=version_id)
    document = version.document
    if not actor.may_any(COMPILING_ROLES, region_code=document.region_code, line_code=document.line_code):
        raise NotPermitted("not_permitted", "您没有编制这份文件的职责。请联系管理员授权。")
    if version.is_published:
        raise Refusal("version_published", "这个版本已发布，不再批注。请在新版本里提出。")
    return version


def _thread(version: RuleVersion, comment_id: int) -> EntryComment:
    found = version.entry_comments.select_for_update().filter(pk=comment_id, answer_to=None).first()
    if found is None:
        raise Refusal("comment_missing", "没有这条批注，它可能随草稿一起删除了。")
    return found


def _record(actor: Actor, version: RuleVersion, comment: EntryComment, what: str) -> None:
    append_entry(
        chain=version.document.agency.code,
        action=LedgerAction.ENTRY_COMMENTED,
        subject=version,
        subject_label=str(version),
        actor=actor,
        payload={
            "what": what,
            "comment": comment.pk,
            "entry": comment.entry_slug,
            "column": comment.column,
        },
    )
