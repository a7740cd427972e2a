"""Signing in as people do it: an authenticator app, recovery codes on paper, a warning before the session ends."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from enforcement.models import BrowserSession
from enforcement.services.publish_version import review_version, submit_version
from enforcement.web.documents.addresses import OfficerAddresses
from exemption_lists.content import BODY
from exemption_lists.web.surface import LISTS
from tests.browser.walking import Walk
from tests.builders import draft_list
from tests.cast import Cast, raise_cast
from tests.clean_page import assert_page_is_clean
from tests.enforcement.accounts.signing_in import PASSWORD, app_code, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    cast = raise_cast()
    with_password(cast.officer)
    return cast


def set_up_the_app(walk: Walk) -> tuple[str, str]:
    """The secret typed into the app, and the first recovery code."""
    walk.follow("设置动态口令")
    walk.title_is("设置动态口令")
    expect(walk.page.get_by_role("img", name=re.compile("方形码")).locator("svg")).to_be_visible()
    secret = walk.page.locator(".long-code").inner_text().replace(" ", "")
    walk.fill("动态口令", "000000")
    walk.press("启用动态口令")
    walk.sees("口令与这个密钥不符")
    walk.fill("动态口令", app_code(secret))
    walk.press("启用动态口令")
    walk.sees("只在这里显示一次")
    return secret, walk.page.locator(".code-list code").first.inner_text()


def test_an_app_is_set_up_and_asked_for(page: Page, live_server: Any, cast: Cast) -> None:
    walk = Walk(page, live_server)
    walk.sign_in("officer", PASSWORD)
    walk.sees("建议设置动态口令")
    walk.follow("我的账号")
    walk.follow("设置动态口令")
    secret, recovery_code = set_up_the_app(walk)
    walk.follow("已经存好，继续")
    walk.title_is("待办")
    walk.sign_out()
    walk.sign_in("officer", PASSWORD)
    walk.title_is("填写动态口令")
    walk.fill("动态口令", "123456")
    walk.press("完成登录")
    walk.sees("动态口令不对")
    walk.fill("动态口令", app_code(secret, steps_away=1))
    walk.press("完成登录")
    walk.title_is("待办")
    walk.sign_out()
    walk.sign_in("officer", PASSWORD)
    walk.fill("动态口令", recovery_code)
    walk.press("完成登录")
    walk.follow("我的账号")
    walk.follow("查看动态口令")
    walk.sees("还有 9 个没有用过的恢复码")


def test_the_same_pages_on_a_phone(phone_page: Page, live_server: Any, cast: Cast) -> None:
    walk = Walk(phone_page, live_server, touch=True)
    walk.sign_in("officer", PASSWORD)
    for address in ("/account/", "/account/password/", "/account/second-factor/", "/account/sessions/"):
        walk.open(address)
    set_up_the_app_from(walk)


def set_up_the_app_from(walk: Walk) -> None:
    walk.open("/account/second-factor/")
    set_up_the_app(walk)


def age_session(seconds_left: int) -> None:
    """Let half an hour pass but for some seconds."""
    row = BrowserSession.objects.exclude(account=None).get()
    store = BrowserSession.get_session_store_class()(row.session_key)
    store["seen_at"] = int(store["seen_at"]) - (30 * 60 - seconds_left)
    store.save()


def test_a_warning_comes_first_and_going_on_keeps_the_session(
    page: Page, live_server: Any, cast: Cast
) -> None:
    walk = Walk(page, live_server)
    walk.sign_in("officer", PASSWORD)
    page.evaluate(
        "document.addEventListener('hengdu:session-ending', () => document.body.dataset.told = 'ending')"
    )
    ask_again(page, seconds_left=100)
    dialog = page.get_by_role("dialog", name="登录即将结束")
    expect(dialog).to_be_visible()
    expect(page.locator("body[data-told=ending]")).to_be_visible()
    expect(dialog.get_by_role("button", name="继续工作")).to_be_focused()
    assert_page_is_clean(page)
    with page.expect_response(lambda response: response.request.method == "POST") as gone_on:
        page.keyboard.press("Enter")
    assert gone_on.value.status == 200
    expect(dialog).to_be_hidden()
    walk.open("/account/")


def test_after_the_end_signing_in_leads_back_to_the_page(page: Page, live_server: Any, cast: Cast) -> None:
    walk = Walk(page, live_server)
    walk.sign_in("officer", PASSWORD)
    walk.open("/officer/cases/?view=mine")
    ask_again(page, seconds_left=0)
    dialog = page.get_by_role("dialog", name="登录已结束")
    expect(dialog).to_be_visible()
    assert_page_is_clean(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    walk.follow("重新登录", within=dialog)
    walk.fill("用户名", "officer")
    walk.fill("密码", PASSWORD)
    walk.press("登录")
    assert page.url.endswith("/officer/cases/?view=mine")


def ask_again(page: Page, *, seconds_left: int) -> None:
    """Move the session near its end and let the page's script look: coming back to the tab makes it ask."""
    age_session(seconds_left)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_form_sent_too_late_comes_back_after_confirming(page: Page, live_server: Any, cast: Cast) -> None:
    version = draft_list(cast)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=version.pk)
    review_version(
        actor=cast.actor("reviewer"), body=BODY, version_id=version.pk, verdict="agree", text="同意。"
    )
    with_password(cast.publisher)
    walk = Walk(page, live_server)
    walk.sign_in("publisher", PASSWORD)
    walk.open(OfficerAddresses(LISTS, version).publish)
    walk.fill("发文字号", "示市监规〔2026〕7号")
    walk.fill("成文日期", "2026.11.1")
    walk.fill("生效日期", "2026.12.1")
    walk.fill("修订说明", "第一次公布")
    let_the_proof_grow_old()
    walk.press("发布第 1 版")
    walk.title_is("确认身份")
    walk.sees("已保留 10 分钟")
    walk.fill("密码", PASSWORD)
    walk.press("确认身份")
    walk.title_is("继续提交")
    version.refresh_from_db()
    assert version.status == "reviewed"
    walk.press("提交刚才填写的内容")
    walk.sees("已发布，内容摘要")


def let_the_proof_grow_old() -> None:
    row = BrowserSession.objects.exclude(account=None).get()
    store = BrowserSession.get_session_store_class()(row.session_key)
    store["proved_at"] = int(store["proved_at"]) - 10 * 60
    store.save()
