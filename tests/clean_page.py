"""What a page in the browser must not do: write errors, break its content security policy, shut anyone out."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).parent / "browser" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

_problems: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def watch_page(page: Page) -> None:
    """Collect console errors (a CSP violation is one), uncaught exceptions and failed loads of this page."""
    problems = _problems.setdefault(page, [])

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not _is_expected_status(message.text):
            problems.append(f"console: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"exception: {error}"))


def page_problems(page: Page) -> list[str]:
    """What was collected so far."""
    return list(_problems[page])


def accessibility_violations(page: Page) -> list[str]:
    """One line per axe-core violation of WCAG 2.1 A and AA: rule, and where."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"axe {violation['id']}: {violation['help']} -> {'; '.join(str(node['target']) for node in violation['nodes'])}"
        for violation in found
    ]


def overflow_pixels(page: Page) -> int:
    """By how much the page is wider than the window; 0 when nobody has to scroll sideways."""
    return int(page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"))


def assert_page_is_clean(page: Page) -> None:
    """No error, no policy violation, no accessibility violation, no sideways scrolling."""
    problems = page_problems(page) + accessibility_violations(page)
    if overflow := overflow_pixels(page):
        problems.append(f"page is {overflow} px wider than the window")
    assert not problems, f"{page.url}:\n" + "\n".join(problems)


def _is_expected_status(text: str) -> bool:
    """Chromium reports a refused form or a missing page as an error; tests that ask for one know it."""
    return text.startswith("Failed to load resource") and any(
        status in text for status in ("400", "403", "404", "422")
    )
