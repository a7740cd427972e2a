"""The party table: what a masked export means when it comes back, and every row that is refused with its cell."""

from __future__ import annotations

import datetime as dt

import pytest

from enforcement.errors import InvalidInput, Refusal
from enforcement.models import ClassMembership, ObjectClass, Party
from enforcement.register_tables.parties import PARTIES, WHOLE_PARTIES
from enforcement.services.export_register import export_register
from enforcement.services.import_register import check_import, write_import
from enforcement.services.kept_files import kept_file
from enforcement.services.parties.enter_party import PartyDetails, enter_party
from enforcement.spreadsheets.guard import open_guarded
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from tests.case_builders import valid_id_number, valid_uscc
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
LABELS = [column.label for column in PARTIES.columns]
IDENTIFIER = "统一社会信用代码或身份证号"
NUMBER, PHONE = valid_id_number(61), "13812340000"


@pytest.fixture
def cast() -> Cast:
    cast = raise_cast()
    ObjectClass.objects.create(code="food", name="食品销售单位")
    ObjectClass.objects.create(code="shop", name="商场超市")
    ObjectClass.objects.create(code="old", name="旧类别", ended_on=dt.date(2020, 1, 1))
    return cast


@pytest.fixture
def person(cast: Cast) -> Party:
    details = PartyDetails(kind="person", name="马丽华", identifier=NUMBER, phone=PHONE)
    return enter_party(actor=cast.actor("officer"), agency=cast.city_market, details=details)[0]


def table(*rows: dict[str, str]) -> bytes:
    sheet = WorkbookSheet(
        "当事人",
        tuple(WorkbookColumn(label) for label in LABELS),
        [[row.get(label, "") for label in LABELS] for row in rows],
    )
    return write_workbook([sheet])


def new_row(number: int, **changes: str) -> dict[str, str]:
    return {
        "类型": "企业",
        "名称": f"示例{number}商贸有限公司",
        IDENTIFIER: valid_uscc(number),
        "联系电话": PHONE,
        "行政区划代码": "5301",
        "条线代码": "market",
        **changes,
    }


def row_of(party: Party, **changes: str) -> dict[str, str]:
    """The row as an export writes it."""
    return {
        "登记号": str(party.pk),
        "类型": "自然人",
        "名称": party.name,
        IDENTIFIER: f"530*************{NUMBER[-2:]}",
        "联系电话": "138****0000",
        "行政区划代码": "5301",
        "条线代码": "market",
        **changes,
    }


def write(cast: Cast, content: bytes, who: str = "registrar") -> object:
    file = kept_file(name="当事人.xlsx", content=content)
    return write_import(actor=cast.actor(who), table=PARTIES, file=file, today=TODAY)


def problems(cast: Cast, *rows: dict[str, str], who: str = "registrar") -> list[tuple[str, str, str]]:
    file = kept_file(name="当事人.xlsx", content=table(*rows))
    checked = check_import(actor=cast.actor(who), table=PARTIES, file=file, today=TODAY)
    return [(one.label, one.value, one.sentence) for one in checked.problems]


def test_new_parties_are_written_with_classes_and_history(cast: Cast) -> None:
    person = new_row(2, 类型="自然人", 名称="马丽华", **{IDENTIFIER: NUMBER}, 监管对象类别="food、商场超市")
    write(cast, table(new_row(1), person))
    found = Party.objects.get(name="马丽华")
    assert (found.id_number, found.phone, found.history.count()) == (NUMBER, PHONE, 1)
    codes = ClassMembership.objects.filter(party=found, since=TODAY).values_list(
        "object_class__code", flat=True
    )
    assert set(codes) == {"food", "shop"}


def test_the_masked_export_read_back_changes_nothing(cast: Cast, person: Party) -> None:
    write(cast, table(new_row(1, 监管对象类别="food")))
    content = export_register(actor=cast.actor("registrar"), table=PARTIES, purpose="核对登记")
    assert NUMBER not in repr(open_guarded(content)[0].rows())
    with pytest.raises(Refusal, match="没有可写入的变化"):
        write(cast, content)
    whole = export_register(actor=cast.actor("registrar"), table=WHOLE_PARTIES, purpose="核对登记")
    assert NUMBER in repr(open_guarded(whole)[0].rows())
    with pytest.raises(Refusal, match="没有可写入的变化"):
        write(cast, whole)


