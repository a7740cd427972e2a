"""What may be done with a version now, by whom, and why not: for buttons and for the sentence “who acts next”.

The services decide again; this only saves people from being refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from enforcement.actors import Actor, Role
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RepealRequest, RuleVersion, VersionStatus

SECOND_PERSON = "起草或修改过这个版本的人不能审核或者发布它，应由另一个人完成（双人规则）。"


@dataclass(frozen=True, slots=True)
class Act:
    """Whether an act belongs on the page now, and the reason why this person cannot do it (empty: they can)."""

    offered: bool
    refusal: str = ""

    @property
    def allowed(self) -> bool:
        return self.offered and not self.refusal


@dataclass(frozen=True, slots=True)
class VersionActs:
    """Every act on one version for one actor."""

    edit: Act
    submit: Act
    review: Act
    publish: Act
    send_back: Act
    discard: Act
    start_next: Act
    repeal: Act
    confirm_repeal: Act
    withdraw_repeal: Act
    next_step: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act of the ledger as a sentence."""

    entry: LedgerEntry
    sentence: str


def acts_for(*, actor: Actor, version: RuleVersion) -> VersionActs:
    """Needs `contributors`, `opinions` and the document loaded."""
    compiling = _duty(actor, Role.COMPILER, version, "您没有编制这份文件的职责。")
    reviewing = _duty(actor, Role.LEGAL_REVIEWER, version, "您没有法制审核的职责。")
    publishing = _duty(actor, Role.PUBLISHER, version, "您没有发布的职责。")
    second = SECOND_PERSON if has_touched(actor=actor, version=version) else ""
    draft, in_review, reviewed, published = (version.status == status for status in VersionStatus)
    kept = (
        "这份草稿已有法制审核意见，须留存备查，不能放弃。请修改后重新提交。" if version.opinions.all() else ""
    )
    asked = getattr(version, "repeal_request", None)
    may_be_repealed = published and version.repealed is None
    return VersionActs(
        edit=Act(draft, compiling),
        submit=Act(draft, compiling),
        review=Act(in_review, reviewing or second),
        publish=Act(reviewed, publishing or second),
        send_back=Act(in_review or reviewed, compiling if in_review else publishing),
        discard=Act(draft, compiling or kept),
        start_next=Act(published, compiling),
        repeal=Act(may_be_repealed and asked is None, compiling),
        confirm_repeal=Act(may_be_repealed and asked is not None, publishing or _same_person(actor, asked)),
        withdraw_repeal=Act(may_be_repealed and asked is not None, compiling and publishing),
        next_step=_next_step(version),
    )


def _same_person(actor: Actor, asked: RepealRequest | None) -> str:
    if asked is None or asked.requested_by_id != actor.account_id:
        return ""
    return "提出废止的人不能确认它，应由另一个人完成（双人规则）。"


def has_touched(*, actor: Actor, version: RuleVersion) -> bool:
    """Whether the actor drafted or edited the version."""
    if actor.account_id is None:
        return False
    return version.drafted_by_id == actor.account_id or any(
        account.pk == actor.account_id for account in version.contributors.all()
    )


def _duty(actor: Actor, role: Role, version: RuleVersion, refusal: str) -> str:
    document = version.document
    held = actor.may(role, region_code=document.region_code, line_code=document.line_code)
    return "" if held else refusal


def _next_step(version: RuleVersion) -> str:
    drafter = version.drafted_by.display_name
    match version.status:
        case VersionStatus.DRAFT:
            return f"下一步：编制人员（起草人 {drafter}）改好后提交法制审核。"
        case VersionStatus.IN_REVIEW:
            return "下一步：由没有参与起草的法制审核人员审核。"
        case VersionStatus.REVIEWED:
            return "下一步：由没有参与起草的发布人员核对并发布。"
        case _ if version.repealed is not None:
            return "这个版本已经废止。内容保留，供查阅和核验。"
        case _ if getattr(version, "repeal_request", None) is not None:
            return "下一步：由没有提出废止的发布人员核对并确认废止。"
        case _:
            return "已发布的内容不能再改。需要修改时，起草下一版。"


def history_of(version: RuleVersion) -> list[HistoryLine]:
    """Every act on the version, newest first."""
    rows = LedgerEntry.objects.filter(subject_type="RuleVersion", subject_id=str(version.pk)).order_by(
        "-occurred_at"
    )
    return [HistoryLine(row, _sentence(row)) for row in rows]


def _sentence(row: LedgerEntry) -> str:
    payload = json.loads(row.payload)
    detail = payload.get("what") or row.reason or payload.get("reason") or ""
    return f"{row.actor_name}{row.get_action_display()}" + (f"：{detail}" if detail else "。")
