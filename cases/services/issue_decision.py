"""签发: number, snapshot, digest, public copy and Word file, all in one transaction; frozen from then on."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.utils.text import slugify

from cases.decision_snapshot import (
    SERIES,
    TEMPLATE_VERSION,
    decision_snapshot,
    kind_of,
    public_snapshot,
    statement_details,
)
from cases.documents.decision_docx import decision_docx
from cases.documents.decision_text import decision_text
from cases.models import Case, CaseDocument, Decision, DecisionKind, Proposal, ProposalVerdict
from cases.services.advance_case import account_of, advance_case, lock_case, require_step
from cases.services.numbering import DocumentNumber, locked_counter, next_number
from cases.services.refused_acts import enforcement_act
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.ledger.canonical import digest_of

SLUG_WORDS = {DecisionKind.NO_PENALTY: "buyu", DecisionKind.PENALTY: "chufa"}


def issue_decision(*, actor: Actor, case_id: int, today: dt.date) -> Decision:
    """Decision → delivery. The number is taken under lock, so a failure leaves no gap."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.ISSUE_DECISION):
        case = lock_case(actor=actor, case_id=case_id)
        step = require_step(actor=actor, case=case, act=Act.ISSUE_DECISION, today=today)
        proposal = case.proposals.select_related("decided_by").get(verdict=ProposalVerdict.APPROVED)
        kind = kind_of(proposal)
        counter = locked_counter(agency=case.agency, series=SERIES[kind], year=today.year)
        number = next_number(agency=case.agency, counter=counter)
        decision = _sealed(actor, case, proposal, kind, number, today)
        document = _filed(actor, case, decision)
        advance_case(
            actor=actor,
            case=case,
            step=step,
            note=decision.number,
            payload={"number": decision.number, "digest": decision.digest, "document": document.digest},
        )
    return decision


def _sealed(
    actor: Actor, case: Case, proposal: Proposal, kind: DecisionKind, number: DocumentNumber, today: dt.date
) -> Decision:
    snapshot = decision_snapshot(
        case=case,
        proposal=proposal,
        number=number.text,
        kind_label=kind.label,
        issued_on=today,
        actor=actor,
        statement_details=statement_details(case),
        uses=proposal.entry_uses.all(),
    )
    return Decision.objects.create(
        case=case,
        proposal=proposal,
        kind=kind,
        number=number.text,
        slug=slugify(f"{case.agency.code}-{number.year}-{SLUG_WORDS[kind]}-{number.running}"),
        outcome=proposal.outcome,
        issued_on=today,
        issued_by_id=account_of(actor),
        snapshot=snapshot,
        public_snapshot=public_snapshot(snapshot),
        digest=digest_of(snapshot),
    )


def _filed(actor: Actor, case: Case, decision: Decision) -> CaseDocument:
    content = decision_docx(decision_text(decision.snapshot))
    return CaseDocument.objects.create(
        case=case,
        kind=decision.get_kind_display(),
        number=decision.number,
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        template_version=TEMPLATE_VERSION,
        confidentiality=case.confidentiality,
        created_by_id=account_of(actor),
    )
