"""What ends soon or has ended, among the rows an actor may see. The rule is in `enforcement/expiry.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from enforcement.actors import Actor
from enforcement.expiry import (
    FIRST_WARNING_DAYS,
    LAST_WARNING_DAYS,
    Ending,
    ExpiringKind,
    ExpiryWarning,
    warning_for,
)
from enforcement.models import Calibration, Certificate, CertificateCheck, Delegation, Qualification
from enforcement.models.officers import CheckResult


def warnings_for(*, actor: Actor, today: dt.date) -> list[ExpiryWarning]:
    """Warnings of `today` on visible rows, what ended or ends first in front. Six queries."""
    found = [warning_for(ending, today) for ending in endings_around(actor=actor, today=today)]
    return sorted(
        (one for one in found if one is not None), key=lambda one: (one.ending.ends_on, one.ending.subject)
    )


def count_warnings(*, actor: Actor, today: dt.date, kinds: Collection[ExpiringKind]) -> int:
    """How many warnings of these kinds a page would show."""
    found = endings_around(actor=actor, today=today, kinds=kinds)
    return sum(warning_for(ending, today) is not None for ending in found)


def own_warnings(*, actor: Actor, today: dt.date) -> list[ExpiryWarning]:
    """Warnings about the actor's own certificates. Two queries; none for people without one."""
    if actor.officer_id is None:
        return []
    own = Q(officer_id=actor.officer_id)
    endings = [*_certificates(own, today), *_annual_checks(own, today)]
    found = [warning_for(ending, today) for ending in endings]
    return sorted((one for one in found if one is not None), key=lambda one: one.ending.ends_on)


def endings_around(
    *, actor: Actor, today: dt.date, kinds: Collection[ExpiringKind] = tuple(ExpiringKind)
) -> Iterator[Ending]:
    """Everything visible of these kinds whose last day lies near `today`."""
    for kind in kinds:
        yield from _READERS[kind](actor, today)


def _near(today: dt.date) -> Q:
    return Q(
        valid_until__range=(
            today - dt.timedelta(days=LAST_WARNING_DAYS),
            today + dt.timedelta(days=FIRST_WARNING_DAYS),
        )
    )


def _held_certificates(wanted: Q, today: dt.date) -> QuerySet[Certificate]:
    return (
        Certificate.objects.filter(wanted, revoked_on__isnull=True)
        .filter(Q(officer__left_on__isnull=True) | Q(officer__left_on__gt=today))
        .select_related("officer__agency")
    )


def _certificates(wanted: Q, today: dt.date) -> Iterator[Ending]:
    """Certificates that nobody has renewed: no later one of the same officer for the same lines."""
    renewal = Certificate.objects.filter(
        officer_id=OuterRef("officer_id"),
        revoked_on__isnull=True,
        valid_until__gt=OuterRef("valid_until"),
        line_codes__contains=OuterRef("line_codes"),
    )
    for one in _held_certificates(wanted, today).filter(_near(today)).exclude(Exists(renewal)):
        yield _about(one, ExpiringKind.CERTIFICATE, one.pk, f"执法证 {one.number}", one.valid_until)


def _annual_checks(wanted: Q, today: dt.date) -> Iterator[Ending]:
    """Certificates held all through a year without a passed check of that year; the check is due when it ends."""
    for year in (today.year - 1, today.year):
        due = dt.date(year, 12, 31)
        passed = CertificateCheck.objects.filter(
            certificate_id=OuterRef("pk"), year=year, result=CheckResult.PASSED
        )
        if not -LAST_WARNING_DAYS <= (due - today).days <= FIRST_WARNING_DAYS:
            continue
        held = _held_certificates(wanted, today).filter(
            valid_from__lt=dt.date(year, 1, 1), valid_until__gt=max(due, today)
        )
        for one in held.exclude(Exists(passed)):
            yield _about(one, ExpiringKind.ANNUAL_CHECK, one.pk, f"执法证 {one.number} {year} 年度审验", due)


