"""三员分立: every breach is refused by the service, by the rule, and where it matters by the database itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from enforcement.actors import ADMINISTRATORS, PUBLIC, Actor, Role, actor_for
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account, RoleGrant
from enforcement.separation_of_duties import ACT_LABELS, GRANTING, AccountAct, administrator_for
from enforcement.services.accounts.account_state import deactivate_account, reactivate_account
from enforcement.services.accounts.change_account import change_account, reopen_sign_in
from enforcement.services.accounts.create_account import create_account
from enforcement.services.accounts.grant_duty import grant_duty, withdraw_duty
from enforcement.services.accounts.reset_sign_in import reset_password, reset_second_factor
from tests.cast import CITY, COUNTY, MARKET, Cast, make_account, raise_cast

pytestmark = pytest.mark.django_db


@dataclass(slots=True)
class Office:
    """The cast and its administrators: the three of the province, and a county pair."""

    cast: Cast
    by_role: dict[Role, Account]
    county_system: Account
    county_security: Account
    staff: Account
    closed: Account

    def actor(self, role: Role) -> Actor:
        return actor_for(self.by_role[role])


@pytest.fixture
def office() -> Office:
    cast = raise_cast()
    top = cast.province_market
    holders = {
        role: make_account(f"the-{role.value}", f"某{role.value}", top, role, line_code="") for role in Role
    }
    closed = make_account("closed", "已停用", cast.city_market)
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    return Office(
        cast=cast,
        by_role=holders,
        county_system=make_account("county-sys", "县系统", cast.county_market, Role.SYSTEM_ADMIN),
        county_security=make_account("county-sec", "县安全", cast.county_market, Role.SECURITY_ADMIN),
        staff=make_account("plain", "普通人", cast.city_market),
        closed=closed,
    )


def perform(act: AccountAct, *, office: Office, actor: Actor, target: Account) -> object:
    """Call the real service of an act on `target`."""
    account_id = target.pk
    services: dict[AccountAct, Callable[[], Any]] = {
        AccountAct.CREATE: lambda: create_account(
            actor=actor, username="newcomer", display_name="新人", agency=target.agency
        ),
        AccountAct.CHANGE: lambda: change_account(
            actor=actor,
            account_id=account_id,
            display_name="改后的姓名",
            agency=target.agency,
            officer=None,
            sso_subject="",
            expected_lock=target.lock_version,
        ),
        AccountAct.UNLOCK: lambda: reopen_sign_in(actor=actor, account_id=account_id),
        AccountAct.DEACTIVATE: lambda: deactivate_account(actor=actor, account_id=account_id),
        AccountAct.REACTIVATE: lambda: reactivate_account(actor=actor, account_id=office.closed.pk),
        AccountAct.RESET_PASSWORD: lambda: reset_password(actor=actor, account_id=account_id),
        AccountAct.RESET_SECOND_FACTOR: lambda: reset_second_factor(actor=actor, account_id=account_id),
        AccountAct.GRANT: lambda: grant_duty(
            actor=actor, account_id=account_id, role=Role.COMPILER, region_code=CITY, line_code=MARKET
        ),
        AccountAct.WITHDRAW: lambda: withdraw_duty(
            actor=actor, grant_id=RoleGrant.objects.filter(account=office.cast.officer).get().pk
        ),
    }
    return services[act]()


def snapshot() -> list[Any]:
    """Everything a breach could change."""
    return [
        list(Account.objects.order_by("pk").values("pk", "is_active", "password", "must_change_password")),
        list(RoleGrant.objects.order_by("pk").values()),
        LedgerEntry.objects.count(),
    ]


def assert_refused(attempt: Callable[[], object]) -> None:
    before = snapshot()
    with pytest.raises(NotPermitted) as refused:
        attempt()
    assert "请" in refused.value.message
    assert snapshot() == before


# 1. Every act by every duty that is not its own: 7 acts × 9 duties, and by the public and somebody without a duty.
WRONG_DUTIES = [
    (act, role) for act, role in itertools.product(AccountAct, Role) if administrator_for(act) != role
]


@pytest.mark.parametrize(("act", "role"), WRONG_DUTIES)
def test_no_other_duty_performs_the_act(office: Office, act: AccountAct, role: Role) -> None:
    assert_refused(lambda: perform(act, office=office, actor=office.actor(role), target=office.staff))


@pytest.mark.parametrize("act", AccountAct)
def test_neither_the_public_nor_somebody_without_duties_performs_it(office: Office, act: AccountAct) -> None:
    for actor in (PUBLIC, actor_for(office.staff)):
        assert_refused(
            lambda actor=actor: perform(act, office=office, actor=actor, target=office.cast.officer)
        )


# 2. Nobody acts on their own account.
OWN = [
    act for act in AccountAct if act not in (AccountAct.CREATE, AccountAct.REACTIVATE, AccountAct.WITHDRAW)
]


@pytest.mark.parametrize("act", OWN)
def test_nobody_acts_on_their_own_account(office: Office, act: AccountAct) -> None:
    holder = office.by_role[administrator_for(act)]
    assert_refused(lambda: perform(act, office=office, actor=actor_for(holder), target=holder))


@pytest.mark.parametrize("role", Role)
def test_the_security_administrator_grants_themselves_nothing(office: Office, role: Role) -> None:
    holder = office.by_role[Role.SECURITY_ADMIN]
    assert_refused(
        lambda: grant_duty(actor=actor_for(holder), account_id=holder.pk, role=role, region_code="53")
    )


# 3. What one person may not hold together: every administrator's duty beside every other duty, both ways round.
CLASHES = [
    (held, added)
    for held, added in itertools.product(Role, Role)
    if held != added and (held in ADMINISTRATORS or added in ADMINISTRATORS)
]


@pytest.mark.parametrize(("held", "added"), CLASHES)
def test_clashing_duties_are_not_granted(office: Office, held: Role, added: Role) -> None:
    target = make_account("target", "对象", office.cast.city_market, held)
    assert_refused(
        lambda: grant_duty(
            actor=office.actor(Role.SECURITY_ADMIN),
            account_id=target.pk,
            role=added,
            region_code=CITY,
            line_code=MARKET,
        )
    )


@pytest.mark.parametrize(("held", "added"), CLASHES)
def test_the_database_refuses_clashing_duties_too(office: Office, held: Role, added: Role) -> None:
    target = make_account("target", "对象", office.cast.city_market, held)
    with pytest.raises(IntegrityError, match="may not be held beside"), transaction.atomic():
        RoleGrant.objects.create(account=target, role=added.value, region_code=CITY)
    innocent = make_account("innocent", "无关", office.cast.city_market, Role.REGISTRAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=target, role=held.value, region_code=COUNTY)
        RoleGrant.objects.filter(account=innocent).update(account=target, role=added.value)


def test_the_database_refuses_a_grant_to_oneself(office: Office) -> None:
    with pytest.raises(IntegrityError, match="never_to_oneself"), transaction.atomic():
        RoleGrant.objects.create(
            account=office.staff, role="officer", region_code=CITY, granted_by=office.staff
        )


# 4. Resetting the way in of another administrator would be a way to act as them.
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("act", [AccountAct.RESET_PASSWORD, AccountAct.RESET_SECOND_FACTOR])
def test_no_administrator_is_reset_from_a_page(office: Office, act: AccountAct, role: Role) -> None:
    other = make_account("other-admin", "另一管理员", office.cast.province_market, role)
    assert_refused(lambda: perform(act, office=office, actor=office.actor(Role.SYSTEM_ADMIN), target=other))


# 5. An administrator of a county reaches the county's line only.
@pytest.mark.parametrize("act", AccountAct)
def test_an_administrator_stays_inside_their_region(office: Office, act: AccountAct) -> None:
    county = office.county_security if act in GRANTING else office.county_system
    assert_refused(lambda: perform(act, office=office, actor=actor_for(county), target=office.staff))


@pytest.mark.parametrize(
    ("region", "line"), [("53", MARKET), (CITY, MARKET), (COUNTY, ""), (COUNTY, "ecology")]
)
def test_a_county_administrator_grants_nothing_wider_than_their_own_reach(
    office: Office, region: str, line: str
) -> None:
    local = make_account("local", "县里人", office.cast.county_market)
    assert_refused(
        lambda: grant_duty(
            actor=actor_for(office.county_security),
            account_id=local.pk,
            role=Role.OFFICER,
            region_code=region,
            line_code=line,
        )
    )


def test_the_generated_breaches_are_more_than_sixty() -> None:
    assert len(WRONG_DUTIES) + len(OWN) + len(Role) + len(CLASHES) >= 60


def test_no_act_belongs_to_two_administrators_and_the_auditor_has_none() -> None:
    duties = {administrator_for(act) for act in AccountAct}
    assert duties == {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    assert set(ACT_LABELS) == set(AccountAct)


# The same acts by the right administrator work: the refusals above are not because nothing works at all.
@pytest.mark.parametrize("act", AccountAct)
def test_the_right_administrator_performs_the_act_and_it_is_recorded(office: Office, act: AccountAct) -> None:
    perform(act, office=office, actor=office.actor(administrator_for(act)), target=office.staff)
    entry = LedgerEntry.objects.order_by("pk").last()
    assert entry is not None
    assert entry.actor_id == office.by_role[administrator_for(act)].pk
    assert "密码" not in entry.payload


@pytest.mark.parametrize(
    "change",
    [{"username": "O"}, {"username": "officer"}, {"username": "OFFICER"}, {"display_name": " "}],
)
def test_bad_fields_of_a_new_account_are_named(office: Office, change: dict[str, str]) -> None:
    fields = {"username": "newcomer", "display_name": "新人"} | change
    with pytest.raises(InvalidInput) as refused:
        create_account(actor=office.actor(Role.SYSTEM_ADMIN), agency=office.cast.city_market, **fields)
    assert len(refused.value.problems) == 1


def test_a_guard_can_refuse_a_grant(office: Office) -> None:
    def guard(proposed: Any) -> Refusal | None:
        return (
            NotPermitted("unqualified", "没有法律职业资格，不能授予。请先登记。") if proposed.role else None
        )

    with pytest.raises(NotPermitted, match="法律职业资格"):
        grant_duty(
            actor=office.actor(Role.SECURITY_ADMIN),
            account_id=office.staff.pk,
            role=Role.LEGAL_REVIEWER,
            region_code=CITY,
            guards=(guard,),
        )


@pytest.mark.parametrize(("region", "line"), [("5399", ""), (CITY, "nothing")])
def test_unknown_regions_and_lines_are_refused(office: Office, region: str, line: str) -> None:
    with pytest.raises(InvalidInput):
        grant_duty(
            actor=office.actor(Role.SECURITY_ADMIN),
            account_id=office.staff.pk,
            role=Role.OFFICER,
            region_code=region,
            line_code=line,
        )


def test_a_duty_is_given_once_and_never_to_a_closed_account(office: Office) -> None:
    actor = office.actor(Role.SECURITY_ADMIN)
    with pytest.raises(Refusal, match="已有这项职责"):
        grant_duty(
            actor=actor,
            account_id=office.cast.officer.pk,
            role=Role.OFFICER,
            region_code=CITY,
            line_code=MARKET,
        )
    with pytest.raises(Refusal, match="已停用"):
        grant_duty(actor=actor, account_id=office.closed.pk, role=Role.OFFICER, region_code=CITY)
