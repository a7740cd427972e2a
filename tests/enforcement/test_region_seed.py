"""Short region codes and the seed of Yunnan's divisions."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.errors import InvalidInput
from enforcement.region_codes import AdministrativeLevel, is_within, level_of, parent_of, region_prefix
from enforcement.seed.regions import read_regions, region_names


@pytest.mark.parametrize(
    ("imported", "short"),
    [
        ("331000", "3310"),  # zeros go in pairs: not 331
        ("530000", "53"),
        ("530100", "5301"),
        ("530102", "530102"),
        ("533100", "5331"),
        ("100000", "10"),  # never shorter than a province
        ("530102000", "530102"),
        ("530102001", "530102001"),
        ("530102100", "530102100"),  # a township code may end in 00
        ("530000000000", "53"),
        ("530102000000", "530102"),
        ("530102001000", "530102001"),
        ("53", "53"),
        ("5301", "5301"),
        (" 530102 ", "530102"),
    ],
)
def test_imported_codes_are_shortened(imported: str, short: str) -> None:
    assert region_prefix(imported) == short


@pytest.mark.parametrize(
    "wrong", ["", "5", "53010", "5301O2", "５３０１", "530102001001", "53010200100", "云南"]
)
def test_codes_that_are_not_divisions_are_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput):
        region_prefix(wrong)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("53", "province", None),
        ("5301", "prefecture", "53"),
        ("530102", "county", "5301"),
        ("530102001", "township", "530102"),
    ],
)
def test_level_and_parent_follow_from_the_length(code: str, level: str, parent: str | None) -> None:
    assert level_of(code) == level
    assert parent_of(code) == parent


@pytest.mark.parametrize("wrong", ["", "530", "53010", "5301020", "abcd"])
def test_level_of_half_codes_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput):
        level_of(wrong)


@pytest.mark.parametrize(
    ("code", "prefix", "expected"),
    [
        ("530102", "53", True),
        ("530102", "5301", True),
        ("530102", "530102", True),
        ("530102001", "530102", True),
        ("530103", "530102", False),
        ("53", "5301", False),
        ("5303", "5301", False),
    ],
)
def test_scope_is_a_prefix(code: str, prefix: str, *, expected: bool) -> None:
    assert is_within(code, prefix) is expected


def test_scope_refuses_half_codes() -> None:
    with pytest.raises(InvalidInput):
        is_within("530102", "530")


@given(st.sampled_from(read_regions()))
def test_padding_and_shortening_round_trip(region) -> None:  # type: ignore[no-untyped-def]
    assert region_prefix(region.code.ljust(12, "0")) == region.code


def test_seed_holds_the_whole_province() -> None:
    assert Counter(region.level for region in read_regions()) == {
        AdministrativeLevel.PROVINCE: 1,
        AdministrativeLevel.PREFECTURE: 16,
        AdministrativeLevel.COUNTY: 129,
        AdministrativeLevel.TOWNSHIP: 1429,
    }


def test_every_division_follows_its_parent_and_agrees_with_its_code() -> None:
    seen: set[str] = set()
    for region in read_regions():
        assert level_of(region.code) == region.level
        assert parent_of(region.code) == region.parent
        assert region.parent is None or region.parent in seen
        assert region.code not in seen
        seen.add(region.code)


def test_names_are_whole_and_current() -> None:
    names = region_names()
    assert names["5301"] == "昆明市"
    assert names["530102"] == "五华区"
    assert names["5325"] == "红河哈尼族彝族自治州"
    assert not [name for name in names.values() if "撤销" in name or name != name.strip() or len(name) < 2]
