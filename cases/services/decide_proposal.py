"""审批: a second person with the approver's duty agrees to a proposal or returns it with reasons."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from cases.models import Proposal, ProposalVerdict
from cases.services.advance_case import account_of, advance_case, lock_case, require_step
from cases.services.refused_acts import enforcement_act
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
) -> Proposal:
    """Approval → notice, decision or back to investigation. `proposal_id` is the one the approver read."""
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
        proposal.decision_text = text.strip()
        proposal.verdict = verdict
        proposal.decided_by_id = account_of(actor)
        proposal.decided_at = timezone.now()
        proposal.save()
        advance_case(
            actor=actor,
            case=case,
            step=step,
            note=text.strip(),
            payload={"proposal": proposal.pk, "verdict": verdict.value},
        )
    return proposal
