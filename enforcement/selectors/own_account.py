"""What a person sees about their own account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from enforcement.actors import ROLE_LABELS, Actor, Role
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import (
    Account,
    BrowserSession,
    LedgerEntry,
    Line,
    RecoveryCode,
    Region,
    RoleGrant,
    SecondFactor,
)

SHOWN_SIGN_INS = 10
SIGN_IN_ACTIONS = (LedgerAction.SIGNED_IN, LedgerAction.SIGN_IN_REFUSED, LedgerAction.SIGNED_OUT)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty in words."""

    name: str
    region: str
    line: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One open session; `digest` stands for its key, which is never shown."""

    digest: str
    browser: str
    started_at: dt.datetime | None
    seen_at: dt.datetime | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnFactor:
    """The second factor: since when, and how many recovery codes are left."""

    since: dt.datetime | None
    recovery_codes: int


def own_duties(*, actor: Actor) -> list[Duty]:
    """The actor's duties with names of regions and lines, in the order of `Role`. Three queries."""
    grants = RoleGrant.objects.filter(account_id=_own(actor))
    rows = list(grants.values_list("role", "region_code", "line_code"))
    regions = dict(Region.objects.filter(code__in=[row[1] for row in rows]).values_list("code", "name"))
    lines = dict(Line.objects.filter(code__in=[row[2] for row in rows]).values_list("code", "name"))
    order = list(Role)
    return [
        Duty(ROLE_LABELS[Role(role)], regions.get(region, region), lines.get(line, line) or "全部条线")
        for role, region, line in sorted(rows, key=lambda row: (order.index(Role(row[0])), row[1:]))
    ]


def own_sign_ins(*, actor: Actor) -> list[LedgerEntry]:
    """The last ten times somebody signed in, failed to, or signed out, newest first. One query."""
    entries = LedgerEntry.objects.filter(
        subject_type="Account",
        subject_id=str(actor.account_id),
        action__in=[action.value for action in SIGN_IN_ACTIONS],
    )
    return list(entries.order_by("-pk")[:SHOWN_SIGN_INS])


def own_sessions(*, actor: Actor, this_key: str | None, now: dt.datetime) -> list[OwnSession]:
    """Open sessions, the one in use first, then by last use. One query."""
    rows = BrowserSession.objects.filter(account_id=_own(actor), expire_date__gt=now)
    ordered = sorted(rows.order_by("-seen_at", "session_key"), key=lambda row: row.session_key != this_key)
    return [
        OwnSession(row.key_digest(), row.browser, row.started_at, row.seen_at, row.session_key == this_key)
        for row in ordered
    ]


def own_second_factor(*, actor: Actor) -> OwnFactor | None:
    """The actor's second factor, None without one. Two queries."""
    factor = SecondFactor.objects.filter(account_id=_own(actor)).first()
    if factor is None:
        return None
    unused = RecoveryCode.objects.filter(account_id=_own(actor), used_at=None).count()
    return OwnFactor(since=factor.confirmed_at, recovery_codes=unused)


def own_account(*, actor: Actor) -> Account:
    """The account row, with agency and officer."""
    return Account.objects.select_related("agency", "officer").get(pk=_own(actor))


def _own(actor: Actor) -> int:
    if actor.account_id is None:
        raise ValueError("only a signed-in person has an account")
    return actor.account_id
