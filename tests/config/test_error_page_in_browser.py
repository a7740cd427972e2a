"""The page a lost visitor sees, in a real browser under the real content security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.clean_page import assert_page_is_clean, page_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_missing_page_is_clean_on_a_desktop(page: Page, live_server: LiveServer) -> None:
    response = page.goto(f"{live_server.url}/no-such-page")
    assert response is not None and response.status == 404
    assert response.headers["x-request-id"] in page.inner_text("body")
    assert_page_is_clean(page)


def test_missing_page_is_clean_on_a_phone(phone_page: Page, live_server: LiveServer) -> None:
    phone_page.goto(f"{live_server.url}/no-such-page")
    assert_page_is_clean(phone_page)


def test_a_breach_of_the_policy_is_noticed(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/no-such-page")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.x = 1'}))"
    )
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in problem for problem in page_problems(page))
    assert page.evaluate("window.x") is None
