"""Where a case stands, as the guards of the workflow need to know it."""

from __future__ import annotations

import datetime as dt

from cases.guards import CaseSituation
from cases.models import Case, Proposal
from enforcement.actors import Actor, Role
from enforcement.models import Officer
from enforcement.officer_eligibility import OfficerCheck, check_officers
from enforcement.selectors.officer_standing import standings_of


def current_proposal(case: Case) -> Proposal | None:
    """The latest proposal of a case, whatever came of it."""
    return max(case.proposals.all(), key=lambda proposal: proposal.number, default=None)


def situation_of(
    *, actor: Actor, case: Case, today: dt.date, proposal: Proposal | None = None
) -> CaseSituation:
    """The situation for `actor` today. `proposal` is the latest one, read when not given."""
    proposal = proposal or current_proposal(case)
    handlers = list(case.handlers.all())
    checked = check_handlers(handlers, case=case, act_on=today)
    names = {str(handler.pk): handler.name for handler in handlers}
    standing = proposal if proposal is not None and proposal.verdict != "returned" else None
    return CaseSituation(
        status=case.status,
        today=today,
        roles=roles_for(actor, case),
        actor_account_id=actor.account_id,
        actor_is_handler=any(handler.pk == actor.officer_id for handler in handlers),
        valid_handlers=checked.valid_count,
        invalid_handlers=tuple(names[person] for person, _ in checked.refused),
        narrative=case.narrative,
        evidence_count=len(case.evidence),
        outcome=standing.outcome if standing else None,
        proposal_verdict=standing.verdict if standing else "",
        proposed_by_id=standing.proposed_by_id if standing else None,
        statement_recorded=any(event.name == "record_statement" for event in case.events.all()),
        has_decision=hasattr(case, "decision"),
    )


def roles_for(actor: Actor, case: Case) -> frozenset[Role]:
    """Duties the actor holds for the case's region and line."""
    return frozenset(
        role
        for role in actor.roles
        if actor.may(role, region_code=case.region_code, line_code=case.line_code)
    )


def check_handlers(handlers: list[Officer], *, case: Case, act_on: dt.date) -> OfficerCheck:
    """Which handlers may act on `act_on`: in service, with a valid certificate for the case's line and region."""
    place = {"region_code": case.region_code, "line_code": case.line_code}
    return check_officers(
        [one for handler in handlers for one in standings_of(handler, act_on=act_on, **place)], act_on=act_on
    )
