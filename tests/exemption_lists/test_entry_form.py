"""The form of an entry: amounts to the fen, what belongs to which kind, mandates, live reading of clauses, two editors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enforcement.errors import InvalidInput
from enforcement.models import RuleVersion
from exemption_lists.fine_amounts import range_problems, range_words, read_ranges, typed_cells
from exemption_lists.mandates import FIRST_AS_MUST, MINOR_AS_MAY, NO_FAULT_AS_MAY, mandate_remarks
from exemption_lists.models import ListEntry
from exemption_lists.services.edit_entry import edit_entry
from tests.builders import PRICE_TAG, draft_list, entry_fields, entry_of
from tests.cast import Cast, raise_cast

ADDRESS = "/officer/lists/market-list/v1/entries/1/"
FEN = st.none() | st.integers(0, 10**15)
RANGES = st.lists(
    st.fixed_dictionaries({"subject": st.sampled_from(["", "单位", "个人"]), "min_fen": FEN, "max_fen": FEN}),
    max_size=3,
)


@given(ranges=RANGES)
def test_ranges_survive_being_typed(ranges: list[dict[str, Any]]) -> None:
    sound = [one for one in ranges if (one["min_fen"], one["max_fen"]) != (None, None)]
    read, problems = read_ranges(typed_cells(sound))
    assert problems == range_problems(sound)
    assert read == sound


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("", "5,000", "5万"), {"subject": "", "min_fen": 500_000, "max_fen": 5_000_000}),
        (("单位", "0.01", "1.2万元"), {"subject": "单位", "min_fen": 1, "max_fen": 1_200_000}),
        (("", "", "８００．５"), {"subject": "", "min_fen": None, "max_fen": 80_050}),
        (("", "0.07", ""), {"subject": "", "min_fen": 7, "max_fen": None}),
    ],
)
def test_yuan_become_fen_exactly(cells: tuple[str, ...], expected: dict[str, Any]) -> None:
    assert read_ranges(cells) == ([expected], [])


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("", "0.001", ""), "最多精确到分"),
        (("", "五百来块", ""), "第 1 行“下限”应为金额"),
        (("", "", "", "", "1", "-1"), "第 2 行“上限”应为金额"),
        (("单位", "", ""), "至少填写一个"),
        (("", "6", "5"), "下限大于上限"),
        (("", "1", "2", "", "3", "4"), "填写了两行"),
        (("", "99999999999999999", ""), "超出可以记录的范围"),
    ],
)
def test_amounts_that_cannot_be_kept_are_named(cells: tuple[str, ...], problem: str) -> None:
    _ranges, problems = read_ranges(cells)
    assert len(problems) == 1 and problem in problems[0]


def test_ranges_in_words() -> None:
    ranges, _ = read_ranges(("单位", "5000", "5万", "个人", "", "1000", "", "20.5", "20.5"))
    assert range_words(ranges) == ["单位：5,000元以上50,000元以下", "个人：1,000元以下", "20.50元"]


@pytest.mark.parametrize(
    ("mandate", "clauses", "remarks"),
    [
        ("must", ["首次违法", "危害后果轻微", "及时改正"], [FIRST_AS_MUST]),
        ("may", ["首次违法", "危害后果轻微", "及时改正"], []),
        ("must", ["首次违法"], []),
        ("must", ["违法行为轻微", "及时改正", "没有造成危害后果"], []),
        ("may", ["违法行为轻微", "及时改正", "没有造成危害后果"], [MINOR_AS_MAY]),
        ("must", ["首次违法", "违法行为轻微", "及时改正", "没有造成危害后果"], []),
        ("may", ["违法行为轻微", "及时改正", "危害后果轻微"], []),
        ("may", ["没有主观过错"], [NO_FAULT_AS_MAY]),
        ("must", ["没有主观过错"], []),
        ("may", ["说不清的条件"], []),
    ],
)
def test_a_mandate_beside_what_the_law_says(mandate: str, clauses: list[str], remarks: list[str]) -> None:
    assert mandate_remarks(kind="no_penalty", mandate=mandate, clauses=clauses) == remarks
    assert mandate_remarks(kind="lighter", mandate=mandate, clauses=clauses) == []


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.compiler)
    return client


def entry_post(version: RuleVersion, **changes: Any) -> dict[str, Any]:
    values = {
        "lock_version": str(version.lock_version),
        "serial": "1",
        "kind": "lighter",
        "mandate": "must",
        "scope": "matter",
        "violation_name": PRICE_TAG,
        "logic": "all",
        "condition_text": "首次违法\n危害后果轻微\n当场能够说明价格来源",
        "penalty_provisions": "《中华人民共和国价格法》第四十二条",
        "statutory_ranges": ["", "", "5000", "", "", ""],
        "fine_ranges": ["单位", "500", "1,500.05", "个人", "", "200"],
        "fine_rule": "",
        "plain_words": "第一次忘了标价，马上补上的，少罚。",
        "example": "某小吃店漏标一种商品，当场补齐。",
    }
    return values | changes


def test_everything_typed_is_stored_and_shown_again(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    response = client.post(ADDRESS, entry_post(draft))
    assert response.status_code == 302, response.content.decode()
    entry = entry_of(draft)
    assert entry.statutory_ranges == [{"subject": "", "min_fen": None, "max_fen": 500_000}]
    assert entry.fine_ranges == [
        {"subject": "单位", "min_fen": 50_000, "max_fen": 150_005},
        {"subject": "个人", "min_fen": None, "max_fen": 20_000},
    ]
    assert entry.plain_words.startswith("第一次忘了标价") and entry.example.startswith("某小吃店")
    text = client.get(ADDRESS).content.decode()
    for shown in ('value="1,500.05"', 'value="单位"', 'value="5,000"', "第一次忘了标价", "某小吃店"):
        assert shown in text


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"fine_ranges": ["", "五百来块", ""]}, "应为金额"),
        ({"kind": "no_penalty"}, "只在“从轻处罚”“减轻处罚”时填写"),
        (
            {"kind": "no_penalty", "fine_ranges": [], "fine_rule": "按货值的一倍"},
            "只在“从轻处罚”“减轻处罚”时填写",
        ),
        ({"fine_ranges": ["", "9", "\x00"]}, "不能使用的字符"),
        ({"serial": ""}, "填写序号"),
    ],
)
def test_a_refused_form_keeps_every_word(
    cast: Cast, client: Client, changes: dict[str, Any], problem: str
) -> None:
    draft = draft_list(cast)
    before = entry_of(draft).serial
    response = client.post(ADDRESS, entry_post(draft, **changes))
    text = response.content.decode()
    assert response.status_code == 200 and problem in text
    assert "第一次忘了标价" in text and 'value="5000"' in text
    assert entry_of(draft).serial == before and entry_of(draft).plain_words == ""


def test_the_service_refuses_what_the_form_refuses(cast: Cast) -> None:
    draft = draft_list(cast)
    actor, entry = cast.actor("compiler"), entry_of(draft)
    ranges = [{"subject": "", "min_fen": 2, "max_fen": 1}]
    for fields in (
        entry_fields(fine_rule="按一倍"),
        entry_fields(kind="lighter", fine_ranges=ranges),
        entry_fields(statutory_ranges=ranges),
    ):
        with pytest.raises(InvalidInput):
            edit_entry(actor=actor, version_id=draft.pk, entry_id=entry.pk, fields=fields)


def test_amounts_of_two_editors_are_shown_beside_each_other(cast: Cast, client: Client) -> None:
    draft = draft_list(cast, entries=(entry_fields(kind="lighter"),))
    opened = client.get(ADDRESS).context["form"]["opened_as"].value()
    colleague = Client()
    colleague.force_login(cast.second_compiler)
    theirs = entry_post(
        draft, fine_ranges=["", "300", "600"], plain_words="", example="", statutory_ranges=[]
    )
    assert colleague.post(ADDRESS, theirs).status_code == 302
    mine = entry_post(draft, opened_as=opened, fine_ranges=["", "400", "800"], statutory_ranges=[])
    page = client.post(ADDRESS, mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "300元以上600元以下" in text and "400元以上800元以下" in text
    assert 'value="第一次忘了标价，马上补上的，少罚。"' in text, "my own words are carried"
    draft.refresh_from_db()
    chosen = mine | {
        "merging": "1",
        "lock_version": str(draft.lock_version),
        "clash-fine_ranges": "1",
        "choice-fine_ranges": "theirs",
    }
    assert client.post(ADDRESS, chosen).status_code == 302
    entry = entry_of(draft)
    assert entry.fine_ranges == [{"subject": "", "min_fen": 30_000, "max_fen": 60_000}]
    assert entry.plain_words.startswith("第一次忘了标价")


def test_clauses_are_read_while_they_are_typed(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    before = entry_of(draft)
    values = {
        "condition_text": "近18个月内首次违法\n及时改正\n说不清的条件",
        "exclusions": "情节严重",
        "logic": "any",
        "kind": "no_penalty",
        "mandate": "must",
    }
    text = client.post("/officer/lists/market-list/v1/understood/", values).content.decode()
    assert "近18个月内首次被发现同类违法，或者及时改正，或者“说不清的条件”属实" in text
    assert "3 项中识别了 2 项" in text and "违法情节不轻于严重" not in text and "<html" not in text
    assert "第三十三条第一款后段" in text
    assert entry_of(draft).condition_text == before.condition_text
    assert (
        "这里显示系统识别到的意思"
        in client.post("/officer/lists/market-list/v1/understood/").content.decode()
    )


def test_the_preview_says_what_the_public_will_read(cast: Cast, client: Client) -> None:
    draft = draft_list(cast)
    assert client.post(ADDRESS, entry_post(draft)).status_code == 302
    assert f"{ADDRESS}preview/" in client.get(ADDRESS).content.decode()
    text = client.get(f"{ADDRESS}preview/").content.decode()
    for shown in (
        "应当从轻处罚",
        "单位：500元以上1,500.05元以下",
        "5,000元以下",
        "第一次忘了标价",
        "某小吃店",
    ):
        assert shown in text
    ListEntry.objects.filter(version=draft).update(
        condition={"all": [{"fact": "x_gone", "op": "eq", "value": 1}]}
    )
    assert "首次违法" in client.get(f"{ADDRESS}preview/").content.decode(), (
        "a broken condition is no error here"
    )
