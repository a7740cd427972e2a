"""The table of list entries at the desk: typing, pasting, filling, undoing, two people in one cell, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from enforcement.models import RuleVersion
from exemption_lists.grid_acts import CellChange, GridActs
from exemption_lists.models import ListEntry
from exemption_lists.services.edit_cells import edit_cells
from tests.browser.walking import give_session
from tests.builders import draft_list, entry_fields
from tests.cast import Cast, raise_cast
from tests.clean_page import assert_page_is_clean, page_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Table:
    """The table in one browser tab."""

    def __init__(self, page: Page, server: Any, version: RuleVersion) -> None:
        self.page = page
        self.keys = page.keyboard
        self.address = f"{server.url}/officer/lists/{version.document.slug}/v{version.number}/grid/"
        self.open()

    def open(self) -> None:
        self.page.goto(self.address)
        expect(self.page.locator("[data-grid-ready]")).to_be_visible()

    def cell(self, row: int, column: str) -> Locator:
        return self.page.locator(f'[aria-rowindex="{row + 1}"] [data-column="{column}"]')

    def go(self, row: int, column: str) -> None:
        self.keys.press("Control+Home")
        self.cell(row, column).click(force=True)

    def paste(self, text: str) -> None:
        """As the browser hands over what Excel put on the clipboard."""
        self.page.evaluate(
            """text => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                document.querySelector("[data-grid-pen]").dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            text,
        )

    def expect_saved(self) -> None:
        expect(self.page.locator("[data-grid-saved]")).to_contain_text("已保存 · ")


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return raise_cast()


@pytest.fixture
def version(cast: Cast) -> RuleVersion:
    fields = (entry_fields(serial=str(n), violation_name=f"违法行为之{n}", domain="价格") for n in (1, 2, 3))
    return draft_list(cast, entries=tuple(fields))


@pytest.fixture
def table(page: Page, live_server: Any, cast: Cast, version: RuleVersion) -> Table:
    give_session(page.context, live_server, cast.compiler)
    return Table(page, live_server, version)


@pytest.fixture
def stored(version: RuleVersion) -> Callable[[str], list[Any]]:
    def values(field: str) -> list[Any]:
        return list(
            ListEntry.objects.filter(version=version).order_by("position").values_list(field, flat=True)
        )

    return values


def test_what_is_typed_pasted_and_filled_is_there_after_a_reload(table: Table, stored: Any) -> None:
    table.go(1, "domain")
    table.keys.type("价格监管")
    table.keys.press("Enter")
    table.expect_saved()
    table.go(3, "serial")
    table.paste('3-1\t第一行\t"市场"\n4\t"两行的\n名称"\t价格\n')
    expect(table.page.locator("[data-grid-count]")).to_have_text("4 条")
    table.expect_saved()
    table.go(1, "domain")
    table.keys.press("Shift+ArrowDown")
    table.keys.press("Control+d")
    expect(table.cell(2, "domain")).to_contain_text("价格监管")
    table.expect_saved()
    assert_page_is_clean(table.page)
    table.open()
    expect(table.cell(4, "violation_name")).to_contain_text("两行的")
    assert stored("serial") == ["1", "2", "3-1", "4"]
    assert stored("violation_name") == ["违法行为之1", "违法行为之2", "第一行", "两行的\n名称"]
    assert stored("domain") == ["价格监管", "价格监管", "市场", "价格"]
    assert stored("kind")[3] == "no_penalty"


def test_a_hundred_steps_are_undone_and_done_again(table: Table, stored: Any) -> None:
    table.go(1, "note")
    for step in range(105):
        table.keys.type(f"{step}")
        table.keys.press("Enter")
        table.keys.press("ArrowUp")
    expect(table.cell(1, "note")).to_contain_text("104")
    for _step in range(105):
        table.keys.press("Control+z")
    expect(table.cell(1, "note").locator(".grid-text")).to_have_text("")
    for _step in range(105):
        table.keys.press("Control+y")
    expect(table.cell(1, "note")).to_contain_text("104")
    table.expect_saved()
    expect(table.page.locator(".grid-cell.is-unsaved")).to_have_count(0)
    assert stored("note")[0] == "104"


def test_rows_are_put_in_moved_taken_out_and_brought_back(table: Table, stored: Any) -> None:
    table.go(1, "violation_name")
    table.keys.press("Control+Enter")
    expect(table.page.locator("[data-grid-said]")).to_have_text("新条目：填写违法行为后保存。")
    table.keys.type("插入的行为")
    table.keys.press("Enter")
    table.expect_saved()
    table.go(1, "note")
    table.keys.press("Alt+ArrowDown")
    table.go(4, "note")
    table.keys.press("Control+Delete")
    expect(table.page.locator("[data-grid-count]")).to_have_text("3 条")
    table.keys.press("Control+z")
    expect(table.page.locator("[data-grid-count]")).to_have_text("4 条")
    table.expect_saved()
    table.open()
    expect(table.page.locator("[data-grid-count]")).to_have_text("4 条")
    assert stored("serial") == ["4", "1", "2", "3"]


