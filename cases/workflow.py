"""The procedure as a table: which act leads from which stage to which, by whom, on what conditions.

Only `cases.services.advance_case` follows the table; pages draw their buttons from it, `print_workflow` its chart.
A fuller procedure (legal review, hearing, collective discussion) is more rows and more guards, not more code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases import guards
from cases.guards import CaseSituation, Guard
from cases.officer_gate import actor_refusal, recusal_refusal
from cases.statuses import ENDED, CaseStatus, Outcome
from enforcement.actors import CASE_ROLES, ROLE_LABELS, Role
from enforcement.errors import NotPermitted, Refusal


class Act(StrEnum):
    """Names of the acts, as in events and addresses."""

    SUBMIT_PROPOSAL = "submit_proposal"
    RETURN_PROPOSAL = "return_proposal"
    APPROVE = "approve"
    RECORD_STATEMENT = "record_statement"
    ISSUE_DECISION = "issue_decision"
    DELIVER = "deliver"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    OPEN = "open"
    RECORD_FACTS = "record_facts"
    RECORD_NARRATIVE = "record_narrative"
    REQUEST_RECUSAL = "request_recusal"
    DECIDE_RECUSAL = "decide_recusal"
    CHANGE_HANDLERS = "change_handlers"
    SHARE_CASE = "share_case"
    WITHDRAW_SHARE = "withdraw_share"
    SET_CONFIDENTIALITY = "set_confidentiality"
    GRANT_CLEARANCE = "grant_clearance"
    WITHDRAW_CLEARANCE = "withdraw_clearance"
    RELEASE_DECISION = "release_decision"
    REPLY_TO_ALARM = "reply_to_alarm"


class Route(StrEnum):
    """Which proposals a row is for."""

    ANY = "任何处理"
    PENALTY = "给予处罚"
    NO_PENALTY = "不予处罚"

    def admits(self, outcome: str | None) -> bool:
        """ANY admits every case; the others need a proposal of their kind."""
        if self is Route.ANY:
            return True
        return outcome is not None and (outcome == Outcome.NO_PENALTY) == (self is Route.NO_PENALTY)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. An empty `route` match means the row is not the one for this case, which is no refusal."""

    name: Act
    label: str
    sources: frozenset[CaseStatus]
    target: CaseStatus
    roles: frozenset[Role]
    guards: tuple[Guard, ...]
    law_reference: str
    route: Route = Route.ANY

    def refusal(self, situation: CaseSituation) -> Refusal | None:
        """The first reason why this step may not be taken now, or None."""
        return _refusal(self, situation, gate=actor_refusal(situation, self.roles))


@dataclass(frozen=True, slots=True)
class StandingAct:
    """An act on a case that leaves its stage as it is. `by_officers`: an officer needs to pass the officers' gate."""

    name: Act
    label: str
    sources: frozenset[CaseStatus]
    roles: frozenset[Role]
    guards: tuple[Guard, ...]
    law_reference: str
    by_officers: bool = True

    def refusal(self, situation: CaseSituation) -> Refusal | None:
        """The first reason why this may not be done now, or None."""
        gate = actor_refusal(situation, self.roles) if self.by_officers else recusal_refusal(situation)
        return _refusal(self, situation, gate=gate)


def _refusal(
    row: Transition | StandingAct, situation: CaseSituation, *, gate: Refusal | None
) -> Refusal | None:
    """Stage, then duty, then the gate of the acting person, then what this act needs."""
    if situation.status not in row.sources:
        stage = "、".join(f"“{CaseStatus(source).label}”" for source in sorted(row.sources))
        now = CaseStatus(situation.status).label
        return Refusal("wrong_stage", f"{row.label}只能在{stage}阶段进行，本案现在是“{now}”。")
    if not situation.roles & row.roles:
        duty = "、".join(ROLE_LABELS[role] for role in Role if role in row.roles)
        return NotPermitted("not_permitted", f"{row.label}由{duty}办理。")
    if gate is not None:
        return gate
    return next((found for guard in row.guards if (found := guard(situation)) is not None), None)


