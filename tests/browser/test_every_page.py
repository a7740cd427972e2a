"""Every page that the project has, opened in a browser at two widths, in light, dark and large type.

A new route without a row in `page_table` fails: it is either opened, or named with the reason why it is no page.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.architecture.routes import all_routes
from tests.browser.page_table import HANDFUL, NOT_PAGES, OTHER_STATES, PAGES
from tests.browser.staged_demonstration import STAGES, TODAY, StagedDemonstration, stage_demonstration
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def test_every_route_is_opened_or_named_as_no_page() -> None:
    names = {route.name for route in all_routes() if route.audience != "api"}
    assert names - PAGES.keys() - NOT_PAGES.keys() == set()
    assert (PAGES.keys() | NOT_PAGES.keys()) - names == set()
    assert PAGES.keys() & NOT_PAGES.keys() == set()


def test_every_page_is_whole_at_both_widths(page: Page, live_server: Any) -> None:
    staged = stage_demonstration()
    visitor = Visitor(page, live_server, staged)
    for stage in STAGES:
        staged.reach(stage)
        for name, how in (*PAGES.items(), *OTHER_STATES):
            if how.stage == stage:
                visitor.open(name, how)
                visitor.examine(DESK, PHONE)
    assert visitor.found == [], "\n".join(visitor.found)


def test_dark_colours_and_large_type_shut_nobody_out(page: Page, live_server: Any) -> None:
    staged = stage_demonstration()
    for preference in ({"theme": "dark"}, {"size": "elder"}):
        visitor = Visitor(page, live_server, staged)
        visitor.prefer(preference)
        for name in HANDFUL:
            visitor.open(name, PAGES[name])
            for setting, value in preference.items():
                assert page.locator("html").get_attribute(f"data-{setting}") == value
            visitor.examine(DESK, PHONE)
        assert visitor.found == [], f"{preference}:\n" + "\n".join(visitor.found)


def test_the_visitor_notices_what_is_wrong(page: Page, live_server: Any) -> None:
    visitor = Visitor(page, live_server, StagedDemonstration({}, {}, {}))
    page.goto(f"{live_server.url}/public/about/")
    visitor.examine(DESK)
    assert visitor.found == []
    page.evaluate(
        """() => {
            document.title = "";
            document.documentElement.lang = "en";
            document.body.innerHTML = "<h1>甲</h1><h1>乙</h1><p id=wide>no_penalty</p><a href='#away'>乙</a><input><img src=/nowhere.png>";
            document.getElementById("wide").style.width = "3000px";
            console.error("坏了");
        }"""
    )
    page.wait_for_load_state("networkidle")
    visitor.examine(DESK)
    told = "\n".join(visitor.found)
    for problem in (
        "2 h1",
        "['#away']",
        "lang is not",
        "no title",
        "['no_penalty']",
        "px too wide",
        "axe label",
        "坏了",
        "status 404",
    ):
        assert problem in told
