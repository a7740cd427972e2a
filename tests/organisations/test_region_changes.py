"""Recording a change of 行政区划: the rows follow, agencies and grants stay and are warned about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Agency, Region, RegionChange, RoleGrant
from enforcement.selectors.region_changes import stranded_on, successor_of
from enforcement.services.change_region import NewRegionChange, change_region
from tests.cast import CITY, COUNTY, Cast
from tests.organisations.builders import TODAY

DAY = dt.date(2026, 6, 1)
ONE_DAY = dt.timedelta(days=1)


def record(actor: Actor, kind: str, **fields: Any) -> RegionChange:
    values: dict[str, Any] = {
        "kind": kind,
        "effective_on": DAY,
        "basis": "国函〔2026〕1号",
        "old_code": COUNTY,
    }
    return change_region(actor=actor, change=NewRegionChange(**(values | fields)), today=TODAY)


def test_a_new_code_comes_with_its_row_and_the_old_one_ends(cast: Cast, registrar: Actor) -> None:
    made = record(registrar, "code_changed", new_code="530182", new_name="示范市市", form="撤县设市")
    old, new = Region.objects.get(pk=COUNTY), Region.objects.get(pk="530182")
    assert (old.exists_on(DAY - ONE_DAY), old.exists_on(DAY)) == (True, False)
    assert (new.exists_on(DAY - ONE_DAY), new.exists_on(DAY)) == (False, True)
    assert (new.level, new.parent_id) == ("county", CITY)
    assert made.sentence() == "2026-06-01 示范县（530102）改为示范市市（530182），撤县设市"
    assert LedgerEntry.objects.filter(action="region_changed", chain="province").count() == 1


def test_agencies_and_grants_stay_and_are_warned_about(cast: Cast, registrar: Actor) -> None:
    grant = RoleGrant.objects.create(
        account=cast.officer, role="officer", region_code=COUNTY, line_code="market"
    )
    record(registrar, "code_changed", new_code="530182", new_name="示范新市")
    assert Agency.objects.get(pk=cast.county_market.pk).region_code == COUNTY
    grant.refresh_from_db()
    assert grant.region_code == COUNTY
    assert not stranded_on(actor=registrar, on=DAY - ONE_DAY)
    warned = stranded_on(actor=registrar, on=DAY)
    assert [one.kind for one in warned] == ["执法主体", "授权"]
    assert all("现为示范新市" in one.sentence for one in warned)
    assert successor_of(COUNTY, DAY).successors == ("530182",)


def test_an_agency_that_ended_needs_no_warning(cast: Cast, registrar: Actor) -> None:
    Agency.objects.filter(pk=cast.county_market.pk).update(ended_on=DAY - ONE_DAY)
    record(registrar, "abolished", new_code=CITY)
    assert not stranded_on(actor=registrar, on=DAY)


def test_a_neighbour_is_not_told_of_others(cast: Cast, registrar: Actor) -> None:
    record(registrar, "code_changed", new_code="530182")
    assert not stranded_on(actor=cast.actor("neighbour"), on=DAY)


def test_subordinates_follow_when_asked(cast: Cast, registrar: Actor) -> None:
    Region.objects.create(code="530102001", name="示范街道", level="township", parent_id=COUNTY)
    with pytest.raises(InvalidInput, match="下级代码一并变更"):
        record(registrar, "code_changed", new_code="530182")
    record(registrar, "code_changed", new_code="530182", with_subordinates=True)
    assert Region.objects.get(pk="530182001").parent_id == "530182"
    assert successor_of("530102001", DAY).successors == ("530182001",)


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("renamed", {"new_name": "示范县"}, "与现名称相同"),
        ("renamed", {"new_name": ""}, "填写新名称"),
        ("renamed", {"new_name": "甲县", "old_code": "539999"}, "没有代码为"),
        ("code_changed", {"new_code": "5303"}, "已经用于"),
        ("code_changed", {"new_code": "53018"}, "不是行政区划短代码"),
        ("code_changed", {"new_code": "534001"}, "上级行政区划 5340 不存在"),
        ("established", {"old_code": "", "new_code": "530190"}, "填写新名称"),
        ("abolished", {"new_code": "539999"}, "接管区域的行政区划"),
        ("abolished", {"basis": " "}, "填写变更依据"),
        ("abolished", {"effective_on": TODAY + ONE_DAY}, "还没有到"),
        ("abolished", {"old_code": CITY}, "还有下级行政区划"),
        ("swallowed", {}, "选择变更类型"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    cast: Cast, registrar: Actor, kind: str, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        record(registrar, kind, **fields)
    assert not RegionChange.objects.exists()


def test_only_a_registrar_of_all_lines_records_changes(
    cast: Cast, registrar: Actor, county_registrar: Actor
) -> None:
    for actor in (county_registrar, cast.actor("officer")):
        with pytest.raises(NotPermitted):
            record(actor, "renamed", new_name="新县")
    assert record(registrar, "renamed", new_name="新县").new_code == COUNTY
    assert Region.objects.get(pk=COUNTY).name == "新县"


def test_changes_are_never_rewritten(cast: Cast, registrar: Actor) -> None:
    record(registrar, "renamed", new_name="新县")
    for statement in (
        "UPDATE enforcement_regionchange SET basis = 'x'",
        "DELETE FROM enforcement_regionchange",
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(
    "sides",
    [
        {"kind": "established", "old_code": "530102", "new_code": "530103"},
        {"kind": "renamed", "old_code": "530102", "new_code": "530103"},
        {"kind": "code_changed", "old_code": "530102", "new_code": "530102"},
        {"kind": "abolished", "old_code": "", "new_code": "530102"},
        {"kind": "abolished", "old_code": "530102", "year": 2025, "effective_on": DAY},
    ],
)
def test_the_table_knows_which_sides_a_kind_has(db: None, sides: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="region_change"), transaction.atomic():
        RegionChange.objects.create(**({"year": 2026, "basis": "x"} | sides))
