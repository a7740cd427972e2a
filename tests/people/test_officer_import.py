"""Importing officers with their certificates: 5,000 rows with 40 errors, all named; corrected, all written."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.models import Certificate, LedgerEntry, Officer
from enforcement.register_tables.officers import OFFICERS
from enforcement.register_tables.workbooks import export_workbook
from enforcement.services.import_register import CheckedImport, check_import, write_import
from enforcement.services.kept_files import kept_file
from tests.cast import Cast, raise_cast
from tests.people.officer_file import id_number, rows_of, spoilt, workbook
from tests.people.people_cast import TODAY

ROWS = 5000


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


@pytest.fixture
def keeper(cast: Cast) -> Actor:
    return cast.actor("city_registrar")


def check(actor: Actor, content: bytes) -> CheckedImport:
    file = kept_file(name="人员.xlsx", content=content)
    return check_import(actor=actor, table=OFFICERS, file=file, today=TODAY)


def write(actor: Actor, content: bytes) -> CheckedImport:
    file = kept_file(name="人员.xlsx", content=content)
    return write_import(actor=actor, table=OFFICERS, file=file, today=TODAY)


def with_formulas(content: bytes, cells: tuple[str, ...]) -> bytes:
    """The file with formulas in these cells, which our own writer would never write."""
    book = load_workbook(io.BytesIO(content))
    for name in cells:
        book.active[name].value = "=1+1"
        book.active[name].data_type = "f"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_forty_errors_in_five_thousand_rows_are_all_named_and_nothing_is_written(
    cast: Cast, keeper: Actor
) -> None:
    sound = rows_of(ROWS, agency=cast.city_market.code)
    broken = spoilt(sound, outside=cast.other_city_market.code)
    people, papers = Officer.objects.count(), Certificate.objects.count()
    checked = check(keeper, workbook(broken.rows))
    assert len(broken.expected) == 40
    found = {problem.cell: problem.sentence for problem in checked.problems}
    assert found.keys() == broken.expected.keys()
    assert {cell: words for cell, words in broken.expected.items() if words not in found[cell]} == {}
    with pytest.raises(InvalidInput) as refused:
        write(keeper, workbook(broken.rows))
    assert len(refused.value.problems) == 40
    assert (Officer.objects.count(), Certificate.objects.count()) == (people, papers)

    corrected = write(keeper, workbook(sound))
    assert (corrected.plan.added, corrected.plan.changed) == (ROWS, 0)
    assert Officer.objects.count() == people + ROWS
    assert Certificate.objects.count() == papers + ROWS
    entry = LedgerEntry.objects.get(action="register_imported")
    assert entry.chain == cast.city_market.code
    assert "人员00001" not in entry.payload


def small(cast: Cast, **changes: str) -> list[dict[str, str]]:
    """One row, with some of its cells changed."""
    return [{**rows_of(1, agency=cast.city_market.code)[0], **changes}]


def sentences(actor: Actor, rows: list[dict[str, str]]) -> dict[str, str]:
    return {problem.label: problem.sentence for problem in check(actor, workbook(rows)).problems}


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"辅助人员": "是"}, "执法证号", "辅助人员不得持有执法证"),
        ({"执法证号": ""}, "执法证号", "填写执法证号，或者清空"),
        ({"有效期自": ""}, "有效期自", "填写有效期自"),
        ({"有效期至": ""}, "有效期至", "填写有效期至"),
        ({"有效期至": "2024-02-29"}, "有效期至", "早于有效期自"),
        ({"有效期至": "2024-03-01"}, "", ""),
        ({"离岗日期": "2020-07-01"}, "", ""),
        ({"身份证号": "53019919901307001X"}, "身份证号", "这一天不存在"),
        ({"联系电话": "打手机"}, "联系电话", "只用数字"),
        ({"联系电话": ""}, "", ""),
        ({"身份证号": ""}, "", ""),
        ({"职务": "长" * 41}, "职务", "最多 40 个字"),
        ({"到岗日期": "2020年7月1日", "有效期自": "2024.3.1"}, "", ""),
        ({"执法证号": "", "执法领域": "", "发证机关": "", "有效期自": "", "有效期至": ""}, "", ""),
    ],
)
def test_each_sort_of_error_names_its_cell_and_the_fix(
    cast: Cast, keeper: Actor, changes: dict[str, str], column: str, words: str
) -> None:
    found = sentences(keeper, small(cast, **changes))
    assert found.keys() == ({column} if column else set())
    if column:
        assert words in found[column]


def test_a_formula_is_named(cast: Cast, keeper: Actor) -> None:
    content = with_formulas(workbook(rows_of(3, agency=cast.city_market.code)), ("A3", "M4"))
    found = {problem.cell: problem.sentence for problem in check(keeper, content).problems}
    assert found.keys() == {"A3", "M4"}
    assert all("公式" in sentence for sentence in found.values())


def test_numbers_that_others_hold_are_refused(cast: Cast, keeper: Actor) -> None:
    write(keeper, workbook(rows_of(2, agency=cast.city_market.code)))
    taken = rows_of(2, agency=cast.city_market.code)[0]
    found = sentences(keeper, small(cast, 工号="P77777", 身份证号=id_number(5000)))
    assert found == {"执法证号": "这个证号已登记在其他工号下。核对证号"}
    found = sentences(keeper, small(cast, 工号="P77777", 执法证号="530199777777"))
    assert found == {"身份证号": "这个身份证号已登记在其他工号下。核对工号，或者先更正原来的登记"}
    assert "*" in check(keeper, workbook(small(cast, 工号="P77777"))).problems[0].value
    assert taken["身份证号"] not in str(check(keeper, workbook(small(cast, 工号="P77777"))).problems)


def test_a_staff_number_out_of_sight_is_told_and_its_content_is_not(cast: Cast, keeper: Actor) -> None:
    elsewhere = Officer.objects.get(account=cast.neighbour)
    Officer.objects.filter(pk=elsewhere.pk).update(staff_number="P00000")
    found = sentences(keeper, small(cast))
    assert "已被使用" in found["工号"]
    assert elsewhere.name not in str(found)


def test_a_new_number_is_a_renewal_and_the_old_certificate_stays(cast: Cast, keeper: Actor) -> None:
    write(keeper, workbook(small(cast)))
    renewed = write(
        keeper, workbook(small(cast, 执法证号="530199900000", 有效期自="2026-03-01", 有效期至="2031-02-28"))
    )
    assert (renewed.plan.added, renewed.plan.changed) == (0, 1)
    officer = Officer.objects.get(staff_number="P00000")
    assert sorted(officer.certificates.values_list("number", flat=True)) == ["530199000000", "530199900000"]
    assert officer.lock_version == 1


def test_a_change_is_shown_masked_and_written_with_history(cast: Cast, keeper: Actor) -> None:
    write(keeper, workbook(small(cast)))
    changed = small(cast, 姓名="改名后的人", 身份证号=id_number(4321), 有效期至="2030-02-28", 联系电话="")
    (row,) = check(keeper, workbook(changed)).plan.rows
    shown = {one.label: (one.before, one.after) for one in row.changes}
    assert shown.keys() == {"姓名", "身份证号", "有效期至"}
    assert id_number(4321) not in str(shown)
    assert shown["有效期至"] == ("2029-02-28", "2030-02-28")
    write(keeper, workbook(changed))
    officer = Officer.objects.get(staff_number="P00000")
    assert (officer.name, officer.id_number, officer.phone) == ("改名后的人", id_number(4321), "087100000000")
    assert officer.history.count() == 2
    assert officer.certificates.get().history.count() == 2
    # The index moved with the number: nobody else may take the new one, and the old one is free again.
    found = sentences(keeper, small(cast, 工号="P77777", 执法证号="530199777777", 身份证号=id_number(4321)))
    assert found.keys() == {"身份证号"}
    assert sentences(keeper, small(cast, 工号="P77777", 执法证号="530199777777")) == {}


def test_an_export_holds_no_sealed_number_and_read_back_changes_nothing(cast: Cast, keeper: Actor) -> None:
    write(keeper, workbook(rows_of(3, agency=cast.city_market.code)))
    content = export_workbook(OFFICERS, OFFICERS.read_rows(keeper))
    cells = [str(cell.value) for row in load_workbook(io.BytesIO(content)).active.rows for cell in row]
    assert "P00002" in cells
    assert id_number(2) not in cells
    assert "087100000002" not in cells
    again = check(keeper, content)
    assert (again.problems, again.plan.writes) == ((), 0)
    assert again.plan.unchanged >= 3


def test_the_same_file_twice_is_recognised(cast: Cast, keeper: Actor) -> None:
    content = workbook(rows_of(3, agency=cast.city_market.code))
    write(keeper, content)
    with pytest.raises(Refusal, match="与现有内容相同"):
        write(keeper, content)


@pytest.mark.parametrize("who", ["officer", "approver", "supervisor", "compiler"])
def test_only_registrars_import(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        check(cast.actor(who), workbook(small(cast)))


def test_an_agency_in_sight_by_another_duty_is_out_of_reach(cast: Cast, keeper: Actor) -> None:
    grants: Any = cast.actor("province_compiler").grants
    both = Actor(
        account_id=keeper.account_id,
        name=keeper.name,
        agency_id=keeper.agency_id,
        grants=(*keeper.grants, *grants),
    )
    found = sentences(both, small(cast, 执法主体=cast.other_city_market.code))
    assert "不在您的职责范围内" in found["工号"]
