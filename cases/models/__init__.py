from cases.models.case import Case, CaseEvent, CaseSource
from cases.models.counter import NumberCounter
from cases.models.decision import CaseDocument, Decision, DecisionKind
from cases.models.handover import CaseHandover
from cases.models.proposal import Proposal, ProposalVerdict
from cases.models.recusal import Recusal, RecusalAsker, RecusalBody, RecusalOutcome, RecusalReason
from cases.statuses import CaseStatus, DepartureClass, FactSource, Outcome

__all__ = [
    "Case",
    "CaseDocument",
    "CaseEvent",
    "CaseHandover",
    "CaseSource",
    "CaseStatus",
    "Decision",
    "DecisionKind",
    "DepartureClass",
    "FactSource",
    "NumberCounter",
    "Outcome",
    "Proposal",
    "ProposalVerdict",
    "Recusal",
    "RecusalAsker",
    "RecusalBody",
    "RecusalOutcome",
    "RecusalReason",
]
