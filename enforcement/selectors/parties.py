"""Reads of the party register."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from enforcement.actors import Actor, Role
from enforcement.crypto.fields import matching
from enforcement.identifiers import LENGTH, compact_identifier
from enforcement.models import Agency, ClassMembership, FormerName, Line, ObjectClass, Party, Region
from enforcement.personal_data import NAMING_ROLES


def parties_with_identifier(words: str) -> QuerySet[Party]:
    """The party whose whole 统一社会信用代码 or 身份证号 this is; none for anything shorter, which could be browsed.

    Not narrowed by scope: the caller narrows what leads to the party.
    """
    number = compact_identifier(words)
    if len(number) != LENGTH:
        return Party.objects.none()
    return Party.objects.filter(Q(uscc=number) | matching(Party, "id_number_index", number))


def list_parties(*, actor: Actor) -> QuerySet[Party]:
    """Parties where the actor handles cases or keeps the register."""
    parties: QuerySet[Party] = Party.objects.visible_to(actor, roles=NAMING_ROLES)
    return parties


def search_parties(rows: QuerySet[Party], words: str) -> QuerySet[Party]:
    """By the beginning of a name or earlier name, or by a whole identifier."""
    return rows.filter(
        Q(name__startswith=words)
        | Q(pk__in=FormerName.objects.filter(name__startswith=words).values("party"))
        | Q(pk__in=parties_with_identifier(words).values("pk"))
    )


def region_codes() -> dict[str, str]:
    """Codes of every region, as an import looks them up."""
    return {code: code for code in Region.objects.values_list("code", flat=True)}


def line_codes() -> dict[str, str]:
    """Codes of lines in use; their names lead to them as well."""
    rows = Line.objects.filter(ended_on__isnull=True).values_list("code", "name")
    return {spelling: code for code, name in rows for spelling in (code, name)}


def class_codes() -> dict[str, str]:
    """Codes of object classes in use; their names lead to them as well."""
    rows = ObjectClass.objects.filter(ended_on__isnull=True).values_list("code", "name")
    return {spelling: code for code, name in rows for spelling in (code, name)}


def classes_in_use() -> QuerySet[ObjectClass]:
    """Object classes a party can be put into."""
    return ObjectClass.objects.filter(ended_on__isnull=True).order_by("code")


def agencies_kept_by(actor: Actor) -> QuerySet[Agency]:
    """Agencies for which the actor keeps the register, present ones, by code."""
    agencies: QuerySet[Agency] = Agency.objects.visible_to(actor, roles=frozenset({Role.REGISTRAR}))
    return agencies.order_by("code")


def list_object_classes(*, actor: Actor) -> QuerySet[ObjectClass]:
    """Every object class."""
    return ObjectClass.objects.visible_to(actor)


def search_object_classes(rows: QuerySet[ObjectClass], words: str) -> QuerySet[ObjectClass]:
    """Object classes whose code, name or explanation contains the words."""
    return rows.filter(Q(code__icontains=words) | Q(name__icontains=words) | Q(remit__icontains=words))


def classes_to_choose(*, party: Party) -> QuerySet[ObjectClass]:
    """Object classes in use, and those the party is in already."""
    held = ClassMembership.objects.filter(party=party, until__isnull=True).values("object_class")
    return ObjectClass.objects.filter(Q(ended_on__isnull=True) | Q(pk__in=held)).order_by("code")


def kept_parties(*, actor: Actor) -> QuerySet[Party]:
    """Parties whose register the actor keeps."""
    parties: QuerySet[Party] = Party.objects.visible_to(actor, roles=frozenset({Role.REGISTRAR}))
    return parties
