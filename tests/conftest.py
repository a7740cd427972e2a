"""Fixtures every test may use: real servers, and a real browser for the tests that need one.

The servers are the embedded PostgreSQL and Valkey under var/test/, shared by all worker processes of a session; each
session and each worker has a database and a queue of its own.
"""

from __future__ import annotations

from tests import environment

environment.prepare()

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.clean_page import watch_page

CHROMIUM_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# How long an example takes to make says nothing on a busy machine.
hypothesis_settings.register_profile("hengdu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("hengdu")
LONGEST = ("test_route_matrix.py", "test_no_leaks.py", "test_every_page.py")
HOW_TO_GET_CHROMIUM = "安装方法：apt-get install -y --no-install-recommends chromium fonts-noto-cjk"


def _chromium_missing() -> bool:
    return environment.chromium_path() is None


# pytest-django sets Django up once the settings have been read.
assert settings.IS_TEST


def pytest_sessionstart(session: pytest.Session) -> None:
    """Started before any worker process exists; the workers find them running and share them."""
    environment.start_servers()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        host = str(settings.DATABASES["default"].get("HOST", ""))
        if host.startswith("/"):
            environment.drop_abandoned_databases(host)


@pytest.fixture(autouse=True)
def own_witness(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A witness folder per test, made when something is written: numbers start again in every emptied database."""
    settings.WITNESS_DIR = tmp_path_factory.getbasetemp() / f"witness-{uuid.uuid4().hex}"


@pytest.fixture(autouse=True)
def own_fact_store(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A fact store per test, for the same reason."""
    settings.FACT_STORE_DIR = tmp_path_factory.getbasetemp() / f"fact-store-{uuid.uuid4().hex}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need a browser: without one they do not run, and the end of the session says so loudly.

    With CI=true nothing is left out: a missing browser fails every browser test. The longest files begin first, so that
    no process is left alone with one of them at the end.
    """
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
    if not _chromium_missing() or os.environ.get("CI") == "true":
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("browser")]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A pass made of browser tests only is empty without a browser; what follows it must still run."""
    if _chromium_missing() and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    expression = str(config.getoption("markexpr", ""))
    if _chromium_missing() and "not browser" not in expression and os.environ.get("CI") != "true":
        terminalreporter.section("浏览器测试没有运行 (browser tests did NOT run)", red=True, bold=True)
        terminalreporter.line(
            "本机没有 Chromium，标记为 browser 的测试全部未运行；其余结果不能说明页面可用。"
        )
        terminalreporter.line(HOW_TO_GET_CHROMIUM)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole session."""
    path = environment.chromium_path()
    if path is None:
        pytest.fail(f"没有找到 Chromium。{HOW_TO_GET_CHROMIUM}", pytrace=False)
    # Chromium's sandbox cannot be used by root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_ARGUMENTS, *sandbox])
        yield chromium
        chromium.close()


def _leave(context: BrowserContext) -> None:
    """Close the context once its pages have no request under way.

    A page asks for its draft and its session by itself, and keeps what was typed when it is left; a request still
    running would meet the emptying of the database after the test.
    """
    for opened in context.pages:
        with suppress(PlaywrightError):
            opened.wait_for_load_state("networkidle", timeout=5_000)
    with suppress(PlaywrightError):
        context.set_offline(True)
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh desktop-sized page; its console errors and policy violations are kept for `assert_page_is_clean`."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1280, "height": 900},
        # Colours are measured as they come to rest, not half way through a transition.
        reduced_motion="reduce",
    )
    opened = context.new_page()
    watch_page(opened)
    yield opened
    _leave(context)


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    """The same on a 360 px phone with touch."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        reduced_motion="reduce",
        is_mobile=True,
        has_touch=True,
    )
    opened = context.new_page()
    watch_page(opened)
    yield opened
    _leave(context)
