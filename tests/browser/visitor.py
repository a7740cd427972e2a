"""Opens pages as different people and writes down everything that is wrong with them."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, Response

from enforcement.models import Account
from tests.browser.page_table import Opened
from tests.browser.staged_demonstration import StagedDemonstration
from tests.browser.walking import give_session
from tests.clean_page import accessibility_violations, overflow_pixels, page_problems

DESK, PHONE = {"width": 1366, "height": 900}, {"width": 360, "height": 740}
# What a template leaks when a value reaches the page instead of its words.
LEAKS = re.compile(
    r"\b(None|True|False|null|undefined|NaN|Error|Submit|Invalid|no_penalty|mitigated|lighter|normal|heavier"
    r"|no_compulsion|in_review|reviewed|investigation|approval|site_record|departure|matter|general)\b|\{\{|\{%|�"
)

BUTTONS = {"theme": "深色", "size": "长辈版"}


class Visitor:
    """Opens pages as different people and collects everything wrong, so that one run names it all."""

    def __init__(self, page: Page, server: Any, staged: StagedDemonstration) -> None:
        self.page, self.server, self.staged = page, server, staged
        self.found: list[str] = []
        self._account = ""
        self._where = ""
        self._told = len(page_problems(page))
        page.on("response", self._note_failed_load)

    def prefer(self, preference: dict[str, str]) -> None:
        """Press the page's own buttons; the browser keeps the choice for every page after."""
        self.page.goto(f"{self.server.url}/public/about/")
        self.page.evaluate("window.localStorage.clear()")
        self.page.reload()
        for setting in preference:
            self.page.get_by_role("button", name=BUTTONS[setting]).click()

    def open(self, name: str, how: Opened) -> None:
        if how.account != self._account:
            self.page.context.clear_cookies()
            if how.account:
                account = Account.objects.get(username=how.account)
                give_session(self.page.context, self.server, account)
            self._account = how.account
        address = reverse(name, args=how.arguments(self.staged)) + how.query
        self._where = f"{name} {address} ({how.account or 'public'})"
        self.page.set_viewport_size(DESK)
        response = self.page.goto(self.server.url + address)
        assert response is not None
        if response.request.redirected_from is not None:
            self._tell(f"leads to {self.page.url}")

    def examine(self, *sizes: dict[str, int]) -> None:
        """The page as it stands: frame, words, then accessibility and overflow at every size."""
        # Folded parts are pages' text too: unfolded, they are examined with the rest.
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        self._examine_frame()
        for size in sizes:
            self.page.set_viewport_size(size)
            for violation in accessibility_violations(self.page):
                self._tell(f"{size['width']} px: {violation}")
            if overflow := overflow_pixels(self.page):
                self._tell(f"{size['width']} px: {overflow} px too wide")
        problems = page_problems(self.page)
        for problem in problems[self._told :]:
            self._tell(problem)
        self._told = len(problems)

    def _note_failed_load(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            self._tell(f"{response.url}: status {response.status}")

    def _examine_frame(self) -> None:
        # What a page keeps hidden for readers without script is no heading to anybody.
        headings = self.page.locator("h1:visible").count()
        if headings != 1:
            self._tell(f"{headings} h1")
        if self.page.locator("html").get_attribute("lang") != "zh-Hans":
            self._tell("lang is not zh-Hans")
        if self.page.title().strip(" ·") in {"", "衡度"}:
            self._tell("no title of its own")
        dead = self.page.evaluate(
            """() => [...document.querySelectorAll("a[href^='#']")].map(one => one.getAttribute("href"))
                .filter(target => !document.getElementById(target.slice(1)))"""
        )
        if dead:
            self._tell(f"links to nowhere on the page: {dead}")
        leaks = {found.group(0) for found in LEAKS.finditer(self.page.locator("body").inner_text())}
        if leaks:
            self._tell(f"leaks {sorted(leaks)}")

    def _tell(self, problem: str) -> None:
        self.found.append(f"{self._where}: {problem}")
