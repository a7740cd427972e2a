"""The list pages in a real browser: no errors, no accessibility violations, no sideways scrolling; live preview."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.builders import draft_list, publish_list
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


def test_choosing_a_fact_changes_the_sentence_at_once(page: Page, live_server: Any) -> None:
    cast = stage()
    sign_in(page, live_server, cast.compiler)
    page.goto(f"{live_server.url}/officer/lists/draft-list/v1/entries/1/condition/")
    page.select_option("#fact-1", "corrected_on_spot")
    page.get_by_text("选择").first.wait_for(state="attached")
    page.select_option("#value-1", "true")
    page.locator("blockquote", has_text="当场改正").wait_for()
    assert_page_is_clean(page)
    page.press("#fact-1", "Enter")
    page.click("text=保存条件")
    page.locator("text=结构化条件已保存").wait_for()
