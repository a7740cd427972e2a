"""The one place where a case changes its stage: the table decides, an event is written, the ledger comes last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cases.guards import CaseSituation, two_valid_handlers
from cases.models import Case, CaseEvent, Decision
from cases.officer_gate import actor_refusal
from cases.selectors.situation import situation_of
from cases.statuses import ENDED
from cases.workflow import Act, StandingAct, Transition, row_for, standing_act
from enforcement.actors import Actor
from enforcement.errors import NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.canonical import digest_of
from enforcement.ledger.last_act import overtaken
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.public_log import DECISION, append_public_act

LEDGER_ACTIONS: Mapping[Act, LedgerAction] = {
    Act.SUBMIT_PROPOSAL: LedgerAction.CASE_PROPOSED,
    Act.APPROVE: LedgerAction.CASE_APPROVED,
    Act.RETURN_PROPOSAL: LedgerAction.CASE_RETURNED,
    Act.ISSUE_DECISION: LedgerAction.DECISION_ISSUED,
}


def lock_case(*, actor: Actor, case_id: int, expected_lock: int | None = None) -> Case:
    """The case, locked to the end of the transaction.

    Raises Case.DoesNotExist when the actor may not see it, `StaleVersion` when somebody saved after the actor read.
    """
    case: Case = (
        Case.objects.workable_by(actor)
        .select_for_update(of=("self",))
        .select_related("agency", "violation", "party")
        .get(pk=case_id)
    )
    if expected_lock is not None and expected_lock != case.lock_version:
        raise overtaken(case, noun="个案件")
    return case


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table that a locked case may take, with the situation in which that was found."""

    row: Transition
    situation: CaseSituation


def require_step(*, actor: Actor, case: Case, act: Act, today: dt.date) -> Step:
    """The step for `act` on a locked case, or its Refusal. Services ask before they write anything."""
    situation = situation_of(actor=actor, case=case, today=today)
    row = row_for(act, situation)
    refusal = row.refusal(situation)
    if refusal is not None:
        raise refusal
    return Step(row, situation)


def require_standing_act(*, actor: Actor, case: Case, act: Act, today: dt.date) -> CaseSituation:
    """The situation in which an act that leaves the stage as it is may be done on a locked case, or its Refusal."""
    situation = situation_of(actor=actor, case=case, today=today)
    refusal = standing_act(act).refusal(situation)
    if refusal is not None:
        raise refusal
    return situation


def require_fit_on(
    *, actor: Actor, case: Case, row: Transition | StandingAct, day: dt.date, today: dt.date, field: str
) -> None:
    """For an act that happened on another day than today: actor and handlers were fit to do it on that day too.

    Raises the gate's Refusal, placed at the `field` of the form that names the day.
    """
    if day == today:
        return
    then = situation_of(actor=actor, case=case, today=day)
    refusal = actor_refusal(then, row.roles) or two_valid_handlers(then)
    if refusal is not None:
        raise Refusal(refusal.code, refusal.message, {"fields": {field: [refusal.message]}})


def advance_case(
    *,
    actor: Actor,
    case: Case,
    step: Step,
    happened_on: dt.date | None = None,
    note: str = "",
    details: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Take the step on a locked case; the last thing a service does, because the ledger's lock is held to commit."""
    if not connection.in_atomic_block:
        raise RuntimeError("a case advances only inside a transaction")
    row, today = step.row, step.situation.today
    refusal = row.refusal(step.situation)
    if refusal is not None or step.situation.status != case.status:
        raise refusal or Refusal(
            "wrong_stage", f"{row.label}现在不能进行，本案已有新的进展。请重新打开案件。"
        )
    if row.target in ENDED:
        case.closed_on = happened_on or today
    left = case.status
    case.status = row.target
    case.lock_version += 1
    case.save()
    event = write_event(
        actor=actor,
        case=case,
        name=row.name.value,
        left=left,
        happened_on=happened_on or today,
        note=note,
        details=details,
    )
    entry = append_case_entry(
        actor=actor,
        case=case,
        action=LEDGER_ACTIONS.get(row.name, LedgerAction.CASE_ADVANCED),
        payload={"act": row.name.value, "from": str(left), "to": str(row.target), **(payload or {})},
    )
    if row.name is Act.DELIVER and not case.is_secret:
        make_public(case.decision, case.decision.public_snapshot, entry)
    return event


def make_public(decision: Decision, content: Mapping[str, Any], entry: LedgerEntry) -> None:
    """A decision is public from this moment: once served or, of a sensitive case, once its copy is confirmed.

    The public log keeps the digest of what everyone may read.
    """
    append_public_act(
        entry=entry,
        kind=DECISION,
        key=decision.slug,
        label=decision.number,
        digest=digest_of(content),
    )


def write_event(
    *,
    actor: Actor,
    case: Case,
    name: str,
    left: str,
    happened_on: dt.date,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """The next event of a locked case."""
    last = (
        CaseEvent.objects.filter(case=case).order_by("-sequence").values_list("sequence", flat=True).first()
    )
    return CaseEvent.objects.create(
        case=case,
        sequence=(last or 0) + 1,
        name=name,
        from_status=left,
        to_status=case.status,
        actor_id=actor.account_id,
        actor_name=actor.name,
        happened_on=happened_on,
        note=note,
        details=dict(details or {}),
    )


def append_case_entry(
    *, actor: Actor, case: Case, action: LedgerAction, payload: Mapping[str, Any]
) -> LedgerEntry:
    """The ledger entry of an act on a case, in the chain of its agency; the last write of a service."""
    return append_entry(
        chain=case.agency.code,
        action=action,
        subject=case,
        subject_label=case.number,
        actor=actor,
        payload=payload,
    )


def account_of(actor: Actor) -> int:
    """The signed-in account; raises NotPermitted for anyone else."""
    if actor.account_id is None:
        raise NotPermitted("not_permitted", "请先登录。")
    return actor.account_id
