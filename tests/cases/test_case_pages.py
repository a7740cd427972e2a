"""The pages of a case over HTTP: a whole life for both outcomes, what is refused, and what it costs in queries."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseStatus
from tests.case_builders import (
    ACT_DATE,
    MINOR_CORRECTED,
    NOT_CORRECTED,
    REASONS,
    CaseWorld,
    answer,
    make_case,
    make_party,
    signed_in,
    valid_id_number,
    valid_uscc,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.case_builders import TODAY

    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def _open_data(world: CaseWorld, **changes: object) -> dict[str, object]:
    return {
        "operation_id": str(uuid.uuid4()),
        "violation": world.violation.name,
        "source": "inspection",
        "party_kind": "sole_trader",
        "party_identifier": valid_uscc(901),
        "party_name": "阿诺小吃店",
        "act_date": "2026.11.17",
        "found_on": "20261117",
        "opened_on": "2026年11月17日",
        "place": "青藤路",
        "handlers": [str(world.officer.officer_id), str(world.partner.officer_id)],
        **changes,
    }


def _save_facts(client: Client, case: Case, facts: dict[str, object]) -> None:
    case.refresh_from_db()
    data: dict[str, object] = {"lock_version": case.lock_version}
    for code, value in facts.items():
        text = (
            {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        )
        data |= {f"value:{code}": text, f"source:{code}": "site_record", f"note:{code}": "第2页"}
    response = client.post(reverse("cases:facts", args=[case.pk]), data)
    assert response.status_code == 302, response.content.decode()


def _save_narrative(client: Client, case: Case) -> None:
    case.refresh_from_db()
    response = client.post(
        reverse("cases:narrative", args=[case.pk]),
        {
            "text-lock_version": case.lock_version,
            "text-narrative": "六种小吃没有标明价格。",
            "text-evidence": "现场检查笔录\n复查照片",
        },
    )
    assert response.status_code == 302


def test_no_penalty_case_over_http(world: CaseWorld) -> None:
    officer, approver = signed_in(world, "officer"), signed_in(world, "approver")
    data = _open_data(world)
    assert officer.post(reverse("cases:open"), data).status_code == 302
    assert officer.post(reverse("cases:open"), data).status_code == 302
    case = Case.objects.get()
    page = reverse("cases:case", args=[case.pk])
    assert "尚不能给出建议" in officer.get(page).content.decode()
    _save_narrative(officer, case)
    _save_facts(officer, case, MINOR_CORRECTED)
    html = officer.get(page).content.decode()
    assert "建议：不予处罚" in html
    assert "采纳建议" in html
    propose = reverse("cases:propose", args=[case.pk])
    case.refresh_from_db()
    lock = case.lock_version
    refused = officer.post(propose, {"lock_version": lock, "other_measures": "改正"})
    assert refused.status_code == 400
    assert "应当对当事人进行教育" in refused.content.decode()
    assert "改正" in refused.content.decode()
    assert officer.post(propose, {"lock_version": lock, "education": "已当面讲解。"}).status_code == 302
    review = reverse("cases:review", args=[case.pk])
    assert officer.get(review).status_code == 302
    assert "同意处理建议" in approver.get(review).content.decode()
    proposal = case.proposals.get()
    sent = {"proposal_id": proposal.pk, "text": "同意。", "verdict": "approved"}
    assert approver.post(review, sent).status_code == 302
    issue = reverse("cases:issue", args=[case.pk])
    assert "签发并编号" in officer.get(issue).content.decode()
    issued = officer.post(issue, follow=True)
    assert "五市监不罚〔2026〕1号" in issued.content.decode()
    document = case.documents.get()
    assert officer.get(reverse("cases:document", args=[case.pk, document.pk])).content[:2] == b"PK"
    public = reverse("decisions_public:decision", args=[case.decision.slug])
    assert Client().get(public).status_code == 404
    deliver = {"delivered_on": "20261123", "method": "direct", "receiver": "本人"}
    assert officer.post(reverse("cases:deliver", args=[case.pk]), deliver).status_code == 302
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
    assert "不予处罚" in Client().get(public).content.decode()
    assert "五市监不罚〔2026〕1号" in Client().get(reverse("decisions_public:index")).content.decode()


def test_fine_over_http_with_notice(world: CaseWorld) -> None:
    officer, approver = signed_in(world, "officer"), signed_in(world, "approver")
    case = answer(world, make_case(world), NOT_CORRECTED)
    propose = reverse("cases:propose", args=[case.pk])
    assert "500元以上2,000元以下" in officer.get(propose).content.decode()
    too_high = officer.post(propose, {"lock_version": case.lock_version, "fine": "0.3万"})
    assert too_high.status_code == 400
    assert "罚款金额应在500元以上2,000元以下之间（“一般”档）" in too_high.content.decode()
    assert 'value="0.3万"' in too_high.content.decode()
    assert officer.post(propose, {"lock_version": case.lock_version, "fine": "1,000"}).status_code == 302
    sent = {"proposal_id": case.proposals.get().pk, "text": "同意。", "verdict": "approved"}
    assert approver.post(reverse("cases:review", args=[case.pk]), sent).status_code == 302
    assert officer.get(reverse("cases:issue", args=[case.pk])).status_code == 302
    heard = {"notice_given_on": "2026.11.22", "heard_on": "2026.11.23", "content": "", "response": ""}
    assert officer.post(reverse("cases:statement", args=[case.pk]), heard).status_code == 302
    assert officer.post(reverse("cases:issue", args=[case.pk])).status_code == 302
    deliver = {"delivered_on": "20261123", "method": "direct", "receiver": "本人"}
    assert officer.post(reverse("cases:deliver", args=[case.pk]), deliver).status_code == 302
    closed = {"closed_on": "20261123", "fulfilment": "paid"}
    assert officer.post(reverse("cases:close", args=[case.pk]), closed).status_code == 302
    html = Client().get(reverse("decisions_public:decision", args=[case.decision.slug])).content.decode()
    assert "1,000元（大写：壹仟元整）" in html


def test_departure_over_http_demands_reasons_and_keeps_what_was_typed(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    case = answer(world, make_case(world), MINOR_CORRECTED)
    depart = reverse("cases:depart", args=[case.pk])
    data = {"lock_version": case.lock_version, "outcome": "normal", "fine": "600", "departure_class": "facts"}
    short = officer.post(depart, {**data, "departure_reasons": "理由不够长。"})
    assert short.status_code == 400
    assert "不采纳理由至少 20 字，现在是 6 字" in short.content.decode()
    assert "理由不够长。" in short.content.decode()
    assert officer.post(depart, {**data, "departure_reasons": REASONS}).status_code == 302
    assert case.proposals.get().follows_analysis is False


def opened(client: Client, case: Case) -> dict[str, str]:
    """The version and the shown content that the facts form carries, as the browser would send them."""
    form = client.get(reverse("cases:case", args=[case.pk])).context["facts_form"]
    return {"lock_version": str(form["lock_version"].value()), "opened_as": form["opened_as"].value()}


def test_a_fact_changed_by_both_shows_both_texts_and_the_choice_is_saved(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    case = make_case(world)
    mine = {**opened(officer, case), "value:harm": "严重", "source:harm": "interview", "note:harm": "第9页"}
    answer(world, case, {"harm": "轻微"})
    address = reverse("cases:facts", args=[case.pk])
    page = officer.post(address, mine)
    html = page.content.decode()
    assert page.status_code == 409
    assert "杨叙在" in html and "修改了“危害后果”" in html and "第9页" in html
    carried = dict(page.context["merge"].hidden)
    forgotten = officer.post(address, {**carried, "clash-value:harm": "1"})
    assert forgotten.status_code == 409 and "选择“危害后果”保留哪一段" in forgotten.content.decode()
    chosen = {f"choice-{name}": "mine" for name in ("value:harm", "source:harm", "note:harm")}
    assert officer.post(address, {**carried, **chosen}).status_code == 302
    case.refresh_from_db()
    assert (case.facts["harm"]["value"], case.facts["harm"]["note"]) == ("严重", "第9页")


def test_a_colleagues_change_of_another_fact_or_of_the_text_costs_no_decision(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    case = make_case(world)
    mine = {**opened(officer, case), "value:harm": "严重", "source:harm": "interview", "note:harm": "第9页"}
    answer(world, case, {"offence_count": 2})
    assert officer.post(reverse("cases:facts", args=[case.pk]), mine).status_code == 302
    case.refresh_from_db()
    assert (case.facts["harm"]["value"], case.facts["offence_count"]["value"]) == ("严重", 2)


def test_without_the_opened_content_every_difference_is_asked(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    case = answer(world, make_case(world), MINOR_CORRECTED)
    data = {"lock_version": 1, "opened_as": "{坏了", "value:harm": "严重", "source:harm": "interview"}
    page = officer.post(reverse("cases:facts", args=[case.pk]), data)
    assert page.status_code == 409
    assert {field.name for field in page.context["merge"].to_choose} >= {"value:harm", "value:offence_count"}


def test_htmx_is_led_to_the_merge_page_in_place_of_the_whole(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    case = make_case(world)
    mine = {**opened(officer, case), "value:harm": "严重", "source:harm": "interview"}
    answer(world, case, {"harm": "轻微"})
    address = reverse("cases:facts", args=[case.pk])
    page = officer.post(address, mine, headers={"HX-Request": "true"})
    assert (page.status_code, page["HX-Retarget"], page["HX-Reselect"]) == (200, "#main", "#main")
    assert f'action="{address}"' in page.content.decode()


def test_a_narrative_written_by_both_is_merged_by_hand(world: CaseWorld) -> None:
    officer, partner = signed_in(world, "officer"), signed_in(world, "partner")
    case = make_case(world)
    form = officer.get(reverse("cases:case", args=[case.pk])).context["narrative_form"]
    sent = {
        "text-lock_version": form["lock_version"].value(),
        "text-opened_as": form["opened_as"].value(),
        "text-place": form["place"].value(),
    }
    address = reverse("cases:narrative", args=[case.pk])
    theirs = {**sent, "text-narrative": "罗启写的事实", "text-evidence": "现场检查笔录"}
    assert partner.post(address, theirs).status_code == 302
    page = officer.post(address, {**sent, "text-narrative": "杨叙写的事实", "text-evidence": "现场检查笔录"})
    html = page.content.decode()
    assert page.status_code == 409 and "罗启写的事实" in html and "杨叙写的事实" in html
    carried = dict(page.context["merge"].hidden)
    answered = {"choice-narrative": "written", "written-narrative": "两人合写的事实"}
    assert officer.post(address, {**carried, **answered}).status_code == 302
    case.refresh_from_db()
    assert (case.narrative, case.evidence) == ("两人合写的事实", ["现场检查笔录"])


def test_htmx_save_returns_the_panel_and_the_new_lock(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    case = make_case(world)
    data = {"lock_version": case.lock_version, "value:harm": "轻微", "source:harm": "interview"}
    response = officer.post(reverse("cases:facts", args=[case.pk]), data, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert 'id="analysis"' in html
    assert f'id="facts-lock" value="{case.lock_version + 1}"' in html
    assert "已保存" in html
    assert "<html" not in html


def test_wrong_opening_keeps_everything_typed(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    data = _open_data(world, party_identifier="9253 0102 MA6P 2Q7X 3", act_date="昨天")
    response = officer.post(reverse("cases:open"), data)
    html = response.content.decode()
    assert response.status_code == 400
    assert "错误：" in html
    assert "应为日期" in html
    assert 'value="昨天"' in html
    assert "统一社会信用代码应为 18 位，现在是 17 位" in html, "every problem at once"


def test_party_registered_before_is_found_by_number(world: CaseWorld) -> None:
    officer = signed_in(world, "officer")
    party = make_party(world, kind="person", name="马丽", identifier=valid_id_number())
    address = reverse("cases:party")
    found = officer.post(address, {"party_kind": "person", "party_identifier": party.id_number})
    assert "已登记：马丽" in found.content.decode()
    assert (
        "没有登记过"
        in officer.post(address, {"party_kind": "person", "party_identifier": "1"}).content.decode()
    )
    assert officer.get(address).status_code == 405, "a personal number never stands in an address"


@pytest.mark.parametrize(
    "name",
    ["case", "propose", "depart", "review", "statement", "issue", "issued", "deliver", "close", "withdraw"],
)
def test_neighbour_finds_no_page_of_the_case(world: CaseWorld, name: str) -> None:
    case = make_case(world)
    assert signed_in(world, "neighbour").get(reverse(f"cases:{name}", args=[case.pk])).status_code == 404


def test_home_says_when_more_cases_wait_than_it_lists(
    world: CaseWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case(world)
    officer = signed_in(world, "officer")
    monkeypatch.setattr("cases.selectors.case_list.TODO_LIMIT", 1)
    assert "只列出立案最早的一部分" not in officer.get(reverse("cases:home")).content.decode()
    make_case(world)
    page = officer.get(reverse("cases:home")).content.decode()
    assert "只列出立案最早的一部分" in page
    assert "由您办理 1 件以上" in page


def test_home_sorts_by_due_day(world: CaseWorld) -> None:
    import datetime as dt

    for opened in (dt.date(2026, 8, 1), dt.date(2026, 8, 25), ACT_DATE):
        make_case(world, act_date=opened, found_on=opened, opened_on=opened)
    html = signed_in(world, "officer").get(reverse("cases:home")).content.decode()
    assert html.index("已逾期") < html.index("今天到期") < html.index("以后")


def test_pages_cost_a_fixed_number_of_queries(world: CaseWorld, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    officer = signed_in(world, "officer")
    case = answer(world, make_case(world), MINOR_CORRECTED)
    for _ in range(6):
        make_case(world)
    with django_assert_max_num_queries(12):
        officer.get(reverse("cases:list"))
    with django_assert_max_num_queries(12):
        officer.get(reverse("cases:home"))
    with django_assert_max_num_queries(28):
        officer.get(reverse("cases:case", args=[case.pk]))
