"""Handing out an issued document; every reading is recorded."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.models import Case, CaseDocument
from cases.services.read_shared_case import note_shared_reading
from cases.statuses import OPEN_LEVELS
from enforcement.actors import Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import ReadKind
from enforcement.services.reveal_party import count_reading


def read_document(*, actor: Actor, case_id: int, document_id: int, today: dt.date) -> CaseDocument:
    """The document with its bytes. Raises DoesNotExist when the actor may not see the case."""
    with transaction.atomic():
        readable = Case.objects.readable_by(actor, on=today).select_related("agency")
        case = readable.get(pk=case_id)
        document = CaseDocument.objects.get(pk=document_id, case=case)
        if (
            document.confidentiality not in OPEN_LEVELS
            and not readable.filter(pk=case_id).cleared_for(actor).exists()
        ):
            raise CaseDocument.DoesNotExist
        note_shared_reading(actor=actor, case=case, today=today)
        # A decision states the party's number in full: handing it out is a reading of personal data.
        count_reading(actor=actor, kind=ReadKind.DOCUMENT, rows=1, today=today)
        append_entry(
            chain=case.agency.code,
            action=LedgerAction.DOCUMENT_READ,
            subject=document,
            subject_label=f"{document.kind} {document.number}".strip(),
            actor=actor,
            payload={"case": case.number, "digest": document.digest},
        )
    return document
