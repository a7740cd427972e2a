"""版本通知: written once per version, kind and agency, however often and however late this runs."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction

from enforcement.actors import SYSTEM
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, RuleVersion, VersionNotice
from enforcement.selectors.version_notices import agencies_applying, notices_missing
from enforcement.version_notices import NoticeKind

Due = tuple[NoticeKind, dt.date]


def write_version_notices(*, today: dt.date) -> int:
    """How many notices were new. Nothing here makes a version take effect or end: its dates do."""
    written = 0
    for version, due in notices_missing(today=today):
        written += _write(version, due, agencies_applying(version.document))
    return written


@transaction.atomic
def _write(version: RuleVersion, due: list[Due], agencies: list[Agency]) -> int:
    # Two runs at once: the second waits here and finds the notices of the first.
    RuleVersion.objects.select_for_update().get(pk=version.pk)
    kept = set(VersionNotice.objects.filter(version=version).values_list("kind", "agency_id"))
    rows = [
        VersionNotice(
            version=version,
            agency=agency,
            kind=kind.value,
            due_on=day,
            region_code=agency.region_code,
            line_code=agency.line_code,
        )
        for kind, day in due
        for agency in agencies
        if agency.works_on(day) and (kind.value, agency.pk) not in kept
    ]
    if not rows:
        return 0
    VersionNotice.objects.bulk_create(rows)
    append_entry(
        chain=version.document.agency.code,
        action=LedgerAction.VERSION_NOTICED,
        subject=version,
        subject_label=str(version),
        actor=SYSTEM,
        payload={"kinds": dict(sorted(Counter(row.kind for row in rows).items()))},
    )
    return len(rows)
