"""Accounts and duties as the system and the security administrator see them: nothing of anybody's work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from enforcement.actors import ROLE_LABELS, Actor, Role
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, Agency, Line, Officer, Region, RoleGrant, SecondFactor
from enforcement.selectors.trail import TrailLine
from enforcement.services.sign_in.attempts import name_closed_until

PAGE_SIZE = 50
REFUSALS = (LedgerAction.SIGN_IN_REFUSED, LedgerAction.ACCESS_REFUSED)
KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
# A grant of this reach also covers accounts that belong to no agency.
PROVINCE_DIGITS = 2


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What the list is narrowed to. `state`: active, closed, no_factor, no_duty; `role` a duty; empty: everything."""

    words: str = ""
    state: str = ""
    role: str = ""
    agency_code: str = ""


@dataclass(frozen=True, slots=True)
class AccountPage:
    """By user name; `next_cursor` is empty on the last page."""

    accounts: Sequence[Account]
    next_cursor: str


def list_accounts(*, actor: Actor, narrowed: AccountFilter, cursor: str = "") -> AccountPage:
    """Fifty accounts in reach, each with agency, duties and `has_factor`. Two queries."""
    rows = _narrowed(administered(actor), narrowed)
    if cursor:
        rows = rows.filter(username__gt=cursor)
    found = list(
        rows.select_related("agency")
        .prefetch_related("grants")
        .annotate(has_factor=_has_factor())
        .order_by("username")[: PAGE_SIZE + 1]
    )
    page = found[:PAGE_SIZE]
    return AccountPage(page, page[-1].username if len(found) > PAGE_SIZE else "")


def find_account(*, actor: Actor, account_id: int) -> Account | None:
    """The account with agency, officer, duties and who gave them; None outside the administrator's reach."""
    return (
        administered(actor)
        .select_related("agency", "officer")
        .prefetch_related("grants__granted_by")
        .annotate(has_factor=_has_factor())
        .filter(pk=account_id)
        .first()
    )


def administered(actor: Actor) -> QuerySet[Account]:
    """Accounts that a system or security administrator may look after; nothing for anybody else."""
    allowed = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role not in KEEPERS:
            continue
        reach = Q(agency__region_code__startswith=grant.region_code)
        if grant.line_code is not None:
            reach &= Q(agency__line_code=grant.line_code)
        elif len(grant.region_code) == PROVINCE_DIGITS:
            reach |= Q(agency__isnull=True)
        allowed |= reach
    return Account.objects.filter(allowed)


def closed_until(account: Account, *, now: dt.datetime) -> dt.datetime | None:
    """Until when failed tries keep this account from signing in."""
    return name_closed_until(account.username, now=now)


@dataclass(frozen=True, slots=True)
class GrantFilter:
    role: str = ""
    region_code: str = ""


def list_grants(*, actor: Actor, narrowed: GrantFilter, after: int = 0) -> tuple[list[RoleGrant], int]:
    """Fifty duties given to accounts in reach, oldest first, and the id to go on from (0: no more). One query."""
    rows = RoleGrant.objects.filter(account__in=administered(actor), pk__gt=after)
    if narrowed.role:
        rows = rows.filter(role=narrowed.role)
    if narrowed.region_code:
        rows = rows.filter(region_code__startswith=narrowed.region_code)
    found = list(rows.select_related("account__agency", "granted_by").order_by("pk")[: PAGE_SIZE + 1])
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else 0


def find_grant(*, actor: Actor, grant_id: int) -> RoleGrant | None:
    return (
        RoleGrant.objects.filter(account__in=administered(actor), pk=grant_id)
        .select_related("account__agency")
        .first()
    )


def recent_refusals(*, actor: Actor, since: dt.datetime) -> list[TrailLine]:
    """Failed sign-ins and refused pages of accounts in reach since `since`, newest first, 200 at most. One query.

    Names typed wrongly belong to no account; whoever is responsible for the whole province sees those too.
    """
    chains = Q(chain__in=Agency.objects.visible_to(actor, roles=KEEPERS).values("code"))
    if any(g.role in KEEPERS and len(g.region_code) == PROVINCE_DIGITS for g in actor.grants):
        chains |= Q(chain=PROVINCE_CHAIN)
    rows = LedgerEntry.objects.filter(chains, action__in=REFUSALS, occurred_at__gte=since)
    return [TrailLine(row, row.sentence()) for row in rows.order_by("-occurred_at", "-pk")[:200]]


@dataclass(frozen=True, slots=True)
class FactorCoverage:
    """How many accounts that can sign in have a second factor, of one duty. Counts of accounts, of nothing else."""

    duty: str
    accounts: int
    with_factor: int


def factor_coverage(*, actor: Actor) -> list[FactorCoverage]:
    """Per duty, in the order of duties. Two queries."""
    grants = RoleGrant.objects.filter(account__in=administered(actor), account__is_active=True)
    holders: dict[str, set[int]] = {}
    for role, account_id in grants.values_list("role", "account_id"):
        holders.setdefault(role, set()).add(account_id)
    secured = set(
        SecondFactor.objects.filter(confirmed_at__isnull=False, account__in=administered(actor)).values_list(
            "account_id", flat=True
        )
    )
    return [
        FactorCoverage(ROLE_LABELS[role], len(holders[role]), len(holders[role] & secured))
        for role in Role
        if role in holders
    ]


def agencies_in_reach(*, actor: Actor) -> QuerySet[Agency]:
    """Agencies whose accounts the administrator looks after, by region and line."""
    return Agency.objects.visible_to(actor, roles=KEEPERS).order_by("region_code", "line_code", "code")


def agency_named(*, actor: Actor, words: str) -> Agency | None:
    """The agency in reach with exactly this code or name."""
    wanted = words.strip()
    return agencies_in_reach(actor=actor).filter(Q(code=wanted) | Q(name=wanted)).first()


def officer_numbered(*, actor: Actor, staff_number: str) -> Officer | None:
    """The officer of an agency in reach with this staff number."""
    return Officer.objects.filter(
        staff_number=staff_number.strip(), agency__in=agencies_in_reach(actor=actor)
    ).first()


def grantable_regions(*, actor: Actor) -> list[tuple[str, str]]:
    """(code, name) down to the county inside the security administrator's reach, for a list of suggestions."""
    reach = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role == Role.SECURITY_ADMIN:
            reach |= Q(code__startswith=grant.region_code)
    rows = Region.objects.filter(reach).exclude(level="township").order_by("code")
    return list(rows.values_list("code", "name"))


def line_choices() -> list[tuple[str, str]]:
    return list(Line.objects.order_by("code").values_list("code", "name"))


def region_names(codes: set[str]) -> dict[str, str]:
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


def _has_factor() -> Exists:
    return Exists(SecondFactor.objects.filter(account=OuterRef("pk"), confirmed_at__isnull=False))


def _narrowed(rows: QuerySet[Account], narrowed: AccountFilter) -> QuerySet[Account]:
    if narrowed.words.strip():
        words = narrowed.words.strip()
        rows = rows.filter(Q(username__icontains=words) | Q(display_name__contains=words))
    if narrowed.agency_code:
        rows = rows.filter(agency__code=narrowed.agency_code)
    if narrowed.role:
        rows = rows.filter(Exists(RoleGrant.objects.filter(account=OuterRef("pk"), role=narrowed.role)))
    match narrowed.state:
        case "active":
            rows = rows.filter(is_active=True)
        case "closed":
            rows = rows.filter(is_active=False)
        case "no_factor":
            rows = rows.filter(~_has_factor())
        case "no_duty":
            rows = rows.filter(grants__isnull=True)
    return rows
