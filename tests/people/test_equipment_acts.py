"""Handing out, taking back and calibrating equipment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from enforcement.calibration import source_refusal
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.models import Calibration, Custody, Equipment, LedgerEntry, Officer
from enforcement.services.people.equipment_acts import (
    hand_out_equipment,
    record_calibration,
    take_back_equipment,
)
from tests.people.people_cast import TODAY, PeopleCast, raise_people

MARCH_1, MARCH_31 = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


@pytest.fixture
def people(db: None) -> PeopleCast:
    return raise_people()


def hand_out(people: PeopleCast, equipment: Equipment, **changes: Any) -> Custody:
    values = {
        "actor": people.keeper,
        "equipment_id": equipment.pk,
        "holder_id": people.officer.pk,
        "held_from": MARCH_1,
        "today": TODAY,
    }
    return hand_out_equipment(**(values | changes))


def calibrate(people: PeopleCast, equipment: Equipment, **changes: Any) -> Calibration:
    values = {
        "actor": people.keeper,
        "equipment_id": equipment.pk,
        "certificate_number": "JD-2026-001",
        "body": "示范市计量测试所",
        "done_on": MARCH_1,
        "valid_until": dt.date(2027, 2, 28),
        "today": TODAY,
    }
    return record_calibration(**(values | changes))


def test_one_holder_at_a_time_and_handing_over_on_one_day(people: PeopleCast) -> None:
    equipment = people.equipment()
    hand_out(people, equipment)
    with pytest.raises(InvalidInput, match="已由别人领用"):
        hand_out(people, equipment, holder_id=people.second_officer.pk, held_from=MARCH_31)
    take_back_equipment(actor=people.keeper, equipment_id=equipment.pk, returned_on=MARCH_31, today=TODAY)
    with pytest.raises(InvalidInput, match="已由别人领用"):
        hand_out(people, equipment, holder_id=people.second_officer.pk, held_from=dt.date(2026, 3, 30))
    hand_out(people, equipment, holder_id=people.second_officer.pk, held_from=MARCH_31)
    actions = LedgerEntry.objects.filter(subject_type="Equipment").values_list("action", flat=True)
    assert list(actions) == ["equipment_handed_out", "equipment_returned", "equipment_handed_out"]


def test_the_database_keeps_two_holders_apart(people: PeopleCast) -> None:
    equipment = people.equipment()
    Custody.objects.create(equipment=equipment, holder=people.officer, held_from=MARCH_1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Custody.objects.create(equipment=equipment, holder=people.second_officer, held_from=MARCH_31)
    # Another piece may be held by the same person at the same time.
    other = people.equipment(inventory_number="M-2")
    Custody.objects.create(equipment=other, holder=people.officer, held_from=MARCH_1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"held_from": dt.date(2024, 1, 9)}, "不能早于启用日期"),
        ({"held_from": dt.date(2026, 11, 26)}, "不能晚于今天"),
        ({"held_from": dt.date(2026, 10, 1)}, "已于 2026-10-01 停用"),
        ({"held_from": dt.date(2026, 9, 1)}, "不在岗"),
        ({"holder_id": 0}, "本机构"),
    ],
)
def test_impossible_custody_is_refused(people: PeopleCast, changes: dict[str, Any], words: str) -> None:
    equipment = people.equipment(retired_on=dt.date(2026, 10, 1))
    Officer.objects.filter(pk=people.officer.pk).update(left_on=dt.date(2026, 8, 31))
    with pytest.raises(InvalidInput, match=words):
        hand_out(people, equipment, **changes)
    assert not Custody.objects.exists()


def test_a_holder_of_another_agency_is_refused(people: PeopleCast) -> None:
    elsewhere = Officer.objects.get(account=people.cast.neighbour)
    with pytest.raises(InvalidInput, match="本机构"):
        hand_out(people, people.equipment(), holder_id=elsewhere.pk)


@pytest.mark.parametrize("returned_on", [dt.date(2026, 2, 28), dt.date(2026, 11, 26)])
def test_the_day_of_return_is_plausible(people: PeopleCast, returned_on: dt.date) -> None:
    equipment = people.equipment()
    hand_out(people, equipment)
    with pytest.raises(InvalidInput, match="交还日期"):
        take_back_equipment(
            actor=people.keeper, equipment_id=equipment.pk, returned_on=returned_on, today=TODAY
        )


def test_nothing_is_taken_back_that_nobody_holds(people: PeopleCast) -> None:
    with pytest.raises(Refusal, match="没有人领用"):
        take_back_equipment(
            actor=people.keeper, equipment_id=people.equipment().pk, returned_on=MARCH_1, today=TODAY
        )


def test_a_calibration_makes_the_meter_a_source(people: PeopleCast) -> None:
    equipment = people.equipment()
    assert source_refusal(equipment.term, MARCH_1) is not None
    calibrate(people, equipment)
    assert source_refusal(Equipment.objects.get(pk=equipment.pk).term, MARCH_1) is None
    assert source_refusal(Equipment.objects.get(pk=equipment.pk).term, dt.date(2027, 3, 1)) is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_until": dt.date(2026, 2, 28)}, "不能早于检定日期"),
        ({"done_on": dt.date(2026, 11, 26)}, "不能晚于今天"),
        ({"certificate_number": " "}, "检定证书编号"),
    ],
)
def test_impossible_calibrations_are_refused(people: PeopleCast, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        calibrate(people, people.equipment(), **changes)


def test_a_camera_takes_no_calibration(people: PeopleCast) -> None:
    camera = people.equipment(kind="body_camera", needs_calibration=False)
    with pytest.raises(Refusal, match="不需要检定"):
        calibrate(people, camera)


@pytest.mark.parametrize("who", ["stranger", "officer", "supervisor"])
def test_others_do_not_keep_the_equipment(people: PeopleCast, who: str) -> None:
    equipment = people.equipment()
    actor = people.stranger if who == "stranger" else people.cast.actor(who)
    with pytest.raises((NotPermitted, Refusal)):
        hand_out(people, equipment, actor=actor)
    with pytest.raises((NotPermitted, Refusal)):
        calibrate(people, equipment, actor=actor)
    assert not Custody.objects.exists()
    assert not Calibration.objects.exists()
