"""审批: a second person with the approver's duty agrees to a proposal or returns it with reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from cases.entry_uses import StatedReasons
from cases.leniency_alarms import leniency_alarms
from cases.models import Case, LeniencyAlarm, Proposal, ProposalVerdict
from cases.selectors.analysis import analysis_for
from cases.services.advance_case import account_of, advance_case, lock_case, require_step
from cases.services.leniency_alarms import answer_alarms, raise_alarms
from cases.services.refused_acts import enforcement_act
from cases.statuses import Outcome
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal

ACTS = {ProposalVerdict.APPROVED: Act.APPROVE, ProposalVerdict.RETURNED: Act.RETURN_PROPOSAL}


def decide_proposal(
    *,
    actor: Actor,
    case_id: int,
    verdict: ProposalVerdict,
    text: str,
    today: dt.date,
    proposal_id: int | None = None,
    alarm_answers: Mapping[str, StatedReasons] | None = None,
) -> Proposal:
    """Approval → notice, decision or back to investigation. `proposal_id` is the one the approver read.

    Agreeing to a proposal that alarms were raised about needs reasons for each (`alarm_answers` by `LeniencyAlarm.key`);
    the rules in force today are asked once more, since they may have changed after the proposal.
    """
    act = ACTS[verdict]
    with enforcement_act(actor=actor, case_id=case_id, act=act):
        case = lock_case(actor=actor, case_id=case_id)
        step = require_step(actor=actor, case=case, act=act, today=today)
        proposal = case.proposals.select_for_update().get(verdict=ProposalVerdict.PENDING)
        if proposal_id is not None and proposal.pk != proposal_id:
            raise Refusal("other_proposal", "承办人已提交新的处理建议。请重新查看后再审批。")
        if not text.strip():
            problem = "写明退回的理由和需要补充的内容" if act is Act.RETURN_PROPOSAL else "填写审批意见"
            raise InvalidInput.from_fields("opinion_missing", {"text": [problem]})
        now = timezone.now()
        answered: list[dict[str, object]] = []
        if verdict is ProposalVerdict.APPROVED:
            answered = answer_alarms(
                alarms=_alarms_on(actor, case, proposal, today),
                answers=alarm_answers or {},
                account_id=account_of(actor),
                now=now,
            )
        proposal.decision_text = text.strip()
        proposal.verdict = verdict
        proposal.decided_by_id = account_of(actor)
        proposal.decided_at = now
        proposal.save()
        advance_case(
            actor=actor,
            case=case,
            step=step,
            note=text.strip(),
            payload={"proposal": proposal.pk, "verdict": verdict.value, "alarms": answered},
        )
    return proposal


def _alarms_on(actor: Actor, case: Case, proposal: Proposal, today: dt.date) -> tuple[LeniencyAlarm, ...]:
    """Those raised with the proposal and those that the rules of `today` add."""
    analysis = analysis_for(actor=actor, case=case, today=today)
    drafts = leniency_alarms(Outcome(proposal.outcome), analysis.grounds)
    return raise_alarms(case=case, proposal=proposal, drafts=drafts)
