"""Which field of two edits somebody has to decide."""

from __future__ import annotations

import pytest

from enforcement.merging_edits import MergeState, clashes, merge_edits


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "state", "merged"),
    [
        ("甲", "甲", "甲", MergeState.SAME, "甲"),
        ("甲", "乙", "乙", MergeState.SAME, "乙"),
        ("甲", "乙", "甲", MergeState.MINE, "乙"),
        ("甲", "甲", "丙", MergeState.THEIRS, "丙"),
        ("甲", "乙", "丙", MergeState.CLASH, "乙"),
        ("", "乙", "", MergeState.MINE, "乙"),
    ],
)
def test_a_field_after_two_edits(base: str, mine: str, theirs: str, state: MergeState, merged: str) -> None:
    (one,) = merge_edits(base={"text": base}, mine={"text": mine}, theirs={"text": theirs})
    assert (one.state, one.merged) == (state, merged)


def test_without_a_base_every_difference_is_for_a_person_to_decide() -> None:
    fields = merge_edits(base=None, mine={"a": 1, "b": 2}, theirs={"a": 1, "b": 3})
    assert [one.name for one in clashes(fields)] == ["b"]
