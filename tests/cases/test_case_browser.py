"""The live analysis in a real browser: answers change the verdict in place, and the page stays clean."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from tests.case_builders import CaseWorld, make_case, make_world, publish_list, publish_standard
from tests.clean_page import assert_page_is_clean, overflow_pixels

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

ANSWERS = {
    "circumstances": "一般",
    "harm": "轻微",
    "corrected_timely": "true",
    "high_risk_irreversible": "false",
    "emergency_price_gouging": "false",
}


def _sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/login/")
    page.fill("[name=username]", "officer")
    page.fill("[name=password]", "correct horse battery")
    page.click("form button[type=submit]")


def _open_case() -> tuple[CaseWorld, Case]:
    world = make_world()
    publish_list(world)
    publish_standard(world)
    return world, make_case(world)


def test_answers_redraw_the_analysis_without_leaving_the_page(page: Page, live_server) -> None:  # type: ignore[no-untyped-def]
    _, case = _open_case()
    _sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/officer/cases/{case.pk}/")
    expect(page.locator(".verdict-line")).to_contain_text("尚不能给出建议")
    for lock, (code, answer) in enumerate(ANSWERS.items(), start=case.lock_version + 1):
        page.select_option(f"#fact-{code}", answer)
        expect(page.locator("#facts-lock")).to_have_value(str(lock))
        expect(page.locator("#facts-status")).to_contain_text("已保存")
    expect(page.locator(".verdict-line")).to_have_text("建议：不予处罚（依法可以不予处罚）")
    assert_page_is_clean(page)
    assert Case.objects.get(pk=case.pk).facts["harm"]["by"] == "杨叙"


def test_phone_meets_the_conclusion_before_the_tasks(phone_page: Page, live_server) -> None:  # type: ignore[no-untyped-def]
    _, case = _open_case()
    _sign_in(phone_page, live_server.url)
    phone_page.goto(f"{live_server.url}/officer/cases/{case.pk}/")
    verdict = phone_page.locator("#analysis").bounding_box()
    tasks = phone_page.locator("#case-tasks").bounding_box()
    assert verdict is not None
    assert tasks is not None
    assert verdict["y"] < tasks["y"]
    assert overflow_pixels(phone_page) == 0
