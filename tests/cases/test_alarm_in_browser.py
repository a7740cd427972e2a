"""The approver's way past an alarm, at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case, LeniencyAlarm
from tests.case_builders import (
    MINOR_CORRECTED,
    REASONS,
    answer,
    make_case,
    make_world,
    propose,
    publish_list,
    publish_standard,
)
from tests.clean_page import assert_page_is_clean, overflow_pixels

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WRITTEN = "已核对询问笔录，当事人隐瞒销售记录的情节属实，同意承办意见。"


def _alarmed_case() -> Case:
    world = make_world()
    publish_list(world)
    publish_standard(world)
    case = answer(world, make_case(world), MINOR_CORRECTED)
    propose(
        world,
        case,
        outcome="normal",
        follows_analysis=False,
        fines={"": 60000},
        education="",
        departure_class="facts",
        departure_reasons=REASONS,
    )
    return case


def _agree_past_the_alarm(page: Page, address: str) -> None:
    case = _alarmed_case()
    page.goto(f"{address}/login/")
    page.fill("[name=username]", "approver")
    page.fill("[name=password]", "correct horse battery")
    page.click("form button[type=submit]")
    page.goto(f"{address}/officer/cases/{case.pk}/review/")
    expect(page.get_by_text("该免未免", exact=True)).to_be_visible()
    page.get_by_label("审批意见").fill("同意。")
    page.get_by_role("button", name="同意处理建议").click()
    problem = page.get_by_role("link", name="选择仍然同意（该免未免）的理由类别")
    expect(problem).to_be_visible()
    expect(page.get_by_label("审批意见")).to_have_value("同意。")
    assert LeniencyAlarm.objects.get().is_open
    assert_page_is_clean(page)
    assert overflow_pixels(page) == 0
    problem.click()
    page.get_by_label("系统未反映的事实").check()
    page.get_by_label("该免未免：仍然同意的理由", exact=False).last.fill(WRITTEN)
    page.get_by_role("button", name="同意处理建议").click()
    expect(page.get_by_text("已同意处理建议。")).to_be_visible()
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    assert LeniencyAlarm.objects.get().answer == WRITTEN
    assert overflow_pixels(page) == 0


def test_the_approver_agrees_only_with_reasons(page: Page, live_server) -> None:  # type: ignore[no-untyped-def]
    _agree_past_the_alarm(page, live_server.url)


def test_and_on_a_phone(phone_page: Page, live_server) -> None:  # type: ignore[no-untyped-def]
    _agree_past_the_alarm(phone_page, live_server.url)
