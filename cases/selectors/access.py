"""Shares and clearances of a case that the actor has already found, and whom they could be given to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from cases.models import Case, CaseClearance, CaseShare
from enforcement.actors import CASE_ROLES, Role
from enforcement.models import Account, Agency


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One line of a table: who, for what, until when, and whether it can still be withdrawn."""

    pk: int
    who: str
    reason: str
    span: str
    state: str
    is_open: bool


def share_rows(*, case: Case, today: dt.date) -> list[AccessRow]:
    return [_share_row(one, today) for one in case.shares.select_related("agency")]


def _share_row(share: CaseShare, today: dt.date) -> AccessRow:
    if share.withdrawn_on is not None:
        state = f"{share.withdrawn_on.isoformat()} 收回"
    elif share.ends_on < today:
        state = "已到期"
    else:
        state = "有效" if share.starts_on <= today else "尚未开始"
    return AccessRow(
        pk=share.pk,
        who=share.agency.name,
        reason=share.purpose,
        span=f"{share.starts_on.isoformat()} 至 {share.ends_on.isoformat()}",
        state=state,
        is_open=share.withdrawn_on is None and share.ends_on >= today,
    )


def clearance_rows(*, case: Case) -> list[AccessRow]:
    return [_clearance_row(one) for one in case.clearances.select_related("account__agency")]


def _clearance_row(clearance: CaseClearance) -> AccessRow:
    agency = clearance.account.agency
    return AccessRow(
        pk=clearance.pk,
        who=f"{clearance.account.display_name}（{agency.name if agency else '不属于执法主体'}）",
        reason=clearance.reason,
        span=f"{clearance.granted_on.isoformat()} 起",
        state="有效" if clearance.withdrawn_on is None else f"{clearance.withdrawn_on.isoformat()} 收回",
        is_open=clearance.withdrawn_on is None,
    )


def other_agencies(*, case: Case) -> list[tuple[str, str]]:
    """Agencies a case may be shared with."""
    rows = Agency.objects.exclude(pk=case.agency_id).order_by("region_code", "line_code")
    return [(str(one.pk), one.name) for one in rows]


def whole_levels(region_code: str) -> list[str]:
    """The codes a grant that covers this region can have: itself and every level above."""
    return [region_code[:length] for length in (2, 4, 6, 9) if length <= len(region_code)]


def clearable_people(*, case: Case) -> list[tuple[str, str]]:
    """Supervisors over the case, and the case people of the agencies it is shared with."""
    above = Q(grants__role=Role.SUPERVISOR) & Q(grants__region_code__in=whole_levels(case.region_code))
    collaborating = case.shares.filter(withdrawn_on__isnull=True).values("agency")
    with_us = Q(agency__in=collaborating, grants__role__in=list(CASE_ROLES))
    rows = Account.objects.filter(above | with_us, is_active=True).distinct().select_related("agency")
    return [
        (str(one.pk), f"{one.display_name}（{one.agency.name if one.agency else '不属于执法主体'}）")
        for one in rows.order_by("pk")
    ]