def test_a_pasted_block_with_a_bad_cell_stays_until_it_is_mended(table: Table, stored: Any) -> None:
    table.go(1, "kind")
    table.paste("从轻处罚\n乱写的\n减轻处罚")
    trouble = table.page.locator("[data-grid-trouble-words]")
    expect(trouble).to_contain_text("1 格要改")
    expect(table.page.locator("[data-grid-problem-list]")).to_contain_text("没有“乱写的”这一项")
    expect(table.cell(2, "kind")).to_have_attribute("aria-invalid", "true")
    assert stored("kind") == ["no_penalty"] * 3
    table.page.get_by_role("button", name=re.compile("到这一格.*第 2 条的处理方式")).click()
    table.paste("不予行政处罚")
    table.expect_saved()
    assert stored("kind") == ["lighter", "no_penalty", "mitigated"]
    refused = [text for text in page_problems(table.page) if "422" not in text]
    assert refused == []


def test_two_people_in_one_cell_see_both_texts(
    table: Table, cast: Cast, version: RuleVersion, stored: Any
) -> None:
    entry = ListEntry.objects.filter(version=version).order_by("position")[0]
    theirs = CellChange(entry.pk, "domain", "价格", "别人写的")
    edit_cells(actor=cast.actor("all_duties"), version_id=version.pk, acts=GridActs(changes=(theirs,)))
    table.go(1, "domain")
    table.keys.type("我写的")
    table.keys.press("Enter")
    conflict = table.page.locator("[data-grid-conflicts]")
    expect(conflict).to_contain_text(f"{cast.all_duties.display_name}在 ")
    expect(conflict).to_contain_text("修改了第 1 条的“执法领域”。请选择保留哪一段，或合并。")
    expect(conflict).to_contain_text("别人写的")
    assert stored("domain")[0] == "别人写的"
    table.page.get_by_role("button", name="保留我的").click()
    table.expect_saved()
    expect(conflict).to_be_hidden()
    assert stored("domain")[0] == "我写的"


def test_without_network_the_cells_stay_and_are_saved_later(table: Table, stored: Any) -> None:
    edits = "**/grid/edits/"
    table.page.route(edits, lambda route: route.abort())
    table.go(1, "domain")
    table.keys.type("断网时写的")
    table.keys.press("Enter")
    expect(table.page.locator("[data-grid-trouble-words]")).to_contain_text(
        "没能保存到服务器。内容已留在本机，恢复网络后自动重试。"
    )
    expect(table.cell(1, "domain")).to_contain_text("断网时写的（还没有保存）")
    table.page.on("dialog", lambda dialog: dialog.accept())
    table.open()
    expect(table.cell(1, "domain")).to_contain_text("断网时写的")
    table.page.unroute(edits)
    table.page.get_by_role("button", name="立即重试").click()
    table.expect_saved()
    assert stored("domain")[0] == "断网时写的"


def test_the_keys_alone_lead_in_through_and_out(table: Table) -> None:
    page = table.page
    page.locator("[data-grid-density]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    pen = page.locator("[data-grid-pen]")
    expect(pen).to_be_focused()
    expect(pen).to_have_attribute("aria-label", "第 1 条，序号")
    page.keyboard.press("Tab")
    expect(pen).to_have_attribute("aria-label", "第 1 条，违法行为")
    page.keyboard.press("Control+End")
    expect(pen).to_have_attribute("aria-label", "第 3 条，备注")
    page.keyboard.press("Control+Home")
    page.keyboard.press("F2")
    expect(pen).to_have_value("1")
    page.keyboard.press("Escape")
    named = pen.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{named}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="撤销")).to_be_focused()


def test_comments_stand_at_their_cell(table: Table) -> None:
    table.go(2, "condition_text")
    table.keys.press("Shift+F2")
    table.keys.type("期限怎么算")
    table.page.get_by_role("button", name="写下批注").click()
    thread = table.page.locator("[data-grid-comment-list] li")
    expect(thread).to_contain_text("第 2 条 · 适用条件")
    expect(table.cell(2, "condition_text")).to_contain_text("1 条批注")
    assert_page_is_clean(table.page)
    table.page.get_by_role("button", name="标为已处理").click()
    expect(thread).to_contain_text("（已处理）")


def test_on_a_phone_the_page_is_the_list(
    phone_page: Page, live_server: Any, cast: Cast, version: RuleVersion
) -> None:
    give_session(phone_page.context, live_server, cast.compiler)
    phone_page.goto(f"{live_server.url}/officer/lists/{version.document.slug}/v1/grid/")
    expect(phone_page.get_by_text("屏幕较窄，这里显示列表")).to_be_visible()
    expect(phone_page.locator("[data-grid-scroll]")).to_be_hidden()
    assert_page_is_clean(phone_page)
    phone_page.get_by_role("link", name="违法行为之2").click()
    expect(phone_page.get_by_role("heading", level=1)).to_contain_text("违法行为之2")
