"""A case page masks numbers; the whole values come once, for a reason, after the reading is recorded."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from enforcement.actors import Role
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RoleGrant, SensitiveRead
from tests.case_builders import NOT_CORRECTED, CaseWorld, answer, make_case, make_party, valid_id_number

pytestmark = pytest.mark.django_db

NUMBER, PHONE = valid_id_number(31), "13812340000"
REASON = {"purpose": "deliver", "text": "邮寄决定书需要联系电话"}


@pytest.fixture
def case(world: CaseWorld) -> Case:
    party = make_party(world, kind="person", name="马丽华", identifier=NUMBER, phone=PHONE)
    return answer(world, make_case(world, party=party), NOT_CORRECTED)


def signed_in(world: CaseWorld, username: str) -> Client:
    client = Client()
    client.force_login(world.accounts[username])
    return client


def test_no_page_of_the_case_holds_the_whole_number(world: CaseWorld, case: Case) -> None:
    officer = signed_in(world, "officer")
    for name in ("cases:case", "cases:party_full", "cases:propose"):
        text = officer.get(reverse(name, args=[case.pk])).content.decode()
        assert "马丽华" in text
        assert NUMBER not in text
        assert PHONE not in text
    text = officer.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "138****0000" in text
    assert f"530*************{NUMBER[-2:]}" in text


def test_the_whole_values_are_shown_once_and_recorded_first(world: CaseWorld, case: Case) -> None:
    officer = signed_in(world, "officer")
    page = reverse("cases:party_full", args=[case.pk])
    shown = officer.post(page, REASON)
    text = shown.content.decode()
    assert NUMBER in text
    assert PHONE in text
    assert shown["Cache-Control"] == "no-store, private"
    assert NUMBER not in officer.get(page).content.decode()
    entry = LedgerEntry.objects.get(action="personal_data_unmasked")
    assert json.loads(entry.payload)["within"] == case.number
    assert "送达文书：邮寄决定书需要联系电话" in entry.reason
    assert NUMBER not in repr(entry.__dict__)
    assert SensitiveRead.objects.get().account == world.accounts["officer"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"purpose": ""}, "选择查看目的"),
        ({"purpose": "curious"}, "选择一个有效的选项"),
        ({"text": ""}, "写明查看的理由"),
        ({"text": "看一下 "}, "至少 5 个字"),
    ],
)
def test_without_a_reason_nothing_is_shown_or_recorded(
    world: CaseWorld, case: Case, change: dict[str, str], message: str
) -> None:
    refused = signed_in(world, "officer").post(
        reverse("cases:party_full", args=[case.pk]), {**REASON, **change}
    )
    assert refused.status_code == 400
    text = refused.content.decode()
    assert message in text
    assert NUMBER not in text
    assert not LedgerEntry.objects.filter(action="personal_data_unmasked").exists()
    assert not SensitiveRead.objects.exists()


def test_who_may_not_see_the_case_does_not_see_the_party(world: CaseWorld, case: Case) -> None:
    page = reverse("cases:party_full", args=[case.pk])
    for username in set(world.accounts) - {"officer", "partner", "approver", "reviewer"}:
        answer = signed_in(world, username).post(page, REASON)
        assert NUMBER not in answer.content.decode(), username
    assert Client().post(page, REASON).status_code == 302


def test_a_supervisor_with_a_working_duty_elsewhere_is_not_shown_the_number(
    world: CaseWorld, case: Case
) -> None:
    account = world.accounts["compiler"]
    RoleGrant.objects.create(account=account, role=Role.SUPERVISOR, region_code="53", line_code="")
    page = reverse("cases:party_full", args=[case.pk])
    refused = signed_in(world, "compiler").post(page, REASON)
    assert refused.status_code == 400
    text = refused.content.decode()
    assert "管辖范围内查看" in text
    assert NUMBER not in text
    assert "马丽华" not in text
    assert not LedgerEntry.objects.filter(action="personal_data_unmasked").exists()
    assert (
        "马丽华"
        not in signed_in(world, "compiler").get(reverse("cases:case", args=[case.pk])).content.decode()
    )
