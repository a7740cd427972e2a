"""The hard gate on the interface: the same table of acts and breaches as on the pages."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import Case
from enforcement.models import Certificate
from tests.case_builders import CaseWorld, make_party, valid_uscc
from tests.cases.api_client import Program
from tests.cases.doors import (
    APPROVER_DOORS,
    DOORS,
    OFFICER_DOORS,
    UNFIT,
    YESTERDAY,
    Door,
    recused,
    refused_codes,
    staged,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def caller(world: CaseWorld, door: Door, by: str = "") -> Program:
    return Program(world, by or door.by, in_person=door.act == "issue_decision")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.act)
def test_the_right_people_pass_every_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    before = written(case)
    response = caller(world, door).do(door, world, case)
    assert response.status_code == 200, response.json()
    assert written(case) != before
    assert refused_codes(case) == []


@pytest.mark.parametrize("breach", UNFIT)
@pytest.mark.parametrize("door", OFFICER_DOORS, ids=lambda door: door.act)
def test_an_unfit_officer_passes_no_door(world: CaseWorld, door: Door, breach: str) -> None:
    case = staged(world, door.stage)
    make_unfit, code = UNFIT[breach]
    make_unfit(world, case, world.officer.officer_id or 0)
    before = written(case)
    response = caller(world, door).do(door, world, case)
    assert (response.status_code, response.json()["code"]) == (403, code)
    assert written(case) == before
    assert refused_codes(case) == [(door.act, code)]


@pytest.mark.parametrize(
    "door", [door for door in OFFICER_DOORS if door.needs_two], ids=lambda door: door.act
)
def test_nobody_acts_alone_where_two_are_needed(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    Certificate.objects.filter(officer=world.partner.officer_id).update(valid_until=YESTERDAY)
    before = written(case)
    response = caller(world, door).do(door, world, case)
    assert (response.status_code, response.json()["code"]) == (409, "handlers_not_valid")
    assert written(case) == before
    assert refused_codes(case) == [(door.act, "handlers_not_valid")]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.act)
def test_another_agencys_officer_finds_no_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    before = written(case)
    assert caller(world, door, "neighbour").do(door, world, case).status_code == 404
    assert written(case) == before


@pytest.mark.parametrize("door", APPROVER_DOORS, ids=lambda door: door.act)
def test_a_recused_head_passes_no_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    recused(world, case, world.approver.officer_id or 0)
    before = written(case)
    response = caller(world, door).do(door, world, case)
    assert (response.status_code, response.json()["code"]) == (403, "recused")
    assert written(case) == before


def new_case(world: CaseWorld, **changes: Any) -> dict[str, Any]:
    identifier = valid_uscc(4321)
    make_party(world, identifier=identifier)
    return {
        "violation_code": world.violation.code,
        "party": {"kind": "sole_trader", "identifier": identifier},
        "handler_ids": [world.officer.officer_id, world.partner.officer_id],
        "source": "inspection",
        "act_date": "2026-11-17",
        "found_on": "2026-11-17",
        "opened_on": "2026-11-23",
        **changes,
    }


@pytest.mark.parametrize("breach", [name for name in UNFIT if name != "recused"])
@pytest.mark.parametrize("whose", ["officer", "partner"])
def test_no_case_is_opened_by_or_with_an_unfit_officer(world: CaseWorld, breach: str, whose: str) -> None:
    body = new_case(world)
    UNFIT[breach][0](world, None, world.accounts[whose].officer_id or 0)
    assert Program(world, "officer").send("POST", "/cases/", body).status_code in (403, 422)
    assert not Case.objects.exists()


def test_no_case_is_opened_alone_or_with_another_agencys_officer(world: CaseWorld) -> None:
    program, own = Program(world, "officer"), world.officer.officer_id
    for handlers in ([own], [own, own], [own, world.neighbour.officer_id]):
        body = new_case(world, handler_ids=handlers)
        assert program.send("POST", "/cases/", body).status_code == 422
    assert not Case.objects.exists()
    assert program.send("POST", "/cases/", new_case(world)).status_code == 201
