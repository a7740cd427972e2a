"""From draft over legal review to publication: three acts, at least two persons."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from enforcement.actors import Actor, Role
from enforcement.after_publication import announce_publication
from enforcement.document_digest import content_digest, version_digest
from enforcement.documents import DocumentBody, Finding
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.public_log import append_public_act
from enforcement.models import ReviewOpinion, RuleVersion, VersionStatus
from enforcement.models.documents import ReviewVerdict
from enforcement.review_rules import hindrances
from enforcement.selectors.entry_opinions import digests_of, latest_opinions, opinions_by_entry
from enforcement.services.draft_version import locked_version, require_account, require_duty
from enforcement.services.index_citations import index_citations
from enforcement.services.index_search import index_search


def submit_version(
    *, actor: Actor, body: DocumentBody, version_id: int, meant_for: dt.date | None = None
) -> RuleVersion:
    """Draft → legal review. Refused while something blocks, seen from the day the version is meant to take effect:
    today unless given. Publication looks again, from the day that was decided.
    """
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        require_duty(actor, Role.COMPILER, version.document, message="只有编制人员可以提交法制审核。")
        _require_status(version, VersionStatus.DRAFT, "只有草稿可以提交法制审核。")
        _require_no_problems(version, body, on=meant_for or timezone.localdate())
        version.status = VersionStatus.IN_REVIEW
        version.submitted_at = timezone.now()
        version.save()
        _record(
            version,
            LedgerAction.VERSION_SUBMITTED,
            actor,
            {"content": content_digest(body.content_of(version))},
        )
        return version


def review_version(
    *, actor: Actor, body: DocumentBody, version_id: int, verdict: ReviewVerdict, text: str
) -> RuleVersion:
    """Legal review by somebody who did not draft: agreed (待发布) or returned to the drafter with reasons."""
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        require_duty(actor, Role.LEGAL_REVIEWER, version.document, message="只有法制审核人员可以审核。")
        _require_status(version, VersionStatus.IN_REVIEW, "这个版本不在法制审核中。")
        require_second_person(
            version, actor, "起草或修改过这个版本的人不能审核它。请由另一位法制审核人员审核。"
        )
        if not text.strip():
            raise InvalidInput("opinion_missing", "填写审核意见。", {"problems": ["填写审核意见。"]})
        if verdict == ReviewVerdict.AGREE:
            _require_settled_entries(version, body)
        digest = content_digest(body.content_of(version))
        ReviewOpinion.objects.create(
            version=version,
            verdict=verdict,
            text=text.strip(),
            content_digest=digest,
            given_by_id=require_account(actor),
        )
        agreed = verdict == ReviewVerdict.AGREE
        version.status = VersionStatus.REVIEWED if agreed else VersionStatus.DRAFT
        version.reviewed_by_id = actor.account_id if agreed else None
        version.reviewed_at = timezone.now() if agreed else None
        version.save()
        action = LedgerAction.VERSION_REVIEWED if agreed else LedgerAction.VERSION_RETURNED
        _record(version, action, actor, {"content": digest})
        return version


def publish_version(
    *,
    actor: Actor,
    body: DocumentBody,
    version_id: int,
    document_number: str,
    issued_on: dt.date,
    effective_from: dt.date,
    effective_until: dt.date | None = None,
    change_summary: str = "",
    published_at: dt.datetime | None = None,
) -> RuleVersion:
    """Reviewed version → published and frozen, by a second person, with the warnings that stood on the day of effect.

    The content must still be what legal review agreed to. `effective_until` is exclusive (a trial version).
    `published_at` is for loading history; the web always publishes now.
    """
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        require_duty(actor, Role.PUBLISHER, version.document, message="只有发布人员可以发布。")
        _require_status(version, VersionStatus.REVIEWED, "只有通过法制审核的版本可以发布。")
        require_second_person(version, actor, "起草或修改过这个版本的人不能发布它。请由另一位发布人员发布。")
        warnings = _require_no_problems(version, body, on=effective_from)
        _require_dates(version, document_number, issued_on, effective_from, effective_until)
        content = body.content_of(version)
        reviewed = version.opinions.filter(verdict=ReviewVerdict.AGREE).order_by("-given_at").first()
        if reviewed is None or reviewed.content_digest != content_digest(content):
            raise Refusal("content_changed", "内容与法制审核时不一致。请退回草稿，重新提交审核。")
        version.document_number = document_number.strip()
        version.issued_on = issued_on
        version.effective_from = effective_from
        version.effective_until = effective_until
        version.change_summary = change_summary.strip()
        version.published_by_id = actor.account_id
        version.published_at = published_at or timezone.now()
        version.recorded_warnings = [one.as_document() for one in warnings]
        version.status = VersionStatus.PUBLISHED
        version.digest = version_digest(version, content)
        version.save()
        index_citations(body=body, version=version)
        index_search(body=body, version=version)
        payload = {"digest": version.digest, "number": version.number, "effective_from": effective_from}
        entry = _record(version, LedgerAction.VERSION_PUBLISHED, actor, payload)
        append_public_act(
            entry=entry,
            kind=version.document.kind,
            key=version.public_key,
            label=str(version),
            digest=version.digest,
        )
        announce_publication(version.pk)
        return version


def _require_status(version: RuleVersion, status: VersionStatus, message: str) -> None:
    if version.status != status:
        raise Refusal("wrong_status", f"{message}它现在是“{version.get_status_display()}”。")


def _require_settled_entries(version: RuleVersion, body: DocumentBody) -> None:
    """No entry that review disagreed with stands as it was."""
    opinions = opinions_by_entry(version)
    problems = hindrances(latest_opinions(opinions), digests_of(body, version)) if opinions else []
    if problems:
        raise InvalidInput("open_opinions", "还有逐条意见没有处理，不能整体同意。", {"problems": problems})


def require_second_person(version: RuleVersion, actor: Actor, message: str) -> None:
    """Raise `NotPermitted` for whoever drafted or edited the version, and for nobody signed in."""
    touched = (
        version.drafted_by_id == actor.account_id or version.contributors.filter(pk=actor.account_id).exists()
    )
    if actor.account_id is None or touched:
        raise NotPermitted("second_person", message)


def _require_no_problems(version: RuleVersion, body: DocumentBody, *, on: dt.date) -> list[Finding]:
    """What deserves a look and does not block. Raises `InvalidInput` for what does."""
    found = body.findings(version, on=on)
    problems = [one.text for one in found if one.blocks]
    if problems:
        raise InvalidInput("content_problems", "还有问题没有解决，不能继续。", {"problems": problems})
    return list(found)


def _require_dates(
    version: RuleVersion,
    document_number: str,
    issued_on: dt.date,
    effective_from: dt.date,
    effective_until: dt.date | None,
) -> None:
    problems = []
    if not document_number.strip():
        problems.append("填写发文字号。")
    if effective_from < issued_on:
        problems.append("生效日期不能早于成文日期。")
    if effective_until is not None and effective_until <= effective_from:
        problems.append("失效日期应晚于生效日期。")
    same_day = RuleVersion.objects.known(None).filter(
        document=version.document_id, effective_from=effective_from
    )
    if same_day.exists():
        problems.append("已有一个版本在同一天生效。请改生效日期。")
    if problems:
        raise InvalidInput("publish_input", "发布信息有误。", {"problems": problems})


def _record(
    version: RuleVersion, action: LedgerAction, actor: Actor, payload: dict[str, object]
) -> LedgerEntry:
    return append_entry(
        chain=version.document.agency.code,
        action=action,
        subject=version,
        subject_label=str(version),
        actor=actor,
        payload=payload,
    )