OFFICER = frozenset({Role.OFFICER})
APPROVER = frozenset({Role.APPROVER})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Act.SUBMIT_PROPOSAL, "提交处理建议", frozenset({CaseStatus.INVESTIGATION}), CaseStatus.APPROVAL, OFFICER,
        (guards.two_valid_handlers, guards.narrative_written, guards.evidence_listed),
        "行政处罚法第四十二条、第五十四条、第五十七条",
    ),
    Transition(
        Act.WITHDRAW, "撤销立案", frozenset({CaseStatus.INVESTIGATION}), CaseStatus.WITHDRAWN, APPROVER,
        (guards.not_a_handler,),
        "行政处罚法第五十四条第二款、第五十七条",
    ),
    Transition(
        Act.RETURN_PROPOSAL, "退回补充", frozenset({CaseStatus.APPROVAL}), CaseStatus.INVESTIGATION, APPROVER,
        (guards.proposal_pending, guards.second_person, guards.not_a_handler),
        "行政处罚法第五十七条",
    ),
    Transition(
        Act.APPROVE, "同意处理建议", frozenset({CaseStatus.APPROVAL}), CaseStatus.NOTICE, APPROVER,
        (guards.proposal_pending, guards.second_person, guards.not_a_handler),
        "行政处罚法第四十四条、第五十七条", Route.PENALTY,
    ),
    Transition(
        Act.APPROVE, "同意处理建议", frozenset({CaseStatus.APPROVAL}), CaseStatus.DECISION, APPROVER,
        (guards.proposal_pending, guards.second_person, guards.not_a_handler),
        "行政处罚法第三十三条、第五十七条", Route.NO_PENALTY,
    ),
    Transition(
        Act.RECORD_STATEMENT, "记录告知与陈述申辩", frozenset({CaseStatus.NOTICE}), CaseStatus.DECISION, OFFICER,
        (guards.two_valid_handlers,),
        "行政处罚法第四十四条、第四十五条",
    ),
    Transition(
        Act.ISSUE_DECISION, "签发决定书", frozenset({CaseStatus.DECISION}), CaseStatus.DELIVERY, OFFICER | APPROVER,
        (guards.proposal_approved, guards.statement_heard, guards.two_valid_handlers),
        "行政处罚法第五十七条、第五十九条",
    ),
    Transition(
        Act.DELIVER, "记录送达", frozenset({CaseStatus.DELIVERY}), CaseStatus.EXECUTION, OFFICER,
        (guards.decision_issued, guards.two_valid_handlers),
        "行政处罚法第六十一条", Route.PENALTY,
    ),
    Transition(
        Act.DELIVER, "记录送达", frozenset({CaseStatus.DELIVERY}), CaseStatus.CLOSED, OFFICER,
        (guards.decision_issued, guards.two_valid_handlers),
        "行政处罚法第六十一条", Route.NO_PENALTY,
    ),
    Transition(
        Act.CLOSE, "结案", frozenset({CaseStatus.EXECUTION}), CaseStatus.CLOSED, OFFICER,
        (guards.decision_issued,),
        "行政处罚法第六十六条、第六十七条",
    ),
)  # fmt: skip

