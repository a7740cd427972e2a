"""A file of 5,000 officers for the import, and forty ways and places in which it is wrong. All of it is invented."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from openpyxl import Workbook
from stdnum.cn import ric

HEADINGS = (
    "工号", "姓名", "执法主体", "身份证号", "联系电话", "职务", "辅助人员", "到岗日期", "离岗日期",
    "执法证号", "执法领域", "发证机关", "有效期自", "有效期至",
)  # fmt: skip
FIRST_ROW = 2


def id_number(serial: int) -> str:
    """A number of the right form for a division that has never existed (00…)."""
    born = dt.date(1970, 1, 1) + dt.timedelta(days=serial % 9000)
    start = f"530199{born:%Y%m%d}{serial // 9000 * 100 + serial % 97:03d}"
    return start + str(ric.calc_check_digit(start + "0"))


def rows_of(count: int, *, agency: str) -> list[dict[str, str]]:
    """Sound rows of new officers of one agency."""
    return [
        {
            "工号": f"P{number:05d}",
            "姓名": f"人员{number:05d}",
            "执法主体": agency,
            "身份证号": id_number(number),
            "联系电话": f"0871{number:08d}",
            "职务": "一级行政执法员",
            "辅助人员": "否",
            "到岗日期": "2020-07-01",
            "离岗日期": "",
            "执法证号": f"530199{number:06d}",
            "执法领域": "市场监管",
            "发证机关": "示范省人民政府",
            "有效期自": "2024-03-01",
            "有效期至": "2029-02-28",
        }
        for number in range(count)
    ]


@dataclass(frozen=True, slots=True)
class Seeded:
    """A wrong cell: the column, what stands in it, and words of the sentence that says how to put it right."""

    column: str
    wrong: str
    words: str


# Ten sorts, four places each.
SORTS: tuple[Seeded, ...] = (
    Seeded("身份证号", "530199199003070013", "校验码"),
    Seeded("身份证号", "53019919900307", "应为 18 位"),
    Seeded("有效期至", "2026-02-30", "应为日期"),
    Seeded("有效期至", "2023-12-31", "早于有效期自"),
    Seeded("离岗日期", "2019-06-30", "早于到岗日期"),
    Seeded("执法主体", "NOWHERE", "系统里没有这个执法主体"),
    Seeded("执法主体", "{outside}", "系统里没有这个执法主体，或者不在您的职责范围内"),
    Seeded("姓名", "", "填写姓名"),
    Seeded("辅助人员", "大概", "应为“是”或“否”"),
    Seeded("执法领域", "空管", "系统里没有这个执法领域"),
)
PLACES_EACH = 4


@dataclass(frozen=True, slots=True)
class SpoiltFile:
    rows: list[dict[str, str]]
    # Row on the sheet and column letter → words of the sentence.
    expected: dict[str, str]


def spoilt(rows: list[dict[str, str]], *, outside: str) -> SpoiltFile:
    """Forty wrong cells, spread over the file; six of them are repetitions of other rows."""
    broken = [dict(row) for row in rows]
    expected: dict[str, str] = {}

    def spoil(index: int, column: str, value: str, words: str) -> None:
        broken[index][column] = value
        expected[f"{letter(column)}{FIRST_ROW + index}"] = words

    index = 97
    for sort in SORTS[:-1]:
        for _ in range(PLACES_EACH):
            spoil(index, sort.column, sort.wrong.format(outside=outside), sort.words)
            index += 111
    spoil(index, SORTS[-1].column, SORTS[-1].wrong, SORTS[-1].words)
    spoil(4996, "工号", broken[10]["工号"], "与第 12 行的“工号”相同")
    spoil(4997, "执法证号", broken[11]["执法证号"], "与第 13 行的执法证号相同")
    spoil(4998, "身份证号", broken[12]["身份证号"], "与第 14 行的身份证号相同")
    return SpoiltFile(broken, expected)


def letter(column: str) -> str:
    return chr(ord("A") + HEADINGS.index(column))


def workbook(rows: list[dict[str, str]]) -> bytes:
    """Plain and quick: what matters here is reading."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("执法人员")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append([row[heading] or None for heading in HEADINGS])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
