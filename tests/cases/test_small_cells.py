"""What a reader can work out from the counts that are shown: never a count of one to four."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.replay.small_cells import shown_counts, shown_total


@pytest.mark.parametrize(
    ("counts", "shown", "merged"),
    [
        ({}, {}, 0),
        ({"a": 0, "b": 7}, {"a": 0, "b": 7}, 0),
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}, 0),
        ({"a": 4, "b": 9, "c": 6}, {"a": None, "b": 9, "c": None}, 0),
        ({"a": 1, "b": 2, "c": 8, "d": 0}, {"a": None, "b": None, "c": None, "d": 0}, 0),
        ({"a": 4}, {}, 4),
        ({"a": 4, "b": 4}, {}, 8),
        ({"a": 1, "b": 0}, {}, 1),
    ],
)
def test_table_of_cells(counts, shown, merged):
    found = shown_counts(counts)
    assert (found.counts, found.merged) == (shown, merged)
    assert found.has_hidden == (None in shown.values() or merged > 0)


@pytest.mark.parametrize(("total", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (318, 318)])
def test_totals_below_five_are_hidden(total, shown):
    assert shown_total(total) == shown


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 12), max_size=7))
def test_no_small_cell_can_be_worked_out(counts):
    """Every hidden cell could have held at least two counts, also to one who knows the total and that none is zero."""
    found = shown_counts(counts)
    total = sum(counts.values())
    visible = sum(count for count in found.counts.values() if count is not None)
    hidden = [key for key, count in found.counts.items() if count is None]
    assert all(count == 0 or count >= 5 for count in found.counts.values() if count is not None)
    assert visible + sum(counts[key] for key in hidden) + found.merged == total
    if hidden:
        # Positive numbers that add up to the same: with two or more of them and a sum above their number, each can move.
        assert len(hidden) >= 2
        assert total - visible > len(hidden)
    small = {key for key, count in counts.items() if 0 < count < 5}
    assert small.isdisjoint(key for key, count in found.counts.items() if count is not None)
