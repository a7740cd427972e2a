"""A person at the browser: signs in, clicks, types, and finds every page clean on the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.clean_page import assert_page_is_clean, overflow_pixels, page_problems

Words = str | re.Pattern[str]
# Generous on purpose: two busy cores run the server, the database and the browser.
expect.set_options(timeout=15_000)


def give_session(context: BrowserContext, server: Any, account: Any) -> None:
    """Sign `account` in without its password: for tests that are not about signing in."""
    client = Client()
    client.force_login(account)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}])


class Walk:
    """One browser tab. Every act that changes the page asserts that the new page is clean.

    `touch` taps instead of clicking. Without `script` the accessibility rules cannot run; the rest is asserted.
    """

    def __init__(self, page: Page, server: Any, *, touch: bool = False, script: bool = True) -> None:
        self.page = page
        self._touch, self._script = touch, script
        self.origin = str(server.url)
        self.visited: list[str] = []
        page.set_default_timeout(20_000)

    def look(self) -> None:
        """The page as it is now: no console error, no axe violation, no sideways scrolling."""
        if self._script:
            assert_page_is_clean(self.page)
        else:
            assert (page_problems(self.page), overflow_pixels(self.page)) == ([], 0), self.page.url
        self.visited.append(self.page.url.removeprefix(self.origin))

    def open(self, address: str) -> None:
        """Type an address."""
        self.page.goto(self.origin + address)
        self.look()

    def _leave_by(self, control: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            if self._touch:
                control.tap()
            else:
                control.click()
        self.look()

    def link(self, words: Words, *, within: Locator | None = None, exact: bool = False) -> Locator:
        return (within or self.page).get_by_role("link", name=words, exact=exact).first

    def follow(self, words: Words, *, within: Locator | None = None, exact: bool = False) -> None:
        """Click a link."""
        self._leave_by(self.link(words, within=within, exact=exact))

    def go_to(self, words: str) -> None:
        """Click an entry of the side navigation."""
        self.follow(re.compile(f"^{words}"), within=self.page.get_by_role("navigation", name="主导航"))

    def press(self, words: str) -> None:
        """Click a button that sends its form."""
        self._leave_by(self.page.get_by_role("button", name=words, exact=True).first)

    def fill(self, label: str, text: str) -> None:
        """Type into the field whose label begins with `label`."""
        named = self.page.get_by_label(re.compile(f"^{re.escape(label)}(\\s|$)"))
        named.and_(self.page.locator("input, textarea")).fill(text)

    def choose(self, label: str) -> None:
        """Tick the radio button or check box named `label`."""
        self.page.get_by_label(label, exact=True).and_(self.page.locator("input")).check()

    def save_file(self, words: Words, folder: Path) -> Path:
        """Click a download link and keep what comes."""
        with self.page.expect_download() as coming:
            self.link(words).click()
        target = folder / coming.value.suggested_filename
        coming.value.save_as(target)
        return target

    def sees(self, *sentences: Words) -> None:
        """Each sentence stands somewhere in the visible text of the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)

    def title_is(self, words: Words) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def sign_in(self, username: str, password: str) -> None:
        self.open("/login/")
        self.fill("用户名", username)
        self.fill("密码", password)
        self.press("登录")

    def sign_out(self) -> None:
        self.press("退出登录")
        self.title_is("登录")


class CasePage:
    """The facts and the analysis of the case page, as the officer sees them change."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.analysis = page.locator("#analysis")

    def answer(self, code: str, answer: str) -> None:
        """Answer one fact and wait until the server has saved it and the analysis has been redrawn."""
        self.answer_field(code, answer)
        expect(self.page.locator("#facts-status")).to_contain_text("已保存")

    def answer_field(self, code: str, answer: str) -> None:
        """Answer one fact and wait for the server's answer, whatever it is."""
        control = self.page.locator(f"#fact-{code}")
        folded = self.page.locator("details.fold", has=control)
        if folded.count() and not control.is_visible():
            folded.locator("summary").first.click()
        with self.page.expect_response(lambda response: response.url.endswith("/facts/")) as saving:
            if control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(label=answer)
            else:
                control.fill(answer)
                control.press("Tab")
        assert saving.value.status == 200

    def says(self, words: Words) -> None:
        expect(self.analysis.locator(".verdict-line")).to_contain_text(words)

    def marks(self, words: str, state: str) -> None:
        """The condition that says `words` is 满足, 不满足 or 待查明: ✓, ✗ or ?, and in words for screen readers."""
        row = self.analysis.locator(f"li.condition.is-{state}", has_text=words).first
        expect(row.locator(".mark svg")).to_be_visible()
