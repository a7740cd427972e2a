"""New names, ends and successors of agencies, and what the tables refuse whoever writes."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, connection, transaction

from enforcement.actors import Actor
from enforcement.agency_history import name_on, refuse_after_end
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Agency, AgencyName, AgencySuccession
from enforcement.services.agencies.end_agency import Takeover, end_agency, merge_agencies, move_duties
from enforcement.services.agencies.rename_agency import NewName, rename_agency
from tests.cast import Cast, make_agency
from tests.organisations.builders import TODAY

DAY = dt.date(2026, 6, 1)
ONE_DAY = dt.timedelta(days=1)
BASIS = "示编办〔2026〕3号"


def rename(actor: Actor, agency: Agency, name: str, day: dt.date = DAY) -> Agency:
    return rename_agency(actor=actor, agency_id=agency.pk, new=NewName(name, day, BASIS), today=TODAY)


def names(agency: Agency, day: dt.date) -> str:
    return name_on(day, current=agency.name, earlier=agency.earlier_names.all())


def test_each_name_is_borne_on_its_own_days(cast: Cast, registrar: Actor) -> None:
    first = cast.city_market.name
    agency = rename(registrar, cast.city_market, "示范市市场监管局")
    agency = rename(registrar, agency, "示范市综合市场监管局", DAY + 10 * ONE_DAY)
    assert names(agency, dt.date(1999, 1, 1)) == first
    assert names(agency, DAY - ONE_DAY) == first
    assert names(agency, DAY) == "示范市市场监管局"
    assert names(agency, DAY + 9 * ONE_DAY) == "示范市市场监管局"
    assert names(agency, DAY + 10 * ONE_DAY) == "示范市综合市场监管局"
    assert LedgerEntry.objects.filter(action="agency_renamed", chain=agency.code).count() == 2


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("", DAY, "填写新名称"),
        ("示范市市场监督管理局", DAY, "与现名称相同"),
        ("示范县市场监督管理局", DAY, "已有名称"),
        ("新名称", TODAY + ONE_DAY, "还没有到"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    cast: Cast, registrar: Actor, name: str, day: dt.date, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        rename(registrar, cast.city_market, name, day)
    assert not AgencyName.objects.exists()


def test_a_second_name_begins_after_the_first(cast: Cast, registrar: Actor) -> None:
    agency = rename(registrar, cast.city_market, "第一个新名称")
    with pytest.raises(InvalidInput, match="应晚于现名称的启用日期"):
        rename(registrar, agency, "第二个新名称", DAY)
    assert rename(registrar, agency, "第二个新名称", DAY + ONE_DAY).name == "第二个新名称"


def test_names_of_one_agency_never_share_a_day(cast: Cast, registrar: Actor) -> None:
    rename(registrar, cast.city_market, "新名称")
    with pytest.raises(IntegrityError, match="agency_name_spans_apart"), transaction.atomic():
        AgencyName.objects.create(
            agency=cast.city_market, name="另一个", short_name="另", document_prefix="另",
            valid_from=DAY - ONE_DAY, valid_until=DAY + ONE_DAY, basis=BASIS,
        )  # fmt: skip
    AgencyName.objects.create(
        agency=cast.county_market, name="另一个", short_name="另", document_prefix="另",
        valid_from=DAY - ONE_DAY, valid_until=DAY + ONE_DAY, basis=BASIS,
    )  # fmt: skip


def test_a_merger_ends_the_predecessors_and_names_the_successor(cast: Cast, registrar: Actor) -> None:
    written = merge_agencies(
        actor=registrar,
        predecessor_ids=[cast.county_market.pk, cast.other_city_market.pk],
        successor_id=cast.city_market.pk,
        effective_on=DAY,
        basis=BASIS,
    )
    cast.county_market.refresh_from_db()
    assert (cast.county_market.works_on(DAY - ONE_DAY), cast.county_market.works_on(DAY)) == (True, False)
    assert {one.predecessor_id for one in written} == {cast.county_market.pk, cast.other_city_market.pk}
    chains = set(LedgerEntry.objects.filter(action="agency_succeeded").values_list("chain", flat=True))
    assert chains == {cast.county_market.code, cast.other_city_market.code, cast.city_market.code}


def test_an_agency_ends_once_and_only_for_a_living_successor(cast: Cast, registrar: Actor) -> None:
    def merge(gone: Agency, taker: Agency) -> None:
        merge_agencies(
            actor=registrar, predecessor_ids=[gone.pk], successor_id=taker.pk, effective_on=DAY, basis=BASIS
        )

    merge(cast.county_market, cast.city_market)
    with pytest.raises(InvalidInput, match="已登记终止"):
        merge(cast.county_market, cast.city_market)
    with pytest.raises(InvalidInput, match="不能承接"):
        merge(cast.city_market, cast.county_market)
    with pytest.raises(InvalidInput, match="不能是它自己"):
        merge(cast.city_market, cast.city_market)


def test_a_split_names_each_part(cast: Cast, registrar: Actor) -> None:
    end_agency(
        actor=registrar,
        agency_id=cast.city_ecology.pk,
        last_day=DAY - ONE_DAY,
        basis=BASIS,
        takeovers=[
            Takeover(cast.city_market.pk, matters="机动车尾气"),
            Takeover(cast.county_market.pk, matters="油烟"),
        ],
    )
    kinds = AgencySuccession.objects.values_list("kind", "matters", "effective_on")
    assert sorted(kinds) == sorted([("split", "机动车尾气", DAY), ("split", "油烟", DAY)])


def test_duties_move_while_both_go_on(cast: Cast, registrar: Actor) -> None:
    move_duties(
        actor=registrar,
        from_id=cast.city_ecology.pk,
        takeover=Takeover(cast.city_market.pk, matters="餐饮油烟"),
        effective_on=DAY,
        basis=BASIS,
    )
    cast.city_ecology.refresh_from_db()
    assert cast.city_ecology.ended_on is None


def test_a_registrar_changes_only_agencies_in_reach(cast: Cast, county_registrar: Actor) -> None:
    with pytest.raises(NotPermitted):
        merge_agencies(
            actor=county_registrar,
            predecessor_ids=[cast.county_market.pk],
            successor_id=cast.city_market.pk,
            effective_on=DAY,
            basis=BASIS,
        )
    with pytest.raises(NotPermitted):
        rename(county_registrar, cast.city_market, "新名称")


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(2019, 12, 31), "agency_not_yet"),
        (dt.date(2020, 1, 1), None),
        (dt.date(2026, 5, 31), None),
        (dt.date(2026, 6, 1), "agency_ended"),
    ],
)
def test_cases_are_opened_from_the_first_to_the_last_day(on: dt.date, code: str | None) -> None:
    refusal = refuse_after_end(
        name="甲局",
        established_on=dt.date(2020, 1, 1),
        ended_on=dt.date(2026, 5, 31),
        successors=["乙局"],
        on=on,
    )
    assert (refusal.code if refusal else None) == code
    if code == "agency_ended":
        assert refusal is not None
        assert "请由乙局立案" in refusal.message


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ("city_market", "county_market"),  # below it
        ("city_market", "other_city_market"),  # beside it
        ("county_market", "other_city_market"),  # elsewhere
        ("county_market", "city_ecology"),  # another line
    ],
)
def test_a_superior_stands_above_in_the_same_line(cast: Cast, below: str, above: str) -> None:
    with pytest.raises(IntegrityError, match="does not stand above"), transaction.atomic():
        Agency.objects.filter(pk=getattr(cast, below).pk).update(superior=getattr(cast, above))


def test_a_superior_may_skip_a_level_but_not_move_away(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.county_market.pk).update(superior=cast.province_market)
    with pytest.raises(IntegrityError, match="no longer stand above"), transaction.atomic():
        Agency.objects.filter(pk=cast.province_market.pk).update(line_code="ecology")


def test_no_agency_succeeds_itself_by_a_detour(cast: Cast) -> None:
    third = make_agency("5303-ecology", "邻市生态环境局", "5303", "ecology")
    chain = [cast.city_market, cast.city_ecology, third]
    Agency.objects.filter(pk__in=[one.pk for one in chain]).update(ended_on=DAY - ONE_DAY)
    for gone, taker in itertools.pairwise(chain):
        _succession(gone, taker)
    with pytest.raises(IntegrityError, match="succeed itself"), transaction.atomic():
        _succession(third, cast.city_market)


def test_a_merger_needs_the_end_of_the_predecessor(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="does not end"), transaction.atomic():
        _succession(cast.city_market, cast.city_ecology)


def test_names_and_successions_are_never_changed(cast: Cast, registrar: Actor) -> None:
    rename(registrar, cast.city_market, "新名称")
    merge_agencies(
        actor=registrar, predecessor_ids=[cast.county_market.pk], successor_id=cast.city_market.pk,
        effective_on=DAY, basis=BASIS,
    )  # fmt: skip
    for statement in (
        "UPDATE enforcement_agencyname SET name = 'x'",
        "DELETE FROM enforcement_agencyname",
        "UPDATE enforcement_agencysuccession SET basis = 'x'",
        "DELETE FROM enforcement_agencysuccession",
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def _succession(gone: Agency, taker: Agency) -> AgencySuccession:
    return AgencySuccession.objects.create(
        predecessor=gone, successor=taker, kind="merged", effective_on=DAY, basis=BASIS
    )
