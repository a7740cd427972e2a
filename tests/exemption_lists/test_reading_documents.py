"""Several tables in a workbook, the JSON shape, downloads read back, and research collections."""

import json

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from enforcement.errors import InvalidInput
from enforcement.spreadsheets.guard import open_guarded
from enforcement.spreadsheets.writing import write_workbook
from exemption_lists.reading.columns import DOWNLOAD_COLUMNS, download_rows, download_sheet
from exemption_lists.reading.drafts import ConditionLogic, DraftEntry, DraftKind, DraftMandate, DraftScope
from exemption_lists.reading.json_output import as_json
from exemption_lists.reading.research_json import parse_research_json, read_research_lists
from exemption_lists.reading.typed_conditions import type_clauses
from exemption_lists.reading.workbook import read_grids, read_list_workbook, unaccounted_cells
from tests.exemption_lists.workbooks import BOTH, HEADER, row, workbook_bytes

COMPARED = (
    *("serial", "kind", "mandate", "scope", "domain", "category", "violation_name"),
    *("violated_provisions", "penalty_provisions", "condition_text", "condition_logic"),
    *("condition", "declared_facts", "suggestion"),
    *("exclusions", "follow_up", "coercive_measure", "note"),
    *("statutory_ranges", "fine_ranges", "fine_rule", "plain_words", "example"),
)


def substance(entry: DraftEntry) -> dict[str, object]:
    """Everything an entry says, without the cells it was read from."""
    return {name: getattr(entry, name) for name in COMPARED}


def test_two_tables_below_each_other_give_two_readings() -> None:
    lines = [
        ("不予处罚清单",),
        HEADER,
        row(1, "市容", "甲"),
        (),
        ("从轻处罚清单",),
        ("序号", "违法行为", "适用情形"),
        (1, "乙", "主动供述"),
    ]
    grids = open_guarded(workbook_bytes(("合并", lines)))
    readings = read_grids(grids)
    assert unaccounted_cells(grids, readings) == []
    assert [(one.title, one.kind, len(one.entries)) for one in readings] == [
        ("不予处罚清单", DraftKind.NO_PENALTY, 1),
        ("从轻处罚清单", DraftKind.LIGHTER, 1),
    ]


def test_same_header_with_numbering_from_one_again_is_a_second_table() -> None:
    lines = [HEADER, row(1, "市容", "甲"), row(2, None, "乙"), HEADER, row(1, "绿化", "丙")]
    readings = read_list_workbook(workbook_bytes(("清单", lines)))
    assert [[entry.violation for entry in one.entries] for one in readings] == [["甲", "乙"], ["丙"]]


def test_two_tables_side_by_side_give_two_readings() -> None:
    header = ("序号", "违法行为", "适用条件")
    lines = [
        ("不予处罚清单", None, None, None, "减轻处罚清单"),
        (*header, None, *header),
        (1, "甲", "初次违法", None, 1, "乙", "主动消除危害"),
        (2, "丙", "当场改正"),
    ]
    grids = open_guarded(workbook_bytes(("并列", lines)))
    readings = read_grids(grids)
    assert unaccounted_cells(grids, readings) == []
    assert [[entry.violation for entry in one.entries] for one in readings] == [["甲", "丙"], ["乙"]]
    assert [one.kind for one in readings] == [DraftKind.NO_PENALTY, DraftKind.MITIGATED]


@pytest.mark.parametrize("blank", [[()], [("无",)], []])
def test_empty_table_before_a_filled_one_is_kept(blank: list[tuple[object, ...]]) -> None:
    lines = [("减轻处罚清单",), HEADER, *blank, ("从轻处罚清单",), HEADER, row(1, "市容", "甲")]
    readings = read_list_workbook(workbook_bytes(("四张清单", lines)))
    assert readings[1].notes == ()
    assert [(one.kind, len(one.entries)) for one in readings] == [
        (DraftKind.MITIGATED, 0),
        (DraftKind.LIGHTER, 1),
    ]


def test_remark_pointing_to_the_table_before_repeats_its_exclusions() -> None:
    first = [HEADER, row(1, "市容", "甲"), ("备注", "重点保护区域内的违法行为不适用。")]
    second = [HEADER, row(1, "市容", "乙"), ("备注", "（同前表）")]
    readings = read_list_workbook(workbook_bytes(("一", first), ("二", second)))
    assert [one.entries[0].exclusions for one in readings] == [("重点保护区域内的违法行为不适用",)] * 2


