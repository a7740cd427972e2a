"""The hard gate on the pages: every act by every unfit person is refused, nothing is written, the attempt is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from cases.models import Case, Recusal
from enforcement.actors import Role
from enforcement.models import Account, Certificate
from tests.case_builders import ACT_DATE, NOT_CORRECTED, TODAY, CaseWorld, signed_in, valid_uscc
from tests.cases.doors import (
    APPROVER_DOORS,
    DOORS,
    OFFICER_DOORS,
    UNFIT,
    YESTERDAY,
    Door,
    opening_fields,
    recused,
    refused_codes,
    staged,
    third_officer,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def send(world: CaseWorld, door: Door, case: Case, *, by: str = "") -> int:
    address = reverse(door.route, args=door.arguments(case))
    return signed_in(world, by or door.by).post(address, door.fields(world, case)).status_code


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.act)
def test_the_right_people_pass_every_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    before = written(case)
    assert send(world, door, case) == 302
    assert written(case) != before
    assert refused_codes(case) == []


@pytest.mark.parametrize("breach", UNFIT)
@pytest.mark.parametrize("door", OFFICER_DOORS, ids=lambda door: door.act)
def test_an_unfit_officer_passes_no_door(world: CaseWorld, door: Door, breach: str) -> None:
    case = staged(world, door.stage)
    make_unfit, code = UNFIT[breach]
    make_unfit(world, case, world.officer.officer_id or 0)
    before = written(case)
    send(world, door, case)
    assert written(case) == before
    assert refused_codes(case) == [(door.act, code)]


@pytest.mark.parametrize(
    "door", [door for door in OFFICER_DOORS if door.needs_two], ids=lambda door: door.act
)
def test_nobody_acts_alone_where_two_are_needed(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    Certificate.objects.filter(officer=world.partner.officer_id).update(valid_until=YESTERDAY)
    before = written(case)
    send(world, door, case)
    assert written(case) == before
    assert refused_codes(case) == [(door.act, "handlers_not_valid")]


@pytest.mark.parametrize("door", OFFICER_DOORS, ids=lambda door: door.act)
def test_an_officer_who_does_not_handle_the_case_passes_no_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    before = written(case)
    send(world, door, case, by="third")
    assert written(case) == before
    assert refused_codes(case) == [(door.act, "not_a_case_handler")]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.act)
def test_another_agencys_officer_finds_no_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    before = written(case)
    assert send(world, door, case, by="neighbour") == 404
    assert written(case) == before


@pytest.mark.parametrize("door", APPROVER_DOORS, ids=lambda door: door.act)
def test_a_recused_head_passes_no_door(world: CaseWorld, door: Door) -> None:
    case = staged(world, door.stage)
    arguments = door.arguments(case)
    recused(world, case, world.approver.officer_id or 0)
    before = written(case)
    fields = door.fields(world, case)
    signed_in(world, "approver").post(reverse(door.route, args=arguments), fields)
    assert written(case) == before
    assert refused_codes(case)[0][1] == "recused"


@pytest.mark.parametrize(("last_day", "passes"), [(TODAY, True), (YESTERDAY, False)])
def test_the_last_valid_day_counts_and_the_day_after_does_not(
    world: CaseWorld, last_day: dt.date, passes: bool
) -> None:
    door = next(door for door in DOORS if door.act == "submit_proposal")
    case = staged(world, door.stage)
    Certificate.objects.filter(officer=world.officer.officer_id).update(valid_until=last_day)
    before = written(case)
    send(world, door, case)
    assert (written(case) != before) is passes


@pytest.mark.parametrize(("first_day", "passes"), [(YESTERDAY, True), (TODAY, False)])
@pytest.mark.parametrize("whose", ["officer", "partner"])
def test_a_delivery_made_yesterday_needs_certificates_of_yesterday(
    world: CaseWorld, first_day: dt.date, passes: bool, whose: str
) -> None:
    door = next(door for door in DOORS if door.act == "deliver")
    case = staged(world, door.stage, YESTERDAY)
    officer_id = world.accounts[whose].officer_id
    Certificate.objects.filter(officer=officer_id).update(valid_from=first_day)
    fields = {**door.fields(world, case), "delivered_on": YESTERDAY.isoformat()}
    response = signed_in(world, "officer").post(reverse(door.route, args=[case.pk]), fields)
    assert (response.status_code == 302) is passes
    if not passes:
        assert "当日不在有效期内" in response.content.decode()


@pytest.mark.parametrize("breach", [name for name in UNFIT if name != "recused"])
@pytest.mark.parametrize("whose", ["officer", "partner"])
def test_no_case_is_opened_by_or_with_an_unfit_officer(world: CaseWorld, breach: str, whose: str) -> None:
    UNFIT[breach][0](world, None, world.accounts[whose].officer_id or 0)
    fields = opening_fields(world, party_identifier=valid_uscc(777))
    response = signed_in(world, "officer").post(reverse("cases:open"), fields)
    assert response.status_code == 400
    assert not Case.objects.exists()


def test_no_case_is_opened_alone_or_with_another_agencys_officer(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    own = str(world.officer.officer_id)
    for handlers in ([own], [own, own], [own, str(world.neighbour.officer_id)]):
        fields = opening_fields(world, handlers=handlers, party_identifier=valid_uscc(777))
        assert officer.post(reverse("cases:open"), fields).status_code == 400
    assert not Case.objects.exists()
    fields = opening_fields(world, party_identifier=valid_uscc(777))
    assert officer.post(reverse("cases:open"), fields).status_code == 302
    assert Case.objects.count() == 1


def test_handlers_are_changed_to_two_who_may_act(world: CaseWorld) -> None:
    case = staged(world, "investigation")
    third = third_officer(world)
    approver = signed_in(world, "approver")
    address = reverse("cases:handlers", args=[case.pk])
    fields = {
        "lock_version": case.lock_version,
        "handlers": [str(world.officer.officer_id), str(third.pk)],
        "reason": "原承办人调离岗位。",
    }
    Certificate.objects.filter(officer=third).update(valid_until=YESTERDAY)
    refused = approver.post(address, fields)
    assert refused.status_code == 400
    assert "普三执法证在当日不在有效期内" in refused.content.decode()
    assert "原承办人调离岗位。" in refused.content.decode(), "nothing typed is lost"
    Certificate.objects.filter(officer=third).update(valid_until=TODAY)
    own = approver.post(
        address, {**fields, "handlers": [str(world.officer.officer_id), str(world.approver.officer_id)]}
    )
    assert "作出调整的负责人不能同时承办本案" in own.content.decode()
    assert approver.post(address, fields).status_code == 302
    assert set(case.handlers.values_list("pk", flat=True)) == {world.officer.officer_id, third.pk}
    page = signed_in(world, "officer").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "调整为" in page


def test_a_pending_request_stops_nothing_and_a_decision_does(world: CaseWorld) -> None:
    door = next(door for door in DOORS if door.act == "record_facts")
    case = staged(world, "investigation")
    officer, approver = signed_in(world, "officer"), signed_in(world, "approver")
    asked = {
        "person": f"officer:{world.officer.officer_id}",
        "asked_by": "party",
        "reason_kind": "direct_interest",
        "reason": "当事人称其为债权人。",
        "requested_on": "20261123",
    }
    assert officer.post(reverse("cases:recusal", args=[case.pk]), asked).status_code == 302
    again = officer.post(reverse("cases:recusal", args=[case.pk]), asked)
    assert "正在等待决定" in again.content.decode()
    before = written(case)
    case.refresh_from_db()
    send(world, door, case)
    assert written(case) != before, "决定作出之前，不停止调查"
    request = Recusal.objects.get(case=case, officer=world.officer.officer_id)
    decision = reverse("cases:recusal_decision", args=[case.pk, request.pk])
    assert officer.get(decision).status_code == 302, "a handler does not decide"
    sent = {"outcome": "recused", "grounds": "确有直接利害关系。"}
    assert approver.post(decision, sent).status_code == 302
    page = officer.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "您已从本案回避" in page
    assert "已回避" in page
    assert 'name="text-narrative"' not in page
    assert approver.get(decision).status_code == 404, "a settled request is decided no more"


def test_a_heads_own_recusal_is_decided_collectively_by_another(world: CaseWorld) -> None:
    from tests.case_builders import _account

    case = staged(world, "investigation")
    world.accounts["deputy"] = _account("deputy", "副段", world.approver.grants[0].role, world.agency)
    asked = {
        "person": f"account:{world.approver.account_id}",
        "asked_by": "officer",
        "reason_kind": "other_relation",
        "reason": "与当事人系同学关系。",
        "requested_on": "20261123",
    }
    assert (
        signed_in(world, "officer").post(reverse("cases:recusal", args=[case.pk]), asked).status_code == 302
    )
    request = Recusal.objects.get(case=case, account=world.approver.account_id)
    decision = reverse("cases:recusal_decision", args=[case.pk, request.pk])
    sent = {"outcome": "recused", "grounds": "可能影响公正执法。", "discussion": "副段\n刀明"}
    own = signed_in(world, "approver").post(decision, sent)
    assert "本人是否回避由其他负责人决定" in own.content.decode()
    deputy = signed_in(world, "deputy")
    alone = deputy.post(decision, {**sent, "discussion": "副段"})
    assert "至少 2 名" in alone.content.decode()
    assert deputy.post(decision, sent).status_code == 302
    request.refresh_from_db()
    assert (request.outcome, request.body, request.discussion) == ("recused", "collective", "副段、刀明")


def test_a_settled_recusal_cannot_be_changed_in_the_database(world: CaseWorld) -> None:
    from django.db import IntegrityError, transaction

    case = staged(world, "investigation")
    recused(world, case, world.officer.officer_id or 0)
    for change in (
        lambda rows: rows.update(outcome="rejected"),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(Recusal.objects.filter(outcome="recused"))


def test_the_decision_tells_of_recusals_and_leaves_the_recused_out(world: CaseWorld) -> None:
    from cases.documents.decision_text import decision_text
    from cases.services.change_handlers import change_handlers
    from tests.case_builders import answer, decide, make_case

    case = answer(world, make_case(world), NOT_CORRECTED)
    third = third_officer(world)
    recused(world, case, world.partner.officer_id or 0)
    change_handlers(
        actor=world.approver,
        case_id=case.pk,
        handler_ids=[world.officer.officer_id or 0, third.pk],
        reason="原承办人回避。",
        today=TODAY,
    )
    decision = decide(world, case)
    body = "\n".join(decision_text(decision.snapshot).body)
    assert "当事人申请某人回避" in body
    assert "经本机关负责人决定，某人回避。" in body
    assert {one["name"] for one in decision.snapshot["handlers"]} == {"杨叙", "普三"}
    assert ACT_DATE < TODAY


@pytest.mark.parametrize(("role", "asked"), [(Role.APPROVER, True), (Role.COMPILER, False)])
def test_a_head_above_the_agency_can_be_asked_to_step_aside(
    world: CaseWorld, role: Role, asked: bool
) -> None:
    case = staged(world, "investigation")
    above = Account.objects.create_user("above", None, display_name="省局负责人")
    above.grants.create(role=role.value, region_code="53", line_code="")
    sent = {
        "person": f"account:{above.pk}",
        "asked_by": "agency",
        "reason_kind": "other_relation",
        "reason": "与当事人系同学关系。",
        "requested_on": "20261123",
    }
    signed_in(world, "officer").post(reverse("cases:recusal", args=[case.pk]), sent)
    assert Recusal.objects.filter(case=case, account=above).exists() is asked
