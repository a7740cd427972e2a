"""What is taken out of free text before publication, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.redaction import redact


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("身份证号530102199001011234。", "530102199001011234"),
        ("身份证号53010219900101123X，", "53010219900101123X"),
        ("身份证号53010219900101123x", "53010219900101123x"),
        ("身份证号530102 19900101 1234", "19900101"),
        ("身份证号５３０１０２１９９００１０１１２３４", "530102199001011234"),
        ("旧证530102900101123号", "530102900101123"),
        ("电话13887654321", "13887654321"),
        ("电话138-8765-4321", "8765"),
        ("电话+8613887654321", "13887654321"),
        ("座机0871-65551234", "65551234"),
        ("账号6222021234567890123", "6222021234567890123"),
        ("邮箱ma.li@example.cn", "ma.li@example.cn"),
        ("驾驶云A12345小型客车", "云A12345"),
    ],
)
def test_numbers_of_persons_go(text: str, gone: str) -> None:
    assert gone not in redact(text)
    assert "已隐去" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月17日，货值1234567.89元",
        "五市监罚〔2026〕12号",
        "批号20261117",
        "依照第三十三条第一款",
        "6种现制小吃，每种13.80元",
    ],
)
def test_ordinary_figures_stay(text: str) -> None:
    assert redact(text, names=["马丽"]) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("马丽称", "马某称"), ("马 丽称", "马某称"), ("马·丽", "马某"), ("阿诺小吃店", "阿诺小吃店")],
)
def test_names_are_shortened(text: str, shown: str) -> None:
    assert redact(text, names=["马丽"]) == shown


def test_longer_names_go_first_and_single_signs_are_left() -> None:
    assert redact("马丽华与马丽", names=["马丽", "马丽华", "马"]) == "马某与马某"


def test_phrases_go_whole() -> None:
    assert redact("住青藤路1号2栋", phrases=["青藤路1号2栋"]) == "住（已隐去）"


@given(
    st.text(alphabet="，。称在的", max_size=8),
    st.integers(min_value=10**16, max_value=10**17 - 1),
    st.text(alphabet="，。称在的", max_size=8),
)
def test_an_identity_number_never_survives(before: str, number: int, after: str) -> None:
    digits = f"{number}X"
    assert digits[:-1] not in redact(f"{before}{digits}{after}")