def _about(
    certificate: Certificate, kind: ExpiringKind, row_id: int, document: str, ends_on: dt.date
) -> Ending:
    officer = certificate.officer
    return Ending(
        kind=kind,
        row_id=row_id,
        subject=officer.name,
        document=document,
        ends_on=ends_on,
        region_code=officer.region_code,
        line_code=officer.line_code,
        agency_name=officer.agency.name,
        page_key=officer.pk,
    )


def _calibrations(actor: Actor, today: dt.date) -> Iterator[Ending]:
    """The latest calibration of each instrument in use."""
    later = Calibration.objects.filter(
        equipment_id=OuterRef("equipment_id"), valid_until__gt=OuterRef("valid_until")
    )
    held = (
        Calibration.objects.visible_to(actor)
        .filter(_near(today), equipment__needs_calibration=True)
        .filter(Q(equipment__retired_on__isnull=True) | Q(equipment__retired_on__gt=today))
        .exclude(Exists(later))
        .select_related("equipment__agency")
    )
    for one in held:
        yield Ending(
            kind=ExpiringKind.CALIBRATION,
            row_id=one.pk,
            subject=str(one.equipment),
            document=f"检定证书 {one.certificate_number}",
            ends_on=one.valid_until,
            region_code=one.equipment.region_code,
            line_code=one.equipment.line_code,
            agency_name=one.equipment.agency.name,
            page_key=one.equipment_id,
        )


def _qualifications(actor: Actor, today: dt.date) -> Iterator[Ending]:
    later = Qualification.objects.filter(
        account_id=OuterRef("account_id"), kind=OuterRef("kind"), valid_until__gt=OuterRef("valid_until")
    )
    held = (
        Qualification.objects.visible_to(actor)
        .filter(_near(today), account__is_active=True)
        .exclude(Exists(later))
        .select_related("account__agency")
    )
    for one in held:
        agency = one.account.agency
        assert one.valid_until is not None  # the range above leaves out those that do not end
        yield Ending(
            kind=ExpiringKind.QUALIFICATION,
            row_id=one.pk,
            subject=one.account.display_name,
            document=str(one),
            ends_on=one.valid_until,
            region_code=one.region_code,
            line_code=one.line_code,
            agency_name=agency.name if agency is not None else "",
            page_key=one.pk,
        )


def _delegations(actor: Actor, today: dt.date) -> Iterator[Ending]:
    """Delegations that were neither revoked nor followed by another one to the same delegate."""
    later = Delegation.objects.filter(
        agency_id=OuterRef("agency_id"),
        delegate_name=OuterRef("delegate_name"),
        revoked_on__isnull=True,
        valid_until__gt=OuterRef("valid_until"),
    )
    held = (
        Delegation.objects.visible_to(actor)
        .filter(_near(today), revoked_on__isnull=True)
        .exclude(Exists(later))
        .select_related("agency")
    )
    for one in held:
        yield Ending(
            kind=ExpiringKind.DELEGATION,
            row_id=one.pk,
            subject=one.delegate_name,
            document=f"委托书 {one.document_number}",
            ends_on=one.valid_until,
            region_code=one.region_code,
            line_code=one.line_code,
            agency_name=one.agency.name,
            page_key=one.pk,
        )


def _seen(actor: Actor) -> Q:
    return Q(pk__in=Certificate.objects.visible_to(actor).values("pk"))


_READERS: dict[ExpiringKind, Callable[[Actor, dt.date], Iterator[Ending]]] = {
    ExpiringKind.CERTIFICATE: lambda actor, today: _certificates(_seen(actor), today),
    ExpiringKind.ANNUAL_CHECK: lambda actor, today: _annual_checks(_seen(actor), today),
    ExpiringKind.CALIBRATION: _calibrations,
    ExpiringKind.QUALIFICATION: _qualifications,
    ExpiringKind.DELEGATION: _delegations,
}
