"""Tables of qualifications, examinations and hour requirements: each wrong cell is named with its place and its fix."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import Examination, LedgerEntry, Officer, Qualification
from enforcement.register_tables.columns import RegisterTable
from enforcement.register_tables.examinations import EXAMINATIONS
from enforcement.register_tables.qualifications import QUALIFICATIONS
from enforcement.register_tables.training_requirements import TRAINING_REQUIREMENTS
from enforcement.services.import_register import CheckedImport, check_import, write_import
from enforcement.services.kept_files import KeptFile, kept_file
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from tests.cast import Cast, raise_cast
from tests.people.people_cast import TODAY

Row = dict[str, str]


@pytest.fixture
def cast(db: None) -> Cast:
    """Staff numbers stand for the accounts' names."""
    raised = raise_cast()
    for account in (raised.officer, raised.neighbour):
        Officer.objects.filter(account=account).update(staff_number=f"N-{account.username}")
    return raised


@pytest.fixture
def keeper(cast: Cast) -> Actor:
    """Keeps the register of the city's market line, nothing else."""
    return cast.actor("city_registrar")


def file_of(table: RegisterTable, rows: list[Row], *, without: str = "") -> KeptFile:
    """The rows as a workbook with every column of the table but one."""
    labels = [column.label for column in table.columns if column.label != without]
    columns = tuple(WorkbookColumn(label) for label in labels)
    sheet = WorkbookSheet(table.title, columns, [[row.get(label, "") for label in labels] for row in rows])
    return kept_file(name="登记表.xlsx", content=write_workbook([sheet]))


def check(actor: Actor, table: RegisterTable, rows: list[Row], *, without: str = "") -> CheckedImport:
    file = file_of(table, rows, without=without)
    return check_import(actor=actor, table=table, file=file, today=TODAY)


