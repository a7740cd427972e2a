"""废止: one person prepares the repeal of a published version, another confirms it. The version itself stays as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from enforcement.actors import Actor, Role
from enforcement.after_publication import announce_publication
from enforcement.document_digest import repeal_digest
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.public_log import REPEAL, append_public_act
from enforcement.models import DocumentKind, RepealRequest, RuleVersion, VersionRepeal, VersionStatus
from enforcement.repeal_rules import StandingVersion, repeal_problems
from enforcement.selectors.documents import place_in_time, versions_of
from enforcement.services.draft_version import locked_version, require_account, require_duty

SECOND_PERSON = "提出废止的人不能确认它。请由另一位发布人员确认。"


@dataclass(frozen=True, slots=True)
class RepealAct:
    """What the act says. `ends_on` is the first day without effect."""

    document_number: str
    issued_on: dt.date
    ends_on: dt.date
    reason: str


def request_repeal(
    *, actor: Actor, kind: DocumentKind, version_id: int, act: RepealAct, today: dt.date
) -> RepealRequest:
    """Prepare the repeal of a published version. Refused where it has ended or another repeal is prepared."""
    with transaction.atomic():
        version = locked_version(version_id, kind)
        require_duty(actor, Role.COMPILER, version.document, message="只有编制人员可以提出废止。")
        _require_open(version)
        if RepealRequest.objects.filter(version=version).exists():
            raise Refusal("repeal_requested", "已经有人提出废止这个版本，正等待确认。")
        _require_sound(version, act, today)
        request = RepealRequest.objects.create(
            version=version,
            document_number=act.document_number.strip(),
            issued_on=act.issued_on,
            ends_on=act.ends_on,
            reason=act.reason.strip(),
            requested_by_id=require_account(actor),
            requested_at=timezone.now(),
        )
        _record(version, LedgerAction.REPEAL_REQUESTED, actor, act)
        return request


def withdraw_repeal_request(*, actor: Actor, kind: DocumentKind, version_id: int) -> None:
    """Take back what was prepared: by a compiler, or by the publisher who does not agree."""
    with transaction.atomic():
        version = locked_version(version_id, kind)
        document = version.document
        if not actor.may(Role.PUBLISHER, region_code=document.region_code, line_code=document.line_code):
            require_duty(actor, Role.COMPILER, document, message="只有编制人员或发布人员可以撤回。")
        request = _request_of(version)
        act = _act_of(request)
        request.delete()
        _record(version, LedgerAction.REPEAL_WITHDRAWN, actor, act)


def confirm_repeal(
    *,
    actor: Actor,
    kind: DocumentKind,
    version_id: int,
    today: dt.date,
    repealed_at: dt.datetime | None = None,
) -> VersionRepeal:
    """Make the prepared repeal take effect and public: by a publisher who did not prepare it.

    `repealed_at` is for loading history; the web always repeals now.
    """
    with transaction.atomic():
        version = locked_version(version_id, kind)
        require_duty(actor, Role.PUBLISHER, version.document, message="只有发布人员可以确认废止。")
        _require_open(version)
        request = _request_of(version)
        if request.requested_by_id == require_account(actor):
            raise NotPermitted("second_person", SECOND_PERSON)
        act = _act_of(request)
        _require_sound(version, act, today)
        repeal = VersionRepeal(
            version=version,
            document_number=act.document_number,
            issued_on=act.issued_on,
            ends_on=act.ends_on,
            reason=act.reason,
            requested_by_id=request.requested_by_id,
            requested_at=request.requested_at,
            repealed_by_id=require_account(actor),
            repealed_at=repealed_at or timezone.now(),
        )
        repeal.digest = repeal_digest(repeal)
        request.delete()
        repeal.save()
        entry = _record(version, LedgerAction.VERSION_REPEALED, actor, act, digest=repeal.digest)
        append_public_act(
            entry=entry,
            kind=REPEAL,
            key=version.public_key,
            label=f"废止{version}",
            digest=repeal.digest,
        )
        announce_publication(version.pk)
        return repeal


def _require_open(version: RuleVersion) -> None:
    if version.status != VersionStatus.PUBLISHED:
        raise Refusal(
            "not_published", f"这个版本现在是“{version.get_status_display()}”，只有已发布的版本可以废止。"
        )
    if VersionRepeal.objects.filter(version=version).exists():
        raise Refusal("already_repealed", "这个版本已经废止。")


def _request_of(version: RuleVersion) -> RepealRequest:
    request = RepealRequest.objects.select_for_update().filter(version=version).first()
    if request is None:
        raise Refusal("no_request", "没有等待确认的废止，它可能刚被撤回。")
    return request


def _act_of(request: RepealRequest) -> RepealAct:
    return RepealAct(request.document_number, request.issued_on, request.ends_on, request.reason)


def _require_sound(version: RuleVersion, act: RepealAct, today: dt.date) -> None:
    problems = []
    if not act.document_number.strip():
        problems.append("填写发文字号。")
    if not act.reason.strip():
        problems.append("填写废止的原因。")
    placed = place_in_time(versions_of(version.document, published_only=True), on=today)
    row = next(row for row in placed if row.version.pk == version.pk)
    assert version.effective_from is not None
    standing = StandingVersion(version.effective_from, row.until)
    problems += repeal_problems(standing, issued_on=act.issued_on, ends_on=act.ends_on, today=today)
    if problems:
        raise InvalidInput("repeal_input", "废止信息有误。", {"problems": problems})


def _record(
    version: RuleVersion, action: LedgerAction, actor: Actor, act: RepealAct, **more: object
) -> LedgerEntry:
    return append_entry(
        chain=version.document.agency.code,
        action=action,
        subject=version,
        subject_label=str(version),
        actor=actor,
        reason=act.reason,
        payload={
            "number": version.number,
            "document_number": act.document_number,
            "ends_on": act.ends_on,
            **more,
        },
    )
