"""What supervisors do about alarms on leniency: see them in scope, ask, settle; and what the agency replies."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cases.models import Case, Confidentiality, LeniencyAlarm
from cases.services.reply_to_alarm import reply_to_alarm
from enforcement.actors import Actor, Role, actor_for
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RoleGrant
from supervision.alarm_counts import alarms_in_view, usefulness
from supervision.selectors import OverviewFilter
from supervision.services.settle_alarm import inquire_about_alarm, settle_alarm
from tests.case_builders import (
    MINOR_CORRECTED,
    REASONS,
    TODAY,
    CaseWorld,
    answer,
    approve,
    make_case,
    propose,
    signed_in,
)

pytestmark = pytest.mark.django_db
QUESTION = "请说明不适用第17条的依据。"
FOUND = "隐瞒销售记录有笔录证明，处理有据。"


@pytest.fixture
def alarm(world: CaseWorld) -> LeniencyAlarm:
    return _raised(world)


def _raised(world: CaseWorld) -> LeniencyAlarm:
    case = answer(world, make_case(world), MINOR_CORRECTED)
    proposal = propose(
        world, case, outcome="normal", follows_analysis=False, fines={"": 60000}, education="",
        departure_class="facts", departure_reasons=REASONS,
    )  # fmt: skip
    return proposal.alarms.get()


def _settle(
    actor: Actor, alarm: LeniencyAlarm, finding: str = "mistaken", reasons: str = FOUND
) -> LeniencyAlarm:
    return settle_alarm(actor=actor, alarm_id=alarm.pk, finding=finding, reasons=reasons, now=timezone.now())


def _inquire(actor: Actor, alarm: LeniencyAlarm, question: str = QUESTION) -> LeniencyAlarm:
    return inquire_about_alarm(actor=actor, alarm_id=alarm.pk, question=question, now=timezone.now())


def _browser(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_only_those_who_supervise_the_place_see_it(
    world: CaseWorld, alarm: LeniencyAlarm, supervisor: Any, distant_supervisor: Any
) -> None:
    near, far = _browser(supervisor), _browser(distant_supervisor)
    assert "该免未免" in near.get("/supervisor/alarms/").content.decode()
    assert alarm.case.number not in far.get("/supervisor/alarms/").content.decode()
    for path in ("", "inquire/", "settle/"):
        sent = far.get if not path else far.post
        assert sent(f"/supervisor/alarms/{alarm.pk}/{path}").status_code == 404
    with pytest.raises(LeniencyAlarm.DoesNotExist):
        _settle(actor_for(distant_supervisor), alarm)


def test_a_sensitive_case_hides_its_alarm(world: CaseWorld, alarm: LeniencyAlarm, supervisor: Any) -> None:
    Case.objects.filter(pk=alarm.case_id).update(confidentiality=Confidentiality.TRADE_SECRET)
    assert _browser(supervisor).get(f"/supervisor/alarms/{alarm.pk}/").status_code == 404
    assert usefulness(actor=actor_for(supervisor), today=timezone.localdate())[0].raised == 0


@pytest.mark.parametrize(
    ("finding", "reasons", "fields"),
    [
        ("", FOUND, ["finding"]),
        ("unknown", FOUND, ["finding"]),
        ("mistaken", "字" * 9, ["reasons"]),
        ("mistaken", "字" * 10, []),
        ("upheld", "字" * 10, []),
    ],
)
def test_a_finding_has_its_reasons(
    alarm: LeniencyAlarm, supervisor: Any, finding: str, reasons: str, fields: list[str]
) -> None:
    actor = actor_for(supervisor)
    if fields:
        with pytest.raises(InvalidInput) as refused:
            _settle(actor, alarm, finding, reasons)
        assert list(refused.value.data["fields"]) == fields
        return
    assert _settle(actor, alarm, finding, reasons).finding == finding
    assert LedgerEntry.objects.get(action="alarm_settled").actor_name == "监督人"
    with pytest.raises(Refusal, match="已有核查结论"):
        _settle(actor, alarm)
    with pytest.raises(IntegrityError, match="is settled"), transaction.atomic():
        LeniencyAlarm.objects.filter(pk=alarm.pk).update(finding_reasons="另一个说法，也很长。")


def test_nobody_checks_their_own_approval(world: CaseWorld, alarm: LeniencyAlarm) -> None:
    approve(world, alarm.case)
    RoleGrant.objects.create(
        account=world.accounts["approver"], role=Role.SUPERVISOR, region_code="5301", line_code=""
    )
    with pytest.raises(NotPermitted, match="由其他监督人员核查"):
        _settle(actor_for(world.accounts["approver"]), alarm)


def test_the_agency_replies_once_and_only_when_asked(
    world: CaseWorld, alarm: LeniencyAlarm, supervisor: Any
) -> None:
    def reply(actor: Actor, words: str = "询问笔录第3页有记载，另附销售台账。") -> LeniencyAlarm:
        return reply_to_alarm(actor=actor, case_id=alarm.case_id, alarm_id=alarm.pk, reply=words, today=TODAY)

    with pytest.raises(Refusal, match="没有等待说明的问题"):
        reply(world.officer)
    with pytest.raises(InvalidInput, match="至少 5 字"):
        _inquire(actor_for(supervisor), alarm, "为什么？")
    _inquire(actor_for(supervisor), alarm)
    with pytest.raises(Refusal, match="已经要求办案机关说明"):
        _inquire(actor_for(supervisor), alarm)
    with pytest.raises(InvalidInput, match="至少 10 字"):
        reply(world.officer, "字" * 9)
    with pytest.raises(Case.DoesNotExist):
        reply(world.neighbour)
    assert reply(world.officer).replied_by_id == world.officer.account_id
    with pytest.raises(Refusal, match="已经作了说明"):
        reply(world.approver)
    assert {"alarm_inquired", "alarm_replied"} <= set(LedgerEntry.objects.values_list("action", flat=True))


@pytest.mark.usefixtures("frozen_today")
def test_the_question_reaches_the_agency_and_the_answer_comes_back(
    world: CaseWorld, alarm: LeniencyAlarm, supervisor: Any
) -> None:
    watching, officer = _browser(supervisor), signed_in(world, "officer")
    address = f"/supervisor/alarms/{alarm.pk}/"
    short = watching.post(f"{address}inquire/", {"inquiry-question": "为何？"})
    assert short.status_code == 400
    assert "写明要求说明的问题，至少 5 字" in short.content.decode()
    assert "为何？</textarea>" in short.content.decode()
    assert watching.post(f"{address}inquire/", {"inquiry-question": QUESTION}).status_code == 302
    reply_page = f"/officer/cases/{alarm.case_id}/alarms/{alarm.pk}/reply/"
    assert reply_page in officer.get("/officer/").content.decode()
    assert reply_page in officer.get(f"/officer/cases/{alarm.case_id}/").content.decode()
    assert QUESTION in officer.get(reply_page).content.decode()
    said = "询问笔录第3页有记载，另附销售台账。"
    assert officer.post(reply_page, {"reply": said}).status_code == 302
    assert said in watching.get(address).content.decode()
    assert reply_page not in officer.get("/officer/").content.decode()
    refused = watching.post(f"{address}settle/", {"settlement-finding": "mistaken"})
    assert refused.status_code == 400
    done = {"settlement-finding": "mistaken", "settlement-reasons": FOUND}
    assert watching.post(f"{address}settle/", done).status_code == 302
    page = watching.get("/supervisor/alarms/?state=settled").content.decode()
    assert "误报" in page


@pytest.fixture
def frozen_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def test_states_and_usefulness_count_alarms(world: CaseWorld, supervisor: Any) -> None:
    actor = actor_for(supervisor)
    first, second, third = (_raised(world) for _ in range(3))
    _settle(actor, first, "upheld")
    _settle(actor, second, "mistaken")
    _inquire(actor, third)
    kinds = usefulness(actor=actor, today=timezone.localdate())
    assert kinds[0].sentence == "本月 3 条，已核查 2 条，其中问题属实 1 条（50%）"
    assert kinds[1].sentence == "本月 0 条，还没有核查结论"

    def shown(**narrowed: str) -> list[int]:
        found = alarms_in_view(actor=actor, narrowed=OverviewFilter(), **narrowed)
        return sorted(found.values_list("pk", flat=True))

    assert shown(state="settled") == [first.pk, second.pk]
    assert shown(state="asked") == [third.pk]
    assert shown(state="open") == shown(state="replied") == shown(kind="wrongly_spared") == []
    assert len(shown(kind="not_spared")) == 3
