"""Alarms about leniency: those an approver must answer, and those a supervisor sees."""

from __future__ import annotations

import datetime as dt

from cases.leniency_alarms import leniency_alarms
from cases.models import Case, LeniencyAlarm, Proposal
from cases.models.leniency_alarm import alarm_key
from cases.selectors.analysis import analysis_for
from cases.statuses import Outcome
from enforcement.actors import Actor


def alarms_for_review(
    *, actor: Actor, case: Case, proposal: Proposal, today: dt.date
) -> tuple[LeniencyAlarm, ...]:
    """Every alarm a pending proposal must be answered for: those stored, and unsaved ones that today's rules add.

    Needs violation and party loaded. `decide_proposal` finds the same ones and stores them.
    """
    stored = tuple(proposal.alarms.all())
    known = {one.key for one in stored}
    analysis = analysis_for(actor=actor, case=case, today=today)
    fresh = tuple(
        LeniencyAlarm(
            case=case,
            proposal=proposal,
            kind=draft.kind,
            entry_id=draft.entry_id,
            explanation=draft.explanation,
        )
        for draft in leniency_alarms(Outcome(proposal.outcome), analysis.grounds)
        if alarm_key(draft.kind, draft.entry_id) not in known
    )
    return (*stored, *fresh)
