"""Where a case stands, as the guards of the workflow need to know it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cases.guards import CaseSituation
from cases.models import Case, Decision, DecisionRelease, Proposal, RecusalOutcome
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
    roles = roles_for(actor, case)
    standing = proposal if proposal is not None and proposal.verdict != "returned" else None
    return CaseSituation(
        status=case.status,
        today=today,
        roles=roles,
        actor_account_id=actor.account_id,
        actor_is_handler=any(handler.pk == actor.officer_id for handler in handlers),
        actor_recused=is_recused(actor=actor, case=case, on=today),
        actor_bar=officer_bar(actor=actor, case=case, on=today) if Role.OFFICER in roles else "",
        valid_handlers=checked.valid_count,
        invalid_handlers=tuple(f"{names[person]}{reason}" for person, reason in checked.refused),
        narrative=case.narrative,
        evidence_count=len(case.evidence),
        outcome=standing.outcome if standing else None,
        proposal_verdict=standing.verdict if standing else "",
        proposed_by_id=standing.proposed_by_id if standing else None,
        statement_recorded=any(event.name == "record_statement" for event in case.events.all()),
        has_decision=_has_decision(case),
        is_secret=case.is_secret,
        is_served=any(event.name == "deliver" for event in case.events.all()),
        is_released=case.is_secret and DecisionRelease.objects.filter(decision__case=case).exists(),
        pending_recusals=sum(one.outcome == RecusalOutcome.PENDING for one in case.recusals.all()),
    )


def _has_decision(case: Case) -> bool:
    """Asked without remembering “none” on a row that the caller goes on to use after the decision is made."""
    if Case.decision.is_cached(case):
        return hasattr(case, "decision")
    return Decision.objects.filter(case=case).exists()


def is_recused(*, actor: Actor, case: Case, on: dt.date) -> bool:
    """True when a decision in force on `on` keeps the actor, as officer or as account, away from the case."""
    return any(
        one.bars_on(on) and one.is_about(officer_id=actor.officer_id, account_id=actor.account_id)
        for one in case.recusals.all()
    )


def officer_bar(*, actor: Actor, case: Case, on: dt.date) -> str:
    """Why the acting person may not act as an officer in this case on `on`, as the end of a sentence, or nothing."""
    own = next((one for one in _loaded_handlers(case) if one.pk == actor.officer_id), None)
    if own is None and actor.officer_id is not None:
        own = (
            Officer.objects.filter(pk=actor.officer_id).prefetch_related("certificates__suspensions").first()
        )
    if own is None:
        return "没有执法证"
    checked = check_handlers([own], case=case, act_on=on)
    return checked.refused[0][1] if checked.refused else ""


def _loaded_handlers(case: Case) -> list[Officer]:
    return list(case.handlers.all()) if case.pk else []


def roles_for(actor: Actor, case: Case) -> frozenset[Role]:
    """Duties the actor holds for the case's region and line."""
    return frozenset(
        role
        for role in actor.roles
        if actor.may(role, region_code=case.region_code, line_code=case.line_code)
    )


def check_handlers(handlers: list[Officer], *, case: Case, act_on: dt.date) -> OfficerCheck:
    """Which handlers may act on `act_on`: in service, certified for the case's line and region, and not recused."""
    place = {"region_code": case.region_code, "line_code": case.line_code}
    recused = {one.officer_id for one in case.recusals.all() if one.bars_on(act_on)} if case.pk else set()
    standings = [one for handler in handlers for one in standings_of(handler, act_on=act_on, **place)]
    return check_officers(
        [replace(one, recused=one.recused or int(one.id) in recused) for one in standings], act_on=act_on
    )
