"""The list pages in a real browser: no errors, no accessibility violations, no sideways scrolling; live preview."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from enforcement.models import RuleVersion
from tests.browser.test_keyboard import tab_to
from tests.builders import draft_list, entry_of, publish_list
from tests.cast import Cast, raise_cast
from tests.clean_page import assert_page_is_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, server: Any, account: Any) -> None:
    client = Client()
    client.force_login(account)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}])


PUBLIC = ("/public/lists/", "/public/lists/market-list/", "/public/lists/market-list/v1/1/")
OFFICER = (
    "/officer/lists/",
    "/officer/lists/new/",
    "/officer/lists/import/",
    "/officer/lists/market-list/v1/",
    "/officer/lists/draft-list/v1/",
    "/officer/lists/draft-list/v1/entries/1/",
    "/officer/lists/draft-list/v1/entries/1/condition/",
    "/officer/lists/draft-list/v1/publish/",
)


def stage() -> Cast:
    cast = raise_cast()
    publish_list(cast)
    draft_list(cast, slug="draft-list")
    return cast


def test_pages_are_clean_on_a_desk_and_on_a_phone(page: Page, phone_page: Page, live_server: Any) -> None:
    cast = stage()
    for opened in (page, phone_page):
        for address in PUBLIC:
            opened.goto(live_server.url + address)
            assert_page_is_clean(opened)
        sign_in(opened, live_server, cast.compiler)
        for address in OFFICER:
            opened.goto(live_server.url + address)
            assert_page_is_clean(opened)


def test_a_nested_condition_is_built_with_the_keyboard(page: Page, live_server: Any) -> None:
    """同时满足（首次〔12 个月，发现〕，满足其一〔当场改正，在责令期限内改正〕）, the sentence at every step."""
    cast = stage()
    sign_in(page, live_server, cast.compiler)
    page.goto(f"{live_server.url}/officer/lists/draft-list/v1/entries/1/condition/")
    for _row in range(page.locator("input[name=node]").count()):
        tab_to(page, page.locator("#remove-1"))
        page.keyboard.press("Enter")
        expect(page.locator("#add-0")).to_be_focused()
    tab_to(page, page.locator("#first-0"))
    page.keyboard.press("Enter")
    expect(page.locator("#span-1")).to_be_focused()
    assert page.input_value("#months-1") == "12" and page.input_value("#fact-1") == "offence_count"
    says(page, "近一年内首次被发现同类违法。")
    tab_to(page, page.locator("#group-0"))
    page.keyboard.press("Enter")
    expect(page.locator("#join-2")).to_be_focused()
    assert page.input_value("#join-2") == "any"
    chosen(page, "2-1", "dcgz", "当场改正")
    says(page, "近一年内首次被发现同类违法，且当场改正。")
    tab_to(page, page.locator("#add-2"))
    page.keyboard.press("Enter")
    expect(page.locator("#fact-2-2")).to_be_focused()
    chosen(page, "2-2", "责令期限", "在责令期限内改正")
    says(page, "近一年内首次被发现同类违法，且（当场改正，或者在责令期限内改正）。")
    tab_to(page, page.locator("#months-1"), backwards=True)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("18")
    says(page, "近18个月内首次被发现同类违法，且（当场改正，或者在责令期限内改正）。")
    assert_page_is_clean(page)
    tab_to(page, page.get_by_role("button", name="保存条件"))
    page.keyboard.press("Enter")
    page.get_by_text("结构化条件已保存").wait_for()
    entry = entry_of(RuleVersion.objects.get(document__slug="draft-list"))
    true = [
        {"fact": code, "op": "eq", "value": True} for code in ("corrected_on_spot", "corrected_within_order")
    ]
    assert entry.condition == {"all": [{"fact": "offence_count_18m", "op": "eq", "value": 1}, {"any": true}]}


def chosen(page: Page, key: str, typed: str, label: str) -> None:
    """A fact found in the list of a row and set to 是."""
    if not page.locator(f"#fact-{key}").evaluate("one => one === document.activeElement"):
        tab_to(page, page.locator(f"#fact-{key}"))
    page.keyboard.type(typed)
    expect(page.get_by_role("option", name=label, exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, page.locator(f"#value-{key}"))
    page.keyboard.press("ArrowDown")


def says(page: Page, sentence: str) -> None:
    """The live sentence, once it has arrived."""
    expect(page.locator("#condition-sentence blockquote")).to_have_text(sentence)


def test_clauses_are_understood_while_they_are_typed(page: Page, live_server: Any) -> None:
    cast = stage()
    sign_in(page, live_server, cast.compiler)
    page.goto(f"{live_server.url}/officer/lists/draft-list/v1/entries/1/")
    page.fill("#id_condition_text", "近三年内首次违法\n及时改正")
    expect(page.locator("#understood blockquote")).to_have_text("近36个月内首次被发现同类违法，且及时改正。")
    assert_page_is_clean(page)


def test_choosing_a_fact_changes_the_sentence_at_once(page: Page, live_server: Any) -> None:
    cast = stage()
    sign_in(page, live_server, cast.compiler)
    page.goto(f"{live_server.url}/officer/lists/draft-list/v1/entries/1/condition/")
    page.fill("#fact-1", "当场改正")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=code-1]")).to_have_value("corrected_on_spot")
    page.select_option("#value-1", "true")
    page.locator("blockquote", has_text="当场改正").wait_for()
    assert_page_is_clean(page)
    page.press("#fact-1", "Enter")
    page.click("text=保存条件")
    page.locator("text=结构化条件已保存").wait_for()
