"""Public pages and the standards' pages in a real browser: clean at both widths, and the trial answers while typing."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from discretion.rules.asked_facts import asked_facts
from discretion.rules.import_research import read_research_text
from enforcement.models import Account
from tests.builders import publish_list
from tests.cast import Cast, raise_cast
from tests.clean_page import assert_page_is_clean
from tests.discretion.research_file import import_as_draft, publish_over_http, research_bytes
from tests.joint_inspection.scene_file import scene_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDARD = "/public/standards/market-standard/"
PUBLIC = (
    "/public/",
    "/public/search/?q=违法行为",
    "/public/search/?q=没有明码标价",
    "/public/about/",
    STANDARD,
    f"{STANDARD}v1/t2/",
    f"{STANDARD}v1/w1/",
    f"{STANDARD}v1/w1/trial/",
    "/public/joint-inspections/city-joint/",
    "/public/joint-inspections/city-joint/v1/1/",
)
OFFICER = (
    "/officer/standards/import/",
    "/officer/standards/market-standard/v1/",
    "/officer/standards/market-standard/v1/entries/w1/",
    "/officer/standards/market-standard/v1/entries/w1/trial/",
    "/officer/joint-inspections/draft-joint/v1/",
    "/officer/joint-inspections/draft-joint/v1/entries/1/",
)


def stage() -> Cast:
    cast = raise_cast()
    publish_list(cast)
    import_as_draft(cast, "/officer/standards/", research_bytes(), "market-standard")
    publish_over_http(cast, "/officer/standards/market-standard/v1/")
    for slug in ("city-joint", "draft-joint"):
        import_as_draft(cast, "/officer/joint-inspections/", scene_bytes(), slug)
    publish_over_http(cast, "/officer/joint-inspections/city-joint/v1/")
    return cast


def sign_in(page: Page, server: Any, account: Account) -> None:
    client = Client()
    client.force_login(account)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}])


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


def test_the_trial_answers_while_typing_and_after_submitting(phone_page: Page, live_server: Any) -> None:
    stage()
    draft = next(one for one in read_research_text(research_bytes().decode()) if one.id == "T1")
    code = asked_facts(draft.rules)[0]
    entry = f"{live_server.url}{STANDARD}v1/t1/"
    phone_page.goto(entry)
    phone_page.fill(f"#trial-{code}", "2")
    phone_page.press(f"#trial-{code}", "Tab")
    phone_page.locator("#trial-result", has_text="情节较重").wait_for()
    assert phone_page.url == entry
    assert_page_is_clean(phone_page)
    phone_page.fill(f"#trial-{code}", "3")
    phone_page.get_by_role("button", name="试算").click()
    phone_page.locator("#trial-result", has_text="情节严重").wait_for()
    assert_page_is_clean(phone_page)


def test_the_trial_works_without_script(browser: Any, live_server: Any) -> None:
    stage()
    draft = next(one for one in read_research_text(research_bytes().decode()) if one.id == "T1")
    code = asked_facts(draft.rules)[0]
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{live_server.url}{STANDARD}v1/t1/")
    opened.fill(f"#trial-{code}", "2")
    opened.get_by_role("button", name="试算").click()
    assert f"{code}=2" in opened.url
    assert "情节较重" in opened.inner_text("#trial-result")
    context.close()
