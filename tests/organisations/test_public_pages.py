"""执法主体公示 and 委托执法公示: what is found, what is told after an end, what a file holds, what it costs."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from enforcement.actors import Actor
from enforcement.models import Agency
from enforcement.services.agencies.end_agency import merge_agencies
from enforcement.services.agencies.rename_agency import NewName, rename_agency
from enforcement.services.delegations.revoke import revoke_delegation
from tests.cast import COUNTY, MARKET, Cast, make_agency
from tests.organisations.builders import LAST, TODAY, conclude

DAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_agency_is_found_by_name_place_line_and_level(cast: Cast, client: Client) -> None:
    for query, expected in (
        ("q=示范县", {cast.county_market.name}),
        ("region=5303", {cast.other_city_market.name}),
        ("line=ecology", {cast.city_ecology.name}),
        ("level=province", {cast.province_market.name}),
        ("region=5301&level=county&line=market", {cast.county_market.name}),
        ("region=x&level=x&line=", {one.name for one in Agency.objects.all()}),
    ):
        text = read(client, f"/public/agencies/?{query}")
        assert {one.name for one in Agency.objects.all() if f">{one.name}</a>" in text} == expected, query


def test_an_earlier_name_finds_the_agency_of_today(cast: Cast, registrar: Actor, client: Client) -> None:
    earlier = cast.city_market.name
    new = NewName("示范市综合市场监管局", DAY, "示编办〔2026〕3号")
    rename_agency(actor=registrar, agency_id=cast.city_market.pk, new=new, today=TODAY)
    assert "示范市综合市场监管局" in read(client, f"/public/agencies/?q={earlier}")
    page = read(client, f"/public/agencies/rows/{cast.city_market.code}/")
    assert f"{earlier}（设立至2026年6月1日前）" in page


def test_an_agency_that_ended_leaves_the_list_but_keeps_its_page(
    cast: Cast, registrar: Actor, client: Client
) -> None:
    merge_agencies(
        actor=registrar,
        predecessor_ids=[cast.county_market.pk],
        successor_id=cast.city_market.pk,
        effective_on=DAY,
        basis="示编办〔2026〕7号",
    )
    assert cast.county_market.name not in read(client, "/public/agencies/")
    page = read(client, f"/public/agencies/rows/{cast.county_market.code}/")
    assert "最后执法日是2026年5月31日" in page
    assert cast.city_market.name in page
    assert cast.county_market.name in read(client, f"/public/agencies/rows/{cast.city_market.code}/")


def test_the_file_holds_what_the_page_lists(cast: Cast, client: Client) -> None:
    Agency.objects.filter(pk=cast.city_market.pk).update(authority_basis="=1+1")
    response = client.get("/public/agencies/download/?region=5301&line=market")
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [row[0] for row in rows] == [cast.city_market.name, cast.county_market.name]
    assert rows[0][5] == "=1+1"
    assert sheet["F3"].data_type == "s"


def test_lists_are_paged_and_cost_the_same(cast: Cast, client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/public/agencies/")
        return len(captured)

    few = cost()
    for number in range(60):
        make_agency(f"extra-{number:02}", f"示范机关{number:02}", COUNTY, MARKET, superior=cast.city_market)
    assert cost() == few <= 5
    first = read(client, "/public/agencies/")
    assert 'role="columnheader"' in first
    assert "主体性质" in first
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = read(client, f"/public/agencies/{address}")
    names = [one.name for one in Agency.objects.all()]
    assert sorted(
        name for name in names if (f">{name}</a>" in first) != (f">{name}</a>" in second)
    ) == sorted(names)


def test_a_delegation_is_public_with_scope_and_term(cast: Cast, registrar: Actor, client: Client) -> None:
    made = conclude(registrar, cast.city_market, delegate_agency_id=cast.county_market.pk)
    listed = read(client, "/public/delegations/")
    assert made.document_number in listed
    page = read(client, f"/public/delegations/{made.pk}/")
    for words in (made.matters, "2026年1月1日至2026年12月31日（含当日）", "警告、罚款", made.document_digest):
        assert words in page
    assert made.matters in read(client, f"/public/agencies/rows/{cast.county_market.code}/")


@pytest.mark.parametrize(
    ("day", "state", "listed"),
    [
        (dt.date(2025, 12, 31), "未开始", True),
        (LAST, "有效", True),
        (LAST + dt.timedelta(days=1), "已期满", False),
    ],
)
def test_the_page_says_how_a_delegation_stands(
    cast: Cast,
    registrar: Actor,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    day: dt.date,
    state: str,
    listed: bool,
) -> None:
    made = conclude(registrar, cast.city_market)
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)
    assert state in read(client, f"/public/delegations/{made.pk}/")
    assert (made.document_number in read(client, "/public/delegations/")) is listed
    assert made.document_number in read(client, "/public/delegations/?ended=on")


def test_a_revoked_delegation_stays_readable_without_its_reason(
    cast: Cast, registrar: Actor, client: Client
) -> None:
    made = conclude(registrar, cast.city_market)
    revoke_delegation(
        actor=registrar, delegation_id=made.pk, revoked_on=TODAY, reason="内部调整的原因", today=TODAY
    )
    page = read(client, f"/public/delegations/{made.pk}/")
    assert "已解除" in page
    assert "内部调整的原因" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/public/agencies/rows/none/",
        "/public/delegations/999999/",
        "/public/delegations/99999999999999999999/",
    ],
)
def test_what_is_not_there_answers_404(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["after=%00", "after=abc", "q=%00", "region=%E5%9B%9B", "line=%00", "level=%00", "q=" + "字" * 500],
)
def test_odd_input_never_breaks_the_lists(cast: Cast, client: Client, query: str) -> None:
    for part in ("agencies", "agencies/download", "delegations"):
        assert client.get(f"/public/{part}/?{query}").status_code in (200, 400)
