"""Numbers, money, dates, provisions and states in Chinese words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement import wording

UPPER_DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UPPER_PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read_upper(words: str) -> int:
    """Read upper-case words back into fen; an independent check of the writer."""
    total = high = section = digit = 0
    for letter in words:
        if letter in UPPER_DIGITS:
            digit = UPPER_DIGITS[letter]
        elif letter in UPPER_PLACES:
            section, digit = section + digit * UPPER_PLACES[letter], 0
        elif letter == "万":
            high, section, digit = high + (section + digit) * 10_000, 0, 0
        elif letter == "亿":
            high, section, digit = (high + section + digit) * 100_000_000, 0, 0
        elif letter == "元":
            total, high, section, digit = (high + section + digit) * 100, 0, 0, 0
        elif letter == "角":
            total, digit = total + digit * 10, 0
        elif letter == "分":
            total, digit = total + digit, 0
    return total


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (17, "十七"),
        (20, "二十"),
        (33, "三十三"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (133, "一百三十三"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (10_000, "一万"),
        (100_500, "十万零五百"),
    ],
)
def test_a_number_is_written_as_in_a_law(number: int, words: str) -> None:
    assert wording.chinese_number(number) == words


@pytest.mark.parametrize("number", [-1, 10**16])
def test_a_number_outside_the_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        wording.chinese_number(number)


@pytest.mark.parametrize(
    ("fen", "plain", "with_unit"),
    [
        (0, "0.00", "0元"),
        (5, "0.05", "0.05元"),
        (99, "0.99", "0.99元"),
        (100, "1.00", "1元"),
        (800_000, "8,000.00", "8,000元"),
        (800_050, "8,000.50", "8,000.50元"),
        (-12_345, "-123.45", "-123.45元"),
        (123_456_789_00, "123,456,789.00", "123,456,789元"),
    ],
)
def test_money_in_figures(fen: int, plain: str, with_unit: str) -> None:
    assert wording.money_text(fen) == plain
    assert wording.money_text(fen, unit="元") == with_unit


def test_a_range_of_money_names_both_ends_unless_they_are_equal() -> None:
    assert wording.money_range_text(20_000, 50_000) == "200元至500元"
    assert wording.money_range_text(20_000, 20_000) == "200元"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (12, "壹角贰分"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角整"),
        (1_000, "壹拾元整"),
        (80_000, "捌佰元整"),
        (800_000, "捌仟元整"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (10_050_000, "壹拾万零伍佰元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
        (1_000_200_000_000_00, "壹万零贰亿元整"),
    ],
)
def test_money_in_upper_case_words(fen: int, words: str) -> None:
    assert wording.money_upper(fen) == words
    assert wording.money_upper(fen, with_currency=True) == "人民币" + words


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_upper_case_words_read_back_to_the_same_amount(fen: int) -> None:
    words = wording.money_upper(fen)
    assert read_upper(words) == fen
    assert "零零" not in words


def test_a_negative_amount_has_no_words() -> None:
    with pytest.raises(ValueError, match="negative"):
        wording.money_upper(-1)


def test_a_date_has_no_leading_zeros() -> None:
    assert wording.date_zh(date(2026, 3, 5)) == "2026年3月5日"
    assert wording.date_zh(date(2026, 12, 31)) == "2026年12月31日"


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ({"law": "中华人民共和国行政处罚法", "article": 33}, "《中华人民共和国行政处罚法》第三十三条"),
        ({"law": "《价格法》", "article": 13, "paragraph": 1}, "《价格法》第十三条第一款"),
        ({"law": "价格法", "article": 14, "paragraph": None, "item": 3}, "《价格法》第十四条第（三）项"),
        ({"law": "价格法", "article": 14, "paragraph": 2, "item": 10}, "《价格法》第十四条第二款第（十）项"),
        ({"law": "价格法", "article": None, "text": "《价格法》有关规定"}, "《价格法》有关规定"),
        ({"law": "价格法", "article": None, "text": ""}, "《价格法》"),
        ({}, ""),
    ],
)
def test_a_provision_reference_in_words(reference: dict[str, object], words: str) -> None:
    assert wording.provision_text(reference) == words


@pytest.mark.parametrize(("state", "word"), [("met", "满足"), ("UNKNOWN", "未查明"), ("已归档", "已归档")])
def test_a_state_has_one_word(state: str, word: str) -> None:
    assert wording.state_word(state) == word


@pytest.mark.parametrize(
    ("outcome", "code", "word"),
    [
        ("NO_PENALTY", "no_penalty", "不予处罚"),
        ("lighter", "lighter", "从轻处罚"),
        ("从轻", "lighter", "从轻处罚"),
        ("一般处罚", "normal", "一般处罚"),
        ("免予行政强制", "no_compulsion", "免予行政强制"),
        ("移送", "", "移送"),
        ("", "", ""),
    ],
)
def test_an_outcome_is_known_by_code_or_by_word(outcome: str, code: str, word: str) -> None:
    assert wording.outcome_code(outcome) == code
    assert wording.outcome_word(outcome) == word


@pytest.mark.parametrize(
    ("days_left", "urgency", "words"),
    [
        (-1, "overdue", "逾期 1 个工作日"),
        (0, "urgent", "今天到期"),
        (2, "urgent", "剩 2 个工作日"),
        (3, "soon", "剩 3 个工作日"),
        (5, "soon", "剩 5 个工作日"),
        (6, "normal", "剩 6 个工作日"),
    ],
)
def test_a_deadline_changes_at_two_and_five_days(days_left: int, urgency: str, words: str) -> None:
    assert wording.deadline_urgency(days_left) == urgency
    assert wording.deadline_words(days_left) == words
