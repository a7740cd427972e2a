"""The public page of an entry on a desk, on a phone, in large type, without script and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.case_builders import list_entry, make_world, publish_list
from tests.clean_page import assert_page_is_clean, overflow_pixels

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENTRY = "/public/lists/yn-scjg-list/v1/17/"


def stage() -> None:
    publish_list(
        make_world(),
        [
            list_entry(
                kind="mitigated",
                plain_words="第一次，又马上改好的，可以少罚。",
                example="某小吃店当场补齐价签，减轻处罚。",
                fine_ranges=[{"subject": "个人", "min_fen": None, "max_fen": 10_000}],
                exclusions=[{"text": "哄抬价格的", "condition": None}],
            )
        ],
    )


def test_an_entry_is_clean_at_every_width_and_size_and_in_every_state(
    page: Page, phone_page: Page, live_server: Any
) -> None:
    stage()
    for opened in (page, phone_page):
        for query in ("", "?on=2026-03-01", "?on=昨天", "?on=2020-01-01"):
            opened.goto(live_server.url + ENTRY + query)
            for fold in opened.locator("article details").all():
                fold.locator("summary").click()
            assert_page_is_clean(opened)
        opened.get_by_role("button", name="长辈版").click()
        assert_page_is_clean(opened)


CLIPBOARDS = {
    "taken": "{writeText: text => { window.taken = text; return Promise.resolve(); }}",
    "refused": "{writeText: () => Promise.reject(new Error())}",
    "missing": "undefined",
}


@pytest.mark.parametrize("clipboard", CLIPBOARDS)
def test_the_citation_is_copied_or_stands_ready_to_be(page: Page, live_server: Any, clipboard: str) -> None:
    stage()
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{value: {CLIPBOARDS[clipboard]}}})")
    page.goto(live_server.url + ENTRY)
    page.get_by_text("引用本条").click()
    page.get_by_role("button", name="复制").click()
    was_taken = clipboard == "taken"
    told = "已复制。" if was_taken else "已选中，按 Ctrl C 复制。"
    expect(page.locator("[data-copied]")).to_have_text(told)
    words = page.evaluate("window.taken" if was_taken else "window.getSelection().toString()")
    assert "第 1 版第 17 条" in words and words.endswith(ENTRY)


def test_without_script_the_page_says_all_and_asks_nothing_else(browser: Browser, live_server: Any) -> None:
    stage()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(live_server.url + ENTRY)
    assert {url.split("/")[2] for url in asked} == {live_server.url.split("/")[2]}
    opened.get_by_text("引用本条").click()
    assert opened.locator("#citation").is_visible()
    assert not opened.get_by_role("button", name="复制").is_visible()
    opened.get_by_label("看某一天当时的内容").fill("2026.3.1")
    opened.get_by_role("button", name="看当时的内容").click()
    assert "2026年3月1日适用的是第 1 版" in opened.inner_text("main")
    opened.get_by_role("link", name="个问题自查").click()
    assert "先回答这些问题" in opened.inner_text("main")
    context.close()


def test_paper_shows_the_answers_and_the_code_and_no_buttons(page: Page, live_server: Any) -> None:
    stage()
    page.goto(live_server.url + ENTRY)
    page.emulate_media(media="print")
    expect(page.locator(".square-code")).to_be_visible()
    expect(page.get_by_text("某小吃店当场补齐价签")).to_be_visible()
    assert page.locator("button:visible, .button:visible, nav.site-nav:visible, form:visible").count() == 0
    assert overflow_pixels(page) == 0
