"""Answers: typed from storage and from forms, exactly, and said in Chinese."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.conditions.facts import FactError, display_value, fact_to_json, parse_fact
from enforcement.conditions.vocabulary import STANDARD, FactDefinition, FactType

FLAG = STANDARD["corrected_timely"]
CLAUSE = FactDefinition("c", "立即驶离公路", FactType.BOOLEAN, confirmed_by_officer=True)
COUNT = STANDARD["offence_count"]
RATIO = STANDARD["exceed_multiple"]
MONEY = STANDARD["illegal_gains"]
HARM = STANDARD["harm"]
DAY = FactDefinition("d", "检查日期", FactType.DATE)
TEXT = FactDefinition("t", "备注", FactType.TEXT)


@pytest.mark.parametrize(
    ("definition", "raw", "value"),
    [
        (FLAG, True, True),
        (FLAG, "否", False),
        (CLAUSE, "属实", True),
        (CLAUSE, "不属实", False),
        (COUNT, 1, 1),
        (COUNT, "１２", 12),
        (RATIO, "0.10", Decimal("0.1")),
        (RATIO, Decimal("0.099999"), Decimal("0.099999")),
        (RATIO, 5, Decimal(5)),
        (MONEY, 800000, 800000),
        (MONEY, "8000", 800000),
        (MONEY, "8,000.05元", 800005),
        (MONEY, "１.2万元", 1200000),
        (MONEY, "0.000001万元", 1),
        (HARM, "轻微", "轻微"),
        (DAY, "2024-02-29", date(2024, 2, 29)),
        (TEXT, " 门口 ", "门口"),
        (COUNT, None, None),
        (MONEY, "  ", None),
    ],
)
def test_answers_are_typed(definition, raw, value):
    parsed = parse_fact(definition, raw)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("definition", "raw", "words"),
    [
        (FLAG, "也许", "“及时改正”应回答是或者否"),
        (COUNT, True, "不小于零的整数"),
        (COUNT, "1.5", "不小于零的整数"),
        (COUNT, 1.0, "请写成文字形式"),
        (RATIO, 0.1, "请写成文字形式"),
        (RATIO, "Infinity", "应为数字"),
        (MONEY, -1, "不小于零"),
        (MONEY, True, "应为金额"),
        (MONEY, "8000.005", "最多精确到分"),
        (MONEY, "八千", "例如8,000元"),
        (MONEY, "1,00", "例如8,000元"),
        (HARM, "很重", "应从下列选项中选择：无、无明显社会危害、轻微、一般、较重、严重"),
        (DAY, "2023-02-29", "应为日期"),
        (TEXT, "长" * 2001, "最多2000个字"),
    ],
)
def test_wrong_answers_are_refused_with_the_name_of_the_fact(definition, raw, words):
    with pytest.raises(FactError) as refused:
        parse_fact(definition, raw)
    assert words in str(refused.value)
    assert str(refused.value).startswith(f"“{definition.label}”")


@given(
    st.one_of(
        st.tuples(st.just(COUNT), st.integers(0, 10**15 - 1)),
        st.tuples(st.just(MONEY), st.integers(0, 10**15)),
        st.tuples(st.just(RATIO), st.decimals(-(10**12), 10**12, places=6)),
        st.tuples(st.just(DAY), st.dates()),
        st.tuples(st.just(FLAG), st.booleans()),
        st.tuples(st.just(HARM), st.sampled_from(HARM.options)),
    )
)
def test_json_storage_gives_back_an_equal_answer(pair):
    definition, value = pair
    assert parse_fact(definition, json.loads(json.dumps(fact_to_json(value)))) == value


@pytest.mark.parametrize(
    ("definition", "value", "shown"),
    [
        (FLAG, True, "是"),
        (CLAUSE, False, "不属实"),
        (COUNT, 1, "1次"),
        (RATIO, Decimal("0.1000"), "0.1倍"),
        (RATIO, Decimal("1E+3"), "1000倍"),
        (RATIO, Decimal("-0.0"), "0倍"),
        (MONEY, 800000, "8,000元"),
        (MONEY, 5, "0.05元"),
        (DAY, date(2025, 3, 1), "2025年3月1日"),
        (HARM, "轻微", "轻微"),
        (HARM, None, "未查明"),
    ],
)
def test_answers_are_shown_in_chinese(definition, value, shown):
    assert display_value(definition, value) == shown
