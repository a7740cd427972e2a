"""The self-check in a real browser: one question at a time, exact conclusions, nothing sent, and paper without script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders import entry_fields
from tests.builders import publish_list as publish_confirmed_list
from tests.case_builders import VIOLATION_NAME, list_entry, make_world, publish_list
from tests.cast import raise_cast
from tests.clean_page import assert_page_is_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHECK = "/public/self-check/yn-scjg-list/17/"


# First time, goods below 1,000 yuan, corrected on the spot; not during an emergency.
NO_PENALTY = list_entry(
    condition_text=["初次违法", "货值金额不足一千元", "当场改正"],
    condition={
        "all": [
            {"fact": "offence_count_24m", "op": "eq", "value": 1},
            {"fact": "goods_value", "op": "lt", "value": 100_000},
            {"fact": "corrected_on_spot", "op": "eq", "value": True},
        ]
    },
    exclusions=[
        {
            "text": "在突发事件期间哄抬价格",
            "condition": {"fact": "emergency_price_gouging", "op": "eq", "value": True},
        }
    ],
)
LIGHTER = list_entry(
    position=2,
    serial="18",
    slug="18",
    kind="lighter",
    mandate="must",
    condition_text=["及时改正"],
    condition={"fact": "corrected_timely", "op": "eq", "value": True},
)


def stage(page: Page, server: Any) -> list[str]:
    """Publish both entries, open the check, and note every request from then on."""
    publish_list(make_world(), [NO_PENALTY, LIGHTER])
    page.goto(server.url + CHECK)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    return sent


def answer(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check(force=True)
    page.get_by_role("button", name="下一步").click()


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-self-check] h1")).to_have_text(words)


def states(page: Page) -> list[str]:
    """The states of the conditions of the shown entry, in their order."""
    rows = page.locator(".answer .condition").all()
    return [str(row.get_attribute("class")).removeprefix("condition is-") for row in rows]


def test_all_conditions_met_on_a_phone_and_no_answer_leaves_it(phone_page: Page, live_server: Any) -> None:
    sent = stage(phone_page, live_server)
    assert_page_is_clean(phone_page)
    for words in ("只有这一次", "不满1,000元", "当场改正", "不是"):
        answer(phone_page, words)
    says(phone_page, "可能不予处罚")
    assert states(phone_page) == ["met", "met", "met", "met"]
    expect(phone_page.locator("[data-self-check]")).to_contain_text("仅供参考，以执法机关依法认定为准")
    assert_page_is_clean(phone_page)
    assert sent == []
    assert phone_page.url == live_server.url + CHECK
    kept = phone_page.evaluate(
        "JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])"
    )
    assert json.loads(kept) == [[], [], ""]


def test_a_condition_not_met_leads_to_the_next_lighter_outcome(page: Page, live_server: Any) -> None:
    stage(page, live_server)
    answer(page, "2次，或者更多")
    says(page, "及时改正了吗？")
    answer(page, "及时改正")
    says(page, "可能从轻处罚")
    expect(page.get_by_text("应当从轻处罚").first).to_be_visible()
    page.get_by_text("不符合：").first.click()
    assert_page_is_clean(page)


def test_unsure_is_an_answer_and_leaves_the_conclusion_open(page: Page, live_server: Any) -> None:
    stage(page, live_server)
    answer(page, "不确定")
    for words in ("不满1,000元", "当场改正", "不是", "没有及时改正"):
        answer(page, words)
    says(page, "还不能判断")
    assert states(page) == ["unknown", "met", "met", "met"]
    missing = page.locator("[data-part='missing']")
    expect(missing).to_contain_text("最近 24 个月，同样的事被执法机关查到过几次？")
    assert_page_is_clean(page)


def test_nothing_fits_is_said_with_what_failed(page: Page, live_server: Any) -> None:
    stage(page, live_server)
    answer(page, "2次，或者更多")
    answer(page, "没有及时改正")
    says(page, "不符合清单的条件")
    assert states(page)[0] == "unmet"
    assert_page_is_clean(page)


def test_an_answer_can_be_changed_and_everything_begun_again(page: Page, live_server: Any) -> None:
    sent = stage(page, live_server)
    for words in ("只有这一次", "不满1,000元", "当场改正", "不是"):
        answer(page, words)
    page.get_by_role("button", name="第 2 问").click()
    expect(page.get_by_label("不满1,000元", exact=True)).to_be_checked()
    answer(page, "1,000元以上（含1,000元）")
    says(page, "及时改正了吗？")
    page.go_back()
    expect(page.get_by_label("1,000元以上（含1,000元）", exact=True)).to_be_checked()
    # What was answered after it still stands, so that the result comes at once.
    answer(page, "不满1,000元")
    says(page, "可能不予处罚")
    page.get_by_role("button", name="重新自查").click()
    says(page, "最近 24 个月，同样的事被执法机关查到过几次？")
    assert page.locator("input:checked").count() == 0
    page.reload()
    says(page, "最近 24 个月，同样的事被执法机关查到过几次？")
    assert [url for url in sent if "?" in url or "#" in url] == []


def test_the_keyboard_alone_reaches_the_result(page: Page, live_server: Any) -> None:
    stage(page, live_server)
    page.get_by_role("radio").first.focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("h1:focus")).to_have_count(1)
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    says(page, "可能不予处罚")
    expect(page.locator("h1:focus")).to_have_text("可能不予处罚")


def test_going_on_without_an_answer_says_what_to_do(page: Page, live_server: Any) -> None:
    stage(page, live_server)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("alert")).to_have_text("选一项。拿不准的，选“不确定”。")
    assert_page_is_clean(page)


def test_without_script_the_questions_stand_as_a_list_for_paper(browser: Browser, live_server: Any) -> None:
    publish_list(make_world(), [NO_PENALTY, LIGHTER])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto(live_server.url + CHECK)
    text = opened.inner_text("main")
    for words in (
        f"自查：{VIOLATION_NAME}",
        "最近 24 个月，同样的事被执法机关查到过几次？",
        "不满1,000元",
        "不确定",
        "同时满足下列条件的，可以不予处罚",
        "仅供参考，以执法机关依法认定为准",
    ):
        assert words in text
    context.close()


def test_at_most_seven_questions_are_asked_and_the_rest_stays_open(page: Page, live_server: Any) -> None:
    clauses = [f"第{number}个要逐项确认的条件" for number in range(1, 12)]
    publish_confirmed_list(raise_cast(), entries=(entry_fields(condition_text=clauses, exclusions=[]),))
    page.goto(f"{live_server.url}/public/self-check/market-list/1/")
    asked = 0
    while page.locator("[data-self-check] form").count():
        answer(page, "符合")
        asked += 1
        assert asked <= 7
    says(page, "还不能判断")
    assert asked == 7
    assert states(page) == ["met"] * 7 + ["unknown"] * 4
