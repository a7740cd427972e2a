"""Which matters no list speaks about, in which order, and what is hidden from whom."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.models import Case, Confidentiality
from cases.selectors.coverage import Coverage, coverage, coverage_scopes
from enforcement.actors import Actor, Role, actor_for
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Line, RoleGrant, Violation
from tests.case_builders import TODAY, CaseWorld, list_entry, opened_case, publish_list, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
YEAR_AGO = dt.date(2025, 11, 23)


@pytest.fixture
def left_out(world: CaseWorld) -> list[Violation]:
    """Three violations without an entry beside the one entry 17 is about."""
    line = Line.objects.get(code="SCJG")
    return [
        Violation.objects.create(code=code, name=name, line=line)
        for code, name in (("A-1", "未公示收费标准"), ("A-2", "未保存进货单据"), ("A-3", "标签有瑕疵"))
    ]


def found(actor: Actor, *, since: dt.date = YEAR_AGO, until: dt.date = TODAY) -> Coverage:
    [scope] = coverage_scopes(actor=actor)
    return coverage(actor=actor, scope=scope, on=TODAY, opened_from=since, opened_until=until)


def file_cases(world: CaseWorld, violation: Violation, number: int) -> None:
    for _ in range(number):
        opened_case(world, violation_id=violation.pk)


def rows(actor: Actor) -> list[tuple[str, str]]:
    return [(row.code, row.count_text) for row in found(actor).uncovered]


def test_what_occurs_most_comes_first_and_small_numbers_are_hidden(
    world: CaseWorld, left_out: list[Violation]
) -> None:
    first, second, third = left_out
    file_cases(world, third, 6)
    file_cases(world, first, 1)
    file_cases(world, second, 4)
    assert rows(world.compiler) == [("A-3", "6"), ("A-1", "少于 5"), ("A-2", "少于 5")]
    RoleGrant.objects.create(
        account=world.accounts["compiler"], role=Role.LEGAL_REVIEWER, region_code="53", line_code="SCJG"
    )
    assert rows(actor_for(world.accounts["compiler"])) == [("A-3", "6"), ("A-2", "4"), ("A-1", "1")]


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (1, "少于 5"), (4, "少于 5"), (5, "5")])
def test_the_boundary_of_what_is_hidden(
    world: CaseWorld, left_out: list[Violation], number: int, shown: str
) -> None:
    file_cases(world, left_out[0], number)
    assert dict(rows(world.compiler))["A-1"] == shown


def test_an_entry_covers_by_link_or_by_the_same_words(world: CaseWorld, left_out: list[Violation]) -> None:
    entries = [
        list_entry(position=1, serial="1", slug="1", violation_name="另一种说法", violation=left_out[0]),
        list_entry(position=2, serial="2", slug="2", violation_name="未保存进货单据", violation=None),
        list_entry(position=3, serial="3", slug="3", violation_name="", scope="general", violation=None),
    ]
    publish_list(world, entries, slug="more")
    assert [code for code, _ in rows(world.compiler)] == ["A-3"]


@pytest.mark.parametrize(("effective", "covered"), [(TODAY, True), (TODAY + dt.timedelta(days=1), False)])
def test_only_a_list_in_force_that_day_covers(
    world: CaseWorld, left_out: list[Violation], effective: dt.date, covered: bool
) -> None:
    entry = list_entry(violation_name=left_out[0].name, violation=left_out[0])
    publish_list(world, [entry], slug="more", effective_from=effective)
    assert ("A-1" not in dict(rows(world.compiler))) is covered


def test_the_period_is_that_of_filing_with_both_ends(world: CaseWorld, left_out: list[Violation]) -> None:
    file_cases(world, left_out[0], 5)
    opened = Case.objects.order_by("pk")[0].opened_on
    day = dt.timedelta(days=1)
    for since, until, count in (
        (opened, opened, 5), (opened + day, opened + day, 0), (opened - day, opened - day, 0),
    ):  # fmt: skip
        shown = found(world.compiler, since=since, until=until)
        assert {row.code: row.count for row in shown.uncovered}["A-1"] == count


def test_sensitive_cases_and_other_places_are_not_counted(
    world: CaseWorld, left_out: list[Violation]
) -> None:
    file_cases(world, left_out[0], 6)
    last = Case.objects.order_by("-pk")[0]
    Case.objects.filter(pk=last.pk).update(confidentiality=Confidentiality.TRADE_SECRET)
    assert dict(rows(world.compiler))["A-1"] == "5"
    Case.objects.update(line_code="STHJ")
    assert dict(rows(world.compiler))["A-1"] == "0"


def test_nobody_looks_at_a_scope_they_do_not_compile_for(world: CaseWorld) -> None:
    assert coverage_scopes(actor=world.officer) == ()
    [scope] = coverage_scopes(actor=world.compiler)
    with pytest.raises(ValueError, match="not a scope"):
        coverage(actor=world.officer, scope=scope, on=TODAY, opened_from=YEAR_AGO, opened_until=TODAY)
    assert signed_in(world, "officer").get("/officer/coverage/").status_code == 403


def test_the_page_leads_to_a_new_entry_with_the_violation_filled_in(
    world: CaseWorld, left_out: list[Violation]
) -> None:
    client = signed_in(world, "compiler")
    assert "先起草新版本" in client.get("/officer/coverage/").content.decode()
    Violation.objects.filter(pk=left_out[0].pk).update(violated_text="《中华人民共和国价格法》第十三条第一款")
    client.post("/officer/lists/yn-scjg-list/next-version/")
    page = client.get("/officer/coverage/").content.decode()
    address = "/officer/lists/yn-scjg-list/v2/new-entry/?violation=A-1"
    assert address in page
    form = client.get(address).content.decode()
    assert "未公示收费标准</textarea>" in form
    assert "《中华人民共和国价格法》第十三条第一款</textarea>" in form
    assert client.get("/officer/lists/yn-scjg-list/v2/new-entry/?violation=NONE").status_code == 200


def test_wrong_days_are_named_and_nothing_is_lost(world: CaseWorld, left_out: list[Violation]) -> None:
    client = signed_in(world, "compiler")
    page = client.get("/officer/coverage/?opened_from=2026.5.1&opened_until=2026.4.1").content.decode()
    assert "止日应不早于起日" in page
    assert "未公示收费标准" in page
    assert "应为日期" in client.get("/officer/coverage/?opened_from=昨天").content.decode()


def test_when_everything_is_covered_the_page_says_so(world: CaseWorld) -> None:
    page = signed_in(world, "compiler").get("/officer/coverage/").content.decode()
    assert "每个事项都有清单条目。" in page


def test_the_export_asks_for_a_purpose_and_is_recorded(world: CaseWorld, left_out: list[Violation]) -> None:
    file_cases(world, left_out[2], 3)
    client = signed_in(world, "compiler")
    assert client.post("/officer/coverage/export/", {"purpose": "核对"}).status_code == 400
    answer = client.post("/officer/coverage/export/", {"purpose": "编制新版清单"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cells = list(sheet.iter_rows(min_row=2, values_only=True))
    assert cells[0] == ("案由编码", "违法行为", "案件数")
    assert ("A-3", "标签有瑕疵", "少于 5") in cells
    entry = LedgerEntry.objects.get(action="register_exported")
    assert entry.reason == "编制新版清单"
