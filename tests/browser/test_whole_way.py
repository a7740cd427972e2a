"""The whole way in a real browser: a printed list becomes rules, a case is decided by them, everybody reads the result."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from enforcement.actors import Role
from enforcement.models import Account, RoleGrant
from tests.browser.list_story import (
    PASSWORD,
    compiler_accepts_the_recognised_condition,
    compiler_cannot_publish_own_work,
    compiler_imports_the_list,
    compiler_submits,
    public_finds_nothing_yet,
    public_reads_the_list,
    publisher_publishes,
    reviewer_agrees,
)
from tests.browser.price_tag_list import PRICE_TAG, TITLE
from tests.browser.walking import CasePage, Walk
from tests.case_builders import REASONS, make_world, valid_uscc

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = dt.date(2026, 11, 23)
REPRESENTATIVE, PHONE, ADDRESS = "普天明", "13812345678", "青藤路8号院2幢501室"
EDUCATION = "已当面讲解明码标价要求，发放提示书。"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def raise_people() -> None:
    """Agencies, people and one registered violation; no document at all. The compiler may also publish others' work."""
    world = make_world()
    compiler = world.accounts["compiler"]
    top = compiler.agency
    assert top is not None
    RoleGrant.objects.create(
        account=compiler, role=Role.PUBLISHER, region_code=top.region_code, line_code=top.line_code
    )
    supervisor = Account.objects.create_user("supervisor", password=PASSWORD, display_name="云监督")
    RoleGrant.objects.create(account=supervisor, role=Role.SUPERVISOR, region_code="53")


def test_from_a_printed_list_to_a_published_decision(page: Page, live_server: Any, tmp_path: Path) -> None:
    raise_people()
    walk = Walk(page, live_server)
    public_finds_nothing_yet(walk)
    compiler_imports_the_list(walk)
    compiler_accepts_the_recognised_condition(walk)
    compiler_submits(walk)
    reviewer_agrees(walk)
    compiler_cannot_publish_own_work(walk)
    publisher_publishes(walk)
    public_reads_the_list(walk, tmp_path)
    case_number = officer_opens_a_case(walk, uscc=valid_uscc(901), party="五华区阿诺小吃有限公司")
    officer_records_the_facts(walk)
    officer_adopts_the_advice(walk)
    approver_agrees(walk, case_number)
    decision_number = officer_issues_and_delivers(walk, case_number, tmp_path)
    public_reads_the_decision(walk, decision_number)
    other_case = officer_opens_a_case(walk, uscc=valid_uscc(902), party="五华区青石小吃有限公司")
    officer_departs_with_reasons(walk)
    supervisor_sees_both(walk, other_case)
    assert len(walk.visited) >= 45


def officer_opens_a_case(walk: Walk, *, uscc: str, party: str) -> str:
    """The number of the new case."""
    walk.sign_in("officer", PASSWORD)
    walk.follow("立案")
    walk.fill("案由（违法行为）", PRICE_TAG)
    walk.choose("企业")
    walk.fill("统一社会信用代码或身份证号", uscc[:-1])
    walk.fill("当事人名称", party)
    walk.press("立案并编号")
    walk.sees("处需要改", "选择案件来源")
    walk.fill("法定代表人（负责人）", REPRESENTATIVE)
    walk.fill("联系电话", PHONE)
    walk.fill("住所（经营场所）", ADDRESS)
    walk.fill("违法行为发生日期", "2026.11.17")
    walk.fill("发现日期", "20261117")
    walk.fill("立案日期", "2026年11月18日")
    walk.fill("违法行为地", "五华区青藤路")
    walk.choose("罗启")
    walk.page.get_by_role("group", name="案件来源").get_by_role("radio").first.check()
    walk.press("立案并编号")
    walk.sees("统一社会信用代码应为 18 位，现在是 17 位")
    walk.fill("统一社会信用代码或身份证号", uscc)
    walk.press("立案并编号")
    walk.title_is(party)
    walk.sees("已立案，案号")
    return walk.page.get_by_role("definition").first.inner_text()


def officer_records_the_facts(walk: Walk) -> None:
    case = CasePage(walk.page)
    case.says("尚不能给出建议")
    case.marks("首次被发现同类违法", "met")
    case.marks("危害后果不超过轻微", "unknown")
    case.answer("harm", "轻微")
    case.marks("危害后果不超过轻微", "met")
    case.answer("corrected_timely", "否")
    case.marks("及时改正", "unmet")
    walk.look()
    case.answer("corrected_timely", "是")
    case.marks("及时改正", "met")
    case.says("建议：不予处罚")
    walk.look()
    write_the_narrative(walk)


