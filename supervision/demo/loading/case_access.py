"""A case shared with a collaborating agency and a case with trade secrets, among the demonstration's running cases."""

from __future__ import annotations

import datetime as dt

from cases.models import Case, CaseStatus, Confidentiality
from cases.services.set_confidentiality import grant_clearance, set_confidentiality
from cases.services.share_case import share_case
from enforcement.actors import Role, actor_for
from enforcement.models import Account, Agency

SHARED_DAYS = 60


def load_case_access(*, today: dt.date) -> None:
    """The oldest running cases whose agency has a head: the first is shared, the second holds trade secrets."""
    running = Case.objects.filter(status=CaseStatus.INVESTIGATION).order_by("opened_on", "id")
    heads = {
        account.agency_id: account
        for account in Account.objects.filter(grants__role=Role.APPROVER, agency__isnull=False)
    }
    led = [(case, heads[case.agency_id]) for case in running[:40] if case.agency_id in heads]
    if led:
        _share(*led[0], today=today)
    if len(led) > 1:
        _close(*led[1], today=today)


def _share(case: Case, head: Account, *, today: dt.date) -> None:
    neighbours = Agency.objects.filter(region_code=case.region_code).exclude(pk=case.agency_id)
    other = neighbours.order_by("code").first() or Agency.objects.exclude(pk=case.agency_id).first()
    if other is not None:
        share_case(
            actor=actor_for(head),
            case_id=case.pk,
            agency_id=other.pk,
            purpose="协助核实当事人的经营场所和许可情况。",
            starts_on=today,
            ends_on=today + dt.timedelta(days=SHARED_DAYS),
            today=today,
        )


def _close(case: Case, head: Account, *, today: dt.date) -> None:
    set_confidentiality(
        actor=actor_for(head),
        case_id=case.pk,
        level=Confidentiality.TRADE_SECRET,
        reason="案卷载有当事人的进货渠道和成本。",
        today=today,
    )
    supervisor = Account.objects.filter(
        grants__role=Role.SUPERVISOR, grants__region_code=case.region_code[:2]
    ).first()
    if supervisor is not None:
        grant_clearance(
            actor=actor_for(head),
            case_id=case.pk,
            account_id=supervisor.pk,
            reason="个案监督需要调阅案卷。",
            today=today,
        )
