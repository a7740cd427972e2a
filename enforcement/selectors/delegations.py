"""Reads of 委托执法."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from enforcement.actors import Actor
from enforcement.delegation_rules import IntendedAct, Mandate, agency_key, may_act_for
from enforcement.errors import Refusal
from enforcement.models import Agency, Delegation, Violation

DELEGATION_ORDER = ("region_code", "agency_id", "pk")


def delegate_key_of(delegation: Delegation) -> str:
    """Who the delegate is: an agency of the register before an organisation by its code."""
    if delegation.delegate_agency_id is not None:
        return agency_key(delegation.delegate_agency_id)
    return f"uscc:{delegation.delegate_uscc}"


def mandate_of(delegation: Delegation) -> Mandate:
    """The terms as the rules read them."""
    codes = frozenset(delegation.violation_codes)
    return Mandate(
        agency_id=delegation.agency_id,
        delegate_key=delegate_key_of(delegation),
        acts=frozenset(delegation.acts),
        violation_codes=codes or None,
        penalty_kinds=frozenset(delegation.penalty_kinds),
        valid_from=delegation.valid_from,
        last_day=delegation.last_day,
    )


def mandates_overlapping(*, first: dt.date, last: dt.date) -> list[Mandate]:
    """Terms that hold on at least one of the days."""
    rows = Delegation.objects.filter(valid_from__lte=last, valid_until__gte=first)
    return [mandate_of(one) for one in rows]


def may_agency_act_for(
    *, delegate_agency_id: int, agency_id: int, intended: IntendedAct, on: dt.date
) -> Refusal | None:
    """`may_act_for` over the delegations recorded between two agencies. One query."""
    rows = Delegation.objects.filter(agency_id=agency_id, delegate_agency_id=delegate_agency_id)
    return may_act_for(
        delegate_key=agency_key(delegate_agency_id),
        agency_id=agency_id,
        intended=intended,
        mandates=[mandate_of(one) for one in rows],
        on=on,
    )


def list_delegations(*, actor: Actor) -> QuerySet[Delegation]:
    """Delegations in the actor's scope, with both sides."""
    return Delegation.objects.visible_to(actor).select_related("agency", "delegate_agency")


def search_delegations(rows: QuerySet[Delegation], words: str) -> QuerySet[Delegation]:
    """By either side, the document's number, or words of the matters."""
    return rows.filter(
        Q(agency__name__icontains=words)
        | Q(delegate_name__icontains=words)
        | Q(document_number__icontains=words)
        | Q(matters__icontains=words)
    )


def in_state(rows: QuerySet[Delegation], state: str, on: dt.date) -> QuerySet[Delegation]:
    """`coming`, `held`, `ended` or `revoked` on a day."""
    revoked = Q(revoked_on__lte=on)
    match state:
        case "revoked":
            return rows.filter(revoked)
        case "coming":
            return rows.exclude(revoked).filter(valid_from__gt=on)
        case "ended":
            return rows.exclude(revoked).filter(valid_until__lt=on)
        case _:
            return rows.exclude(revoked).filter(valid_from__lte=on, valid_until__gte=on)


def find_delegation(*, actor: Actor, delegation_id: int) -> Delegation | None:
    """The delegation with both sides, or None when the actor may not see it."""
    return (
        Delegation.objects.visible_to(actor)
        .select_related("agency", "delegate_agency", "attachment")
        .defer("attachment__content")
        .filter(pk=delegation_id)
        .first()
    )


def delegations_of(*, agency_id: int) -> QuerySet[Delegation]:
    """What an agency delegates and what is delegated to it; delegations are public."""
    return (
        Delegation.objects.filter(Q(agency_id=agency_id) | Q(delegate_agency_id=agency_id))
        .select_related("agency", "delegate_agency")
        .order_by("-valid_from", "-id")
    )


def delegations_ending(*, actor: Actor, on: dt.date, within_days: int) -> QuerySet[Delegation]:
    """Delegations in the actor's scope whose term ends in the next `within_days` days, today's included.

    Annotated with `ends_on`, the last day. A revoked one is not listed: nobody needs to renew it.
    """
    return (
        Delegation.objects.visible_to(actor)
        .filter(
            revoked_on__isnull=True,
            valid_from__lte=on,
            valid_until__gte=on,
            valid_until__lte=on + dt.timedelta(days=within_days),
        )
        .annotate(ends_on=F("valid_until"))
        .select_related("agency", "delegate_agency")
        .order_by("valid_until", "id")
    )


@dataclass(frozen=True, slots=True)
class PublishedDelegation:
    """One delegation as everyone may read it; `state` is a word for the day."""

    delegation: Delegation
    state: str
    violation_names: tuple[str, ...] = ()


def state_on(delegation: Delegation, day: dt.date) -> str:
    """有效, 未开始, 已期满 or 已解除."""
    if delegation.revoked_on is not None and delegation.revoked_on <= day:
        return "已解除"
    if day < delegation.valid_from:
        return "未开始"
    return "有效" if day <= delegation.valid_until else "已期满"


def published_delegations(
    *, query: str, region_code: str, include_ended: bool, on: dt.date
) -> QuerySet[Delegation]:
    """What the public reads: in force or coming, ended ones when asked, by the delegating agency's place."""
    rows: QuerySet[Delegation] = Delegation.objects.select_related("agency", "delegate_agency")
    words = query.strip()
    if words:
        rows = search_delegations(rows, words)
    if region_code:
        rows = rows.filter(region_code__startswith=region_code)
    if not include_ended:
        rows = rows.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on), valid_until__gte=on)
    return rows.order_by(*DELEGATION_ORDER)


def published_delegation(*, delegation_id: int, on: dt.date) -> PublishedDelegation | None:
    """One delegation by its permanent address, ended ones too."""
    found = (
        Delegation.objects.select_related("agency", "delegate_agency", "attachment")
        .defer("attachment__content")
        .filter(pk=delegation_id)
        .first()
    )
    if found is None:
        return None
    return PublishedDelegation(found, state_on(found, on), violation_names(found))


def violation_names(delegation: Delegation) -> tuple[str, ...]:
    """The violations it covers by name; empty when it covers all."""
    if not delegation.violation_codes:
        return ()
    return tuple(
        Violation.objects.filter(code__in=delegation.violation_codes)
        .order_by("code")
        .values_list("name", flat=True)
    )


def agencies_that_may_delegate(*, actor: Actor, on: dt.date) -> QuerySet[Agency]:
    """Working agencies in the registrar's reach."""
    return (
        Agency.objects.visible_to(actor)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        .order_by("region_code", "line_code")
    )
