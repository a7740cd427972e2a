"""The party table with whole numbers: taken out for a stated purpose by those who keep the register."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from enforcement.actors import Actor
from enforcement.models import ReadKind
from enforcement.register_tables.parties import WHOLE_PARTIES
from enforcement.selectors.parties import kept_parties
from enforcement.services.export_register import export_register
from enforcement.services.reveal_party import RevealReason, check_reason, count_reading


@transaction.atomic
def export_whole_parties(*, actor: Actor, reason: RevealReason, today: dt.date) -> bytes:
    """The workbook of the parties whose register the actor keeps. Each counts as one reading of personal data.

    Raises NotPermitted without the registrar's duty, InvalidInput without purpose and reason.
    """
    check_reason(reason)
    count_reading(actor=actor, kind=ReadKind.EXPORT, rows=kept_parties(actor=actor).count(), today=today)
    return export_register(actor=actor, table=WHOLE_PARTIES, purpose=reason.sentence)
