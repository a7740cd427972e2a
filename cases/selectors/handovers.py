"""Which running cases wait to be handed over, and to whom they may go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from cases.models import Case
from cases.services.hand_over_cases import MOST_AT_ONCE
from cases.statuses import ENDED
from enforcement.actors import Actor, Role
from enforcement.models import Agency
from enforcement.selectors.agencies import successors_on


@dataclass(frozen=True, slots=True)
class WaitingAgency:
    """An agency whose duties another has taken over while cases still run."""

    agency: Agency
    running: int
    has_ended: bool

    @property
    def sentence(self) -> str:
        return f"{self.agency.name}的职责已由其他机关承接，还有 {self.running} 件未结案件，可以移交，也可以继续办结。"


def agencies_waiting(*, actor: Actor, on: dt.date) -> list[WaitingAgency]:
    """Agencies the actor is head of, whose duties moved by `on`, with running cases. One query; none without the duty."""
    if Role.APPROVER not in actor.roles:
        return []
    rows = (
        Agency.objects.visible_to(actor, roles=frozenset({Role.APPROVER}))
        .filter(successions__effective_on__lte=on)
        .annotate(running=Count("cases", filter=~Q(cases__status__in=ENDED), distinct=True))
        .filter(running__gt=0)
        .order_by("region_code", "line_code")
    )
    return [WaitingAgency(agency, agency.running, not agency.works_on(on)) for agency in rows]


def running_cases(*, actor: Actor, agency: Agency) -> list[Case]:
    """The oldest running cases that the actor may hand over, as many as one act takes."""
    rows = Case.objects.workable_by(actor).open().filter(agency=agency).for_reading()
    return list(rows.order_by("opened_on", "id")[:MOST_AT_ONCE])


def takers(*, agency: Agency, on: dt.date) -> list[Agency]:
    """Successors that work on that day."""
    return [one for one in successors_on(agency_id=agency.pk, on=on) if one.works_on(on)]
