"""The public page of an entry: everything it says, the day it was asked for, and its weight."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from enforcement.models import Agency, RuleVersion
from exemption_lists.common_questions import common_questions
from tests.case_builders import CaseWorld, list_entry, make_world, publish_list

pytestmark = pytest.mark.django_db
FIRST, SECOND = dt.date(2026, 1, 1), dt.date(2026, 6, 1)
ENTRY = "/public/lists/yn-scjg-list/v1/17/"
MOST_BYTES = 100_000


@pytest.fixture
def world() -> CaseWorld:
    return make_world()


def page(address: str = ENTRY) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def next_version(world: CaseWorld, version: RuleVersion, **changes: Any) -> RuleVersion:
    return publish_list(world, [list_entry(**changes)], effective_from=SECOND, next_of=version.document_id)


def test_an_entry_says_everything_it_holds_in_plain_words(world: CaseWorld) -> None:
    Agency.objects.filter(code="YN-SCJG").update(contact_phone="0871-6555-0100")
    entry = list_entry(
        kind="mitigated",
        mandate="must",
        plain_words="价签没有写全，当场补上的，可以少罚。",
        example="某小吃店三天内补齐价签，减轻处罚。",
        statutory_ranges=[{"subject": "个人", "min_fen": 20_000, "max_fen": 100_050}],
        fine_ranges=[{"subject": "", "min_fen": None, "max_fen": 10_000}],
        fine_rule="按没有标价的种数确定。",
        condition_text=["初次违法", "货值不足五千元"],
        condition={
            "all": [
                {"fact": "offence_count_24m", "op": "eq", "value": 1},
                {"fact": "goods_value", "op": "lt", "value": 500_000},
            ]
        },
        exclusions=[{"text": "哄抬价格的", "condition": None}],
        follow_up=["补齐价签"],
    )
    publish_list(world, [entry])
    text = page()
    for words in (
        "同时满足下列条件的，应当减轻处罚",
        "最近 24 个月，同样的事只有这一次",
        "货值金额不满5,000元",
        "价签没有写全，当场补上的，可以少罚。",
        "某小吃店三天内补齐价签，减轻处罚。",
        "个人：200元以上1,000.50元以下",
        "100元以下",
        "按没有标价的种数确定。",
        "哄抬价格的",
        "补齐价签",
        "减轻处罚是什么意思？",
        "“应当”是什么意思？",
        'href="tel:0871-6555-0100"',
        "用最多 3 个问题自查",
        "/public/self-check/yn-scjg-list/17/",
        "YN-SCJG-LIST-1-17",
        "http://testserver/public/lists/yn-scjg-list/v1/17/",
        "square-code",
    ):
        assert words in text, words
    assert len(text.encode()) <= MOST_BYTES


def test_a_published_entry_with_forty_long_clauses_weighs_less_than_100_kb(world: CaseWorld) -> None:
    clauses = [f"第{number}项条件，" + "在规定期限内完成整改并报告执法机关" * 6 for number in range(40)]
    facts = [{"fact": "corrected", "op": "eq", "value": True}] * 40
    entry = list_entry(
        condition_text=clauses, condition={"all": facts}, follow_up=clauses[:10], note="说明" * 500
    )
    publish_list(world, [entry])
    assert len(page().encode()) <= MOST_BYTES
    assert len(page("/public/self-check/yn-scjg-list/17/").encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("2026-05-31", "v1"),
        ("2026.6.1", "v2"),
        ("2026年6月1日", "v2"),
        ("20260531", "v1"),
    ],
)
def test_a_day_leads_to_the_version_in_force_then(world: CaseWorld, asked: str, leads_to: str) -> None:
    next_version(world, publish_list(world))
    for number in ("v1", "v2"):
        response = Client().get(ENTRY.replace("v1", number), {"on": asked}, follow=True)
        assert response.request["PATH_INFO"] == ENTRY.replace("v1", leads_to)
        assert f"适用的是第 {leads_to[1:]} 版，下面就是当时的内容" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?on=2025-12-31", "2025年12月31日没有适用的这一条"),
        ("?on=昨天", "没有认出这个日期"),
        ("?on=2026-02-30", "没有认出这个日期"),
        ("?on=" + "9" * 500, "没有认出这个日期"),
    ],
)
def test_a_day_without_an_answer_is_explained_and_kept(world: CaseWorld, query: str, words: str) -> None:
    publish_list(world)
    text = page(ENTRY + query)
    assert words in text
    assert f'value="{query.removeprefix("?on=")[:20]}"' in text


def test_a_day_before_the_entry_came_stays_on_the_page(world: CaseWorld) -> None:
    next_version(world, publish_list(world), serial="18", slug="18")
    assert "2026年3月1日没有适用的这一条" in page("/public/lists/yn-scjg-list/v2/18/?on=2026-03-01")


def test_an_old_link_says_it_is_old_and_offers_no_check(world: CaseWorld) -> None:
    next_version(world, publish_list(world))
    old = page()
    assert "当时的内容" in old and "个问题自查" not in old
    assert "个问题自查" in page(ENTRY.replace("v1", "v2"))


def asked_of(**changes: Any) -> list[str]:
    values: dict[str, Any] = {
        "kind": "no_penalty",
        "mandate": "may",
        "codes": (),
        "condition_texts": (),
        "has_exclusions": False,
    }
    return [question.text for question in common_questions(**(values | changes))]


ALWAYS = "执法人员没有适用这一条，怎么办？"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, ["“可以”是什么意思？", "不予处罚，是不是什么都不用做？", ALWAYS]),
        ({"mandate": "must"}, ["“应当”是什么意思？", "不予处罚，是不是什么都不用做？", ALWAYS]),
        ({"kind": "lighter"}, ["从轻处罚是什么意思？", "“可以”是什么意思？", ALWAYS]),
        ({"kind": "mitigated"}, ["减轻处罚是什么意思？", "“可以”是什么意思？", ALWAYS]),
        ({"kind": "no_compulsion"}, ["免予行政强制，是不是就不罚了？", "“可以”是什么意思？", ALWAYS]),
    ],
)
def test_the_questions_follow_from_the_entry(changes: dict[str, Any], wanted: list[str]) -> None:
    assert asked_of(**changes) == wanted


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"codes": ("offence_count_18m",)}, "怎样算初次？"),
        ({"codes": ("corrected_on_spot",)}, "没有按要求改正，会怎样？"),
        ({"condition_texts": ("及时改正的",)}, "没有按要求改正，会怎样？"),
        ({"has_exclusions": True}, "条件都符合，又有“不适用”的情形，怎么办？"),
    ],
)
def test_a_question_is_asked_only_where_the_entry_gives_rise_to_it(
    changes: dict[str, Any], question: str
) -> None:
    assert question in asked_of(**changes)
    assert question not in asked_of()


def test_every_answer_but_that_of_an_unnamed_rule_rests_on_a_provision() -> None:
    for kind in ("no_penalty", "lighter", "mitigated", "no_compulsion"):
        for mandate in ("must", "may"):
            for question in common_questions(
                kind=kind,
                mandate=mandate,
                codes=("offence_count", "corrected"),
                condition_texts=(),
                has_exclusions=True,
            ):
                assert question.citations or (kind, question.text) == ("no_compulsion", "“应当”是什么意思？")
