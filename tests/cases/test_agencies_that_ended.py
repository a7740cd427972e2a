"""An agency that was merged or renamed: old cases stay as they were, new ones are the successor's, running ones move by
a recorded act only.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from cases.models import Case, CaseEvent, CaseHandover, Decision
from cases.services.hand_over_cases import hand_over_cases
from enforcement.actors import SYSTEM, Actor, Role, actor_for
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.models import LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.models import Agency, AgencyKind, RoleGrant
from enforcement.services.agencies.end_agency import end_agency, merge_agencies
from enforcement.services.agencies.rename_agency import NewName, rename_agency
from supervision.verification import verify_everything
from tests.case_builders import (
    ACT_DATE,
    MINOR_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    make_case,
)

pytestmark = pytest.mark.django_db

ONE_DAY = dt.timedelta(days=1)
BASIS = "昆编办〔2026〕3号"


def merge(world: CaseWorld, effective_on: dt.date = TODAY) -> None:
    """The world's agency is merged into its neighbour."""
    merge_agencies(
        actor=SYSTEM,
        predecessor_ids=[world.agency.pk],
        successor_id=world.other_agency.pk,
        effective_on=effective_on,
        basis=BASIS,
    )


def hand_over(
    world: CaseWorld, *cases: Case, actor: Actor | None = None, **changes: Any
) -> list[CaseHandover]:
    values: dict[str, Any] = {
        "from_agency_id": world.agency.pk,
        "to_agency_id": world.other_agency.pk,
        "case_ids": [case.pk for case in cases],
        "reason": "机构合并，未结案件移交",
        "today": TODAY,
    }
    return hand_over_cases(actor=actor or world.approver, **(values | changes))


def everything_of(case: Case) -> dict[str, Any]:
    """All that was recorded of a case, row by row."""
    return {
        "case": Case.objects.filter(pk=case.pk).values().get(),
        "events": list(CaseEvent.objects.filter(case=case).order_by("sequence").values()),
        "decision": Decision.objects.filter(case=case).values().get(),
        "entries": list(LedgerEntry.objects.filter(chain=case.agency.code).order_by("sequence").values())[:4],
    }


def test_a_merger_rewrites_no_old_case_no_decision_and_no_chain(world: CaseWorld) -> None:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    decide(world, case)
    before = everything_of(case)
    heads = list(LedgerEntry.objects.filter(chain=world.agency.code).order_by("sequence").values())
    merge(world)
    assert everything_of(case) == before
    assert (
        list(LedgerEntry.objects.filter(chain=world.agency.code).order_by("sequence").values())[:-1] == heads
    )
    assert verify_everything().breaks == []


def test_a_new_name_does_not_reach_what_was_issued_before(world: CaseWorld) -> None:
    old_name = world.agency.name
    case = answer(world, make_case(world), MINOR_CORRECTED)
    decision = decide(world, case)
    rename_agency(
        actor=SYSTEM,
        agency_id=world.agency.pk,
        new=NewName("昆明市五华区综合市场监管局", TODAY, BASIS, document_prefix="五综监"),
        today=TODAY,
    )
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.snapshot["agency"]["name"], kept.public_snapshot["agency"]) == (old_name, old_name)
    assert Case.objects.get(pk=case.pk).agency_name == old_name
    later = make_case(world, opened_on=TODAY)
    assert later.agency_name == "昆明市五华区综合市场监管局"
    assert later.number.startswith("五综监立〔2026〕")
    assert verify_everything().breaks == []


@pytest.mark.parametrize(("effective_on", "opens"), [(ACT_DATE + ONE_DAY, True), (ACT_DATE, False)])
def test_cases_are_opened_through_the_last_day(world: CaseWorld, effective_on: dt.date, opens: bool) -> None:
    merge(world, effective_on)
    if opens:
        assert make_case(world).pk
        return
    with pytest.raises(InvalidInput) as refused:
        make_case(world)
    assert f"请由{world.other_agency.name}立案" in refused.value.message


def test_raw_writing_opens_no_case_for_an_agency_that_ended(world: CaseWorld) -> None:
    case = make_case(world)
    merge(world, ACT_DATE)
    case.pk, case.number, case.operation_id = None, "另一个案号", uuid.uuid4()
    with pytest.raises(IntegrityError, match="does not work on"), transaction.atomic():
        case.save(force_insert=True)


def test_an_entrusted_organisation_opens_no_case_in_its_own_name(world: CaseWorld) -> None:
    Agency.objects.filter(pk=world.agency.pk).update(kind=AgencyKind.ENTRUSTED)
    with pytest.raises(InvalidInput, match="请由委托机关立案"):
        make_case(world)


