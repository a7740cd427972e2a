"""Everything the page of one case shows, read once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from cases.analysis import Analysis, AnalysisInput, analyse
from cases.decision_snapshot import SERIES, decision_snapshot, kind_of, masked_for_screen, statement_details
from cases.documents.decision_text import DecisionText, decision_text
from cases.guards import CaseSituation
from cases.models import Case, CaseDocument, CaseEvent, CaseStatus, Proposal, ProposalVerdict
from cases.selectors.analysis import SimilarCases, analysis_input, similar_to
from cases.selectors.situation import current_proposal, situation_of
from cases.stages import StageView, stage_rail
from cases.workflow import Act, OfferedAct, offered_acts, offered_standing_acts
from enforcement.actors import Actor
from enforcement.models import Provision
from enforcement.personal_data import names_are_shown

ACT_EVENTS = {
    "open": "立案",
    "submit_proposal": "提交处理建议",
    "return_proposal": "退回处理建议",
    "approve": "同意处理建议",
    "record_statement": "记录告知与陈述申辩",
    "issue_decision": "签发决定书",
    "deliver": "送达决定书",
    "close": "结案",
    "withdraw": "撤销立案",
    "request_recusal": "记录回避申请",
    "decide_recusal": "决定是否回避",
    "change_handlers": "调整承办人",
    "share_case": "授权协办查阅",
    "withdraw_share": "收回协办授权",
    "set_confidentiality": "确定保密级别",
    "grant_clearance": "批准查阅敏感案件",
    "withdraw_clearance": "收回查阅批准",
    "release_decision": "确认公示内容",
    "hand_over": "移交案件",
}


@dataclass(frozen=True, slots=True)
class CaseView:
    """The page of one case. `analysis` is live during the investigation, afterwards that of the proposal."""

    case: Case
    situation: CaseSituation
    acts: tuple[OfferedAct, ...]
    standing_acts: tuple[OfferedAct, ...]
    stages: tuple[StageView, ...]
    proposal: Proposal | None
    inputs: AnalysisInput | None
    analysis: Analysis | None
    document: dict[str, object]
    similar: SimilarCases
    events: tuple[dict[str, object], ...]

    @property
    def is_investigating(self) -> bool:
        return self.case.status == CaseStatus.INVESTIGATION

    @property
    def may_edit(self) -> bool:
        """Facts and narrative are open to the actor now."""
        return self.is_investigating and self.is_possible(Act.RECORD_FACTS)

    def offered(self, act: str) -> OfferedAct | None:
        """The act as this stage offers it, None when the stage does not know it."""
        return next((one for one in (*self.acts, *self.standing_acts) if one.transition.name == act), None)

    def is_possible(self, act: str) -> bool:
        offered = self.offered(act)
        return offered is not None and offered.is_possible


def find_case(*, actor: Actor, case_id: int, today: dt.date) -> Case | None:
    """The case with everything its page names, None when the actor may not see it."""
    proposals = Proposal.objects.select_related("proposed_by", "decided_by")
    documents = CaseDocument.objects.defer("content")
    provisions = Provision.objects.select_related("law")
    found: Case | None = (
        Case.objects.readable_by(actor, on=today)
        .with_decision()
        .prefetch_related(
            Prefetch("proposals", queryset=proposals),
            Prefetch("documents", queryset=documents),
            Prefetch("violation__violated", queryset=provisions),
            Prefetch("violation__punished_by", queryset=provisions),
        )
        .filter(pk=case_id)
        .first()
    )
    return found


def case_view(*, actor: Actor, case: Case, today: dt.date) -> CaseView:
    """The view of a case found by `find_case`."""
    proposal = current_proposal(case)
    situation = situation_of(actor=actor, case=case, today=today, proposal=proposal)
    investigating = case.status == CaseStatus.INVESTIGATION
    inputs = analysis_input(case, today=today) if investigating else None
    analysis = analyse(inputs) if inputs is not None else None
    kept = proposal.analysis if proposal is not None else {}
    return CaseView(
        case=case,
        situation=situation,
        acts=offered_acts(situation),
        standing_acts=offered_standing_acts(situation),
        stages=stages_of(case, situation.outcome),
        proposal=proposal,
        inputs=inputs,
        analysis=analysis,
        document=analysis.as_document() if analysis is not None else kept,
        similar=similar_to(case, today=today),
        events=tuple(_event_line(event) for event in reversed(case.events.all())),
    )


def stages_of(case: Case, outcome: str | None) -> tuple[StageView, ...]:
    """The stage rail from the events."""
    left_on = {
        event.from_status: event.happened_on
        for event in case.events.all()
        if event.from_status and event.from_status != event.to_status
    }
    return stage_rail(status=case.status, outcome=outcome, opened_on=case.opened_on, left_on=left_on)


def _event_line(event: CaseEvent) -> dict[str, object]:
    """An act recorded on its own day shows the minute, one recorded later shows its day."""
    on_its_day = timezone.localtime(event.recorded_at).date() == event.happened_on
    return {
        "at": event.recorded_at if on_its_day else None,
        "day": event.happened_on,
        "sentence": f"{event.actor_name}{ACT_EVENTS.get(event.name, event.name)}。",
        "detail": event.note,
    }


def preview_text(
    *, actor: Actor, case: Case, proposal: Proposal | None, analysis: Analysis | None
) -> DecisionText:
    """The document as it would read now; once issued, as it was issued. A person's number is masked."""
    decision, known = getattr(case, "decision", None), names_are_shown(actor, case)
    if decision is not None:
        return decision_text(masked_for_screen(decision.snapshot, names_shown=known))
    standing = proposal if proposal is not None and proposal.verdict != ProposalVerdict.RETURNED else None
    draft = standing or _draft_proposal(case, analysis)
    kind = kind_of(draft) if draft.outcome else None
    snapshot = decision_snapshot(
        case=case,
        proposal=draft,
        number="",
        kind_label=kind.label if kind else "决定书（处理方式未定）",
        issued_on=None,
        actor=actor,
        statement_details=statement_details(case),
    )
    stem = f"{case.agency.document_prefix}{SERIES[kind] if kind else ''}"
    return decision_text({**masked_for_screen(snapshot, names_shown=known), "number_stem": stem})


def _draft_proposal(case: Case, analysis: Analysis | None) -> Proposal:
    """An unsaved proposal that only serves the preview; without an outcome while the facts do not give one."""
    outcome = analysis.outcome.value if analysis is not None and analysis.outcome is not None else ""
    document = analysis.as_document() if analysis is not None else {}
    return Proposal(
        case=case, outcome=outcome, follows_analysis=True, analysis=document, statement="", fines=[]
    )
