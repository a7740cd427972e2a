"""二年内未被发现 is decided to the day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.conditions.elapsed import months_elapsed


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 3, 1), date(2023, 3, 1), "0"),
        (date(2023, 3, 1), date(2025, 2, 28), "23.870968"),
        (date(2023, 3, 1), date(2025, 3, 1), "24"),
        (date(2023, 3, 1), date(2025, 3, 2), "24.032259"),
        (date(2024, 1, 31), date(2024, 2, 28), "0.903226"),
        (date(2024, 1, 31), date(2024, 2, 29), "1"),
        (date(2024, 2, 29), date(2026, 2, 28), "24"),
        (date(2023, 12, 31), date(2024, 1, 1), "0.032259"),
    ],
)
def test_months_and_the_days_that_remain(start, end, months):
    assert months_elapsed(start, end) == Decimal(months)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before start"):
        months_elapsed(date(2025, 1, 2), date(2025, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 3000), st.integers(1, 400))
def test_a_later_end_never_counts_fewer_months(start, days, more):
    first = date.fromordinal(start.toordinal() + days)
    second = date.fromordinal(first.toordinal() + more)
    assert months_elapsed(start, first) < months_elapsed(start, second)
