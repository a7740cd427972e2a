"""Guards of the workflow: each looks at a case's situation and returns None or the Refusal people read.

Pure. `CaseSituation` is assembled once per page or service by `cases.situation`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from cases.statuses import CaseStatus, Outcome
from enforcement.actors import Role
from enforcement.errors import Refusal
from enforcement.wording import date_zh

HANDLERS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class CaseSituation:
    """What the guards may know. `roles` are the duties the actor holds for this case's region and line; `outcome` is
    that of the pending or approved proposal; `invalid_handlers` names those who may not act on `today`, each with the
    reason. `actor_bar` is the reason why the actor may not act as an officer that day.
    """

    status: CaseStatus | str
    today: dt.date
    roles: frozenset[Role] = frozenset()
    actor_account_id: int | None = None
    actor_is_handler: bool = False
    actor_recused: bool = False
    actor_bar: str = ""
    valid_handlers: int = 0
    invalid_handlers: tuple[str, ...] = field(default=())
    narrative: str = ""
    evidence_count: int = 0
    outcome: str | None = None
    proposal_verdict: str = ""
    proposed_by_id: int | None = None
    statement_recorded: bool = False
    has_decision: bool = False
    pending_recusals: int = 0
    is_secret: bool = False
    is_served: bool = False
    is_released: bool = False


Guard: TypeAlias = Callable[[CaseSituation], Refusal | None]


def two_valid_handlers(situation: CaseSituation) -> Refusal | None:
    """行政处罚法 第四十二条: at least two officers, each with a certificate valid on the day."""
    if situation.valid_handlers >= HANDLERS_NEEDED:
        return None
    unfit = f"{'；'.join(situation.invalid_handlers)}。" if situation.invalid_handlers else ""
    return Refusal(
        "handlers_not_valid",
        f"{unfit}办理本案须有两名执法证有效、没有回避的执法人员，{date_zh(situation.today)}有 {situation.valid_handlers} 名。"
        "请先由负责人调整承办人。",
    )


def narrative_written(situation: CaseSituation) -> Refusal | None:
    """行政处罚法 第五十九条: the decision states the facts."""
    if situation.narrative.strip():
        return None
    return Refusal("narrative_missing", "还没有写违法事实。写明时间、地点和行为后再提交。")


def evidence_listed(situation: CaseSituation) -> Refusal | None:
    """行政处罚法 第四十六条、第五十九条: facts rest on evidence."""
    if situation.evidence_count > 0:
        return None
    return Refusal("evidence_missing", "还没有列明证据。至少列出一份证据后再提交。")


def proposal_pending(situation: CaseSituation) -> Refusal | None:
    if situation.proposal_verdict == "pending":
        return None
    return Refusal("no_pending_proposal", "没有等待审批的处理建议。")


def second_person(situation: CaseSituation) -> Refusal | None:
    """Nobody approves what they proposed."""
    if situation.actor_account_id is not None and situation.actor_account_id != situation.proposed_by_id:
        return None
    return Refusal("second_person", "提出处理建议的人不能审批它。请由另一位负责人审批。")


def not_a_handler(situation: CaseSituation) -> Refusal | None:
    """行政处罚法 第五十七条: the head reviews what the handlers investigated."""
    if not situation.actor_is_handler:
        return None
    return Refusal("handler_reviews", "您是本案承办人，不能审批本案。请由另一位负责人审批。")


def proposal_approved(situation: CaseSituation) -> Refusal | None:
    if situation.proposal_verdict == "approved":
        return None
    return Refusal("no_approved_proposal", "处理建议还没有通过审批，不能签发决定书。")


def statement_heard(situation: CaseSituation) -> Refusal | None:
    """行政处罚法 第六十二条: no penalty without the notice and without hearing the party."""
    if situation.outcome == Outcome.NO_PENALTY or situation.statement_recorded:
        return None
    return Refusal("statement_missing", "还没有告知当事人并听取陈述申辩，不得作出处罚决定。")


def decision_issued(situation: CaseSituation) -> Refusal | None:
    if situation.has_decision:
        return None
    return Refusal("no_decision", "决定书还没有签发。")


def recusal_pending(situation: CaseSituation) -> Refusal | None:
    if situation.pending_recusals:
        return None
    return Refusal("no_pending_recusal", "没有等待决定的回避申请。")


def not_yet_served(situation: CaseSituation) -> Refusal | None:
    """What is published stays published; a served decision of a sensitive case is opened by its release."""
    if not situation.is_served:
        return None
    return Refusal("already_served", "决定书已送达，保密级别不再改变。敏感案件的决定由负责人确认后公示。")


def waits_for_release(situation: CaseSituation) -> Refusal | None:
    """行政处罚法 第四十八条: decisions with a social impact are published; trade secrets are left out first."""
    if situation.is_secret and situation.is_served and not situation.is_released:
        return None
    words = "已确认公示" if situation.is_released else "不需要确认公示：决定书还没有送达，或者不涉及敏感内容"
    return Refusal("no_release_due", f"本案{words}。")
