"""What a decision rests on, copied at the moment of issue; and the redacted copy for the public page.

Pure over loaded rows: every text is taken as it is today, so that nothing past is computed from live rows later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from cases.models import Case, DecisionKind, EntryUse, Proposal, RecusalOutcome
from cases.redaction import redact
from cases.statuses import Outcome
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.identifiers import mask_id_number, mask_name
from enforcement.models import PartyKind
from enforcement.wording import money_text, money_upper, provision_text

TEMPLATE_VERSION = "2026.1"
SNAPSHOT_VERSION = 1
# What the number of each document carries between the agency's prefix and the year.
SERIES = {DecisionKind.NO_PENALTY: "不罚", DecisionKind.PENALTY: "罚"}


def kind_of(proposal: Proposal) -> DecisionKind:
    """Which of the two documents a proposal leads to."""
    return DecisionKind.NO_PENALTY if proposal.outcome == Outcome.NO_PENALTY else DecisionKind.PENALTY


def statement_details(case: Case) -> dict[str, str]:
    """What was recorded of the notice and the party's statement; empty where none was needed."""
    event = next((one for one in case.events.all() if one.name == Act.RECORD_STATEMENT), None)
    return dict(event.details) if event is not None else {}


def decision_snapshot(
    *,
    case: Case,
    proposal: Proposal,
    number: str,
    kind_label: str,
    issued_on: dt.date | None,
    actor: Actor,
    statement_details: Mapping[str, Any],
    uses: Iterable[EntryUse] = (),
) -> dict[str, Any]:
    """Plain JSON. Needs agency, violation (with provisions), party, handlers (with certificates) loaded.

    `uses` are the list entries considered; a preview leaves them out, since its words are in the statement.
    """
    return {
        "snapshot_version": SNAPSHOT_VERSION,
        "template_version": TEMPLATE_VERSION,
        "title": kind_label,
        "number": number,
        "issued_on": issued_on.isoformat() if issued_on else "",
        "issued_by": actor.name,
        "agency": _agency(case),
        "party": _party(case),
        "case": _case(case),
        "handlers": _handlers(case, issued_on) if issued_on else [],
        "recusals": _recusals(case),
        "law": _law(case),
        "analysis": proposal.analysis,
        "statement": proposal.statement,
        "statement_and_defence": dict(statement_details),
        "outcome": proposal.outcome,
        "outcome_label": Outcome(proposal.outcome).label if proposal.outcome else "",
        "tier_label": proposal.tier_label,
        "fines": [
            {**fine, "text": money_text(fine["fen"], unit="元"), "upper": money_upper(fine["fen"])}
            for fine in proposal.fines
        ],
        "other_measures": list(proposal.other_measures),
        "education": proposal.education,
        "follows_analysis": proposal.follows_analysis,
        "departure_class": proposal.get_departure_class_display() if proposal.departure_class else "",
        "departure_reasons": proposal.departure_reasons,
        "entry_uses": _entry_uses(uses),
        "mitigation_basis": proposal.mitigation_basis,
        "approval": {
            "by": proposal.decided_by.display_name if proposal.decided_by else "",
            "on": timezone.localtime(proposal.decided_at).date().isoformat() if proposal.decided_at else "",
            "text": proposal.decision_text,
        },
    }


def _entry_uses(uses: Iterable[EntryUse]) -> list[dict[str, str]]:
    return [
        {
            "label": one.label,
            "path": one.path,
            "demand": one.demand,
            "stance": one.stance,
            "stance_label": one.get_stance_display(),
            "decided_by": one.decided_by,
            "reason_class": one.get_reason_class_display() if one.reason_class else "",
            "reasons": one.reasons,
        }
        for one in uses
    ]


def _agency(case: Case) -> dict[str, str]:
    agency = case.agency
    return {
        "code": agency.code,
        "name": agency.name,
        "review_authority": agency.review_authority,
        "court": agency.court,
        "address": agency.address,
    }


def _party(case: Case) -> dict[str, str]:
    party = case.party
    return {
        "kind": party.kind,
        "kind_label": party.get_kind_display(),
        "name": party.name,
        "public_name": party.public_name,
        "identifier_label": "身份证号码" if party.kind == PartyKind.PERSON else "统一社会信用代码",
        "identifier": party.id_number or party.uscc or "",
        "representative": party.representative,
        "address": party.address,
        "phone": party.phone,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "violation": case.violation.name,
        "source": case.get_source_display(),
        "act_date": case.act_date.isoformat(),
        "found_on": case.found_on.isoformat(),
        "opened_on": case.opened_on.isoformat(),
        "place": case.place,
        "narrative": case.narrative,
        "evidence": list(case.evidence),
        "line": case.line_code,
        "region": case.region_code,
    }


