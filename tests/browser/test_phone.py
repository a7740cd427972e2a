"""On a 360 px phone: the officer at the stall, the public looking something up; and both when no script runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from cases.models import Case
from tests.browser.walking import CasePage, Walk
from tests.case_builders import (
    TODAY,
    VIOLATION_NAME,
    CaseWorld,
    answer,
    list_entry,
    make_case,
    make_world,
    publish_list,
    publish_standard,
)
from tests.clean_page import watch_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"
PHONE = {"width": 360, "height": 740}
# In CSS pixels. WCAG 2.2 asks for 24; a thumb in the street needs more.
SMALLEST_TARGET = 32
NOT_AGGRAVATED: dict[str, object] = {"high_risk_irreversible": False, "emergency_price_gouging": False}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def scriptless_page(browser: Browser) -> Iterator[Page]:
    """The same phone with script turned off."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport=PHONE,
        java_script_enabled=False,  # type: ignore[arg-type]
    )
    opened = context.new_page()
    watch_page(opened)
    yield opened
    context.close()


def stage() -> tuple[CaseWorld, Case]:
    """Rules in force and one case; harm and correction are still open."""
    world = make_world()
    publish_list(
        world,
        [
            list_entry(),
            list_entry(position=2, serial="18", slug="18", violation_name="占道经营", violation=None),
        ],
    )
    publish_standard(world)
    return world, answer(world, make_case(world), NOT_AGGRAVATED)


def test_officer_records_facts_and_adopts_the_advice_on_a_phone(phone_page: Page, live_server: Any) -> None:
    _world, case = stage()
    walk = Walk(phone_page, live_server, touch=True)
    walk.sign_in("officer", PASSWORD)
    walk.title_is("待办")
    walk.follow("继续填写")
    facts = CasePage(phone_page)
    expect(phone_page.locator("#fact-harm")).to_be_in_viewport()
    facts.answer("harm", "轻微")
    facts.marks("危害后果", "met")
    facts.answer("corrected_timely", "是")
    facts.says("建议：不予处罚")
    walk.look()
    assert small_targets(phone_page) == []
    walk.follow("采纳建议", exact=True)
    walk.fill("教育内容", "已当面讲解明码标价要求。")
    walk.press("提交负责人审批")
    walk.sees("处理建议已提交，等待负责人审批")
    assert case.proposals.get().follows_analysis


def test_the_menu_of_the_phone_leads_to_the_case_list(phone_page: Page, live_server: Any) -> None:
    _world, case = stage()
    walk = Walk(phone_page, live_server, touch=True)
    walk.sign_in("officer", PASSWORD)
    phone_page.get_by_role("link", name="菜单").tap()
    expect(phone_page.get_by_role("navigation", name="主导航")).to_be_in_viewport()
    walk.go_to("案件")
    walk.follow(case.number)
    walk.title_is(VIOLATION_NAME)


def test_public_finds_an_entry_on_a_phone(phone_page: Page, live_server: Any) -> None:
    stage()
    walk = Walk(phone_page, live_server, touch=True)
    _search_and_read(walk)


def test_public_finds_an_entry_without_script(scriptless_page: Page, live_server: Any) -> None:
    stage()
    walk = Walk(scriptless_page, live_server, script=False)
    _search_and_read(walk)
    walk.follow("第 1 版全部内容")
    walk.sees("共 2 条", "占道经营")
    walk.page.get_by_role("searchbox").fill("占道")
    walk.press("查找")
    walk.sees("找到 1 条")
    walk.open("/public/standards/yn-scjg-standard/v1/8/")
    walk.page.locator("#trial-corrected_timely").select_option(label="是")
    walk.press("试算")
    walk.sees("较轻")
    expect(walk.page.get_by_role("button", name="长辈版")).to_be_hidden()


def test_officer_records_facts_without_script(scriptless_page: Page, live_server: Any) -> None:
    _world, case = stage()
    walk = Walk(scriptless_page, live_server, script=False)
    walk.sign_in("officer", PASSWORD)
    walk.go_to("案件")
    walk.follow(case.number)
    scriptless_page.locator("#fact-harm").select_option(label="轻微")
    walk.press("保存事实并重新分析")
    walk.sees("已保存，适用分析已更新")
    expect(scriptless_page.locator("#fact-harm")).to_have_value("轻微")
    scriptless_page.locator("#fact-corrected_timely").select_option(label="是")
    walk.press("保存事实并重新分析")
    CasePage(scriptless_page).says("建议：不予处罚")
    walk.follow("采纳建议", exact=True)
    walk.fill("教育内容", "已当面讲解明码标价要求。")
    walk.press("提交负责人审批")
    walk.sees("处理建议已提交，等待负责人审批")


def _search_and_read(walk: Walk) -> None:
    walk.open("/public/")
    walk.page.get_by_role("searchbox").fill("占道")
    walk.press("查一查")
    walk.sees("找到 1 条")
    walk.follow("占道经营")
    walk.title_is("占道经营")
    walk.sees("不予处罚", "第 1 版")


def small_targets(page: Page) -> list[str]:
    """Visible buttons, fields and button-like links lower than a thumb needs."""
    return list(
        page.evaluate(
            """smallest => [...document.querySelectorAll("button, select, input:not([type=hidden]), .button")]
                .filter(one => one.checkVisibility() && one.getBoundingClientRect().height > 1
                    && !["radio", "checkbox"].includes(one.type)
                    && one.getBoundingClientRect().height < smallest)
                .map(one => `${one.tagName} ${one.id || one.textContent.trim()} ${one.getBoundingClientRect().height}`)""",
            SMALLEST_TARGET,
        )
    )
