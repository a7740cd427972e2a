"""Two people record the same fact: the second one sees both answers, at the desk and on the phone, and chooses."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.walking import CasePage, give_session
from tests.case_builders import answer, make_case, make_world
from tests.clean_page import assert_page_is_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("fixture", ["page", "phone_page"])
def test_the_merge_page_takes_the_place_of_the_case_page(
    fixture: str, live_server: Any, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(fixture)
    world = make_world()
    case = make_case(world)
    give_session(page.context, live_server, world.accounts["officer"])
    page.goto(live_server.url + reverse("cases:case", args=[case.pk]))
    answer(world, case, {"harm": "轻微"})
    CasePage(page).answer_field("harm", "一般")
    expect(page.get_by_role("heading", level=1)).to_contain_text("合并两处修改")
    expect(page.get_by_role("alert").first).to_contain_text("修改了“危害后果”")
    assert_page_is_clean(page)
    for choice in page.get_by_label("保留我的").all():
        choice.check()
    page.get_by_role("button", name="保存合并后的内容").click()
    expect(page.get_by_text("适用分析已更新")).to_be_visible()
    case.refresh_from_db()
    assert case.facts["harm"]["value"] == "一般"
