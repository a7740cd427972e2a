"""What changed inside a text: laws that always hold, and cases a reader would mark the same way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.comparison.phrases import LONGEST_PASSAGE, Op, Part, phrase_parts

TEXT = st.text(alphabet="甲乙丙丁，。；\n0123456789.%ab", max_size=60)


def written(parts: tuple[Part, ...], *, without: Op) -> str:
    return "".join(part.text for part in parts if part.op is not without)


@given(old=TEXT, new=TEXT)
def test_both_texts_can_be_read_from_the_parts(old: str, new: str) -> None:
    parts = phrase_parts(old, new)
    assert written(parts, without=Op.ADDED) == old
    assert written(parts, without=Op.DELETED) == new


@given(old=TEXT, new=TEXT)
def test_parts_are_never_empty_and_neighbours_differ(old: str, new: str) -> None:
    parts = phrase_parts(old, new)
    assert all(part.text for part in parts)
    assert all(one.op is not other.op for one, other in pairwise(parts))


@given(text=TEXT)
def test_equal_texts_have_no_change(text: str) -> None:
    assert phrase_parts(text, text) == ((Part(Op.SAME, text),) if text else ())


CASES = [
    ("", "", ""),
    ("", "首次违法", "+首次违法"),
    ("首次违法", "", "-首次违法"),
    ("货值不超过500元的", "货值不超过800元的", "货值不超过 -500 +800 元的"),
    ("货值不超过1,500.00元", "货值不超过1,800.00元", "货值不超过 -1,500.00 +1,800.00 元"),
    (
        "首次违法，危害后果轻微，及时改正",
        "首次违法，及时改正",
        "首次违法， -危害后果轻微， 及时改正",
    ),
    ("责令限期改正；教育", "责令限期改正；约谈", "责令限期改正； -教育 +约谈"),
    ("逾期不改的从重", "完全是另外一句话", "-逾期不改的从重 +完全是另外一句话"),
]


@pytest.mark.parametrize(("old", "new", "marked"), CASES)
def test_what_a_reader_would_mark(old: str, new: str, marked: str) -> None:
    signs = {Op.SAME: "", Op.DELETED: "-", Op.ADDED: "+"}
    shown = " ".join(f"{signs[part.op]}{part.text}" for part in phrase_parts(old, new))
    assert shown == marked


@pytest.mark.parametrize("length", [LONGEST_PASSAGE, LONGEST_PASSAGE + 1])
def test_a_passage_too_long_to_read_word_by_word_is_shown_whole(length: int) -> None:
    old, new = "甲" * (length - 1) + "乙", "甲" * (length - 1) + "丙"
    is_whole = len(phrase_parts(old, new)) == 2
    assert is_whole == (length > LONGEST_PASSAGE)
