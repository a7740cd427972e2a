"""协办: the other agency reads for a time and a purpose, writes nothing, and every reading is recorded once a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseShare
from cases.selectors.case_list import SavedView, list_cases
from cases.services.share_case import share_case, withdraw_share
from enforcement.actors import Actor, Role, actor_for
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Account
from tests.case_builders import TODAY, CaseWorld, make_case, signed_in
from tests.cases.api_client import Program
from tests.cases.doors import DOORS, staged, written

pytestmark = pytest.mark.django_db
LAST = TODAY + dt.timedelta(days=10)


class Day:
    """The day that pages take for today."""

    def __init__(self) -> None:
        self.value = TODAY


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    now = Day()
    monkeypatch.setattr(timezone, "localdate", lambda *args: now.value)
    return now


def shared(world: CaseWorld, case: Case) -> CaseShare:
    return share_case(
        actor=world.approver,
        case_id=case.pk,
        agency_id=world.other_agency.pk,
        purpose="核对进货渠道。",
        starts_on=TODAY,
        ends_on=LAST,
        today=TODAY,
    )


def listed(actor: Actor, view: SavedView, today: dt.date, query: str = "") -> list[str]:
    page = list_cases(actor=actor, view=view, query=query, cursor="", today=today)
    return [case.number for case in page.cases]


def test_a_shared_case_is_read_everywhere_until_its_last_day(world: CaseWorld, day: Day) -> None:
    case, other = make_case(world), make_case(world)
    page = reverse("cases:case", args=[case.pk])
    neighbour, program = signed_in(world, "neighbour"), Program(world, "neighbour")
    assert neighbour.get(page).status_code == 404
    shared(world, case)
    for today, seen in ((TODAY, True), (LAST, True), (LAST + dt.timedelta(days=1), False)):
        day.value = today
        assert (neighbour.get(page).status_code == 200) is seen
        assert (program.get(f"/cases/{case.pk}/").status_code == 200) is seen
        numbers = [case.number] if seen else []
        assert listed(world.neighbour, SavedView.SHARED, today) == numbers
        assert listed(world.neighbour, SavedView.ALL, today) == numbers
        assert listed(world.neighbour, SavedView.ALL, today, query=case.number) == numbers
        assert [row["number"] for row in program.get("/cases/?view=shared").json()["results"]] == numbers
    assert neighbour.get(reverse("cases:case", args=[other.pk])).status_code == 404


def test_a_share_is_withdrawn_at_once(world: CaseWorld) -> None:
    case = make_case(world)
    share = shared(world, case)
    approver, neighbour = signed_in(world, "approver"), signed_in(world, "neighbour")
    page = reverse("cases:case", args=[case.pk])
    assert neighbour.get(page).status_code == 200
    assert approver.post(reverse("cases:share_withdraw", args=[case.pk, share.pk])).status_code == 302
    assert neighbour.get(page).status_code == 404


def test_every_reading_is_recorded_once_a_person_and_day(world: CaseWorld, day: Day) -> None:
    case = make_case(world)
    shared(world, case)
    neighbour, page = signed_in(world, "neighbour"), reverse("cases:case", args=[case.pk])
    readings = LedgerEntry.objects.filter(action=LedgerAction.SHARED_CASE_READ)
    signed_in(world, "officer").get(page)
    assert readings.count() == 0, "one's own cases are read without a record"
    for today, count in ((TODAY, 1), (TODAY, 1), (LAST, 2)):
        day.value = today
        neighbour.get(page)
        assert readings.count() == count
    assert readings.first().actor_name == world.neighbour.name  # type: ignore[union-attr]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.act)
def test_the_collaborating_agency_writes_nothing(world: CaseWorld, door) -> None:  # type: ignore[no-untyped-def]
    case = staged(world, door.stage)
    Account.objects.get(username="neighbour").grants.create(
        role=Role.APPROVER.value, region_code=world.other_agency.region_code, line_code="SCJG"
    )
    shared(world, case)
    before = written(case)
    response = signed_in(world, "neighbour").post(
        reverse(door.route, args=door.arguments(case)), door.fields(world, case)
    )
    assert response.status_code == 302
    called = Program(world, "neighbour", in_person=True).do(door, world, case)
    assert (called.status_code, called.json()["code"]) == (403, "not_permitted")
    assert written(case) == before


def test_only_the_head_shares_and_not_without_reason(world: CaseWorld) -> None:
    case = make_case(world)
    fields = {
        "case_id": case.pk,
        "agency_id": world.other_agency.pk,
        "purpose": "核对进货渠道。",
        "starts_on": TODAY,
        "ends_on": LAST,
        "today": TODAY,
    }
    with pytest.raises(NotPermitted):
        share_case(actor=world.officer, **fields)  # type: ignore[arg-type]
    for change in (
        {"agency_id": world.agency.pk},
        {"purpose": "看看"},
        {"ends_on": TODAY - dt.timedelta(days=1)},
        {"ends_on": TODAY + dt.timedelta(days=367)},
        {"starts_on": TODAY - dt.timedelta(days=1)},
    ):
        with pytest.raises(InvalidInput):
            share_case(actor=world.approver, **{**fields, **change})  # type: ignore[arg-type]
    share = share_case(actor=world.approver, **fields)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="已有没有到期的协办授权"):
        share_case(actor=world.approver, **fields)  # type: ignore[arg-type]
    withdraw_share(actor=world.approver, case_id=case.pk, share_id=share.pk, today=TODAY)
    share_case(actor=world.approver, **fields)  # type: ignore[arg-type]


def test_people_without_a_case_duty_see_nothing_of_a_share(world: CaseWorld) -> None:
    case = make_case(world)
    shared(world, case)
    clerk = Account.objects.create_user("clerk", None, display_name="编制", agency=world.other_agency)
    clerk.grants.create(role=Role.COMPILER.value, region_code="530103", line_code="SCJG")
    assert not Case.objects.readable_by(actor_for(clerk), on=TODAY).exists()


def test_a_supervisor_over_several_lines_sees_those_and_no_others(world: CaseWorld) -> None:
    case = make_case(world)
    watch = Account.objects.create_user("watch", None, display_name="察看", agency=None)
    for line in ("ecology", "transport"):
        watch.grants.create(role=Role.SUPERVISOR.value, region_code="5301", line_code=line)
    assert not Case.objects.readable_by(actor_for(watch), on=TODAY).exists()
    watch.grants.create(role=Role.SUPERVISOR.value, region_code="5301", line_code="SCJG")
    assert Case.objects.readable_by(actor_for(watch), on=TODAY).get() == case
    watch.grants.filter(line_code="SCJG").update(region_code="5303")
    assert not Case.objects.readable_by(actor_for(watch), on=TODAY).exists()


def test_the_page_shares_and_lists_what_is_shared(world: CaseWorld) -> None:
    case = make_case(world)
    approver, address = signed_in(world, "approver"), reverse("cases:shares", args=[case.pk])
    sent = {
        "agency": str(world.other_agency.pk),
        "purpose": "核对进货渠道。",
        "starts_on": "20261123",
        "ends_on": "昨天",
    }
    wrong = approver.post(address, sent)
    assert wrong.status_code == 400
    assert "核对进货渠道。" in wrong.content.decode()
    assert approver.post(address, {**sent, "ends_on": "20261203"}).status_code == 302
    html = approver.get(address).content.decode()
    assert world.other_agency.name in html
    assert "2026-11-23 至 2026-12-03" in html
    assert signed_in(world, "officer").get(address).status_code == 302
