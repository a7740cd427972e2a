"""The pages of the people part: acts with their reasons, warnings for each audience, supervisors who only read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enforcement.models import (
    Calibration,
    Certificate,
    CertificateSuspension,
    Custody,
    Officer,
    Training,
    TrainingRequirement,
)
from tests.people.people_cast import PeopleCast, raise_people

TODAY = dt.date(2026, 9, 1)
SOON = dt.date(2026, 9, 20)


@pytest.fixture
def people(db: None, monkeypatch: pytest.MonkeyPatch) -> PeopleCast:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    return raise_people()


def client_of(people: PeopleCast, name: str) -> Client:
    client = Client()
    account = getattr(people.cast, name) if hasattr(people.cast, name) else getattr(people, name)
    client.force_login(account)
    return client


def registrar(people: PeopleCast) -> Client:
    return client_of(people, "city_registrar")


def certificate_page(people: PeopleCast) -> str:
    return reverse("register_certificates:row", args=[people.certificate.pk])


def test_suspending_and_lifting_on_the_page(people: PeopleCast) -> None:
    client, key = registrar(people), people.certificate.pk
    url = reverse("register_people:suspend", args=[key])
    refused = client.post(url, {"starts_on": "2026.9.1", "ends_on": "2026.8.1", "reason": "未参加培训"})
    assert refused.status_code == 400
    assert "暂扣末日不能早于暂扣首日" in refused.content.decode()
    assert "未参加培训" in refused.content.decode()
    done = client.post(url, {"starts_on": "2026.9.1", "reason": "未参加培训"}, follow=True)
    assert "已暂扣执法证" in done.content.decode()
    assert "未恢复" in done.content.decode()
    suspension = CertificateSuspension.objects.get()
    lift = reverse("register_people:lift", args=[key, suspension.pk])
    assert lift in client.get(certificate_page(people)).content.decode()
    client.post(lift, {"resumes_on": "2026.9.2", "reason": "已补训合格"})
    suspension.refresh_from_db()
    assert suspension.ends_on == TODAY
    assert lift in client.get(certificate_page(people)).content.decode()
    assert client.get(reverse("register_people:lift", args=[key, 0])).status_code == 404


def test_revoking_and_checking_on_the_page(people: PeopleCast) -> None:
    client, key = registrar(people), people.certificate.pk
    check = reverse("register_people:check", args=[key])
    answer = client.post(
        check,
        {"year": "2026", "checked_on": "2026.8.20", "result": "failed", "note": "学时不足"},
        follow=True,
    )
    assert "学时不足" in answer.content.decode()
    revoke = reverse("register_people:revoke", args=[key])
    assert client.post(revoke, {"revoked_on": "2026.9.1", "reason": "调离"}).status_code == 400
    answer = client.post(
        revoke, {"kind": "cancelled", "revoked_on": "2026.9.1", "reason": "调离执法岗位"}, follow=True
    )
    assert "已注销" in answer.content.decode()
    assert revoke not in client.get(certificate_page(people)).content.decode()
    again = client.post(revoke, {"kind": "revoked", "revoked_on": "2026.9.1", "reason": "再来一次"})
    assert "没有重复登记" in again.content.decode()


def test_leaving_waits_for_the_equipment(people: PeopleCast) -> None:
    client, officer, equipment = registrar(people), people.officer, people.equipment()
    Custody.objects.create(equipment=equipment, holder=officer, held_from=dt.date(2026, 3, 1))
    url = reverse("register_people:leave", args=[officer.pk])
    sent = {"left_on": "2026.8.31", "reason": "调任其他单位", "lock_version": officer.lock_version}
    refused = client.post(url, sent)
    assert refused.status_code == 400
    assert "名下还有 1 件装备没有交还（M-1）" in refused.content.decode()
    back = reverse("register_people:take_back", args=[equipment.pk])
    client.post(back, {"returned_on": "2026.8.31"})
    assert client.post(url, sent).status_code == 302
    left = Officer.objects.get(pk=officer.pk)
    assert (left.left_on, left.lock_version) == (dt.date(2026, 8, 31), 2)
    assert "已离岗" in client.get(reverse("register_officers:list")).content.decode()


def test_handing_out_and_calibrating_on_the_page(people: PeopleCast) -> None:
    client, equipment = registrar(people), people.equipment()
    page = reverse("register_equipment:row", args=[equipment.pk])
    assert "在这一天之前没有检定记录" in client.get(page).content.decode()
    client.post(
        reverse("register_people:calibrate", args=[equipment.pk]),
        {
            "certificate_number": "JD-1",
            "body": "示范市计量测试所",
            "done_on": "2026.8.1",
            "valid_until": "2027.7.31",
        },
    )
    assert "可以作为数据来源" in client.get(page).content.decode()
    hand_out = reverse("register_people:hand_out", args=[equipment.pk])
    assert "邻市编制人" not in client.get(hand_out).content.decode()
    client.post(hand_out, {"holder": people.officer.pk, "held_from": "2026.8.2"})
    assert people.officer.name in client.get(reverse("register_equipment:list")).content.decode()
    held = client.get(reverse("register_officers:row", args=[people.officer.pk])).content.decode()
    assert "测量仪器 M-1" in held


ACTS = ("leave", "suspend", "revoke", "check", "hand_out", "take_back", "calibrate")


@pytest.mark.parametrize("act", ACTS)
def test_acts_belong_to_the_registrar_of_the_place(people: PeopleCast, act: str) -> None:
    keys = {
        "leave": people.officer.pk,
        "hand_out": (equipment := people.equipment()).pk,
        "take_back": equipment.pk,
        "calibrate": equipment.pk,
    }
    url = reverse(f"register_people:{act}", args=[keys.get(act, people.certificate.pk)])
    assert registrar(people).get(url).status_code == 200
    assert client_of(people, "officer").get(url).status_code == 403
    assert client_of(people, "neighbour").get(url).status_code == 404
    assert client_of(people, "supervisor").get(url).status_code == 403
    for name in ("officer", "neighbour", "supervisor"):
        assert client_of(people, name).post(url, {}).status_code in (403, 404)


def test_hours_stand_against_what_the_region_asks(people: PeopleCast) -> None:
    client, officer = registrar(people), people.officer
    url = reverse("register_officers:row", args=[officer.pk])
    Training.objects.create(
        officer=officer, kind="yearly", title="轮训", completed_on=dt.date(2026, 4, 1), hours="24.5"
    )
    assert "24.5 学时（本年度没有登记学时要求）" in client.get(url).content.decode()
    TrainingRequirement.objects.create(region_code="53", year=2026, hours=40, basis="规定")
    assert "24.5 学时（要求 40 学时，还差 15.5 学时）" in client.get(url).content.decode()
    assert "0 学时（要求" not in client.get(url, {"on": "2025-06-01"}).content.decode()


def test_numbers_of_a_person_are_masked_and_stay_when_left_blank(people: PeopleCast) -> None:
    client, officer = registrar(people), people.officer
    edit = reverse("register_officers:edit", args=[officer.pk])
    base = {
        "staff_number": "N-1",
        "name": officer.name,
        "agency": people.cast.city_market.code,
        "lock_version": 1,
        "reason": "补登记号码",
    }
    client.post(edit, {**base, "id_number": "11010519491231002X", "phone": "13900000000"})
    page = client.get(reverse("register_officers:row", args=[officer.pk])).content.decode()
    assert "110*************2X" in page
    assert "139****0000" in page
    for hidden in ("11010519491231002X", "13900000000"):
        assert hidden not in page
        assert hidden not in client.get(edit).content.decode()
    client.post(edit, {**base, "lock_version": 2, "position": "队长", "reason": "任职"})
    kept = Officer.objects.get(pk=officer.pk)
    assert (kept.id_number, kept.phone, kept.position) == ("11010519491231002X", "13900000000", "队长")
    other = reverse("register_officers:edit", args=[people.second_officer.pk])
    clash = client.post(other, {**base, "staff_number": "N-2", "id_number": "11010519491231002X"})
    assert clash.status_code == 400
    assert "已登记在其他工号下" in clash.content.decode()
    reader = client_of(people, "officer").get(reverse("register_officers:row", args=[officer.pk]))
    assert "身份信息" not in reader.content.decode()


def test_a_long_history_costs_no_more_queries(people: PeopleCast) -> None:
    """Columns that history leaves out must not send every line of it back to the row of today."""
    client, officer = registrar(people), people.officer
    url = reverse("register_officers:row", args=[officer.pk])
    client.get(url)
    counts = []
    for saves in (2, 12):
        for number in range(saves):
            officer.position = f"职务{saves}-{number}"
            officer.save()
        with CaptureQueriesContext(connection) as caught:
            assert "职务2-1" in client.get(url).content.decode()
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert officer.history.latest().instance.staff_number == officer.staff_number


def end_soon(people: PeopleCast) -> None:
    Certificate.objects.filter(pk=people.certificate.pk).update(valid_until=SOON)
    Calibration.objects.create(
        equipment=people.equipment(),
        certificate_number="JD-1",
        body="计量所",
        done_on=dt.date(2025, 9, 6),
        valid_until=dt.date(2026, 9, 5),
    )


def test_warnings_say_whom_what_when_and_what_to_do(people: PeopleCast) -> None:
    end_soon(people)
    page = registrar(people).get(reverse("register_people:warnings")).content.decode()
    for words in ("执法人己", "执法证 CERT-officer", "2026-09-20", "还剩 19 天", "请在到期前办理换证"):
        assert words in page
    assert page.index("还剩 4 天") < page.index("还剩 19 天")
    only = (
        registrar(people).get(reverse("register_people:warnings"), {"kind": "calibration"}).content.decode()
    )
    assert "执法人己" not in only
    assert "请在到期前送检" in only
    empty = client_of(people, "neighbour").get(reverse("register_people:warnings")).content.decode()
    assert "60 天内没有到期的证件和检定" in empty
    cards = registrar(people).get(reverse("register:index")).content.decode()
    assert cards.count("1 项需要留意") == 2


def test_an_officer_sees_the_own_certificate_end_on_the_home_page(people: PeopleCast) -> None:
    end_soon(people)
    home = client_of(people, "officer").get(reverse("cases:home")).content.decode()
    assert "执法人己的执法证 CERT-officer有效期至 2026-09-20，还剩 19 天。请在到期前办理换证。" in home
    assert (
        "CERT-officer" not in client_of(people, "second_officer").get(reverse("cases:home")).content.decode()
    )


def test_supervisors_read_officers_and_write_nothing(people: PeopleCast) -> None:
    end_soon(people)
    client = client_of(people, "supervisor")
    warnings = client.get(reverse("supervisor_register:warnings")).content.decode()
    row = reverse("supervisor_officers:row", args=[people.officer.pk])
    assert row in warnings
    page = client.get(row)
    assert page.status_code == 200
    assert "/officer/" not in page.content.decode()
    assert "修改执法人员" not in page.content.decode()
    assert client.get(reverse("register_officers:list")).status_code == 403
    listed = client.get(reverse("supervisor_officers:list")).content.decode()
    assert "新建" not in listed
    assert "导入" not in listed


@pytest.mark.parametrize(
    ("state", "seen", "unseen"),
    [
        ("valid", "执法人己", "执法人庚"),
        ("none", "执法人庚", "执法人己"),
        ("left", "离岗的人", "执法人己"),
    ],
)
def test_the_list_is_narrowed_by_the_qualification_of_today(
    people: PeopleCast, state: str, seen: str, unseen: str
) -> None:
    suspended = Certificate.objects.get(officer=people.second_officer)
    CertificateSuspension.objects.create(certificate=suspended, starts_on=TODAY, reason="未参加培训")
    agency = people.cast.city_market
    Officer.objects.create(
        name="离岗的人",
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
        left_on=dt.date(2026, 8, 31),
    )
    page: Any = registrar(people).get(reverse("register_officers:list"), {"state": state}).content.decode()
    assert seen in page
    assert unseen not in page


def test_a_link_says_whose_row_is_new(people: PeopleCast) -> None:
    number = people.officer.staff_number
    form = registrar(people).get(reverse("register_trainings:create"), {"officer": number}).content.decode()
    assert f'value="{number}"' in form
    outside = Officer.objects.get(account=people.cast.neighbour).staff_number
    answer = registrar(people).post(reverse("register_trainings:create"), {"officer": outside})
    assert "不在您的登记范围内" in answer.content.decode()


@pytest.mark.parametrize(("day", "status"), [("2026.9.1", 302), ("2026.9.2", 400)])
def test_an_examination_is_recorded_once_it_has_been_taken(people: PeopleCast, day: str, status: int) -> None:
    values = {"officer": people.officer.staff_number, "kind": "yearly", "taken_on": day, "is_passed": "on"}
    answer = registrar(people).post(reverse("register_examinations:create"), values)
    assert answer.status_code == status
    assert ("考试日期不能晚于今天" in answer.content.decode()) == (status == 400)
