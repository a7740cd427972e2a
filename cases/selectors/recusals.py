"""Recusals of a case that the actor has already found; nothing here is looked up without it."""

from __future__ import annotations

from cases.models import Case, Recusal, RecusalOutcome
from cases.models.case import DECIDING_ROLES
from cases.selectors.access import whole_levels
from enforcement.models import Account, Officer


def pending_recusal(*, case: Case, recusal_id: int) -> Recusal | None:
    """A request that waits for its decision."""
    found: Recusal | None = (
        Recusal.objects.select_related("account", "recorded_by")
        .filter(case=case, pk=recusal_id, outcome=RecusalOutcome.PENDING)
        .first()
    )
    return found


def recusable_people(*, case: Case) -> list[tuple[str, str]]:
    """Handlers first, then the other people of the agency with a part in its cases, as `officer:1` or `account:2`."""
    handlers = list(case.handlers.all())
    shown = {handler.pk for handler in handlers}
    choices = [(f"officer:{one.pk}", f"{one.name}（承办人）") for one in handlers]
    reviewing = Account.objects.filter(
        is_active=True,
        grants__role__in=list(DECIDING_ROLES),
        grants__region_code__in=whole_levels(case.region_code),
        grants__line_code__in=["", case.line_code],
    ).distinct()
    for account in reviewing.order_by("pk"):
        if account.officer_id is None or account.officer_id not in shown:
            choices.append((f"account:{account.pk}", f"{account.display_name}（负责人、法制审核人员）"))
        if account.officer_id is not None:
            shown.add(account.officer_id)
    others = Officer.objects.filter(agency=case.agency_id, is_auxiliary=False).exclude(pk__in=shown)
    return choices + [(f"officer:{one.pk}", one.name) for one in others.order_by("pk")]