def write_the_narrative(walk: Walk) -> None:
    walk.fill(
        "违法事实",
        f"2026年11月17日检查发现，6种小吃没有标明价格。负责人{REPRESENTATIVE}（电话{PHONE}）当日补齐价签。",
    )
    walk.fill("证据", "现场检查笔录\n询问笔录\n复查照片3张")
    walk.press("保存违法事实与证据")
    walk.sees("违法事实与证据已保存")


def officer_adopts_the_advice(walk: Walk) -> None:
    walk.follow("采纳建议", exact=True)
    walk.press("提交负责人审批")
    walk.sees("处需要改", "应当对当事人进行教育")
    walk.fill("教育内容", EDUCATION)
    walk.press("提交负责人审批")
    walk.sees("处理建议已提交，等待负责人审批")
    walk.sign_out()


def approver_agrees(walk: Walk, case_number: str) -> None:
    walk.sign_in("approver", PASSWORD)
    walk.title_is("待办")
    walk.sees(case_number)
    walk.follow("现在办理")
    walk.sees("处理建议", "不予处罚", EDUCATION, "裁量说明")
    walk.fill("审批意见", "事实清楚，同意。")
    walk.press("同意处理建议")
    walk.sees("已同意处理建议")
    walk.sign_out()


def officer_issues_and_delivers(walk: Walk, case_number: str, folder: Path) -> str:
    """The number of the decision."""
    walk.sign_in("officer", PASSWORD)
    walk.go_to("案件")
    walk.follow(case_number)
    walk.follow("签发")
    walk.sees("请逐项核对", "证据", "现场检查笔录", "救济途径")
    walk.press("签发并编号")
    walk.sees("已签发，文号")
    number = walk.page.get_by_role("definition").first.inner_text()
    file = walk.save_file("下载 Word 文书", folder)
    assert file.suffix == ".docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert number in text
    assert "不予行政处罚决定书" in text
    walk.follow("记录送达")
    walk.fill("送达日期", "2026.11.23")
    walk.choose("直接送达")
    walk.fill("签收人", REPRESENTATIVE)
    walk.press("保存送达记录")
    walk.sees("送达已记录", "已结案")
    walk.sign_out()
    return number


def public_reads_the_decision(walk: Walk, number: str) -> None:
    walk.open("/public/decisions/")
    walk.follow(number)
    walk.sees(number, "五华区阿诺小吃有限公司", "不予处罚", PRICE_TAG, EDUCATION)
    html = walk.page.content()
    for personal in (REPRESENTATIVE, PHONE, ADDRESS):
        assert personal not in html
    walk.follow(TITLE)
    walk.title_is(PRICE_TAG)


def officer_departs_with_reasons(walk: Walk) -> None:
    case = CasePage(walk.page)
    case.answer("harm", "轻微")
    case.answer("corrected_timely", "是")
    case.says("建议：不予处罚")
    write_the_narrative(walk)
    walk.follow("不采纳并说明理由")
    walk.choose("一般处罚")
    walk.fill("罚款金额", "600")
    walk.choose("系统未反映的事实")
    walk.fill("不采纳的理由", "另有情节。")
    walk.press("提交理由和处理建议")
    walk.sees("至少 20 字")
    walk.fill("不采纳的理由", REASONS)
    walk.press("提交理由和处理建议")
    walk.sees("处理建议已提交，等待负责人审批")
    walk.sign_out()


def supervisor_sees_both(walk: Walk, departed_case: str) -> None:
    walk.sign_in("supervisor", PASSWORD)
    walk.title_is("办案概况")
    figures = walk.page.get_by_role("region", name="案件", exact=True)
    expect(figures.get_by_role("link", name="2 件", exact=True)).to_be_visible()
    expect(figures.get_by_role("link", name="1 件", exact=True)).to_be_visible()
    walk.follow("1 件", within=figures, exact=True)
    walk.title_is("不采纳记录")
    walk.sees(departed_case, REASONS, "系统未反映的事实")
    walk.follow(PRICE_TAG)
    walk.sees("未采纳系统建议", REASONS, "监督查看，只读")
    walk.sign_out()
