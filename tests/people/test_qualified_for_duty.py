"""Granting a duty asks for the qualification it needs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from enforcement.actors import Role, actor_for
from enforcement.errors import Refusal
from enforcement.models import Qualification, RoleGrant
from enforcement.services.accounts.grant_duty import grant_duty
from tests.cast import CITY, MARKET, Cast, make_account, raise_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


@pytest.mark.parametrize(
    ("role", "paper"),
    [
        (Role.LEGAL_REVIEWER, {"kind": "legal_profession", "number": "A20230001"}),
        (
            Role.SUPERVISOR,
            {"kind": "supervision_card", "number": "J530001", "valid_until": dt.date(2099, 12, 31)},
        ),
    ],
)
def test_the_duty_waits_for_the_paper(cast: Cast, role: Role, paper: dict[str, object]) -> None:
    security = actor_for(make_account("security", "安全员", cast.city_market, Role.SECURITY_ADMIN))
    person = make_account("newcomer", "新人", cast.city_market)

    def grant() -> None:
        grant_duty(actor=security, account_id=person.pk, role=role, region_code=CITY, line_code=MARKET)

    with pytest.raises(Refusal, match="还没有登记") as refused:
        grant()
    assert refused.value.code == "qualification_missing"
    assert not RoleGrant.objects.filter(account=person).exists()
    Qualification.objects.create(
        account=person, region_code=CITY, line_code=MARKET, obtained_on=dt.date(2023, 5, 1), **paper
    )
    grant()
    assert RoleGrant.objects.get(account=person).role == role.value


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"kind": "reviewed_before", "obtained_on": dt.date(2017, 12, 31)}, True),
        ({"kind": "reviewed_before", "obtained_on": dt.date(2018, 1, 1)}, False),
        ({"kind": "legal_profession", "obtained_on": dt.date(2023, 5, 1)}, False),
        ({"kind": "supervision_card", "number": "J1", "obtained_on": dt.date(2023, 5, 1)}, False),
        (
            {
                "kind": "supervision_card",
                "number": "J1",
                "obtained_on": dt.date(2023, 5, 1),
                "valid_until": dt.date(2023, 4, 30),
            },
            False,
        ),
    ],
)
def test_the_database_refuses_papers_that_cannot_be(
    cast: Cast, fields: dict[str, object], fits: bool
) -> None:
    def write() -> None:
        with transaction.atomic():
            Qualification.objects.create(account=cast.compiler, region_code=CITY, line_code=MARKET, **fields)

    if fits:
        write()
    else:
        with pytest.raises(IntegrityError):
            write()
