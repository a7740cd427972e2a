"""Running cases are told of newer versions of the rules: once per case and version, however often this runs."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.models import CaseVersionNotice
from cases.selectors.rules_in_force import RULE_KINDS
from cases.selectors.version_changes import cases_to_tell
from enforcement.actors import SYSTEM
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import RuleVersion


@transaction.atomic
def write_case_notices(*, version_id: int, today: dt.date) -> int:
    """How many cases were newly told of a published version; 0 for any other version.

    A case decided before this ran needs no notice any more; which rules apply is decided by dates, never by it.
    """
    # Two runs at once: the second waits here and finds the notices of the first.
    versions = RuleVersion.objects.published().filter(document__kind__in=RULE_KINDS)
    version = (
        versions.select_for_update(of=("self",))
        .select_related("document__agency")
        .filter(pk=version_id)
        .first()
    )
    if version is None:
        return 0
    cases = cases_to_tell(version)
    if not cases:
        return 0
    CaseVersionNotice.objects.bulk_create(
        CaseVersionNotice(case=case, version=version, noticed_on=today) for case in cases
    )
    append_entry(
        chain=version.document.agency.code,
        action=LedgerAction.CASES_TOLD_OF_VERSION,
        subject=version,
        subject_label=str(version),
        actor=SYSTEM,
        payload={"cases": [case.pk for case in cases]},
    )
    return len(cases)