def test_changes_keep_what_is_masked(cast: Cast, person: Party) -> None:
    write(cast, table(row_of(person, **{"住所（经营场所）": "五华区青藤路1号", "监管对象类别": "food"})))
    found = Party.objects.get(pk=person.pk)
    assert (found.address, found.phone, found.id_number) == ("五华区青藤路1号", PHONE, NUMBER)
    assert (found.lock_version, found.history.count()) == (2, 2)
    write(cast, table(row_of(person, 联系电话="13987654321", **{"住所（经营场所）": "五华区青藤路1号"})))
    found.refresh_from_db()
    assert found.phone == "13987654321"
    assert not ClassMembership.objects.filter(party=found, until__isnull=True).exists()
    # By the whole number as well, without 登记号.
    whole = row_of(person, 登记号="", 联系电话="", **{IDENTIFIER: NUMBER})
    write(cast, table(whole))
    found.refresh_from_db()
    assert (found.phone, found.address) == ("", "")


REFUSED = [
    ({"登记号": "99999"}, "登记号", "没有这个登记号"),
    ({IDENTIFIER: "531*************11"}, IDENTIFIER, "与登记号对应的当事人不符"),
    ({IDENTIFIER: valid_id_number(62)}, IDENTIFIER, "与登记号对应的当事人不符"),
    ({"名称": "马丽"}, "名称", "更名或更正"),
    ({"类型": "企业"}, "类型", "不能由表格改动"),
    ({"行政区划代码": "530102"}, "行政区划代码", "不能由表格改动"),
    ({"联系电话": "139****0000"}, "联系电话", "带星号的电话与登记的不符"),
    ({"监管对象类别": "old"}, "监管对象类别", "old"),
]


@pytest.mark.parametrize(("changes", "label", "sentence"), REFUSED)
def test_a_wrong_change_is_refused_at_its_cell(
    cast: Cast, person: Party, changes: dict[str, str], label: str, sentence: str
) -> None:
    found = problems(cast, row_of(person, **changes))
    assert [one[0] for one in found] == [label]
    assert sentence in found[0][1] + found[0][2]
    with pytest.raises(InvalidInput):
        write(cast, table(row_of(person, **changes)))


NEW_REFUSED = [
    ({IDENTIFIER: valid_uscc(1)[:-1] + "0"}, IDENTIFIER, "校验码"),
    ({IDENTIFIER: "530*************11", "类型": "自然人"}, IDENTIFIER, "完整的号码"),
    ({"联系电话": "138****0000"}, "联系电话", "完整的电话"),
    ({"行政区划代码": "990000"}, "行政区划代码", ""),
    ({"名称": ""}, "名称", ""),
    ({"类型": "公司"}, "类型", ""),
]


@pytest.mark.parametrize(("changes", "label", "sentence"), NEW_REFUSED)
def test_a_wrong_new_row_is_refused_at_its_cell(
    cast: Cast, changes: dict[str, str], label: str, sentence: str
) -> None:
    found = problems(cast, new_row(1), new_row(2, **changes))
    assert [one[0] for one in found] == [label]
    assert sentence in found[0][2]
    with pytest.raises(InvalidInput):
        write(cast, table(new_row(1), new_row(2, **changes)))
    assert not Party.objects.exists()


def test_a_wrong_number_is_masked_where_the_problem_is_shown(cast: Cast) -> None:
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    found = problems(cast, new_row(1, 类型="自然人", **{IDENTIFIER: wrong}))
    assert wrong not in repr(found)


def test_rows_beyond_the_duty_are_refused(cast: Cast, person: Party) -> None:
    beyond = problems(cast, new_row(1, 行政区划代码="5303"), who="city_registrar")
    assert "不在您的职责范围内" in beyond[0][2]
    other, _ = enter_party(
        actor=cast.actor("neighbour"),
        agency=cast.other_city_market,
        details=PartyDetails(kind="enterprise", name="邻市公司", identifier=valid_uscc(70)),
    )
    taken = problems(cast, new_row(70), who="city_registrar")
    assert "已有登记，但不在您的职责范围内" in taken[0][2]
    assert other.name not in repr(taken)
    with pytest.raises(Refusal, match="职责"):
        write(cast, table(new_row(1)), who="officer")