def test_every_text_of_the_sheet_is_found_again_in_the_reading() -> None:
    lines = [
        ("某市不予处罚清单",),
        HEADER,
        row(1, "市容", "甲类行为"),
        ("备注", "夜间施工的不适用。"),
    ]
    grids = open_guarded(workbook_bytes(("清单", lines)))
    readings = read_grids(grids)
    (entry,) = readings[0].entries
    kept = json.dumps(
        [
            readings[0].title,
            readings[0].notes,
            {name: str(value) for name, value in substance(entry).items()},
        ],
        ensure_ascii=False,
    )
    for text in (
        "某市不予处罚清单",
        "市容",
        "甲类行为",
        "《某市场条例》第十二条第二款",
        "初次违法",
        "当场改正",
        "夜间施工的不适用",
    ):
        assert text in kept


def test_a_cell_nobody_used_would_be_reported() -> None:
    grids = open_guarded(workbook_bytes(("清单", [HEADER, row(1, "市容", "甲")])))
    readings = read_grids(grids)
    del readings[0].accounted["C2"]  # type: ignore[attr-defined]
    assert unaccounted_cells(grids, readings) == ["清单!C2"]


def test_json_shape() -> None:
    def shape(page: Worksheet) -> None:
        page.merge_cells("A1:E1")

    content = workbook_bytes(("清单", [("不予处罚清单",), HEADER, row("１", "市容", "甲")]), shape=shape)
    assert as_json(read_list_workbook(content)) == {
        "sheets": [
            {
                "title": "不予处罚清单",
                "entries": [
                    {
                        "serial": "1",
                        "kind": "不予处罚",
                        "violation": "甲",
                        "legal_basis": ["《某市场条例》第十二条第二款"],
                        "conditions": ["初次违法", "当场改正"],
                        "cells": "A3:E3",
                    }
                ],
                "warnings": [],
            }
        ]
    }


def draft(**changes: object) -> DraftEntry:
    clauses = ("属于首次违法", "责令期限内改正。")
    logic = ConditionLogic(changes.get("condition_logic", ConditionLogic.ALL))
    typed = type_clauses(clauses, logic)
    reference = {
        "law": "某法",
        "article": 105,
        "paragraph": 1,
        "item": 2,
        "text": "《某法》第一百零五条第一款第二项",
    }
    fields: dict[str, object] = {
        "serial": "1-1",
        "kind": DraftKind.NO_PENALTY,
        "violation_name": "=未按规定公示",
        "domain": "城市管理",
        "category": "户外广告",
        "violated_provisions": (reference,),
        "penalty_provisions": (reference, reference),
        "condition_text": clauses,
        "condition": typed.condition,
        "declared_facts": typed.declared_facts,
        "suggestion": typed.suggestion,
        "exclusions": ("保护区内的", "造成事故的"),
        "follow_up": ("约谈", "回访"),
        "note": "第一行\n第二行",
    }
    return DraftEntry(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"mandate": DraftMandate.MAY},
        {
            "kind": DraftKind.MITIGATED,
            "statutory_ranges": (
                {"subject": "个人", "min_fen": 20_000, "max_fen": 100_000},
                {"subject": "单位", "min_fen": None, "max_fen": 3_000_050},
            ),
            "fine_ranges": ({"subject": "", "min_fen": 5_000, "max_fen": 5_000},),
            "fine_rule": "按所在档次的较低限",
            "plain_words": "第一次没标价，马上补上就不罚。",
            "example": "小店有6种商品没有价签，当天补齐。",
        },
        {"condition_logic": ConditionLogic.ANY},
        {"kind": DraftKind.NO_COMPULSION, "coercive_measure": "查封场所；扣押工具"},
        {"kind": DraftKind.LIGHTER, "scope": DraftScope.GENERAL},
        {"kind": DraftKind.MITIGATED, "scope": DraftScope.GENERAL, "violation_name": ""},
        {
            "condition_text": (),
            "condition": {"all": []},
            "declared_facts": (),
            "suggestion": None,
            "note": "",
        },
        {
            "violated_provisions": (),
            "exclusions": (),
            "follow_up": (),
            "domain": "",
            "category": "",
            "note": "+1",
        },
    ],
)
def test_reading_a_download_gives_the_same_entries(changes: dict[str, object]) -> None:
    entries = [draft(**changes), draft(**changes, serial="2")]
    (reading,) = read_list_workbook(write_workbook([download_sheet("某厅减免责清单", entries)]))
    assert [substance(entry) for entry in reading.entries] == [substance(entry) for entry in entries]
    assert reading.title == "某厅减免责清单" and not reading.errors


