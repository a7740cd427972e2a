"""Officers and what belongs to them, as the pages of the register show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from enforcement.actors import Actor, Role
from enforcement.models import (
    Account,
    Agency,
    Certificate,
    Custody,
    Equipment,
    Examination,
    Line,
    Officer,
    Qualification,
    Training,
    TrainingRequirement,
)
from enforcement.training_hours import HoursOfYear, HoursRule, governing_rule, hours_of_year

REGISTRARS = frozenset({Role.REGISTRAR})


def list_officers(*, actor: Actor) -> QuerySet[Officer]:
    """Officers in sight with agency, certificates and suspensions: three queries a page."""
    return (
        Officer.objects.visible_to(actor)
        .select_related("agency")
        .prefetch_related("certificates__suspensions")
    )


def search_officers(rows: QuerySet[Officer], words: str) -> QuerySet[Officer]:
    """By the beginning of a staff number or a certificate number: names have no place in an address."""
    held = Certificate.objects.filter(officer_id=OuterRef("pk"), number__startswith=words)
    return rows.filter(Q(staff_number__startswith=words) | Exists(held))


def holding_valid_certificate(rows: QuerySet[Officer], day: dt.date) -> QuerySet[Officer]:
    """Officers with a certificate that counts on `day`; the same rule as `certificate_validity`, in SQL."""
    return rows.filter(Exists(_counting(day)))


def without_valid_certificate(rows: QuerySet[Officer], day: dt.date) -> QuerySet[Officer]:
    return rows.filter(~Exists(_counting(day)))


def _counting(day: dt.date) -> QuerySet[Certificate]:
    suspended = Q(suspensions__starts_on__lte=day) & (
        Q(suspensions__ends_on__isnull=True) | Q(suspensions__ends_on__gte=day)
    )
    standing = Certificate.objects.filter(suspended).values("pk")
    return (
        Certificate.objects.filter(officer_id=OuterRef("pk"), valid_from__lte=day, valid_until__gte=day)
        .filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=day))
        .exclude(pk__in=standing)
    )


def agency_named(*, actor: Actor, words: str) -> Agency | None:
    """The agency a registrar means by its code or its whole name."""
    wanted = words.strip()
    own = Agency.objects.visible_to(actor, roles=REGISTRARS)
    return own.filter(Q(code=wanted) | Q(name=wanted)).first() if wanted else None


def officer_numbered(*, actor: Actor, number: str) -> Officer | None:
    """The officer a registrar means by the staff number."""
    own = Officer.objects.visible_to(actor, roles=REGISTRARS).select_related("agency")
    return own.filter(staff_number=number.strip()).first()


def colleagues_of(*, actor: Actor, agency_id: int, day: dt.date) -> QuerySet[Officer]:
    """Officers of an agency in service on `day`, who may be given equipment."""
    return (
        Officer.objects.visible_to(actor)
        .filter(agency_id=agency_id)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=day))
        .order_by("staff_number")
    )


def account_named(*, username: str) -> Account | None:
    """The account whose paper is registered."""
    return Account.objects.select_related("agency").filter(username=username.strip()).first()


def line_choices() -> list[tuple[str, str]]:
    return list(Line.objects.values_list("code", "name"))


def line_names(codes: Sequence[str]) -> str:
    """Names of lines by their codes, as written on a certificate. One query, none without codes."""
    if not codes:
        return ""
    names = dict(Line.objects.filter(code__in=codes).values_list("code", "name"))
    return "、".join(names.get(code, code) for code in codes)


def certificates_of(*, actor: Actor, officer_id: int) -> list[Certificate]:
    """Certificates with suspensions and checks, newest first. Three queries."""
    return list(
        Certificate.objects.visible_to(actor)
        .filter(officer_id=officer_id)
        .select_related("officer")
        .prefetch_related("suspensions", "checks")
    )


def trainings_of(*, actor: Actor, officer_id: int) -> list[Training]:
    return list(Training.objects.visible_to(actor).filter(officer_id=officer_id))


def examinations_of(*, actor: Actor, officer_id: int) -> list[Examination]:
    return list(Examination.objects.visible_to(actor).filter(officer_id=officer_id))


def equipment_held_by(*, actor: Actor, officer_id: int, on: dt.date) -> list[Custody]:
    """What the officer holds on a day. One query."""
    return list(
        Custody.objects.visible_to(actor)
        .filter(holder_id=officer_id, held_from__lte=on)
        .filter(Q(returned_on__isnull=True) | Q(returned_on__gt=on))
        .select_related("equipment")
    )


def hours_of(officer: Officer, trainings: Sequence[Training], *, year: int) -> HoursOfYear:
    """Hours done against what governs the officer in that year. One query."""
    rules = [
        HoursRule(one.region_code, one.line_code, one.year, one.hours)
        for one in TrainingRequirement.objects.filter(year=year)
    ]
    rule = governing_rule(rules, region_code=officer.region_code, line_code=officer.line_code, year=year)
    return hours_of_year(((one.completed_on, one.hours) for one in trainings), year=year, rule=rule)


def list_equipment(*, actor: Actor) -> QuerySet[Equipment]:
    """Equipment in sight with agency, calibrations and the present holder: three queries a page."""
    return (
        Equipment.objects.visible_to(actor)
        .select_related("agency")
        .prefetch_related(
            "calibrations",
            Prefetch(
                "custodies",
                queryset=Custody.objects.filter(returned_on__isnull=True).select_related("holder"),
                to_attr="open_custodies",
            ),
        )
    )


def search_equipment(rows: QuerySet[Equipment], words: str) -> QuerySet[Equipment]:
    return rows.filter(Q(inventory_number__icontains=words) | Q(model_name__icontains=words))


def custodies_of(*, actor: Actor, equipment_id: int) -> list[Custody]:
    """Everyone who held the piece, newest first. One query."""
    return list(Custody.objects.visible_to(actor).filter(equipment_id=equipment_id).select_related("holder"))


def list_trainings(*, actor: Actor) -> QuerySet[Training]:
    return Training.objects.visible_to(actor).select_related("officer__agency")


def list_examinations(*, actor: Actor) -> QuerySet[Examination]:
    return Examination.objects.visible_to(actor).select_related("officer__agency")


def search_by_staff_number(rows: QuerySet[Training], words: str) -> QuerySet[Training]:
    return rows.filter(officer__staff_number__startswith=words)


def list_certificates(*, actor: Actor) -> QuerySet[Certificate]:
    """Certificates in sight with officer, suspensions and checks: three queries a page."""
    return (
        Certificate.objects.visible_to(actor)
        .select_related("officer__agency")
        .prefetch_related("suspensions", "checks")
    )


def search_certificates(rows: QuerySet[Certificate], words: str) -> QuerySet[Certificate]:
    return rows.filter(Q(number__startswith=words) | Q(officer__staff_number__startswith=words))


def list_qualifications(*, actor: Actor) -> QuerySet[Qualification]:
    return Qualification.objects.visible_to(actor).select_related("account__agency")


def search_qualifications(rows: QuerySet[Qualification], words: str) -> QuerySet[Qualification]:
    return rows.filter(Q(number__startswith=words) | Q(account__username__startswith=words))


def list_training_requirements(*, actor: Actor) -> QuerySet[TrainingRequirement]:
    """Requirements that govern somebody in the actor's reach lie above it as well as in it: all are open to read."""
    if not actor.grants and not actor.is_system:
        return TrainingRequirement.objects.none()
    return TrainingRequirement.objects.all()
