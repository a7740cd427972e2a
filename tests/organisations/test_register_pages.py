"""The acts of registrars through their pages: what is saved, what is refused and kept in the form, who may at all."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from enforcement.actors import Actor
from enforcement.models import Agency, AgencyName, AgencySuccession, Delegation, RegionChange
from enforcement.register_tables.agencies import AGENCIES, AGENCY
from enforcement.register_tables.delegations import DELEGATIONS
from enforcement.register_tables.workbooks import export_workbook
from enforcement.services.import_register import check_import
from enforcement.services.kept_files import kept_file
from enforcement.services.register_rows import change_row
from tests.cast import COUNTY, Cast
from tests.organisations.builders import SCAN, TODAY, conclude

BASIS = "示编办〔2026〕3号"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    """The registrar of the province, signed in."""
    client.force_login(cast.registrar)
    return client


def act(agency: Agency, name: str) -> str:
    return f"/officer/register/agencies/acts/{agency.pk}/{name}/"


def test_a_new_name_is_recorded_and_a_bad_one_stays_in_the_form(cast: Cast, desk: Client) -> None:
    address = act(cast.city_market, "rename")
    wrong = desk.post(address, {"name": "新局", "effective_on": "2027.1.1", "basis": BASIS})
    assert wrong.status_code == 400
    assert "还没有到" in wrong.content.decode()
    assert 'value="新局"' in wrong.content.decode()
    done = desk.post(address, {"name": "新局", "effective_on": "2026.6.1", "basis": BASIS}, follow=True)
    assert "示范市市场监督管理局" in done.content.decode()
    assert AgencyName.objects.get().valid_until == dt.date(2026, 6, 1)


def test_an_end_names_its_successors(cast: Cast, desk: Client) -> None:
    address = act(cast.county_market, "end")
    given = {"last_day": "2026-05-31", "successor": str(cast.city_market.pk), "basis": BASIS}
    split = {**given, "second": str(cast.city_market.pk)}
    assert "两个承接机关相同" in desk.post(address, split).content.decode()
    assert desk.post(address, given).status_code == 302
    assert AgencySuccession.objects.get().effective_on == dt.date(2026, 6, 1)
    page = desk.get(f"/officer/register/agencies/rows/{cast.county_market.pk}/").content.decode()
    assert "登记更名" not in page
    assert "2026-05-31" in page


def test_duties_are_moved_on_a_page(cast: Cast, desk: Client) -> None:
    address = act(cast.city_ecology, "move-duties")
    given = {"successor": str(cast.city_market.pk), "effective_on": "2026-06-01", "basis": BASIS}
    assert "写明划转的事项" in desk.post(address, given).content.decode()
    assert desk.post(address, {**given, "matters": "餐饮油烟"}).status_code == 302
    assert AgencySuccession.objects.get().kind == "duties_moved"


def delegation_fields(**changes: Any) -> dict[str, Any]:
    return {
        "document_number": "示委〔2026〕1号",
        "delegate_code": "530102-market",
        "matters": "明码标价类违法行为的行政处罚",
        "violation_codes": "",
        "acts": ["penalty"],
        "penalty_kinds": ["warning", "fine"],
        "signed_on": "2026.1.5",
        "valid_from": "2026年1月15日",
        "valid_until": "20261231",
        "document": SimpleUploadedFile("委托书.pdf", SCAN),
        "meets_conditions": "on",
    } | changes


def test_a_delegation_is_concluded_read_and_revoked(cast: Cast, desk: Client) -> None:
    address = f"/officer/register/delegations/acts/of/{cast.city_market.pk}/new/"
    wrong = desk.post(address, delegation_fields(matters="查封场所"))
    assert wrong.status_code == 400
    assert "行政强制法第十七条" in wrong.content.decode()
    assert "查封场所" in wrong.content.decode()
    unknown = desk.post(address, delegation_fields(delegate_code="没有"))
    assert "没有编码为“没有”的机构" in unknown.content.decode()
    assert desk.post(address, delegation_fields()).status_code == 302
    made = Delegation.objects.get()
    scan = desk.get(f"/officer/register/delegations/acts/{made.pk}/document/")
    assert scan.content == SCAN
    assert "委托书.pdf" not in scan["Content-Disposition"]
    assert scan["Content-Disposition"].startswith("attachment; filename=")
    revoke = f"/officer/register/delegations/acts/{made.pk}/revoke/"
    assert (
        "不能早于今天" in desk.post(revoke, {"revoked_on": "2026-01-01", "reason": "调整"}).content.decode()
    )
    assert desk.post(revoke, {"revoked_on": TODAY.isoformat(), "reason": "机构调整"}).status_code == 302
    assert Delegation.objects.get().revoked_on == TODAY


def test_a_document_that_is_no_document_is_refused(cast: Cast, desk: Client) -> None:
    address = f"/officer/register/delegations/acts/of/{cast.city_market.pk}/new/"
    page = desk.post(address, delegation_fields(document=SimpleUploadedFile("a.pdf", b"<svg onload=x>")))
    assert page.status_code == 400
    assert "只收 PDF、JPG、PNG" in page.content.decode()


@pytest.mark.parametrize("who", ["city_registrar", "officer", "supervisor"])
def test_acts_are_not_there_for_those_without_the_duty(cast: Cast, client: Client, who: str) -> None:
    made = conclude(cast.actor("registrar"), cast.other_city_market)
    client.force_login(getattr(cast, who))
    for address in (
        act(cast.other_city_market, "rename"),
        act(cast.other_city_market, "end"),
        act(cast.other_city_market, "move-duties"),
        f"/officer/register/delegations/acts/of/{cast.other_city_market.pk}/new/",
        f"/officer/register/delegations/acts/{made.pk}/revoke/",
        f"/officer/register/delegations/acts/{made.pk}/attach/",
        "/officer/register/region-changes/new/",
    ):
        assert client.post(address, {"name": "x"}).status_code in (403, 404), address
    assert AgencyName.objects.count() == 0


def test_a_region_change_is_recorded_and_warned_about(cast: Cast, desk: Client) -> None:
    given = {
        "kind": "code_changed",
        "old_code": COUNTY,
        "new_code": "530182",
        "new_name": "示范新市",
        "effective_on": "2026-06-01",
        "basis": "国函〔2026〕1号",
    }
    page = desk.post("/officer/register/region-changes/new/", {**given, "new_code": "53018"})
    assert page.status_code == 400
    assert 'value="53018"' in page.content.decode()
    page = desk.post("/officer/register/region-changes/new/", given, follow=True)
    assert "示范县市场监督管理局”仍在已撤销的代码 530102 上；现为示范新市" in page.content.decode()
    row = desk.get(f"/officer/register/regions/rows/{COUNTY}/").content.decode()
    assert "改为示范新市（530182）" in row
    agency = desk.get(f"/officer/register/agencies/rows/{cast.county_market.pk}/").content.decode()
    assert "530102 已撤销，现为 530182" in agency


def test_changes_are_listed_newest_first_and_paged(cast: Cast, desk: Client) -> None:
    RegionChange.objects.bulk_create(
        RegionChange(kind="renamed", year=1950 + n, old_code="53", new_code="53", old_name=f"旧{n}", new_name=f"新{n}", basis="x")
        for n in range(60)
    )  # fmt: skip
    first = desk.get("/officer/register/region-changes/").content.decode()
    assert first.index("旧59") < first.index("旧58")
    assert "旧9（" not in first
    after = first.split("after=")[1].split('"')[0]
    assert "旧9（" in desk.get(f"/officer/register/region-changes/?after={after}").content.decode()
    for odd in ("after=x", "after=1_", "after=" + "9" * 30 + "_1", "kind=x"):
        assert desk.get(f"/officer/register/region-changes/?{odd}").status_code == 200
    assert desk.get("/officer/register/region-changes/?q=%00").status_code == 400


def test_a_name_is_not_changed_by_editing(cast: Cast, registrar: Actor, desk: Client) -> None:
    row = cast.city_market
    page = desk.get(f"/officer/register/agencies/rows/{row.pk}/edit/").content.decode()
    assert 'name="name"' not in page
    assert 'name="authority_basis"' in page


def test_a_superior_that_does_not_stand_above_is_refused_in_words(cast: Cast, desk: Client) -> None:
    address = f"/officer/register/agencies/rows/{cast.county_market.pk}/edit/"
    answer = desk.post(
        address,
        {"kind": "administrative", "superior": "5303-market", "lock_version": "1", "reason": "调整上级"},
    )
    assert answer.status_code == 400
    assert "上级机构的行政区划应包含本机构" in answer.content.decode()


def test_the_page_of_a_day_shows_what_was_registered_then(cast: Cast, registrar: Actor) -> None:
    row, changed = change_row(
        actor=registrar,
        kind=AGENCY,
        key=cast.city_market.pk,
        values={"court": "示范市中级人民法院"},
        expected_version=1,
        reason="补登",
    )
    assert changed == ("court",)
    assert [one.court for one in row.history.order_by("history_id")] == ["", "示范市中级人民法院"]


def workbook(headings: list[str], *rows: list[str]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (headings, *rows):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


AGENCY_HEADINGS = [
    "机构编码",
    "名称",
    "简称",
    "文号机关代字",
    "行政区划代码",
    "条线",
    "主体性质",
    "上级机构编码",
]


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ({0: "有 空格"}, "A2", "编码只用字母"),
        ({0: "province"}, "A2", "留作他用"),
        ({1: "邻市市场监督管理局"}, "B2", "已被使用"),
        ({4: "539999"}, "E2", ""),
        ({5: "没有"}, "F2", ""),
        ({6: "公司"}, "G2", ""),
        ({7: "5303-market"}, "H2", "应包含本机构"),
        ({7: "5301-ecology"}, "H2", "同一条线"),
        ({0: "530102-market", 1: "另一个名称"}, "B2", "更名"),
    ],
)
def test_a_table_of_agencies_is_refused_by_the_cell(
    cast: Cast, registrar: Actor, changes: dict[int, str], cell: str, words: str
) -> None:
    row = ["new-1", "示范县新分局", "新分局", "新分", COUNTY, "market", "行政机关", "5301-market"]
    for position, value in changes.items():
        row[position] = value
    found = problems(registrar, AGENCIES, workbook(AGENCY_HEADINGS, row))
    assert any(one.cell == cell and words in one.sentence for one in found), found


def test_an_export_of_agencies_and_delegations_changes_nothing(cast: Cast, registrar: Actor) -> None:
    conclude(registrar, cast.city_market, delegate_agency_id=cast.county_market.pk)
    conclude(registrar, cast.other_city_market, violation_codes=())
    for table in (AGENCIES, DELEGATIONS):
        content = export_workbook(table, table.read_rows(registrar))
        found = checked(registrar, table, content)
        assert (found.problems, found.plan.writes) == ((), 0)
        assert found.plan.unchanged >= 2


DELEGATION_HEADINGS = [
    "委托机关编码", "委托书编号", "受委托机构编码", "签订日期", "委托期限起", "委托期限止",
    "委托的事项", "委托的行为", "委托的处罚种类", "符合第二十一条条件",
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ({6: "查封场所"}, "G2", "行政强制法第十七条"),
        ({5: "2025-12-31"}, "F2", "止日"),
        ({3: "2026-02-01"}, "D2", "签订日期不能晚于"),
        ({8: ""}, "I2", "处罚种类"),
        ({9: "否"}, "J2", "第二十一条"),
        ({2: ""}, "C2", "受委托"),
        ({1: "示委〔2025〕1号"}, "B2", "签订后不能修改"),
    ],
)
def test_a_table_of_delegations_is_refused_by_the_cell(
    cast: Cast, registrar: Actor, changes: dict[int, str], cell: str, words: str
) -> None:
    conclude(registrar, cast.city_market)
    row = [
        "5301-market", "示委〔2026〕9号", "530102-market", "2026-01-05", "2026-01-15", "2026-12-31",
        "明码标价类违法行为", "行政处罚", "警告", "是",
    ]  # fmt: skip
    for position, value in changes.items():
        row[position] = value
    found = problems(registrar, DELEGATIONS, workbook(DELEGATION_HEADINGS, row))
    if words == "签订后不能修改":
        assert {one.sentence.split("。")[0] for one in found} == {"委托书签订后不能修改"}
        return
    assert any(one.cell == cell and words in one.sentence for one in found), found


def test_rows_out_of_reach_are_refused(cast: Cast, county_registrar: Actor) -> None:
    row = ["new-1", "邻市新分局", "新分局", "新分", "5303", "market", "行政机关", ""]
    assert problems(county_registrar, AGENCIES, workbook(AGENCY_HEADINGS, row))


def checked(actor: Actor, table: Any, content: bytes) -> Any:
    file = kept_file(name="表.xlsx", content=content)
    return check_import(actor=actor, table=table, file=file, today=TODAY)


def problems(actor: Actor, table: Any, content: bytes) -> Any:
    return checked(actor, table, content).problems