def test_reading_a_download_of_an_imported_list_gives_the_same_entries() -> None:
    lines = [
        ("某市不予处罚清单",),
        HEADER,
        row("１", "市容", "甲"),
        row("２", None, "乙"),
        ("备注", "河道内的不适用。"),
    ]
    (first,) = read_list_workbook(workbook_bytes(("清单", lines)))
    (again,) = read_list_workbook(write_workbook([download_sheet(first.title, first.entries)]))
    assert [substance(entry) for entry in again.entries] == [substance(entry) for entry in first.entries]


def test_download_rows_have_one_value_per_column_and_read_stored_entries() -> None:
    class Stored:
        serial, kind, mandate, scope = "3", "lighter", "may", "matter"
        domain = category = coercive_measure = note = ""
        violation_name = "甲"
        violated_provisions: list[object] = []
        penalty_provisions: list[object] = []
        exclusions: list[str] = []
        follow_up: list[str] = []
        condition_text = ["乙", "丙"]
        condition = {"any": []}
        statutory_ranges: list[object] = []
        fine_ranges: list[object] = []
        fine_rule = plain_words = example = ""

    (line,) = download_rows([Stored()])
    assert len(line) == len(DOWNLOAD_COLUMNS)
    assert "有下列情形之一的，可以从轻处罚：\n（1）乙；\n（2）丙；" in line


RESEARCH = {
    "sources": {"A": {"authority": "某局", "title": "某清单", "doc_no": "某发〔2023〕1号", "status": "现行"}},
    "empty_lists": [
        {"authority": "某委", "title": "四张清单", "counts": {"减轻处罚": 0}, "note": "没有条目"}
    ],
    "entries": [
        {
            "id": "A-1",
            "source": "A",
            "serial": "１",
            "list_kind": "免予行政强制",
            "scope": "matter",
            "domain": "城市管理",
            "category": None,
            "violation": "占道堆放",
            "violated_law": [{"law": "某条例", "article": 12, "paragraph": None, "item": 3}],
            "penalty_law": [],
            "condition_logic": "all",
            "condition_text": ["首次发现", "货值不超过0.1万元"],
            "machine_conditions": [
                {"fact": "同类违法次数(含本次)", "operator": "==", "value": 1, "unit": "次"},
                {"fact": "违法所得", "operator": "<=", "value": 0.1, "unit": "万元"},
            ],
            "exclusions": ["造成事故的"],
            "consequence": {"kind": "no_coercive_measure", "fine": None, "coercive_measure": "扣押物品"},
            "note": None,
        }
    ],
}


def test_research_collection_is_typed_and_grouped_by_source() -> None:
    document, empty = read_research_lists(parse_research_json(json.dumps(RESEARCH)))
    assert (document.code, document.title, document.document_number) == ("A", "某清单", "某发〔2023〕1号")
    (entry,) = document.entries
    assert (entry.serial, entry.kind, entry.coercive_measure) == ("1", DraftKind.NO_COMPULSION, "扣押物品")
    assert entry.violated_provisions[0]["text"] == "《某条例》第十二条第三项"
    assert entry.exclusions == ("造成事故的",)
    assert entry.condition["all"][0] == {"fact": "offence_count", "op": "eq", "value": 1}
    assert entry.condition["all"][1] == {"fact": "illegal_gains", "op": "le", "value": 100_000}
    assert empty.entries == () and dict(empty.counts) == {"减轻处罚": 0}


def test_optional_leniency_of_a_research_entry_is_kept() -> None:
    record = RESEARCH["entries"][0] | {"list_kind": "不予处罚", "consequence": {"kind": "may_no_penalty"}}  # type: ignore[index]
    (document, _) = read_research_lists(RESEARCH | {"entries": [record]})
    assert document.entries[0].mandate is DraftMandate.MAY


@pytest.mark.parametrize("text", ["{", "[]", '{"entries": 3}', '{"sources": {}}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_research_json(text)
    assert "没有写入任何内容" in refusal.value.message


def test_incomplete_research_entries_are_all_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_research_lists({"entries": [{"id": "X-1"}, {"id": "X-2", "source": "A", "serial": "1"}]})
    assert len(refusal.value.problems) == 2 and "X-2" in refusal.value.problems[1]


def test_two_thousand_rows_are_read_in_time() -> None:
    import time

    lines = [HEADER, *(row(number, "市容", f"第{number}种行为", BOTH) for number in range(1, 2001))]
    content = workbook_bytes(("不予处罚清单", lines))
    started = time.monotonic()
    (reading,) = read_list_workbook(content)
    assert len(reading.entries) == 2000
    assert time.monotonic() - started < 20
