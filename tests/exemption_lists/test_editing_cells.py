"""A draft edited as a table: per-cell saves, two editors, pasted blocks, rows put in, taken out, moved, brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion
from enforcement.services.publish_version import submit_version
from exemption_lists.cells import COLUMNS, cells_of, fields_of
from exemption_lists.content import BODY, content_of
from exemption_lists.grid_acts import (
    Addition,
    CellChange,
    CellsOvertaken,
    GridActs,
    GridOutcome,
    Move,
    Removal,
    Restoration,
)
from exemption_lists.models import ListEntry, RemovedEntry
from exemption_lists.services.edit_cells import MOST_ROWS, edit_cells
from exemption_lists.services.edit_entry import edit_entry, set_condition
from tests.builders import draft_list, entry_fields
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def three_entries(cast: Cast) -> RuleVersion:
    fields = (entry_fields(serial=str(n), violation_name=f"违法行为之{n}") for n in (1, 2, 3))
    return draft_list(cast, entries=tuple(fields))


def entries(version: RuleVersion) -> list[ListEntry]:
    return list(ListEntry.objects.filter(version=version).order_by("position"))


def change(entry: ListEntry, column: str, after: str, before: str | None = None) -> CellChange:
    return CellChange(entry.pk, column, cells_of(entry)[column] if before is None else before, after)


def edit(cast: Cast, version: RuleVersion, who: str = "compiler", **acts: Any) -> GridOutcome:
    return edit_cells(actor=cast.actor(who), version_id=version.pk, acts=GridActs(**acts))


def serials(version: RuleVersion) -> list[str]:
    return [entry.serial for entry in entries(version)]


def test_writing_the_cells_back_as_they_are_changes_nothing(cast: Cast) -> None:
    version = three_entries(cast)
    before = content_of(version)
    first = entries(version)[0]
    edit(
        cast,
        version,
        changes=tuple(change(first, column.name, cells_of(first)[column.name]) for column in COLUMNS),
    )
    assert content_of(version) == before
    assert fields_of(first) == fields_of(entries(version)[0])


def test_a_row_put_in_takes_back_the_statement_that_there_is_none(cast: Cast) -> None:
    version = draft_list(cast, entries=())
    RuleVersion.objects.filter(pk=version.pk).update(declares_no_entries=True)
    edit(cast, version, additions=(Addition("n1", None, {"serial": "1", "violation_name": "占道经营"}),))
    version.refresh_from_db()
    assert serials(version) == ["1"] and version.declares_no_entries is False


@pytest.mark.parametrize(
    ("column", "text", "field", "stored"),
    [
        ("serial", " 1-2 ", "serial", "1-2"),
        ("violation_name", "两行\n的名称", "violation_name", "两行\n的名称"),
        ("domain", "价格\n监管", "domain", "价格 监管"),
        ("kind", "减轻处罚", "kind", "mitigated"),
        ("kind", "不予行政处罚", "kind", "no_penalty"),
        ("mandate", "可以", "mandate", "may"),
        ("follow_up", "补齐价签\n\n 教育 ", "follow_up", ["补齐价签", "教育"]),
        ("plain_words", "先改正，不罚款", "plain_words", "先改正，不罚款"),
        ("example", "某超市漏贴价签", "example", "某超市漏贴价签"),
        ("note", "", "note", ""),
        (
            "statutory_ranges",
            "个人：200元以上1000元以下\n单位：3万元以下",
            "statutory_ranges",
            [
                {"subject": "个人", "min_fen": 20_000, "max_fen": 100_000},
                {"subject": "单位", "min_fen": None, "max_fen": 3_000_000},
            ],
        ),
    ],
)
def test_a_cell_becomes_its_field(cast: Cast, column: str, text: str, field: str, stored: Any) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit(cast, version, changes=(change(entry, column, text),))
    assert getattr(entries(version)[0], field) == stored


def test_citations_conditions_and_exclusions_are_understood(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit(
        cast,
        version,
        changes=(
            change(entry, "penalty_provisions", "《中华人民共和国价格法》第四十二条第一款"),
            change(entry, "condition_text", "首次违法"),
            change(entry, "exclusions", "在突发事件期间哄抬价格\n拒不改正"),
            change(entry, "logic", "满足其一"),
        ),
    )
    entry = entries(version)[0]
    reference = entry.penalty_provisions[0]
    assert (reference["law"], reference["article"], reference["paragraph"]) == ("中华人民共和国价格法", 42, 1)
    assert entry.condition_text == ["首次违法"]
    assert [one["text"] for one in entry.exclusions] == ["在突发事件期间哄抬价格", "拒不改正"]
    assert entry.suggestion is not None


def test_a_typed_condition_stays_and_the_editor_is_told(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    typed = {"fact": "first_violation", "op": "eq", "value": True}
    facts = {"fact": "offence_count_12m", "op": "eq", "value": 0}
    set_condition(actor=cast.actor("compiler"), version_id=version.pk, entry_id=entry.pk, document=facts)
    entry = entries(version)[0]
    outcome = edit(cast, version, changes=(change(entry, "condition_text", "十二个月内首次违法"),))
    assert entries(version)[0].condition == entry.condition != typed
    assert outcome.notices == {
        entry.pk: {"condition_text": "公布的文字改了，结构化条件没有跟着改。请打开表单核对"}
    }


def test_two_people_in_different_cells_of_one_entry_do_not_hinder_each_other(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit(cast, version, "compiler", changes=(change(entry, "note", "甲写的备注"),))
    edit(cast, version, "all_duties", changes=(change(entry, "domain", "乙写的领域"),))
    entry = entries(version)[0]
    assert (entry.note, entry.domain) == ("甲写的备注", "乙写的领域")


def test_a_cell_changed_by_both_is_refused_with_both_texts_and_the_name(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit(cast, version, "all_duties", changes=(change(entry, "note", "先写的"),))
    with pytest.raises(CellsOvertaken) as refused:
        edit(cast, version, changes=(change(entry, "note", "后写的"), change(entry, "domain", "价格")))
    (conflict,) = refused.value.conflicts
    assert (conflict.column, conflict.mine, conflict.theirs) == ("note", "后写的", "先写的")
    assert conflict.message.startswith(f"{cast.all_duties.display_name}在 ")
    assert "修改了第 1 条的“备注”" in conflict.message
    entry = entries(version)[0]
    assert (entry.note, entry.domain) == ("先写的", "")


def test_the_form_and_the_table_meet_at_the_cell(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit_entry(
        actor=cast.actor("all_duties"),
        version_id=version.pk,
        entry_id=entry.pk,
        fields=entry_fields(note="表单里写的"),
    )
    with pytest.raises(CellsOvertaken) as refused:
        edit(cast, version, changes=(change(entry, "note", "表格里写的"),))
    assert cast.all_duties.display_name in refused.value.conflicts[0].message
    edit(cast, version, changes=(change(entry, "domain", "价格"),))
    assert entries(version)[0].note == "表单里写的"


def test_the_same_text_twice_is_no_conflict(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit(cast, version, "all_duties", changes=(change(entry, "note", "一样"),))
    edit(cast, version, changes=(change(entry, "note", "一样"),))
    assert entries(version)[0].note == "一样"


def test_a_cell_of_an_entry_that_is_gone_keeps_the_text_on_the_page(cast: Cast) -> None:
    version = three_entries(cast)
    first = entries(version)[0]
    edit(cast, version, "all_duties", removals=(Removal(first.pk, first.lock_version),))
    with pytest.raises(CellsOvertaken) as refused:
        edit(cast, version, changes=(change(first, "note", "还在写"),))
    assert refused.value.conflicts[0].theirs is None


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("kind", "不罚", "没有“不罚”这一项。请从这些里选：不予处罚、从轻处罚、减轻处罚、免予行政强制"),
        ("kind", "", "选择处理方式。请从这些里选：不予处罚、从轻处罚、减轻处罚、免予行政强制"),
        ("serial", " ", "填写序号"),
        ("serial", "1" * 61, "“序号”最多 60 个字，现在是 61 个字。请改短"),
        ("violation_name", "", "填写违法行为；适用于各类违法行为的，把适用范围改为“通用条款”"),
        ("statutory_ranges", "5.000元", "“5.000元”认不准金额。写成“200元以上1000元以下”的样子，每行一项"),
        ("statutory_ranges", "1000元以下\n5000元以下", "“当事人”填写了两行。请合成一行"),
        ("fine_rule", "减半", "从轻或减轻后的罚款只在“从轻处罚”“减轻处罚”时填写。请清空，或者改类型"),
        ("note", "一\x00二", "“备注”里有不能保存的字符，请重新输入"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(cast: Cast, column: str, text: str, message: str) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    with pytest.raises(InvalidInput) as refused:
        edit(cast, version, changes=(change(entry, "domain", "价格"), change(entry, column, text)))
    where = "fine_ranges" if column == "fine_rule" else column
    assert refused.value.data["cells"] == [{"row": str(entry.pk), "column": where, "message": message}]
    assert entries(version)[0].domain == ""


def test_a_serial_may_be_as_long_as_its_column(cast: Cast) -> None:
    version = draft_list(cast)
    edit(cast, version, changes=(change(entries(version)[0], "serial", "1" * 60),))
    assert serials(version) == ["1" * 60]


def pasted(count: int, bad: tuple[int, ...] = ()) -> tuple[Addition, ...]:
    return tuple(
        Addition(
            key=f"new-{n}",
            behind=f"new-{n - 1}" if n else None,
            cells={
                "serial": f"9-{n}",
                "violation_name": f"粘贴的违法行为{n}",
                "kind": "从轻处理" if n in bad else "从轻处罚",
                "condition_text": "首次违法\n及时改正",
            },
        )
        for n in range(count)
    )


def test_fifty_pasted_rows_with_three_bad_cells_are_refused_as_a_whole(cast: Cast) -> None:
    version = draft_list(cast)
    with pytest.raises(InvalidInput) as refused:
        edit(cast, version, additions=pasted(50, bad=(3, 17, 49)))
    assert [one["row"] for one in refused.value.data["cells"]] == ["new-3", "new-17", "new-49"]
    assert {one["column"] for one in refused.value.data["cells"]} == {"kind"}
    assert len(entries(version)) == 1


def test_fifty_good_rows_stand_in_their_order_at_a_cost_that_does_not_grow(cast: Cast) -> None:
    version = draft_list(cast)
    counts = []
    for rows in (pasted(2), tuple(Addition(f"k{n}", None, one.cells) for n, one in enumerate(pasted(50)))):
        with CaptureQueriesContext(connection) as queries:
            outcome = edit(cast, version, additions=rows)
        counts.append(len(queries))
        assert len(outcome.created) == len(rows)
    assert counts[0] == counts[1]
    assert len({entry.slug for entry in entries(version)}) == 53
    assert [entry.position for entry in entries(version)] == list(range(1, 54))
    assert serials(version)[-3:] == ["9-0", "9-1", "1"]


def test_filling_many_rows_costs_no_more_than_two(cast: Cast) -> None:
    version = draft_list(cast)
    edit(cast, version, additions=pasted(40))
    counts = []
    for count in (2, 41):
        rows = entries(version)[:count]
        with CaptureQueriesContext(connection) as queries:
            edit(cast, version, changes=tuple(change(row, "domain", f"领域{count}") for row in rows))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert {entry.domain for entry in entries(version)} == {"领域41"}


def test_a_row_is_put_in_moved_taken_out_and_brought_back(cast: Cast) -> None:
    version = three_entries(cast)
    one, two, three = entries(version)
    edit(cast, version, additions=(Addition("k", one.pk, {"serial": "1-1", "violation_name": "插入的"}),))
    assert serials(version) == ["1", "1-1", "2", "3"]
    edit(cast, version, moves=(Move(three.pk, None),))
    assert serials(version) == ["3", "1", "1-1", "2"]
    two = entries(version)[3]
    outcome = edit(cast, version, removals=(Removal(two.pk, two.lock_version),))
    assert serials(version) == ["3", "1", "1-1"]
    edit(cast, version, restorations=(Restoration(outcome.removed[two.pk], three.pk),))
    assert serials(version) == ["3", "2", "1", "1-1"]
    back = entries(version)[1]
    assert (back.pk, back.slug, fields_of(back)) == (two.pk, two.slug, fields_of(two))
    assert not RemovedEntry.objects.exists()
    with pytest.raises(Refusal, match="已经恢复过"):
        edit(cast, version, restorations=(Restoration(outcome.removed[two.pk], None),))


def test_an_entry_somebody_changed_meanwhile_is_not_taken_out(cast: Cast) -> None:
    version = three_entries(cast)
    one = entries(version)[0]
    edit(cast, version, "all_duties", changes=(change(one, "note", "刚写的"),))
    with pytest.raises(CellsOvertaken, match="没有移出"):
        edit(cast, version, removals=(Removal(one.pk, one.lock_version),))
    assert serials(version) == ["1", "2", "3"]


def test_moving_a_row_is_no_edit_of_what_it_says(cast: Cast) -> None:
    version = three_entries(cast)
    one, _two, three = entries(version)
    edit(cast, version, moves=(Move(one.pk, three.pk),))
    assert entries(version)[2].lock_version == one.lock_version
    edit(cast, version, removals=(Removal(one.pk, one.lock_version),))
    assert serials(version) == ["2", "3"]


@pytest.mark.parametrize("who", ["reviewer", "publisher", "ecology_compiler", "officer"])
def test_only_who_compiles_the_document_writes(cast: Cast, who: str) -> None:
    version = draft_list(cast)
    with pytest.raises(NotPermitted):
        edit(cast, version, who, changes=(change(entries(version)[0], "note", "x"),))


def test_a_version_under_review_is_not_edited(cast: Cast) -> None:
    version = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=version.pk)
    with pytest.raises(Refusal, match="内容不能再改"):
        edit(cast, version, changes=(change(entries(version)[0], "note", "x"),))


def test_too_much_at_once_says_so(cast: Cast) -> None:
    version = draft_list(cast)
    with pytest.raises(InvalidInput, match=f"一次最多改 {MOST_ROWS} 条"):
        edit(cast, version, additions=pasted(MOST_ROWS + 1))
    with pytest.raises(InvalidInput, match="不完整"):
        edit(cast, version)


def test_the_ledger_says_what_was_done(cast: Cast) -> None:
    version = draft_list(cast)
    entry = entries(version)[0]
    edit(cast, version, changes=(change(entry, "note", "一"), change(entry, "domain", "二")))
    newest = LedgerEntry.objects.filter(subject_type="RuleVersion").order_by("-occurred_at").first()
    assert newest is not None
    assert (newest.action, "在表格中修改 1 条的 2 格" in newest.payload) == ("version_edited", True)
