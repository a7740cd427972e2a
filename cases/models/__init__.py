from cases.models.access import CaseClearance, CaseShare, DecisionRelease, SharedReading
from cases.models.case import Case, CaseEvent, CaseSource
from cases.models.counter import NumberCounter
from cases.models.decision import CaseDocument, Decision, DecisionKind
from cases.models.entry_use import EntryUse
from cases.models.handover import CaseHandover
from cases.models.leniency_alarm import LeniencyAlarm
from cases.models.proposal import Proposal, ProposalVerdict
from cases.models.recusal import Recusal, RecusalAsker, RecusalBody, RecusalOutcome, RecusalReason
from cases.models.replay import ReplayChange, ReplayRun, ReplayStatus
from cases.models.version_notice import CaseVersionNotice
from cases.statuses import (
    AlarmFinding,
    AlarmKind,
    CaseStatus,
    Confidentiality,
    DepartureClass,
    EntryStance,
    FactSource,
    Outcome,
)

__all__ = [
    "AlarmFinding",
    "AlarmKind",
    "Case",
    "CaseClearance",
    "CaseDocument",
    "CaseEvent",
    "CaseHandover",
    "CaseShare",
    "CaseSource",
    "CaseStatus",
    "CaseVersionNotice",
    "Confidentiality",
    "Decision",
    "DecisionKind",
    "DecisionRelease",
    "DepartureClass",
    "EntryStance",
    "EntryUse",
    "FactSource",
    "LeniencyAlarm",
    "NumberCounter",
    "Outcome",
    "Proposal",
    "ProposalVerdict",
    "Recusal",
    "RecusalAsker",
    "RecusalBody",
    "RecusalOutcome",
    "RecusalReason",
    "ReplayChange",
    "ReplayRun",
    "ReplayStatus",
    "SharedReading",
]