def test_running_cases_move_by_a_recorded_act(world: CaseWorld) -> None:
    first, second = make_case(world), make_case(world)
    merge(world)
    assert Case.objects.get(pk=first.pk).agency == world.agency
    made = hand_over(world, first)
    moved = Case.objects.get(pk=first.pk)
    assert (moved.agency, moved.region_code) == (world.other_agency, "530103")
    assert (moved.number, moved.agency_name) == (first.number, world.agency.name)
    assert Case.objects.get(pk=second.pk).agency == world.agency
    event = moved.events.get(name="hand_over")
    assert world.other_agency.name in event.note
    assert (made[0].from_name, made[0].to_name) == (world.agency.name, world.other_agency.name)
    for chain, action in (
        (world.agency.code, "case_handed_over"),
        (world.other_agency.code, "case_taken_over"),
    ):
        assert LedgerEntry.objects.get(chain=chain, action=action).subject_id == str(first.pk)
    assert verify_chains().holds


def test_a_case_handed_over_is_seen_by_the_successor_only(world: CaseWorld) -> None:
    case = make_case(world)
    merge(world)
    assert not Case.objects.readable_by(world.neighbour, on=TODAY).filter(pk=case.pk)
    hand_over(world, case)
    assert Case.objects.readable_by(world.neighbour, on=TODAY).filter(pk=case.pk)
    assert not Case.objects.readable_by(world.officer, on=TODAY).filter(pk=case.pk)


def test_only_the_head_hands_over_and_only_to_who_took_over(world: CaseWorld) -> None:
    case = make_case(world)
    with pytest.raises(InvalidInput, match="登记承接关系"):
        hand_over(world, case)
    merge(world)
    for actor in (world.officer, world.neighbour, world.compiler):
        with pytest.raises(NotPermitted):
            hand_over(world, case, actor=actor)
    with pytest.raises(InvalidInput, match="登记承接关系"):
        hand_over(world, case, to_agency_id=world.agency.superior_id)
    with pytest.raises(InvalidInput, match="至少 5 字"):
        hand_over(world, case, reason="合并")
    with pytest.raises(InvalidInput, match="选择要移交的案件"):
        hand_over(world)
    assert not CaseHandover.objects.exists()


def test_a_succession_that_lies_ahead_moves_nothing_yet(world: CaseWorld) -> None:
    case = make_case(world)
    merge(world, TODAY + ONE_DAY)
    with pytest.raises(InvalidInput, match="登记承接关系"):
        hand_over(world, case)
    assert hand_over(world, case, today=TODAY + ONE_DAY)


def test_nothing_moves_when_one_of_the_cases_cannot(world: CaseWorld) -> None:
    running, closed = make_case(world), make_case(world)
    merge(world)
    hand_over(world, closed)
    with pytest.raises(InvalidInput, match="请重新选择"):
        hand_over(world, running, closed)
    assert Case.objects.get(pk=running.pk).agency == world.agency


def test_a_successor_that_ended_itself_takes_nothing(world: CaseWorld) -> None:
    case = make_case(world)
    merge(world, TODAY - ONE_DAY)
    end_agency(actor=SYSTEM, agency_id=world.other_agency.pk, last_day=TODAY - ONE_DAY, basis=BASIS)
    with pytest.raises(InvalidInput, match="也已终止"):
        hand_over(world, case)


def test_grants_stay_where_they_were(world: CaseWorld) -> None:
    before = list(RoleGrant.objects.order_by("pk").values())
    merge(world)
    assert list(RoleGrant.objects.order_by("pk").values()) == before
    assert actor_for(world.accounts["officer"]).may(Role.OFFICER, region_code="530102", line_code="SCJG")


def test_a_handover_is_never_rewritten(world: CaseWorld) -> None:
    case = make_case(world)
    merge(world)
    hand_over(world, case)
    for statement in ("UPDATE cases_casehandover SET reason = 'x'", "DELETE FROM cases_casehandover"):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_head_hands_cases_over_on_a_page(
    world: CaseWorld, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    case, other = make_case(world), make_case(world)
    merge(world)
    client.force_login(world.accounts["approver"])
    address = f"/officer/cases/hand-over/{world.agency.pk}/"
    assert address in client.get("/officer/").content.decode()
    page = client.get(address)
    assert case.number in page.content.decode()
    chosen = {"cases": [str(case.pk)], "successor": str(world.other_agency.pk), "reason": "并入"}
    refused = client.post(address, chosen)
    assert refused.status_code == 400
    assert "至少 5 字" in refused.content.decode()
    assert "并入" in refused.content.decode()
    done = client.post(address, {**chosen, "reason": "机构合并，案件移交"})
    assert done.status_code == 302
    assert Case.objects.get(pk=case.pk).agency == world.other_agency
    assert Case.objects.get(pk=other.pk).agency == world.agency


def test_the_page_is_not_there_for_others_nor_before_a_succession(world: CaseWorld, client: Client) -> None:
    make_case(world)
    address = f"/officer/cases/hand-over/{world.agency.pk}/"
    client.force_login(world.accounts["approver"])
    assert client.get(address).status_code == 404
    merge(world)
    for username in ("officer", "neighbour", "compiler"):
        client.force_login(world.accounts[username])
        assert client.get(address).status_code == 404
