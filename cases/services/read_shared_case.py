"""Every reading of a shared case by the other agency is recorded, once a person and day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.models import Case, SharedReading
from cases.models.case import READING_ROLES
from enforcement.actors import Actor
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry


def note_shared_reading(*, actor: Actor, case: Case, today: dt.date) -> bool:
    """Record that the actor reads a case outside their own scope; True when this is the first time today."""
    own = actor.may_any(READING_ROLES, region_code=case.region_code, line_code=case.line_code)
    if actor.is_system or own or actor.account_id is None:
        return False
    with transaction.atomic():
        _, is_first = SharedReading.objects.get_or_create(case=case, account_id=actor.account_id, day=today)
        if is_first:
            append_entry(
                chain=case.agency.code,
                action=LedgerAction.SHARED_CASE_READ,
                subject=case,
                subject_label=case.number,
                actor=actor,
                payload={"agency": actor.agency_id, "day": today},
            )
    return is_first
