"""A party's names, tiers and classes are functions of the day; each change is dated, kept and recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from enforcement.actors import Role
from enforcement.errors import InvalidInput, Refusal, StaleVersion
from enforcement.ledger.models import LedgerEntry
from enforcement.models import ClassMembership, FormerName, ObjectClass, Party
from enforcement.selectors.register_history import row_as_on
from enforcement.services.parties.enter_party import PartyDetails, enter_party
from enforcement.services.parties.party_acts import (
    classify_party,
    correct_party_name,
    rate_party,
    rename_party,
)
from tests.case_builders import valid_id_number, valid_uscc
from tests.cast import Cast, make_account, raise_cast

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
OLD, NEW, NEWEST = "昆明禾驿商贸有限公司", "昆明禾驿食品有限公司", "云南禾驿食品有限公司"
FIRST_CHANGE, SECOND_CHANGE = dt.date(2026, 3, 5), dt.date(2026, 9, 1)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def party(cast: Cast) -> Party:
    details = PartyDetails(kind="enterprise", name=OLD, identifier=valid_uscc(1), phone="13812340000")
    entered, is_new = enter_party(actor=cast.actor("officer"), agency=cast.city_market, details=details)
    assert is_new
    return entered


def rename(cast: Cast, party: Party, name: str, on: dt.date, **changes: object) -> Party:
    given = {
        "actor": cast.actor("registrar"),
        "party_id": party.pk,
        "name": name,
        "changed_on": on,
        "basis": "变更登记通知书",
        "expected_version": Party.objects.get(pk=party.pk).lock_version,
        "today": TODAY,
        **changes,
    }
    return rename_party(**given)  # type: ignore[arg-type]


def test_the_name_of_a_day_changes_on_the_day_of_the_change(cast: Cast, party: Party) -> None:
    rename(cast, party, NEW, FIRST_CHANGE)
    rename(cast, party, NEWEST, SECOND_CHANGE)
    found = Party.objects.get(pk=party.pk)
    assert found.name_on(dt.date(2000, 1, 1)) == OLD
    assert [found.name_on(FIRST_CHANGE - ONE_DAY), found.name_on(FIRST_CHANGE)] == [OLD, NEW]
    assert [found.name_on(SECOND_CHANGE - ONE_DAY), found.name_on(SECOND_CHANGE)] == [NEW, NEWEST]
    assert found.name_on(TODAY) == found.name == NEWEST
    actions = list(LedgerEntry.objects.filter(action="party_renamed").values_list("subject_label", flat=True))
    assert actions == [f"当事人 {party.pk}"] * 2
    assert not LedgerEntry.objects.filter(payload__contains="禾驿").exists()
    assert [line.name for line in found.history.order_by("history_id")] == [OLD, NEW, NEWEST]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "填写名称"),
        ({"name": OLD}, "没有变化"),
        ({"basis": ""}, "填写依据"),
        ({"on": TODAY + ONE_DAY}, "不能晚于今天"),
    ],
)
def test_a_wrong_rename_is_refused_at_its_field(
    cast: Cast, party: Party, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refused:
        rename(cast, party, **{"name": NEW, "on": FIRST_CHANGE, **changes})  # type: ignore[arg-type]
    assert list(refused.value.data["fields"]) == ["changed_on" if name == "on" else name for name in changes]
    assert not FormerName.objects.exists()


def test_names_follow_each_other_in_time(cast: Cast, party: Party) -> None:
    rename(cast, party, NEW, FIRST_CHANGE)
    with pytest.raises(InvalidInput, match="上一次更名是 2026-03-05"):
        rename(cast, party, NEWEST, FIRST_CHANGE)
    rename(cast, party, NEWEST, FIRST_CHANGE + ONE_DAY)


def test_a_correction_leaves_no_former_name(cast: Cast, party: Party) -> None:
    correct_party_name(
        actor=cast.actor("registrar"), party_id=party.pk, name=NEW, basis="录入错字", expected_version=1
    )
    found = Party.objects.get(pk=party.pk)
    assert (found.name, found.name_on(dt.date(2000, 1, 1)), found.former_names.count()) == (NEW, NEW, 0)
    assert found.history.first().history_change_reason == "更正：录入错字"


def test_a_stale_rename_changes_nothing(cast: Cast, party: Party) -> None:
    rename(cast, party, NEW, FIRST_CHANGE)
    with pytest.raises(StaleVersion):
        rename(cast, party, NEWEST, SECOND_CHANGE, expected_version=1)
    assert Party.objects.get(pk=party.pk).name == NEW


@pytest.mark.parametrize("who", ["officer", "approver", "supervisor", "compiler", "neighbour"])
def test_only_registrars_whose_duty_reaches_it_change_a_party(cast: Cast, party: Party, who: str) -> None:
    with pytest.raises(Refusal):
        rename(cast, party, NEW, FIRST_CHANGE, actor=cast.actor(who))
    other = make_account("other", "邻市登记人", cast.other_city_market, Role.REGISTRAR)
    from enforcement.actors import actor_for

    with pytest.raises(Refusal):
        rename(cast, party, NEW, FIRST_CHANGE, actor=actor_for(other))
    assert Party.objects.get(pk=party.pk).name == OLD


def test_the_tier_of_a_day_is_the_latest_up_to_it_and_a_later_row_corrects(cast: Cast, party: Party) -> None:
    def rate(tier: str, day: dt.date) -> None:
        rate_party(
            actor=cast.actor("registrar"),
            party_id=party.pk,
            tier=tier,
            from_day=day,
            source="企业信用风险分类平台",
            today=TODAY,
        )

    rate("B", FIRST_CHANGE)
    rate("D", SECOND_CHANGE)
    rate("C", SECOND_CHANGE)
    found = Party.objects.get(pk=party.pk)
    tiers = [
        rating.tier if (rating := found.credit_on(day)) else None
        for day in (FIRST_CHANGE - ONE_DAY, FIRST_CHANGE, SECOND_CHANGE - ONE_DAY, SECOND_CHANGE)
    ]
    assert tiers == [None, "B", "B", "C"]
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        rate("A", TODAY + ONE_DAY)
    rate("A", TODAY)
    with pytest.raises(InvalidInput, match="选择信用等级"):
        rate("E", TODAY)


def test_object_classes_begin_and_end_on_days(cast: Cast, party: Party) -> None:
    food, shop = (
        ObjectClass.objects.create(code=code, name=name)
        for code, name in (("food", "食品销售单位"), ("shop", "商场超市"))
    )

    def classify(classes: list[ObjectClass], on: dt.date) -> tuple[list[str], list[str]]:
        return classify_party(
            actor=cast.actor("registrar"), party_id=party.pk, class_ids=[one.pk for one in classes], on=on
        )

    assert classify([food], FIRST_CHANGE) == (["food"], [])
    assert classify([shop], SECOND_CHANGE) == (["shop"], ["food"])
    assert classify([shop], SECOND_CHANGE) == ([], [])
    held = {one.object_class_id: one for one in ClassMembership.objects.all()}
    assert [
        held[food.pk].holds_on(day) for day in (FIRST_CHANGE, SECOND_CHANGE - ONE_DAY, SECOND_CHANGE)
    ] == [
        True,
        True,
        False,
    ]
    # Taken back on the day it began: it never held.
    assert classify([], SECOND_CHANGE) == ([], ["shop"])
    assert not ClassMembership.objects.filter(object_class=shop).exists()
    with pytest.raises(InvalidInput, match="更晚日期"):
        classify([food], TODAY)
        classify([], FIRST_CHANGE)


def test_an_ended_class_takes_no_new_parties(cast: Cast, party: Party) -> None:
    old = ObjectClass.objects.create(code="old", name="旧类别", ended_on=FIRST_CHANGE)
    give = {"actor": cast.actor("registrar"), "party_id": party.pk, "class_ids": [old.pk]}
    with pytest.raises(InvalidInput, match="在用"):
        classify_party(**give, on=FIRST_CHANGE + ONE_DAY)  # type: ignore[arg-type]
    assert classify_party(**give, on=FIRST_CHANGE) == (["old"], [])  # type: ignore[arg-type]


def test_the_database_refuses_rewriting_names_tiers_and_history(cast: Cast, party: Party) -> None:
    rename(cast, party, NEW, FIRST_CHANGE)
    rate_party(
        actor=cast.actor("registrar"),
        party_id=party.pk,
        tier="A",
        from_day=FIRST_CHANGE,
        source="平台",
        today=TODAY,
    )
    for statement in (
        "UPDATE enforcement_formername SET name = '别名'",
        "DELETE FROM enforcement_formername",
        "UPDATE enforcement_creditrating SET tier = 'D'",
        "DELETE FROM enforcement_partyhistory",
        "UPDATE enforcement_partyhistory SET name = '别名'",
        "UPDATE enforcement_partyhistory SET phone = ''",
        "UPDATE enforcement_partyhistory SET phone = '13800000000'",
        "UPDATE enforcement_partyhistory SET phone = phone || '!'",
        "UPDATE enforcement_partyhistory SET seal_id = gen_random_uuid()",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_one_class_does_not_hold_twice_at_once(party: Party) -> None:
    food = ObjectClass.objects.create(code="food", name="食品销售单位")
    shop = ObjectClass.objects.create(code="shop", name="商场超市")
    ClassMembership.objects.create(party=party, object_class=food, since=FIRST_CHANGE, until=SECOND_CHANGE)
    ClassMembership.objects.create(party=party, object_class=food, since=SECOND_CHANGE)
    ClassMembership.objects.create(party=party, object_class=shop, since=FIRST_CHANGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassMembership.objects.create(party=party, object_class=food, since=SECOND_CHANGE - ONE_DAY)


def test_history_reads_as_on_the_day_with_its_sealed_values(cast: Cast, party: Party) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM enforcement_partyhistory")
        assert [row[0][:4] for row in cursor.fetchall()] == ["hd1."]
    today = timezone.localtime(party.history.first().history_date).date()
    assert row_as_on(model=Party, key=party.pk, day=today).phone == "13812340000"


def test_a_party_is_entered_once_whoever_comes_second(cast: Cast, party: Party) -> None:
    again = PartyDetails(kind="enterprise", name="别的名称", identifier=valid_uscc(1))
    found, is_new = enter_party(actor=cast.actor("neighbour"), agency=cast.other_city_market, details=again)
    assert (found.pk, found.name, is_new) == (party.pk, OLD, False)
    person = PartyDetails(kind="person", name="马丽华", identifier=valid_id_number(1))
    first, was_new = enter_party(actor=cast.actor("officer"), agency=cast.city_market, details=person)
    second, is_new = enter_party(actor=cast.actor("neighbour"), agency=cast.other_city_market, details=person)
    assert (was_new, is_new, first.pk) == (True, False, second.pk)
