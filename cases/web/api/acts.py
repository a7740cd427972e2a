"""The acts a program may ask for: the shape of each, and the service that does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.entry_uses import StatedReasons
from cases.models import ProposalVerdict
from cases.models.leniency_alarm import alarm_key
from cases.proposal_rules import ProposalDraft
from cases.selectors.analysis import analysis_for
from cases.selectors.case_page import find_case
from cases.services.change_handlers import change_handlers
from cases.services.decide_proposal import decide_proposal
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import (
    StatementRecord,
    close_case,
    deliver_document,
    record_statement,
    withdraw_case,
)
from cases.services.recuse_officer import RecusalDecision, RecusalRequest, decide_recusal, request_recusal
from cases.services.submit_proposal import submit_proposal
from cases.statuses import Outcome
from cases.web.api import shapes
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.web.api.shapes import StrictShape


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for an act: who, on which case, with what, having read which version."""

    actor: Actor
    case_id: int
    fields: dict[str, Any]
    today: dt.date
    version: int | None

    @property
    def base(self) -> dict[str, Any]:
        return {"actor": self.actor, "case_id": self.case_id, "today": self.today}


@dataclass(frozen=True, slots=True)
class OfferedToPrograms:
    """`run` returns the number of what was made, or nothing."""

    shape: type[StrictShape]
    run: Callable[[Asked], str]


def _done(result: object) -> str:
    """Acts whose outcome has no number of its own."""
    return ""


def _propose(asked: Asked) -> str:
    fields = asked.fields
    follows = fields["follows_analysis"]
    outcome = _advised(asked) if follows else fields.get("outcome", "")
    if not outcome:
        problem = (
            "填写 outcome（处理方式）" if not follows else "系统还没有建议，先查明事实或者写明理由不采纳"
        )
        raise InvalidInput(
            "proposal_invalid", problem, {"problems": [problem], "fields": {"outcome": [problem]}}
        )
    draft = ProposalDraft(
        outcome=outcome,
        follows_analysis=follows,
        fines={one["subject"]: one["fen"] for one in fields["fines"]},
        other_measures=tuple(fields["other_measures"]),
        entry_id=fields["entry_id"],
        entry_reasons={
            one["entry_id"]: StatedReasons(one["reason_class"], one["reasons"])
            for one in fields["entry_reasons"]
        },
        **{
            name: fields[name]
            for name in (
                "tier_label",
                "departure_class",
                "departure_reasons",
                "mitigation_basis",
                "education",
            )
        },
    )
    return _done(submit_proposal(**asked.base, draft=draft, expected_lock=asked.version))


def _advised(asked: Asked) -> str:
    case = find_case(actor=asked.actor, case_id=asked.case_id, today=asked.today)
    if case is None:
        raise Refusal("not_found", "没有找到这个案件。")
    outcome = analysis_for(actor=asked.actor, case=case, today=asked.today).outcome
    return Outcome(outcome).value if outcome is not None else ""


def _approve(asked: Asked) -> str:
    fields = dict(asked.fields)
    answers = {
        alarm_key(one["kind"], one["entry_id"]): StatedReasons(one["reason_class"], one["reasons"])
        for one in fields.pop("alarm_answers")
    }
    verdict = ProposalVerdict.APPROVED
    return _done(decide_proposal(**asked.base, verdict=verdict, alarm_answers=answers, **fields))


def _verdict(verdict: ProposalVerdict) -> Callable[[Asked], str]:
    return lambda asked: _done(decide_proposal(**asked.base, verdict=verdict, **asked.fields))


def _decide_recusal(asked: Asked) -> str:
    fields = dict(asked.fields)
    recusal_id = fields.pop("recusal_id")
    decision = RecusalDecision(**{**fields, "discussion": tuple(fields["discussion"])})
    return _done(decide_recusal(**asked.base, recusal_id=recusal_id, decision=decision))


ACTS: dict[Act, OfferedToPrograms] = {
    Act.SUBMIT_PROPOSAL: OfferedToPrograms(shapes.ProposalShape, _propose),
    Act.APPROVE: OfferedToPrograms(shapes.ApprovalShape, _approve),
    Act.RETURN_PROPOSAL: OfferedToPrograms(shapes.OpinionShape, _verdict(ProposalVerdict.RETURNED)),
    Act.RECORD_STATEMENT: OfferedToPrograms(
        shapes.StatementShape,
        lambda asked: _done(record_statement(**asked.base, record=StatementRecord(**asked.fields))),
    ),
    Act.ISSUE_DECISION: OfferedToPrograms(
        shapes.NothingShape, lambda asked: issue_decision(**asked.base).number
    ),
    Act.DELIVER: OfferedToPrograms(
        shapes.DeliveryShape, lambda asked: _done(deliver_document(**asked.base, **asked.fields))
    ),
    Act.CLOSE: OfferedToPrograms(
        shapes.ClosingShape, lambda asked: _done(close_case(**asked.base, **asked.fields))
    ),
    Act.WITHDRAW: OfferedToPrograms(
        shapes.ReasonShape, lambda asked: _done(withdraw_case(**asked.base, **asked.fields))
    ),
    Act.CHANGE_HANDLERS: OfferedToPrograms(
        shapes.HandlersShape,
        lambda asked: _done(change_handlers(**asked.base, **asked.fields, expected_lock=asked.version)),
    ),
    Act.REQUEST_RECUSAL: OfferedToPrograms(
        shapes.RecusalRequestShape,
        lambda asked: _done(request_recusal(**asked.base, request=RecusalRequest(**asked.fields))),
    ),
    Act.DECIDE_RECUSAL: OfferedToPrograms(shapes.RecusalDecisionShape, _decide_recusal),
}
# Sealing a decision needs the person: a program's key proves nobody's presence.
ONLY_IN_PERSON = frozenset({Act.ISSUE_DECISION})
