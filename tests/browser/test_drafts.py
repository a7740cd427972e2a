"""Nothing typed is lost: closed tab, ended session, lost network; and nothing is offered that was sent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from enforcement.models.saved_drafts import SavedDraft
from tests.browser.walking import give_session
from tests.cast import Cast, raise_cast
from tests.clean_page import assert_page_is_clean, page_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = "/officer/lists/new/"
TITLE = "市场监管领域免罚清单（草拟）"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def typed(page: Page, server: Any, cast: Cast) -> None:
    give_session(page.context, server, cast.compiler)
    page.goto(server.url + FORM)
    page.get_by_label("名称").fill(TITLE)
    page.get_by_label(re.compile("^网址代号")).fill("kept-list")
    expect(page.get_by_text("草稿已自动保存")).to_be_visible()


def another_tab(context: BrowserContext, server: Any) -> Page:
    tab = context.new_page()
    tab.goto(server.url + FORM)
    return tab


def test_a_closed_tab_loses_nothing(page: Page, live_server: Any, cast: Cast) -> None:
    typed(page, live_server, cast)
    assert_page_is_clean(page)
    context = page.context
    page.close()
    tab = another_tab(context, live_server)
    expect(tab.get_by_text("填写的内容还没有提交")).to_be_visible()
    assert tab.get_by_label("名称").input_value() == ""
    tab.get_by_role("button", name="恢复这些内容").click()
    expect(tab.get_by_label("名称")).to_have_value(TITLE)
    expect(tab.get_by_label(re.compile("^网址代号"))).to_have_value("kept-list")


def test_leaving_at_once_still_keeps_what_was_typed(page: Page, live_server: Any, cast: Cast) -> None:
    give_session(page.context, live_server, cast.compiler)
    page.goto(live_server.url + FORM)
    page.get_by_label("名称").fill(TITLE)
    page.goto(live_server.url + "/officer/lists/")
    tab = another_tab(page.context, live_server)
    expect(tab.get_by_text("填写的内容还没有提交")).to_be_visible()


def test_an_ended_session_says_so_and_the_draft_waits(page: Page, live_server: Any, cast: Cast) -> None:
    typed(page, live_server, cast)
    page.context.clear_cookies()
    page.get_by_label("名称").fill(TITLE + "二")
    expect(page.get_by_text("登录已过期，内容还在本页")).to_be_visible()
    give_session(page.context, live_server, cast.compiler)
    tab = another_tab(page.context, live_server)
    tab.get_by_role("button", name="恢复这些内容").click()
    expect(tab.get_by_label("名称")).to_have_value(re.compile(re.escape(TITLE)))


def test_a_lost_network_is_said_and_saving_goes_on_when_it_is_back(
    page: Page, live_server: Any, cast: Cast
) -> None:
    typed(page, live_server, cast)
    page.context.set_offline(True)
    page.get_by_label("名称").fill(TITLE + "三")
    expect(page.get_by_text("没能保存到服务器。内容还在本页")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("草稿已自动保存")).to_be_visible(timeout=20_000)
    assert TITLE + "三" in SavedDraft.objects.get().fields


def test_what_was_sent_is_not_offered_again(page: Page, live_server: Any, cast: Cast) -> None:
    typed(page, live_server, cast)
    page.get_by_role("button", name=re.compile("^建立")).click()
    page.wait_for_url(re.compile("/officer/lists/kept-list/"))
    assert SavedDraft.objects.count() == 0
    tab = another_tab(page.context, live_server)
    expect(tab.locator("html[data-ready]")).to_be_attached()
    assert tab.get_by_text("填写的内容还没有提交").count() == 0
    assert page_problems(page) == []


def test_discarding_is_for_good(page: Page, live_server: Any, cast: Cast) -> None:
    typed(page, live_server, cast)
    page.reload()
    page.get_by_role("button", name="丢弃").click()
    expect(page.get_by_text("填写的内容还没有提交")).to_have_count(0)
    assert SavedDraft.objects.count() == 0
