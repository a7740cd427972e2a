"""A list with faults goes through the five steps in a real browser: mapped, corrected in place, compared, written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from exemption_lists.models import ListEntry
from tests.browser.price_tag_list import PRICE_TAG, WITHOUT_LICENCE, faulty_list
from tests.browser.walking import Walk, give_session
from tests.cast import raise_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE = {
    "name": "有错误的清单.xlsx",
    "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "buffer": faulty_list(),
}


def chosen(walk: Walk) -> None:
    walk.open("/officer/lists/import/")
    walk.page.get_by_label("表格", exact=True).set_input_files(FILE)  # type: ignore[arg-type]
    walk.press("读取文件")
    walk.title_is("识别表头")
    walk.fill("新清单的网址代号", "with-faults")
    walk.press("下一步：逐行检查")


def corrected(walk: Walk) -> None:
    walk.title_is("逐行检查")
    walk.sees("A3 是公式", "“1O00元以下”认不准金额", "“二千元以上5000以下”认不准金额")
    expect(walk.page.get_by_role("button", name="下一步：比对现行版")).to_be_disabled()
    for cell, text in (("A3", "1"), ("F3", "1000元以下"), ("A4", "2"), ("F4", "二千元以上五千元以下")):
        walk.page.get_by_label(f"清单 {cell} 的内容").fill(text)
    walk.press("保存更正并重新检查")
    walk.sees("已更正 4 个单元格")


def written(walk: Walk) -> None:
    walk.follow("下一步：比对现行版")
    walk.title_is("比对现行版")
    walk.follow("上一步：逐行检查")
    walk.follow("下一步：比对现行版")
    walk.follow("下一步：写入草稿")
    walk.press("写入草稿")
    walk.sees("已写入草稿", PRICE_TAG, WITHOUT_LICENCE)
    first, second = ListEntry.objects.order_by("position")
    assert (first.serial, second.serial) == ("1", "2")
    assert second.fine_ranges == [{"subject": "", "min_fen": 2000_00, "max_fen": 5000_00}]


def test_faults_are_corrected_in_place(page: Page, live_server: Any, tmp_path: Path) -> None:
    give_session(page.context, live_server, raise_cast().compiler)
    walk = Walk(page, live_server)
    chosen(walk)
    marked = openpyxl.load_workbook(walk.save_file("下载标注后的表格", tmp_path)).worksheets[0]
    assert "公式" in marked["A3"].comment.text
    corrected(walk)
    written(walk)


def test_the_steps_work_on_a_phone(phone_page: Page, live_server: Any) -> None:
    give_session(phone_page.context, live_server, raise_cast().compiler)
    walk = Walk(phone_page, live_server)
    chosen(walk)
    corrected(walk)
    written(walk)
