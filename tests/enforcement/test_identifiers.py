"""Numbers of parties: what is tolerated, what is refused, and in which words. All numbers are made up."""

import pytest
from stdnum.cn import ric, uscc

from enforcement.identifiers import (
    IdentifierError,
    check_id_number,
    check_uscc,
    mask_id_number,
    mask_name,
)

USCC_BODY = "91530102MA6N00000"
USCC = USCC_BODY + uscc.calc_check_digit(USCC_BODY)
ID_NUMBER = "11010519491231002X"  # the example printed in GB 11643


def other_sign(number):
    return number[:-1] + ("1" if number[-1] != "1" else "2")


@pytest.mark.parametrize(
    "written", [USCC, USCC.lower(), f" {USCC[:8]} {USCC[8:]} ", "".join(chr(ord(c) + 0xFEE0) for c in USCC)]
)
def test_a_right_code_is_normalised(written):
    assert check_uscc(written) == USCC


@pytest.mark.parametrize("written", [ID_NUMBER, ID_NUMBER.lower(), "110105 19491231 002Ｘ"])
def test_a_right_id_number_is_normalised(written):
    assert check_id_number(written) == ID_NUMBER


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (USCC[:-1], "统一社会信用代码应为 18 位，现在是 17 位"),
        ("", "统一社会信用代码应为 18 位，现在是 0 位"),
        ("9153O102MA6N000000", "现在含有“O”"),
        ("9153A102MA6N000000", "第 3 至 8 位是行政区划码"),
        (other_sign(USCC), "最后一位校验码不对"),
    ],
)
def test_a_wrong_code_is_refused_in_words(written, message):
    with pytest.raises(IdentifierError) as refused:
        check_uscc(written)
    assert message in refused.value.message
    assert refused.value.problems == [refused.value.message]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (ID_NUMBER + "1", "身份证号应为 18 位，现在是 19 位"),
        ("X1010519491231002X", "前 17 位应为数字"),
        ("11010519490231002X", "这一天不存在"),
        (other_sign(ID_NUMBER), "最后一位校验码不对"),
    ],
)
def test_a_wrong_id_number_is_refused_in_words(written, message):
    with pytest.raises(IdentifierError) as refused:
        check_id_number(written)
    assert message in refused.value.message


def test_any_single_wrong_digit_of_an_id_number_is_noticed():
    for place in range(17):
        for digit in "0123456789":
            wrong = ID_NUMBER[:place] + digit + ID_NUMBER[place + 1 :]
            if wrong != ID_NUMBER:
                assert not ric.is_valid(wrong)
                with pytest.raises(IdentifierError):
                    check_id_number(wrong)


def test_masks_keep_only_what_may_be_shown():
    assert mask_id_number(ID_NUMBER) == "110*************2X"
    assert len(mask_id_number(ID_NUMBER)) == 18
    assert mask_id_number("123") == "***"
    assert mask_name("张三丰") == "张某"
    assert mask_name("  李四 ") == "李某"
    assert mask_name("") == ""
