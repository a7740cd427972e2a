"""到期提醒: one notice per row, threshold and last day, written once however often and however late this runs."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from enforcement.actors import SYSTEM
from enforcement.expiry import thresholds_reached
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.models import ExpiryNotice
from enforcement.selectors.expiry import endings_around

BATCH = 500


@transaction.atomic
def write_expiry_notices(*, today: dt.date) -> int:
    """How many notices were new. Nothing here makes anything end: the dates do, with or without a notice."""
    reached = {
        (ending.kind.value, ending.row_id, threshold, ending.ends_on): ending
        for ending in endings_around(actor=SYSTEM, today=today)
        for threshold in thresholds_reached(ending.ends_on, today)
    }
    known = set(
        ExpiryNotice.objects.filter(ends_on__in={key[3] for key in reached}).values_list(
            "kind", "row_id", "threshold", "ends_on"
        )
    )
    new = [
        ExpiryNotice(
            kind=kind,
            row_id=row_id,
            threshold=threshold,
            ends_on=ends_on,
            noticed_on=today,
            region_code=ending.region_code,
            line_code=ending.line_code,
        )
        for (kind, row_id, threshold, ends_on), ending in reached.items()
        if (kind, row_id, threshold, ends_on) not in known
    ]
    if not new:
        return 0
    # Two runs at once: the table's own key decides which of them writes a notice.
    ExpiryNotice.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
    append_entry(
        chain=PROVINCE_CHAIN,
        action=LedgerAction.EXPIRY_NOTICED,
        subject=new[0],
        subject_label=f"{today} 到期提醒",
        actor=SYSTEM,
        payload={"notices": len(new), "day": today},
    )
    return len(new)
