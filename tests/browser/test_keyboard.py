"""With the keyboard alone: every stop can be reached and seen, errors take the focus, the skip link skips."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.walking import CasePage, give_session
from tests.case_builders import TODAY, answer, make_case, make_world, publish_list, publish_standard
from tests.clean_page import assert_page_is_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"
MOST_STOPS = 120


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def tab_to(page: Page, target: Locator, *, backwards: bool = False) -> None:
    """Press Tab until `target` has the focus; every stop on the way shows where the focus is."""
    expect(target).to_be_attached()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        stop, is_shown = page.evaluate(
            """() => {
                const one = document.activeElement;
                const style = getComputedStyle(one);
                const box = one.getBoundingClientRect();
                const isShown = style.outlineStyle !== "none" || style.boxShadow !== "none";
                return [`${one.tagName} ${one.id || one.textContent.trim().slice(0, 20)}`, isShown && box.width > 1];
            }"""
        )
        if stop.startswith("BODY"):
            continue
        assert is_shown, f"{page.url}: no visible focus on {stop}"
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{page.url}: {target} is not reached with {MOST_STOPS} presses of Tab")


def enter(page: Page) -> None:
    """Press Enter where it leaves the page."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert_page_is_clean(page)


def test_from_login_to_saved_facts_with_the_keyboard(page: Page, live_server: Any) -> None:
    world = make_world()
    publish_list(world)
    publish_standard(world)
    settled: dict[str, object] = {"high_risk_irreversible": False, "emergency_price_gouging": False}
    case = answer(world, make_case(world), settled)
    page.goto(f"{live_server.url}/login/")
    tab_to(page, page.get_by_label("用户名"))
    page.keyboard.type("officer")
    tab_to(page, page.get_by_label("密码"))
    page.keyboard.type(PASSWORD)
    enter(page)
    tab_to(page, page.get_by_role("navigation", name="主导航").get_by_role("link", name="案件", exact=True))
    enter(page)
    tab_to(page, page.get_by_role("link", name=case.number))
    enter(page)
    harm = page.locator("#fact-harm")
    tab_to(page, harm)
    for _option in ("无", "无明显社会危害", "轻微"):
        page.keyboard.press("ArrowDown")
    expect(harm).to_have_value("轻微")
    page.keyboard.press("Tab")
    on_page = CasePage(page)
    on_page.marks("危害后果", "met")
    tab_to(page, page.locator("#fact-corrected_timely"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="保存事实并重新分析"))
    with page.expect_response(re.compile("/facts/$")):
        page.keyboard.press("Enter")
    on_page.says("建议：不予处罚")
    expect(page.get_by_role("button", name="保存事实并重新分析")).to_be_focused()
    assert_page_is_clean(page)
    page.reload()
    expect(harm).to_have_value("轻微")
    expect(page.locator("#fact-corrected_timely")).to_have_value("true")


def test_error_summary_takes_the_focus_and_leads_to_the_field(page: Page, live_server: Any) -> None:
    world = make_world()
    give_session(page.context, live_server, world.accounts["officer"])
    page.goto(f"{live_server.url}/officer/cases/new/")
    tab_to(page, page.get_by_role("button", name="立案并编号"))
    enter(page)
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("错误：")
    page.keyboard.press("Tab")
    first = summary.get_by_role("link").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_violation")).to_be_focused()
    page.keyboard.type("未按规定明码标价")
    expect(page.locator("#id_violation")).to_have_value("未按规定明码标价")


@pytest.mark.parametrize("address", ["/public/", "/login/", "/officer/"])
def test_the_skip_link_is_first_and_leads_to_the_text(page: Page, live_server: Any, address: str) -> None:
    world = make_world()
    if address.startswith("/officer/"):
        give_session(page.context, live_server, world.accounts["officer"])
    page.goto(live_server.url + address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
