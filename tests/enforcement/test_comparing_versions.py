"""Which entries of two versions are the same entry, and what is said of each."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.comparison.entries import ComparedEntry
from enforcement.comparison.phrases import Op, Part
from enforcement.comparison.versions import EntryState, align, compare_versions


def entry(
    serial: str, title: str, *, slug: str = "", group: str = "no_penalty", **fields: str
) -> ComparedEntry:
    return ComparedEntry(slug or serial, serial, title, group, tuple(fields.items()), digest=repr(fields))


PRICE, LABEL, LICENCE = "未明码标价", "未标注厂名厂址", "未亮照经营"
# (earlier, later, what is said of each entry in the order of the page)
CASES = {
    "nothing changed": ([entry("1", PRICE)], [entry("1", PRICE)], [("1", "same")]),
    "both empty": ([], [], []),
    "added behind": ([entry("1", PRICE)], [entry("1", PRICE), entry("2", LABEL)], [("1", "same"), ("2", "added")]),
    "removed": ([entry("1", PRICE), entry("2", LABEL)], [entry("1", PRICE)], [("1", "same"), ("2", "removed")]),
    "removed first": ([entry("1", PRICE), entry("2", LABEL)], [entry("2", LABEL)], [("1", "removed"), ("2", "same")]),
    "a field changed": ([entry("1", PRICE, 备注="甲")], [entry("1", PRICE, 备注="乙")], [("1", "changed")]),
    "renamed at its address": (
        [entry("1", PRICE, slug="a")],
        [entry("1", "经营者未按规定明码标价", slug="a")],
        [("1", "changed")],
    ),
    "renumbered by an insertion": (
        [entry("1", PRICE, slug="a"), entry("2", LABEL, slug="b")],
        [entry("1", LICENCE, slug="c"), entry("2", PRICE, slug="a"), entry("3", LABEL, slug="b")],
        [("1", "added"), ("2", "moved"), ("3", "moved")],
    ),
    "read anew: addresses follow the serials": (
        [entry("1", PRICE), entry("2", LABEL)],
        [entry("1", LICENCE), entry("2", PRICE), entry("3", LABEL)],
        [("1", "added"), ("2", "moved"), ("3", "moved")],
    ),
    "only the order changed": (
        [entry("1", PRICE), entry("2", LABEL), entry("3", LICENCE)],
        [entry("1", PRICE), entry("3", LICENCE), entry("2", LABEL)],
        [("1", "same"), ("3", "moved"), ("2", "same")],
    ),
    "a reworded name under the same serial": (
        [entry("1", PRICE, slug="a")],
        [entry("1", "未明码标价的", slug="b")],
        [("1", "changed")],
    ),
    "another matter under a freed serial": (
        [entry("1", PRICE, slug="a")],
        [entry("1", LICENCE, slug="b")],
        [("1", "removed"), ("1", "added")],
    ),
    "the same name in two lists of one document": (
        [entry("1", PRICE, slug="a"), entry("1", PRICE, slug="b", group="lighter")],
        [entry("1", PRICE, slug="b", group="lighter")],
        [("1", "removed"), ("1", "same")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_of_each_entry(case: str) -> None:
    old, new, expected = CASES[case]
    found = compare_versions(old, new)
    assert [(change.entry.serial, change.state.value) for change in found.entries] == expected


def test_a_changed_entry_shows_its_changed_fields_only() -> None:
    old, new = (
        entry("1", PRICE, 条件="首次违法", 备注="甲"),
        entry("2", PRICE, slug="1", 条件="首次违法", 备注="乙"),
    )
    (change,) = compare_versions([old], [new]).changes
    assert change.moved
    assert [(field.label, field.parts) for field in change.fields] == [
        ("序号", (Part(Op.DELETED, "1"), Part(Op.ADDED, "2"))),
        ("备注", (Part(Op.DELETED, "甲"), Part(Op.ADDED, "乙"))),
    ]


def test_a_change_that_no_words_show_is_named() -> None:
    old = ComparedEntry("1", "1", PRICE, fields=(("条件", "首次违法"),), digest="x")
    new = ComparedEntry("1", "1", PRICE, fields=(("条件", "首次违法"),), digest="y")
    (change,) = compare_versions([old], [new]).changes
    assert "机器可读" in change.fields[0].note


@st.composite
def lists_of_entries(draw: st.DrawFn) -> list[ComparedEntry]:
    slugs = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8))
    return [
        ComparedEntry(
            slug,
            str(place),
            draw(st.sampled_from(("甲", "乙", "丙"))),
            fields=(("条件", draw(st.sampled_from(("一", "二")))),),
        )
        for place, slug in enumerate(slugs, 1)
    ]


@given(old=lists_of_entries(), new=lists_of_entries())
def test_every_entry_of_both_versions_is_counted_once(
    old: list[ComparedEntry], new: list[ComparedEntry]
) -> None:
    found = compare_versions(old, new)
    here = [change.entry for change in found.entries if change.state is not EntryState.REMOVED]
    gone = [change.entry for change in found.entries if change.state is EntryState.REMOVED]
    former = [change.former for change in found.entries if change.former is not None]
    assert here == new
    assert sorted([*gone, *former], key=lambda one: one.slug) == sorted(old, key=lambda one: one.slug)


@given(old=lists_of_entries(), new=lists_of_entries())
def test_the_way_back_undoes_the_way_there(old: list[ComparedEntry], new: list[ComparedEntry]) -> None:
    there, back = compare_versions(old, new), compare_versions(new, old)
    assert there.count(EntryState.ADDED) == back.count(EntryState.REMOVED)
    assert there.count(EntryState.REMOVED) == back.count(EntryState.ADDED)


@given(entries=lists_of_entries(), seed=st.integers(0, 10**6))
def test_an_order_is_told_with_the_fewest_moves(entries: list[ComparedEntry], seed: int) -> None:
    shuffled = list(entries)
    random.Random(seed).shuffle(shuffled)
    found = compare_versions(entries, shuffled)
    still = [change.entry.slug for change in found.entries if not change.moved]
    order = [one.slug for one in entries]
    assert [slug for slug in order if slug in still] == still
    assert found.count(EntryState.SAME) + found.count(EntryState.MOVED) == len(entries)


def test_alignment_of_a_thousand_entries_keeps_every_one() -> None:
    old = [entry(str(number), f"违法行为{number}") for number in range(1000)]
    new = old[500:] + old[:500]
    assert len(align(old, new)) == 1000
    found = compare_versions(old, new)
    assert found.count(EntryState.MOVED) == 500
