"""The compare page in a real browser: clean on both sizes, keys that step through the changes, heads that repeat in print."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page

from enforcement.models import RuleVersion
from exemption_lists.services.edit_entry import add_entry
from tests.builders import entry_fields, publish_list, publish_next
from tests.cast import Cast, raise_cast
from tests.clean_page import assert_page_is_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/public/lists/market-list/compare/"
ADDED = 12


def more(cast: Cast, draft: RuleVersion) -> None:
    for number in range(2, 2 + ADDED):
        fields = entry_fields(serial=str(number), violation_name=f"违法行为{number}")
        add_entry(actor=cast.actor("compiler"), version_id=draft.pk, fields=fields)


def stage() -> None:
    cast = raise_cast()
    publish_next(
        cast, publish_list(cast), effective_from=dt.date(2025, 6, 1), change=lambda draft: more(cast, draft)
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_keys_and_buttons_step_through_the_changes(page: Page, phone_page: Page, live_server: Any) -> None:
    stage()
    for opened in (page, phone_page):
        opened.goto(live_server.url + ADDRESS)
        assert_page_is_clean(opened)
    seen = []
    for key in ("n", "n", "n", "p"):
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == ["change-1", "change-2", "change-3", "change-2"]
    page.get_by_role("button", name="下一处").click()
    assert focused(page) == "change-3"
    page.get_by_label("原版本").focus()
    page.keyboard.press("n")
    assert focused(page) == "compare-old"


def test_in_print_the_heads_repeat_and_every_change_says_its_word(page: Page, live_server: Any) -> None:
    stage()
    page.goto(live_server.url + ADDRESS)
    page.emulate_media(media="print")
    assert page.locator(".compare-table thead").evaluate("node => getComputedStyle(node).display") == (
        "table-header-group"
    )
    assert page.get_by_role("button", name="打印").count() == 0
    assert not page.locator(".compare-choice").is_visible()
    assert page.locator(".compare-table thead code").count() == 2
    tags = page.locator("[data-change] th .tag").all_inner_texts()
    assert tags == ["新增"] * ADDED