def write(actor: Actor, table: RegisterTable, rows: list[Row]) -> CheckedImport:
    return write_import(actor=actor, table=table, file=file_of(table, rows), today=TODAY)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A sound row of a table with some cells changed, and the problem that must be found; "" in `label`: none."""

    table: RegisterTable
    changes: Row
    label: str
    words: str


SOUND: dict[str, Row] = {
    "qualifications": {
        "用户名": "compiler",
        "资格": "国家统一法律职业资格",
        "取得日期": "2020-03-05",
        "证书编号": "A20200001",
        "发证机关": "司法部",
    },
    "examinations": {
        "工号": "N-officer",
        "考试类别": "年度考核",
        "考试日期": "2026-03-05",
        "合格": "是",
        "成绩": "86",
    },
    "training-requirements": {
        "行政区划代码": "5301",
        "条线": "market",
        "年度": "2026",
        "要求学时": "40",
        "依据": "示范省行政执法人员培训规定",
    },
}
CARD = {"资格": "执法监督证", "证书编号": "ZJ-1"}
EARLIER = {"资格": "2018 年前已从事法制审核", "证书编号": ""}

CASES = (
    Spoilt(QUALIFICATIONS, {}, "", ""),
    Spoilt(QUALIFICATIONS, {"用户名": "nobody"}, "用户名", "系统里没有这个用户名"),
    Spoilt(QUALIFICATIONS, {"用户名": "neighbour"}, "用户名", "不在您的职责范围内"),
    Spoilt(QUALIFICATIONS, {"资格": "会计师"}, "资格", "不在可选的内容里"),
    Spoilt(QUALIFICATIONS, {"证书编号": ""}, "证书编号", "填写证书编号"),
    Spoilt(QUALIFICATIONS, {"有效期至": "2020-03-04"}, "有效期至", "早于取得日期 2020-03-05"),
    Spoilt(QUALIFICATIONS, {"有效期至": "2020-03-05"}, "", ""),
    Spoilt(QUALIFICATIONS, {**CARD}, "有效期至", "填写执法监督证的有效期"),
    Spoilt(QUALIFICATIONS, {**CARD, "有效期至": "2025-03-04"}, "", ""),
    Spoilt(QUALIFICATIONS, {**EARLIER, "取得日期": "2018-01-01"}, "取得日期", "2018年1月1日以后初次"),
    Spoilt(QUALIFICATIONS, {**EARLIER, "取得日期": "2017-12-31"}, "", ""),
    Spoilt(EXAMINATIONS, {}, "", ""),
    Spoilt(EXAMINATIONS, {"工号": "N-nobody"}, "工号", "系统里没有这个工号"),
    Spoilt(EXAMINATIONS, {"工号": "N-neighbour"}, "工号", "或者不在您的职责范围内"),
    Spoilt(EXAMINATIONS, {"考试类别": "期末考试"}, "考试类别", "不在可选的内容里"),
    Spoilt(EXAMINATIONS, {"考试日期": "2026-11-26"}, "考试日期", "不能晚于今天"),
    Spoilt(EXAMINATIONS, {"考试日期": "2026-11-25"}, "", ""),
    Spoilt(EXAMINATIONS, {"成绩": "150.5"}, "成绩", "在 0 至 150 之间"),
    Spoilt(EXAMINATIONS, {"成绩": "150"}, "", ""),
    Spoilt(EXAMINATIONS, {"成绩": "-0.5"}, "成绩", "在 0 至 150 之间"),
    Spoilt(EXAMINATIONS, {"成绩": "86.25"}, "成绩", "最多一位小数"),
    Spoilt(EXAMINATIONS, {"成绩": ""}, "", ""),
    Spoilt(EXAMINATIONS, {"合格": "良好"}, "合格", "应为“是”或“否”"),
    Spoilt(TRAINING_REQUIREMENTS, {}, "", ""),
    Spoilt(TRAINING_REQUIREMENTS, {"行政区划代码": "530"}, "行政区划代码", "应为 2、4、6 或 9 位数字"),
    Spoilt(TRAINING_REQUIREMENTS, {"行政区划代码": "5303"}, "行政区划代码", "不在您的职责范围内"),
    Spoilt(TRAINING_REQUIREMENTS, {"行政区划代码": "53"}, "行政区划代码", "不在您的职责范围内"),
    Spoilt(TRAINING_REQUIREMENTS, {"行政区划代码": "530102"}, "", ""),
    Spoilt(TRAINING_REQUIREMENTS, {"条线": "全部条线"}, "行政区划代码", "不在您的职责范围内"),
    Spoilt(TRAINING_REQUIREMENTS, {"条线": "空管"}, "条线", "系统里没有这个条线"),
    Spoilt(TRAINING_REQUIREMENTS, {"条线": ""}, "条线", "填写条线"),
    Spoilt(TRAINING_REQUIREMENTS, {"年度": "26"}, "年度", "应为四位数字"),
    Spoilt(TRAINING_REQUIREMENTS, {"要求学时": "0"}, "要求学时", "应大于 0"),
    Spoilt(TRAINING_REQUIREMENTS, {"要求学时": "500.5"}, "要求学时", "不超过 500"),
    Spoilt(TRAINING_REQUIREMENTS, {"依据": ""}, "依据", "填写依据"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.table.slug} {case.changes}")
def test_a_wrong_cell_is_named_with_its_row_and_its_fix(keeper: Actor, case: Spoilt) -> None:
    found = check(keeper, case.table, [{**SOUND[case.table.slug], **case.changes}]).problems
    if not case.label:
        assert found == ()
        return
    (problem,) = found
    assert (problem.number, problem.label) == (2, case.label)
    assert case.words in problem.sentence


@pytest.mark.parametrize(
    "table", [QUALIFICATIONS, EXAMINATIONS, TRAINING_REQUIREMENTS], ids=lambda table: table.slug
)
def test_a_repeated_row_keeps_the_whole_file_out(keeper: Actor, table: RegisterTable) -> None:
    row, rows_of = SOUND[table.slug], table.read_rows
    before = len(list(rows_of(keeper)))
    with pytest.raises(InvalidInput) as refused:
        write(keeper, table, [row, row])
    assert "与第 2 行的" in refused.value.problems[0]
    assert len(list(rows_of(keeper))) == before
    written = write(keeper, table, [row])
    assert (written.plan.added, len(list(rows_of(keeper)))) == (1, before + 1)
    assert check(keeper, table, [row]).plan.unchanged == 1
    assert LedgerEntry.objects.get(action="register_imported").subject_id == table.slug


def test_a_paper_lies_where_its_holder_works(keeper: Actor, cast: Cast) -> None:
    write(keeper, QUALIFICATIONS, [SOUND["qualifications"]])
    paper = Qualification.objects.get(account=cast.compiler)
    assert (paper.region_code, paper.line_code, paper.lock_version) == ("5301", "market", 1)
    write(keeper, QUALIFICATIONS, [{**SOUND["qualifications"], "证书编号": "A20200002"}])
    paper.refresh_from_db()
    assert (paper.number, paper.lock_version, paper.history.count()) == ("A20200002", 2, 2)


def test_a_column_left_out_keeps_what_is_recorded(keeper: Actor) -> None:
    write(keeper, QUALIFICATIONS, [SOUND["qualifications"]])
    same = check(keeper, QUALIFICATIONS, [SOUND["qualifications"]], without="证书编号")
    assert (same.problems, same.plan.unchanged) == ((), 1)
    new = {**SOUND["qualifications"], "取得日期": "2020-03-06"}
    (problem,) = check(keeper, QUALIFICATIONS, [new], without="证书编号").problems
    assert (problem.number, problem.sentence) == (2, "填写证书编号")


def test_an_emptied_score_is_taken_back(keeper: Actor, cast: Cast) -> None:
    write(keeper, EXAMINATIONS, [SOUND["examinations"]])
    checked = write(keeper, EXAMINATIONS, [{**SOUND["examinations"], "成绩": ""}])
    assert checked.plan.changed == 1
    assert Examination.objects.get(officer__account=cast.officer).score is None
