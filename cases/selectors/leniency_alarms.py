"""Alarms about leniency: those an approver must answer, and those a supervisor sees."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from cases.leniency_alarms import leniency_alarms
from cases.models import Case, LeniencyAlarm, Proposal
from cases.models.leniency_alarm import alarm_key
from cases.selectors.analysis import analysis_for
from cases.statuses import Outcome
from enforcement.actors import Actor, Role

SUPERVISING = frozenset({Role.SUPERVISOR})


def visible_alarms(*, actor: Actor) -> QuerySet[LeniencyAlarm]:
    """Alarms of the cases that the actor supervises, with everything a page names."""
    cases = Case.objects.visible_to(actor, roles=SUPERVISING)
    return LeniencyAlarm.objects.filter(case__in=cases).select_related(
        "case__agency",
        "case__violation",
        "proposal",
        "answered_by",
        "inquired_by",
        "replied_by",
        "settled_by",
    )


def alarm_in_case(*, actor: Actor, case_id: int, alarm_id: int) -> LeniencyAlarm | None:
    """One alarm of a case of the actor's own scope."""
    cases = Case.objects.workable_by(actor).filter(pk=case_id)
    alarms = LeniencyAlarm.objects.filter(pk=alarm_id, case__in=cases)
    return alarms.select_related("answered_by", "replied_by").first()


def inquiries_waiting(*, actor: Actor) -> QuerySet[LeniencyAlarm]:
    """Questions of supervisors nobody has answered: to those who handle the case, and to those who approve there."""
    cases = Case.objects.workable_by(actor)
    own = Q(handlers=actor.officer_id) if actor.officer_id is not None else Q(pk__in=[])
    mine = cases.filter(own | Case.objects.all().reach_of(actor, roles=frozenset({Role.APPROVER})))
    waiting = LeniencyAlarm.objects.filter(case__in=mine.order_by().values("pk"), reply="", finding="")
    return waiting.exclude(inquiry="").select_related("case").order_by("inquired_at", "pk")


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
