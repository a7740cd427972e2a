"""逐条审核: opinions of legal review on single entries, and the drafter's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from enforcement.actors import Actor, Role
from enforcement.documents import DocumentBody
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import EntryOpinion, OpinionAnswer, RuleVersion, VersionStatus
from enforcement.models.reviews import EntryVerdict
from enforcement.review_rules import unsound
from enforcement.selectors.entry_opinions import digests_of
from enforcement.services.draft_version import locked_version, require_account, require_duty
from enforcement.services.publish_version import require_second_person


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """What a reviewer says of one entry; `title` and `serial` are kept with the opinion, since the entry may go."""

    slug: str
    serial: str
    title: str
    verdict: EntryVerdict
    text: str = ""


def give_entry_opinions(
    *, actor: Actor, body: DocumentBody, version_id: int, choices: Sequence[EntryChoice]
) -> list[EntryOpinion]:
    """Store one opinion per choice on the entries as they stand. The version stays in review."""
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        require_duty(actor, Role.LEGAL_REVIEWER, version.document, message="只有法制审核人员可以审核。")
        if version.status != VersionStatus.IN_REVIEW:
            raise Refusal("wrong_status", "这个版本不在法制审核中。")
        require_second_person(
            version, actor, "起草或修改过这个版本的人不能审核它。请由另一位法制审核人员审核。"
        )
        if not choices:
            raise InvalidInput.from_problems("no_opinion", ["至少选择一条的意见，再保存。"])
        problems = unsound((one.serial, one.verdict, one.text) for one in choices)
        if problems:
            raise InvalidInput.from_problems("opinion_text_missing", problems)
        digests = digests_of(body, version)
        gone = [f"第 {one.serial} 条已经不在这个版本里。" for one in choices if one.slug not in digests]
        if gone:
            raise InvalidInput.from_problems("entry_gone", gone)
        given = EntryOpinion.objects.bulk_create(
            EntryOpinion(
                version=version,
                entry_slug=one.slug,
                entry_serial=one.serial,
                entry_title=one.title,
                entry_digest=digests[one.slug],
                verdict=one.verdict,
                text=one.text.strip(),
                given_by_id=require_account(actor),
            )
            for one in choices
        )
        counts = {
            verdict.value: sum(one.verdict == verdict for one in choices)
            for verdict in EntryVerdict
            if any(one.verdict == verdict for one in choices)
        }
        _record(version, LedgerAction.ENTRIES_REVIEWED, actor, {"opinions": counts})
        return given


def answer_opinion(
    *, actor: Actor, body: DocumentBody, version_id: int, opinion_id: int, accepted: bool, reason: str
) -> OpinionAnswer:
    """The drafter takes an opinion up, or says why not. Once per opinion, while the version is a draft."""
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        require_duty(actor, Role.COMPILER, version.document, message="只有编制人员可以答复审核意见。")
        if version.status != VersionStatus.DRAFT:
            raise Refusal("wrong_status", "退回草稿以后才能答复审核意见。")
        opinion = EntryOpinion.objects.filter(pk=opinion_id, version=version).first()
        if opinion is None:
            raise Refusal("no_opinion", "没有这条审核意见。")
        if OpinionAnswer.objects.filter(opinion=opinion).exists():
            raise Refusal("already_answered", "这条审核意见已经答复。")
        if not accepted and not reason.strip():
            raise InvalidInput.from_problems("reason_missing", ["不采纳的，写明理由。"])
        answer = OpinionAnswer.objects.create(
            opinion=opinion,
            accepted=accepted,
            reason=reason.strip(),
            answered_by_id=require_account(actor),
        )
        _record(
            version,
            LedgerAction.OPINION_ANSWERED,
            actor,
            {"opinion": opinion.pk, "entry": opinion.entry_slug, "accepted": accepted},
        )
        return answer


def _record(version: RuleVersion, action: LedgerAction, actor: Actor, payload: dict[str, object]) -> None:
    append_entry(
        chain=version.document.agency.code,
        action=action,
        subject=version,
        subject_label=str(version),
        actor=actor,
        payload=payload,
    )
