"""What became of a code of 行政区划, over one change, over many, and on each side of the day."""

from __future__ import annotations

import datetime as dt

import pytest

from enforcement.region_history import CodeChange, fate_of
from enforcement.seed.region_changes import read_region_changes

DAY = dt.date(2016, 3, 20)
BEFORE = DAY - dt.timedelta(days=1)


def change(kind: str, day: dt.date, old: str = "", new: str = "") -> CodeChange:
    return CodeChange(kind, day, old, new)


@pytest.mark.parametrize(
    ("on", "in_use", "successors"), [(BEFORE, True, ()), (DAY, False, ("530303",))], ids=["day before", "day"]
)
def test_a_code_leads_on_from_the_day_of_the_change(
    on: dt.date, in_use: bool, successors: tuple[str, ...]
) -> None:
    fate = fate_of("530328", changes=[change("code_changed", DAY, "530328", "530303")], on=on)
    assert (fate.is_in_use, fate.successors) == (in_use, successors)


def test_changes_are_followed_to_the_end() -> None:
    changes = [
        change("code_changed", dt.date(1997, 12, 31), "532223", "530321"),
        change("code_changed", dt.date(2018, 12, 31), "530321", "530304"),
    ]
    assert fate_of("532223", changes=changes, on=dt.date(2020, 1, 1)).successors == ("530304",)
    assert fate_of("532223", changes=changes, on=dt.date(2018, 12, 30)).successors == ("530321",)


def test_an_abolished_code_may_lead_nowhere_and_says_so() -> None:
    fate = fate_of("532222", changes=[change("abolished", DAY, "532222")], on=DAY)
    assert not fate.is_in_use
    assert not fate.is_known


def test_a_split_gives_several_codes() -> None:
    changes = [change("abolished", DAY, "533221", "530702"), change("abolished", DAY, "533221", "530721")]
    assert fate_of("533221", changes=changes, on=DAY).successors == ("530702", "530721")


def test_a_code_used_again_is_in_use() -> None:
    changes = [
        change("abolished", dt.date(1983, 12, 31), "532222"),
        change("established", dt.date(1997, 12, 31), "", "532222"),
    ]
    assert fate_of("532222", changes=changes, on=dt.date(1997, 12, 30)).is_in_use is False
    assert fate_of("532222", changes=changes, on=dt.date(1997, 12, 31)).is_in_use is True


def test_a_new_name_leaves_the_code_in_use() -> None:
    changes = [change("renamed", DAY, "530800", "530800")]
    assert fate_of("530800", changes=changes, on=DAY).is_in_use


def test_codes_that_point_at_each_other_end() -> None:
    changes = [
        change("code_changed", DAY, "530101", "530102"),
        change("code_changed", DAY, "530102", "530101"),
    ]
    assert fate_of("530101", changes=changes, on=DAY).successors == ()


def seeded() -> list[CodeChange]:
    return [
        CodeChange(one.kind, one.effective_on or dt.date(one.year, 12, 31), one.old_code, one.new_code)
        for one in read_region_changes()
    ]


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("532223", "530304"),  # 马龙县: 曲靖地区 → 曲靖市 1997 → 马龙区 2018
        ("532425", "530424"),  # 华宁县 1997
        ("530327", "530129"),  # 寻甸: 曲靖 → 昆明 1998
        ("532228", "530322"),  # 陆良县
        ("533221", "530702"),  # 丽江纳西族自治县 → 古城区
        ("532331", "532302"),  # 禄丰县 → 禄丰市 2021-02-02
        ("530121", "530114"),  # 呈贡县 → 呈贡区
    ],
)
def test_real_changes_of_yunnan_lead_to_the_codes_of_today(code: str, successor: str) -> None:
    assert fate_of(code, changes=seeded(), on=dt.date(2026, 11, 25)).successors == (successor,)


@pytest.mark.parametrize(("day", "in_use"), [(dt.date(2021, 2, 1), True), (dt.date(2021, 2, 2), False)])
def test_lufeng_became_a_city_on_the_day_of_the_announcement(day: dt.date, in_use: bool) -> None:
    assert fate_of("532331", changes=seeded(), on=day).is_in_use is in_use


def test_every_seeded_successor_of_today_is_a_division_of_today() -> None:
    from enforcement.seed.regions import region_names

    changes = seeded()
    today = dt.date(2026, 11, 25)
    ended = {one.old_code for one in changes if one.old_code}
    leading = {code: fate_of(code, changes=changes, on=today).successors for code in ended}
    missing = {code: to for code, to in leading.items() if any(one not in region_names() for one in to)}
    assert missing == {}
