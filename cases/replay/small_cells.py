"""Counts of people that are too small to be shown, and what else must be hidden so that they cannot be worked out. Pure.

A count of 1 to 4 cases could point at a party. Hiding it alone is not enough where a total is shown: the smallest other
count is hidden with it, and where every count is small only their sum is shown, without saying which there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALL = 5


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """`counts` in the given order, None for a hidden one. `merged` is the sum of counts that are not even named."""

    counts: dict[str, int | None]
    merged: int = 0

    @property
    def has_hidden(self) -> bool:
        return self.merged > 0 or None in self.counts.values()


def shown_counts(counts: Mapping[str, int]) -> ShownCounts:
    """What may be shown of counts that add up to a total which is shown too. Zeros say nothing about anybody."""
    small = {key for key, count in counts.items() if 0 < count < SMALL}
    if not small:
        return ShownCounts(dict(counts))
    large = {key: count for key, count in counts.items() if count >= SMALL}
    if not large:
        return ShownCounts({}, merged=sum(counts.values()))
    partner = min(large, key=lambda key: (large[key], key))
    hidden = small | {partner}
    return ShownCounts({key: None if key in hidden else count for key, count in counts.items()})


def shown_total(total: int) -> int | None:
    """A total below five is hidden like any other count."""
    return None if 0 < total < SMALL else total