def _handlers(case: Case, day: dt.date) -> list[dict[str, str]]:
    return [
        {
            "name": handler.name,
            "certificate": next(
                (one.number for one in handler.certificates.all() if one.is_valid_on(day)), ""
            ),
        }
        for handler in case.handlers.all()
        if not any(
            one.bars_on(day) and one.is_about(officer_id=handler.pk, account_id=None)
            for one in case.recusals.all()
        )
    ]


def _recusals(case: Case) -> list[dict[str, str]]:
    """Requests that were decided; one still pending says nothing yet."""
    return [
        {
            "person": one.person_name,
            "asked_by": one.asked_by,
            "asked_by_label": one.get_asked_by_display(),
            "requested_on": one.requested_on.isoformat(),
            "outcome": one.outcome,
            "outcome_label": one.get_outcome_display(),
            "decided_on": one.decided_on.isoformat() if one.decided_on else "",
            "body": one.body,
        }
        for one in case.recusals.all()
        if one.outcome != RecusalOutcome.PENDING
    ]


def _law(case: Case) -> dict[str, list[str]]:
    return {
        "violated": [provision_text(one.as_reference()) for one in case.violation.violated.all()],
        "punished_by": [provision_text(one.as_reference()) for one in case.violation.punished_by.all()],
    }


def masked_for_screen(snapshot: Mapping[str, Any], *, names_shown: bool) -> dict[str, Any]:
    """The snapshot as pages show the document: a person's number masked, and the name too from those who may not know it."""
    party = dict(snapshot["party"])
    if party["kind"] == PartyKind.PERSON:
        party["identifier"] = mask_id_number(party["identifier"])
        if not names_shown:
            party |= {"name": party["public_name"], "address": ""}
    if not names_shown:
        party["representative"] = mask_name(party["representative"])
    return {**snapshot, "party": party}


def public_snapshot(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The copy anyone may read: no identity number of a person, no address, no telephone, no representative."""
    party, case = snapshot["party"], snapshot["case"]

    def clean(text: str) -> str:
        return _clean(text, snapshot)

    is_person = party["kind"] == PartyKind.PERSON
    return {
        "title": snapshot["title"],
        "number": snapshot["number"],
        "issued_on": snapshot["issued_on"],
        "agency": snapshot["agency"]["name"],
        "party": party["public_name"],
        "party_kind": party["kind_label"],
        "uscc": "" if is_person else party["identifier"],
        "violation": case["violation"],
        "narrative": clean(case["narrative"]),
        "law": dict(snapshot["law"]),
        "entry": _public_source(snapshot, "entry"),
        "benchmark": _public_source(snapshot, "benchmark"),
        "statement": clean(snapshot["statement"]),
        "outcome": snapshot["outcome"],
        "outcome_label": snapshot["outcome_label"],
        "fines": [
            {"subject": clean(fine["subject"]), "text": fine["text"], "upper": fine["upper"]}
            for fine in snapshot["fines"]
        ],
        "other_measures": [clean(measure) for measure in snapshot["other_measures"]],
        "education": clean(snapshot["education"]),
        "follows_analysis": snapshot["follows_analysis"],
        "departure_class": snapshot["departure_class"],
        "review_authority": snapshot["agency"]["review_authority"],
        "court": snapshot["agency"]["court"],
    }


def _clean(text: str, snapshot: Mapping[str, Any]) -> str:
    """Names of persons are shortened; a person's own address goes out as a phrase."""
    party = snapshot["party"]
    is_person = party["kind"] == PartyKind.PERSON
    names = [party["representative"], *([party["name"]] if is_person else [])]
    phrases = [party["phone"], *([party["address"], party["identifier"]] if is_person else [])]
    return redact(text, names=names, phrases=phrases)


def _public_source(snapshot: Mapping[str, Any], name: str) -> dict[str, str] | None:
    """The rule the decision rests on; none where it departs from what the analysis found."""
    source = snapshot["analysis"].get(name) if snapshot["follows_analysis"] else None
    return {"label": source["label"], "path": source["path"]} if source else None