OPEN_STAGES = frozenset(CaseStatus) - ENDED
STANDING_ACTS: tuple[StandingAct, ...] = (
    StandingAct(
        Act.RECORD_FACTS, "记录裁量事实", frozenset({CaseStatus.INVESTIGATION}), OFFICER,
        (guards.two_valid_handlers,), "行政处罚法第四十条、第四十二条、第四十六条",
    ),
    StandingAct(
        Act.RECORD_NARRATIVE, "记录违法事实与证据", frozenset({CaseStatus.INVESTIGATION}), OFFICER,
        (guards.two_valid_handlers,), "行政处罚法第四十条、第四十二条、第四十六条",
    ),
    StandingAct(
        Act.REQUEST_RECUSAL, "记录回避申请", OPEN_STAGES, CASE_ROLES, (),
        "行政处罚法第四十三条第一款、第二款", by_officers=False,
    ),
    StandingAct(
        Act.DECIDE_RECUSAL, "决定是否回避", OPEN_STAGES, APPROVER,
        (guards.recusal_pending, guards.not_a_handler), "行政处罚法第四十三条第三款",
    ),
    StandingAct(
        Act.CHANGE_HANDLERS, "调整承办人", OPEN_STAGES, APPROVER,
        (guards.not_a_handler,), "行政处罚法第四十二条、第四十三条",
    ),
    StandingAct(
        Act.SHARE_CASE, "授权协办查阅", OPEN_STAGES, APPROVER, (), "行政处罚法第二十六条",
    ),
    StandingAct(
        Act.WITHDRAW_SHARE, "收回协办授权", frozenset(CaseStatus), APPROVER, (), "行政处罚法第二十六条",
    ),
    StandingAct(
        Act.SET_CONFIDENTIALITY, "确定保密级别", OPEN_STAGES, OFFICER | APPROVER,
        (guards.not_yet_served,), "行政处罚法第五十条",
    ),
    StandingAct(
        Act.GRANT_CLEARANCE, "批准查阅敏感案件", frozenset(CaseStatus), APPROVER, (), "行政处罚法第五十条",
    ),
    StandingAct(
        Act.WITHDRAW_CLEARANCE, "收回查阅批准", frozenset(CaseStatus), APPROVER, (), "行政处罚法第五十条",
    ),
    StandingAct(
        Act.RELEASE_DECISION, "确认公示内容", frozenset({CaseStatus.EXECUTION, CaseStatus.CLOSED}), APPROVER,
        (guards.waits_for_release, guards.not_a_handler), "行政处罚法第四十八条、第五十条",
    ),
    StandingAct(
        Act.REPLY_TO_ALARM, "说明预警", frozenset(CaseStatus), OFFICER | APPROVER, (), "行政处罚法第七十五条",
    ),
)  # fmt: skip
_STANDING = {row.name: row for row in STANDING_ACTS}


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """One button of a case page: possible when `refusal` is None, otherwise shown with the reason."""

    transition: Transition | StandingAct
    refusal: Refusal | None

    @property
    def is_possible(self) -> bool:
        return self.refusal is None


def row_for(act: Act, situation: CaseSituation) -> Transition:
    """The row of `act` for this case: the one whose source and route fit, else the first of that name."""
    rows = [row for row in TRANSITIONS if row.name == act]
    fitting = [row for row in rows if row.route.admits(situation.outcome)]
    return (fitting or rows)[0]


def offered_acts(situation: CaseSituation) -> tuple[OfferedAct, ...]:
    """The acts of the present stage in table order, each once, with the reason where it is not possible."""
    names = dict.fromkeys(row.name for row in TRANSITIONS if situation.status in row.sources)
    rows = (row_for(name, situation) for name in names)
    return tuple(OfferedAct(row, row.refusal(situation)) for row in rows)


def standing_act(act: Act) -> StandingAct:
    """The row of an act that leaves the stage as it is."""
    return _STANDING[act]


def offered_standing_acts(situation: CaseSituation) -> tuple[OfferedAct, ...]:
    """The acts of the second table that the present stage knows, with the reason where one is not possible."""
    rows = (row for row in STANDING_ACTS if situation.status in row.sources)
    return tuple(OfferedAct(row, row.refusal(situation)) for row in rows)


def acting_roles(status: str) -> frozenset[Role]:
    """Duties that can move a case on from `status`; none once it has ended."""
    rows: Iterable[Transition] = (
        row for row in TRANSITIONS if status in row.sources and row.name != Act.WITHDRAW
    )
    return frozenset(role for row in rows for role in row.roles)


OPEN_STATUSES: tuple[CaseStatus, ...] = tuple(status for status in CaseStatus if status not in ENDED)
