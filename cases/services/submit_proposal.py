"""处理建议: made on an analysis computed on the server at that moment and kept with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Max

from cases.analysis import Analysis
from cases.entry_uses import EntryUseDraft
from cases.leniency_alarms import leniency_alarms
from cases.models import Case, EntryStance, EntryUse, Proposal
from cases.proposal_rules import ProposalDraft, applied_entry_id, proposal_problems, uses_of
from cases.selectors.analysis import analysis_for
from cases.services.advance_case import account_of, advance_case, lock_case, require_step
from cases.services.leniency_alarms import raise_alarms
from cases.services.refused_acts import enforcement_act
from cases.statement import discretion_statement
from cases.statuses import Outcome
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput


def submit_proposal(
    *, actor: Actor, case_id: int, draft: ProposalDraft, today: dt.date, expected_lock: int | None = None
) -> Proposal:
    """Investigation → approval. InvalidInput carries `fields` {field: [sentences]} for the form."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.SUBMIT_PROPOSAL):
        case = lock_case(actor=actor, case_id=case_id, expected_lock=expected_lock)
        step = require_step(actor=actor, case=case, act=Act.SUBMIT_PROPOSAL, today=today)
        analysis = analysis_for(actor=actor, case=case, today=today)
        _require_sound(draft, analysis)
        uses = uses_of(draft, analysis)
        proposal = _created(actor, case, draft, analysis, uses)
        EntryUse.objects.bulk_create(_rows(proposal, uses))
        drafts = leniency_alarms(Outcome(draft.outcome), analysis.grounds)
        alarms = raise_alarms(case=case, proposal=proposal, drafts=drafts)
        refused = [use for use in uses if use.stance is EntryStance.REFUSED]
        advance_case(
            actor=actor,
            case=case,
            step=step,
            note=_note(draft, refused),
            payload={
                "proposal": proposal.pk,
                "outcome": proposal.outcome,
                "follows_analysis": proposal.follows_analysis,
                "entry": proposal.entry_id,
                "benchmark": proposal.benchmark_id,
                "refused_entries": [use.entry.entry_id for use in refused],
                "alarms": [{"alarm": one.pk, "kind": str(one.kind)} for one in alarms],
            },
        )
    return proposal


def _note(draft: ProposalDraft, refused: Sequence[EntryUseDraft]) -> str:
    """What the history says of the proposal."""
    departs = "" if draft.follows_analysis else "（未采纳系统建议）"
    left_out = f"；未适用{'、'.join(use.entry.label for use in refused)}" if refused else ""
    return f"{Outcome(draft.outcome).label}{departs}{left_out}"


def _rows(proposal: Proposal, uses: Sequence[EntryUseDraft]) -> list[EntryUse]:
    return [
        EntryUse(
            proposal=proposal,
            position=position,
            entry_id=use.entry.entry_id,
            version_id=use.entry.version_id,
            label=use.entry.label,
            path=use.entry.path,
            kind=use.entry.outcome.value,
            is_binding=use.entry.is_binding,
            stance=use.stance,
            decided_by=use.entry.because,
            reason_class=use.stated.reason_class,
            reasons=use.stated.reasons.strip(),
        )
        for position, use in enumerate(uses, start=1)
    ]


def _require_sound(draft: ProposalDraft, analysis: Analysis) -> None:
    problems = proposal_problems(draft, analysis)
    if not problems:
        return
    fields: dict[str, list[str]] = {}
    for problem in problems:
        fields.setdefault(problem.field, []).append(problem.sentence)
    raise InvalidInput.from_fields("proposal_invalid", fields)


def _created(
    actor: Actor, case: Case, draft: ProposalDraft, analysis: Analysis, uses: Sequence[EntryUseDraft]
) -> Proposal:
    fines = [{"subject": subject, "fen": fen} for subject, fen in draft.fines.items()]
    number = case.proposals.aggregate(last=Max("number"))["last"] or 0
    tier_label = draft.tier_label or (analysis.tier_label if draft.outcome != Outcome.NO_PENALTY else "")
    follows = draft.follows_analysis
    document = analysis.as_document()
    return Proposal.objects.create(
        case=case,
        number=number + 1,
        outcome=draft.outcome,
        entry_id=applied_entry_id(draft, analysis),
        benchmark_id=analysis.benchmark_id,
        tier_label=tier_label,
        fines=fines,
        other_measures=[measure.strip() for measure in draft.other_measures if measure.strip()],
        follows_analysis=follows,
        departure_class="" if follows else draft.departure_class,
        departure_reasons="" if follows else draft.departure_reasons.strip(),
        mitigation_basis=draft.mitigation_basis.strip(),
        education=draft.education.strip(),
        analysis=document,
        statement=discretion_statement(
            analysis=document,
            outcome=draft.outcome,
            fines=fines,
            follows_analysis=follows,
            departure_class=draft.departure_class,
            departure_reasons=draft.departure_reasons,
            mitigation_basis=draft.mitigation_basis,
            uses=uses,
        ),
        proposed_by_id=account_of(actor),
    )
