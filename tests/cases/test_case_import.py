"""The third door: running cases from a table pass the same gate as the form, all of them or none."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.case_table import CASES
from cases.models import Case
from enforcement.errors import NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Certificate, Party
from enforcement.services.import_register import CheckedImport, check_import, write_import
from enforcement.services.kept_files import kept_file
from tests.case_builders import TODAY, CaseWorld, make_party
from tests.cases.case_workbook import case_row, workbook
from tests.cases.doors import UNFIT, YESTERDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def checked(world: CaseWorld, *rows: dict[str, Any]) -> CheckedImport:
    file = kept_file(name="在办案件.xlsx", content=workbook(*rows))
    return check_import(actor=world.officer, table=CASES, file=file, today=TODAY)


def written(world: CaseWorld, *rows: dict[str, Any]) -> CheckedImport:
    file = kept_file(name="在办案件.xlsx", content=workbook(*rows))
    return write_import(actor=world.officer, table=CASES, file=file, today=TODAY)


def nothing_written() -> bool:
    return not Case.objects.exists() and not Party.objects.exists()


def test_sound_rows_become_cases_once(world: CaseWorld) -> None:
    rows = [case_row(world, number) for number in (1, 2, 3)]
    look = checked(world, *rows)
    assert (look.plan.added, look.problems) == (3, ())
    assert nothing_written()
    assert not LedgerEntry.objects.filter(action=LedgerAction.CASE_OPENED).exists()
    written(world, *rows)
    assert [case.number for case in Case.objects.order_by("pk")] == [
        "五市监立〔2026〕1号",
        "五市监立〔2026〕2号",
        "五市监立〔2026〕3号",
    ]
    case = Case.objects.order_by("pk")[0]
    assert (case.status, case.narrative) == ("investigation", "六种小吃没有标明价格。")
    assert set(case.handlers.values_list("pk", flat=True)) == {
        world.officer.officer_id,
        world.partner.officer_id,
    }
    again = checked(world, *rows, case_row(world, 4))
    assert (again.plan.added, again.plan.unchanged) == (1, 3)
    with pytest.raises(Refusal, match="没有可写入的变化"):
        written(world, *rows)


@pytest.mark.parametrize("breach", [name for name in UNFIT if name != "recused"])
def test_an_unfit_handler_is_named_at_the_cell_and_nothing_is_written(world: CaseWorld, breach: str) -> None:
    numbers = case_row(world)["handlers"]
    UNFIT[breach][0](world, None, world.partner.officer_id or 0)
    row = case_row(world, handlers=numbers)
    problems = checked(world, case_row(world, 2, handlers=numbers), row).problems
    assert {(one.cell[0], one.label) for one in problems} == {("G", "承办人执法证号")}
    assert {one.number for one in problems} == {2, 3}
    with pytest.raises(Refusal):
        written(world, row)
    assert nothing_written()


@pytest.mark.parametrize("breach", [name for name in UNFIT if name != "recused"])
def test_an_unfit_officer_imports_nothing(world: CaseWorld, breach: str) -> None:
    from tests.cases.doors import third_officer

    third = third_officer(world)
    both = Certificate.objects.filter(officer__in=[third.pk, world.partner.officer_id])
    row = case_row(world, handlers="、".join(one.number for one in both))
    assert checked(world, row).problems == ()
    UNFIT[breach][0](world, None, world.officer.officer_id or 0)
    with pytest.raises(Refusal) as refused:
        written(world, row)
    assert refused.value.code == "officer_not_qualified"
    assert nothing_written()


def test_nobody_is_imported_alone_or_with_another_agencys_officer(world: CaseWorld) -> None:
    own = Certificate.objects.get(officer=world.officer.officer_id).number
    other = Certificate.objects.get(officer=world.neighbour.officer_id).number
    for handlers in (own, f"{own}、{own}", f"{own}、{other}"):
        problems = checked(world, case_row(world, handlers=handlers)).problems
        assert next(one.label for one in problems) == "承办人执法证号"
    assert nothing_written()


@pytest.mark.parametrize(("last_day", "sound"), [(TODAY, True), (YESTERDAY, False)])
def test_the_last_valid_day_counts_and_the_day_after_does_not(
    world: CaseWorld, last_day: Any, sound: bool
) -> None:
    Certificate.objects.filter(officer=world.partner.officer_id).update(valid_until=last_day)
    assert (checked(world, case_row(world)).problems == ()) is sound


@pytest.mark.parametrize(
    ("changes", "label", "words"),
    [
        ({"violation": "没有"}, "案由代码", "本条线没有这个案由代码"),
        ({"handlers": "云0000"}, "承办人执法证号", "系统中没有执法证号云0000"),
        ({"party": "9253"}, "当事人号码", "应为 18 位"),
        ({"found_on": "2026-11-16"}, "发现日期", "不能早于违法行为发生日期"),
        ({"opened_on": "2026-11-24"}, "立案日期", "不能晚于今天"),
        ({"source": "听说"}, "案件来源", "检查发现"),
        ({"party_name": ""}, "当事人名称", ""),
        ({"act_date": "昨天"}, "违法行为发生日期", "应为日期"),
    ],
)
def test_every_problem_is_named_by_its_cell(
    world: CaseWorld, changes: dict[str, Any], label: str, words: str
) -> None:
    problems = checked(world, case_row(world, 1), case_row(world, 2, **changes)).problems
    assert [(one.label, one.number) for one in problems] == [(label, 3)]
    assert words in problems[0].sentence
    with pytest.raises(Refusal):
        written(world, case_row(world, 1), case_row(world, 2, **changes))
    assert nothing_written(), "all or nothing"


def test_a_wrong_personal_number_is_masked_where_it_is_shown(world: CaseWorld) -> None:
    problem = checked(world, case_row(world, party_kind="自然人", party="530102199001010000")).problems[0]
    assert "530102199001010000" not in f"{problem.value}{problem.sentence}"


def test_a_party_registered_before_is_used(world: CaseWorld) -> None:
    row = case_row(world)
    known = make_party(world, identifier=row["party"], name="原来的名称")
    written(world, row)
    assert Case.objects.get().party == known
    assert Party.objects.count() == 1


def test_only_officers_import(world: CaseWorld) -> None:
    file = kept_file(name="在办案件.xlsx", content=workbook(case_row(world)))
    with pytest.raises(NotPermitted):
        check_import(actor=world.approver, table=CASES, file=file, today=TODAY)


def test_the_pages_lead_from_the_template_to_the_cases(world: CaseWorld) -> None:
    client = Client()
    client.force_login(world.accounts["officer"])
    assert client.get(reverse("cases:import_template")).content[:2] == b"PK"
    assert "在办案件导入模板" in client.get(reverse("cases:import")).content.decode()
    wrong = SimpleUploadedFile("a.xlsx", workbook(case_row(world, handlers="云0000")))
    page = client.post(reverse("cases:import"), {"file": wrong}, follow=True)
    assert "有 1 处需要改" in page.content.decode()
    marked = page.request["PATH_INFO"] + "marked/"
    assert client.get(marked).content[:2] == b"PK"
    right = SimpleUploadedFile("b.xlsx", workbook(case_row(world)))
    page = client.post(reverse("cases:import"), {"file": right}, follow=True)
    html = page.content.decode()
    assert "写入 1 件案件" in html
    plan = html.split('name="plan" value="')[1].split('"')[0]
    done = client.post(page.request["PATH_INFO"], {"plan": plan}, follow=True)
    assert "已写入：新增 1 件案件" in done.content.decode()
    assert Case.objects.get().number in done.content.decode()
    approver = Client()
    approver.force_login(world.accounts["approver"])
    assert approver.get(reverse("cases:import")).status_code == 404


def test_the_command_checks_and_writes(world: CaseWorld, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(workbook(case_row(world)))
    out = StringIO()
    call_command("import_cases", str(path), "--account", "officer", "--dry-run", "--json", stdout=out)
    assert json.loads(out.getvalue())["added"] == 1
    assert nothing_written()
    call_command("import_cases", str(path), "--account", "officer", stdout=StringIO())
    assert Case.objects.count() == 1
    Certificate.objects.filter(officer=world.officer.officer_id).update(valid_until=YESTERDAY)
    path.write_bytes(workbook(case_row(world, 2)))
    with pytest.raises(SystemExit):
        call_command("import_cases", str(path), "--account", "officer", stdout=StringIO(), stderr=StringIO())
    assert Case.objects.count() == 1


def test_a_longer_table_is_split(world: CaseWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.case_table.MOST_ROWS", 1)
    assert checked(world, case_row(world, 1)).plan.added == 1
    with pytest.raises(Refusal, match="一次最多导入 1 件，这份表格有 2 件"):
        checked(world, case_row(world, 1), case_row(world, 2))
