"""The frame of every enforcement act: one transaction, and a trace in the ledger when the gate turned somebody away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cases.models import Case
from cases.officer_gate import GATE_CODES
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry


@contextmanager
def enforcement_act(*, actor: Actor, case_id: int, act: Act) -> Iterator[None]:
    """All or nothing. A refusal of the officers' gate is recorded after everything else was taken back."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        record_refused_act(actor=actor, case_id=case_id, act=act, refusal=refusal)
        raise


def record_refused_act(*, actor: Actor, case_id: int, act: Act, refusal: Refusal) -> None:
    """Keep who tried what in which case and which rule refused; other refusals are ordinary corrections of input."""
    if refusal.code not in GATE_CODES:
        return
    case = Case.objects.workable_by(actor).select_related("agency").filter(pk=case_id).first()
    if case is None:
        return
    with transaction.atomic():
        append_entry(
            chain=case.agency.code,
            action=LedgerAction.ACT_REFUSED,
            subject=case,
            subject_label=case.number,
            actor=actor,
            payload={"act": act.value, "code": refusal.code},
        )
