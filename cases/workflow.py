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
from cases.statuses import ENDED, CaseStatus, Outcome
from enforcement.actors import ROLE_LABELS, Role
from enforcement.errors import Refusal


class Act(StrEnum):
    """Names of the transitions, as in events and addresses."""

    SUBMIT_PROPOSAL = "submit_proposal"
    RETURN_PROPOSAL = "return_proposal"
    APPROVE = "approve"
    RECORD_STATEMENT = "record_statement"
    ISSUE_DECISION = "issue_decision"
    DELIVER = "deliver"
    CLOSE = "close"
    WITHDRAW = "withdraw"


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
        if situation.status not in self.sources:
            stage = "、".join(f"“{CaseStatus(source).label}”" for source in sorted(self.sources))
            now = CaseStatus(situation.status).label
            return Refusal("wrong_stage", f"{self.label}只能在{stage}阶段进行，本案现在是“{now}”。")
        if not situation.roles & self.roles:
            duty = "、".join(ROLE_LABELS[role] for role in Role if role in self.roles)
            return Refusal("not_permitted", f"{self.label}由{duty}办理。")
        for guard in self.guards:
            refusal = guard(situation)
            if refusal is not None:
                return refusal
        return None


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
        (guards.decision_issued,),
        "行政处罚法第六十一条", Route.PENALTY,
    ),
    Transition(
        Act.DELIVER, "记录送达", frozenset({CaseStatus.DELIVERY}), CaseStatus.CLOSED, OFFICER,
        (guards.decision_issued,),
        "行政处罚法第六十一条", Route.NO_PENALTY,
    ),
    Transition(
        Act.CLOSE, "结案", frozenset({CaseStatus.EXECUTION}), CaseStatus.CLOSED, OFFICER,
        (guards.decision_issued,),
        "行政处罚法第六十六条、第六十七条",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """One button of a case page: possible when `refusal` is None, otherwise shown with the reason."""

    transition: Transition
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


def acting_roles(status: str) -> frozenset[Role]:
    """Duties that can move a case on from `status`; none once it has ended."""
    rows: Iterable[Transition] = (
        row for row in TRANSITIONS if status in row.sources and row.name != Act.WITHDRAW
    )
    return frozenset(role for row in rows for role in row.roles)


OPEN_STATUSES: tuple[CaseStatus, ...] = tuple(status for status in CaseStatus if status not in ENDED)
