"""Amounts of fines: read exactly to the fen or not at all; what was not read is named at its cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exemption_lists.reading.drafts import DraftEntry, SheetReading
from exemption_lists.reading.fine_wording import fen_of_yuan, print_fines, read_fines
from exemption_lists.reading.research_fines import read_fine
from exemption_lists.reading.workbook import read_list_workbook
from tests.exemption_lists.workbooks import workbook_bytes


def one(least: int | None, most: int | None, subject: str = "") -> dict[str, Any]:
    """A range in fen."""
    return {"subject": subject, "min_fen": least, "max_fen": most}


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("200元以上1000元以下", [one(200_00, 1000_00)]),
        ("二千元以上五千元以下", [one(2000_00, 5000_00)]),
        ("处二千元以上五千元以下的罚款", [one(2000_00, 5000_00)]),
        ("200至1000元", [one(200_00, 1000_00)]),
        ("1-3万元", [one(1_0000_00, 3_0000_00)]),
        ("可以处五百元以下罚款", [one(None, 500_00)]),
        ("不超过500元", [one(None, 500_00)]),
        ("三万元以上", [one(3_0000_00, None)]),
        ("两万五千元", [one(2_5000_00, 2_5000_00)]),
        ("1.2345万元", [one(12345_00, 12345_00)]),
        ("10,000.50元", [one(10000_50, 10000_50)]),
        ("１０００元以下", [one(None, 1000_00)]),
        ("1，000元", [one(1000_00, 1000_00)]),
        ("个人：200元以上1000元以下；单位：3万元以下", [one(200_00, 1000_00, "个人"), one(None, 3_0000_00, "单位")]),
        ("对个人处200元罚款，对单位处0.1万元罚款", [one(200_00, 200_00, "个人"), one(1000_00, 1000_00, "单位")]),
    ],
)  # fmt: skip
def test_amounts_as_printed(text: str, ranges: list[dict[str, Any]]) -> None:
    reading = read_fines(text)
    assert list(reading.ranges) == ranges
    assert (reading.unread, reading.words) == ((), ())


@pytest.mark.parametrize(
    "typo",
    [
        "1O00元", "lOO元", "5.000元", "5.000万元", "1.234元", "1,00元", "二千元以上5000以下", "五百以上一千以下",
        "二三千元", "5000-3万元", "2000元以上500元以下", "百元", "元以下", "1000", "-5元", "1e3元", "000元", "0500元", "200元以上，1000元以下",
    ],
)  # fmt: skip
def test_a_typo_is_never_guessed(typo: str) -> None:
    reading = read_fines(typo)
    assert reading.ranges == () and reading.unread == (typo,)


@pytest.mark.parametrize(
    "rule", ["按所在裁量档次的较低限", "违法所得一倍以上五倍以下", "降低30%至50%", "处警告"]
)
def test_words_without_an_amount_are_a_rule(rule: str) -> None:
    assert read_fines(rule).words == (rule,) and read_fines(rule).unread == ()


FEN = st.integers(0, 10**12)
RANGES = st.one_of(
    FEN.map(lambda fen: one(fen, fen)),
    FEN.map(lambda fen: one(None, fen)),
    FEN.map(lambda fen: one(fen, None)),
    st.tuples(FEN, FEN).map(lambda pair: one(min(pair), max(pair))),
)


@given(
    ranges=st.lists(RANGES, max_size=4), subject=st.sampled_from(["", "个人", "单位", "直接负责的主管人员"])
)
def test_what_is_printed_is_read_back(ranges: list[dict[str, Any]], subject: str) -> None:
    named = [{**found, "subject": subject} for found in ranges]
    assert list(read_fines(print_fines(named)).ranges) == named


@given(fen=FEN)
def test_yuan_and_fen_agree(fen: int) -> None:
    assert fen_of_yuan(Decimal(fen) / 100) == fen


HEADER = ("序号", "违法行为", "适用条件", "法定幅度", "罚款幅度", "通俗解释", "举例")


def read_row(statutory: str, fine: str = "") -> tuple[SheetReading, DraftEntry]:
    values = (1, "甲", "首次违法", statutory, fine, "头一回不罚。", "一家小店。")
    (reading,) = read_list_workbook(workbook_bytes(("减轻处罚清单", [HEADER, values])))
    return reading, reading.entries[0]


def test_cells_of_money_go_into_their_fields() -> None:
    reading, entry = read_row("二千元以上五千元以下", "500元以上1000元以下")
    assert entry.statutory_ranges == (one(2000_00, 5000_00),)
    assert entry.fine_ranges == (one(500_00, 1000_00),)
    assert (entry.plain_words, entry.example, entry.note) == ("头一回不罚。", "一家小店。", "")
    assert entry.source_cells["statutory_ranges"] == "D2" and entry.source_cells["plain_words"] == "F2"
    assert not reading.warnings


def test_a_typo_is_named_at_its_cell_and_kept() -> None:
    reading, entry = read_row("二千元以上5000以下", "1O00元以下")
    assert entry.statutory_ranges == entry.fine_ranges == ()
    assert [warning.cell for warning in reading.warnings] == ["D2", "E2"]
    assert "认不准金额" in reading.warnings[0].message
    assert entry.note == "法定幅度：二千元以上5000以下\n罚款幅度：1O00元以下"


def test_wide_figures_are_read_and_named() -> None:
    reading, entry = read_row("５００元以下")
    assert entry.statutory_ranges == (one(None, 500_00),)
    assert [(warning.cell, "全角" in warning.message) for warning in reading.warnings] == [("D2", True)]


def test_words_beside_a_fine_become_its_rule() -> None:
    _reading, entry = read_row("", "按所在裁量档次的较低限")
    assert (entry.fine_rule, entry.fine_ranges) == ("按所在裁量档次的较低限", ())


def test_a_research_fine_goes_into_the_fields() -> None:
    fine = read_fine(
        {
            "statutory": [{"subject": "个人", "min": 200, "max": Decimal("0.1"), "unit": "万元"}],
            "mitigated": [{"min": 0, "max": 200, "unit": "元", "max_inclusive": False}, {"min": 1, "unit": "倍"}],
            "rule": "较低限",
        }
    )  # fmt: skip
    assert fine.statutory_ranges == () and fine.unread[0].startswith("法定幅度：个人 200 至 0.1 万元")
    assert fine.fine_ranges == (one(None, 200_00),) and "不含上限" in fine.remarks[0]
    assert fine.unread[1] == "减轻后幅度：1 至 None 倍" and fine.rule == "较低限"
