"""A case as a JSON document. Personal identifiers are masked; nothing that is not named here leaves."""

from __future__ import annotations

from typing import Any

from cases.models import Case, EntryUse, LeniencyAlarm
from cases.selectors.case_page import CaseView
from cases.workflow import Act, OfferedAct
from enforcement.actors import Actor
from enforcement.models import Party
from enforcement.personal_data import shown_party
from enforcement.scoping import Scoped

# Who may read a case is decided by a person on its page, and so is what is said to a supervisor.
PAGE_ONLY = frozenset(
    {
        Act.SHARE_CASE,
        Act.WITHDRAW_SHARE,
        Act.SET_CONFIDENTIALITY,
        Act.GRANT_CLEARANCE,
        Act.WITHDRAW_CLEARANCE,
        Act.RELEASE_DECISION,
        Act.REPLY_TO_ALARM,
    }
)


def party_document(actor: Actor, party: Party, *, within: Scoped) -> dict[str, Any]:
    """As `enforcement.personal_data` shows the party to this actor."""
    shown = shown_party(actor, party, within=within)
    return {
        "id": party.pk,
        "kind": party.kind,
        "name": shown.name,
        "masked_identifier": shown.identifier,
    }


def row_document(actor: Actor, case: Case) -> dict[str, Any]:
    """One row of a list. Needs what `for_reading` loads."""
    return {
        "id": case.pk,
        "number": case.number,
        "status": case.status,
        "status_label": case.get_status_display(),
        "violation_code": case.violation.code,
        "violation_name": case.violation.name,
        "party": party_document(actor, case.party, within=case),
        "opened_on": case.opened_on.isoformat(),
        "handlers": [{"id": one.pk, "name": one.name} for one in case.handlers.all()],
        "lock_version": case.lock_version,
    }


def case_document(actor: Actor, view: CaseView) -> dict[str, Any]:
    """Everything the page of a case shows, and what may be done next with the reason where it may not."""
    case = view.case
    return {
        **row_document(actor, case),
        "agency_code": case.agency.code,
        "agency_name": case.agency.name,
        "region_code": case.region_code,
        "line_code": case.line_code,
        "source": case.source,
        "place": case.place,
        "narrative": case.narrative,
        "evidence": list(case.evidence),
        "act_date": case.act_date.isoformat(),
        "found_on": case.found_on.isoformat(),
        "closed_on": case.closed_on.isoformat() if case.closed_on else None,
        "facts": {code: fact_document(held) for code, held in case.facts.items()},
        "proposal": _proposal(view),
        "decision": _decision(view),
        "recusals": [
            {
                "id": one.pk,
                "person": one.person_name,
                "outcome": one.outcome,
                "requested_on": one.requested_on.isoformat(),
                "decided_on": one.decided_on.isoformat() if one.decided_on else None,
            }
            for one in case.recusals.all()
        ],
        "available_actions": [act_document(one) for one in (*view.acts, *view.standing_acts)],
    }


def fact_document(held: dict[str, Any]) -> dict[str, Any]:
    return {name: held.get(name, "") for name in ("value", "source", "note", "by", "at")}


def act_document(offered: OfferedAct) -> dict[str, Any]:
    row = offered.transition
    return {
        "act": row.name.value,
        "label": row.label,
        "is_possible": offered.is_possible,
        "is_page_only": row.name in PAGE_ONLY,
        "refusal": offered.refusal.as_document() if offered.refusal is not None else None,
        "law_reference": row.law_reference,
    }


def _proposal(view: CaseView) -> dict[str, Any] | None:
    proposal = view.proposal
    if proposal is None:
        return None
    return {
        "id": proposal.pk,
        "outcome": proposal.outcome,
        "tier_label": proposal.tier_label,
        "fines": list(proposal.fines),
        "other_measures": list(proposal.other_measures),
        "follows_analysis": proposal.follows_analysis,
        "statement": proposal.statement,
        "verdict": proposal.verdict,
        "entry_uses": [_entry_use(one) for one in proposal.entry_uses.all()],
        "alarms": [_alarm(one) for one in proposal.alarms.all()],
    }


def _entry_use(use: EntryUse) -> dict[str, Any]:
    return {
        "entry_id": use.entry_id,
        "version_id": use.version_id,
        "label": use.label,
        "path": use.path,
        "kind": use.kind,
        "is_binding": use.is_binding,
        "stance": use.stance,
        "stance_label": use.get_stance_display(),
        "decided_by": use.decided_by,
        "reason_class": use.reason_class,
        "reasons": use.reasons,
    }


def _alarm(alarm: LeniencyAlarm) -> dict[str, Any]:
    return {
        "kind": alarm.kind,
        "kind_label": alarm.get_kind_display(),
        "entry_id": alarm.entry_id,
        "explanation": alarm.explanation,
        "raised_at": alarm.raised_at.isoformat(),
        "answer_class": alarm.answer_class,
        "answer": alarm.answer,
        "inquiry": alarm.inquiry,
        "reply": alarm.reply,
        "finding": alarm.finding,
    }


def _decision(view: CaseView) -> dict[str, Any] | None:
    if not view.situation.has_decision:
        return None
    decision = view.case.decision
    return {
        "number": decision.number,
        "outcome": decision.outcome,
        "issued_on": decision.issued_on.isoformat(),
        "digest": decision.digest,
    }
