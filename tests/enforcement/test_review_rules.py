"""When legal review may agree as a whole, given its opinions on single entries."""

from __future__ import annotations

import pytest

from enforcement.review_rules import LatestOpinion, Standing, hindrances, standing_of, unsound

# verdict, declined by the drafter, changed since, where it stands, whether it hinders
CASES = [
    ("agree", False, False, Standing.AGREED, False),
    ("agree", False, True, Standing.CHANGED_SINCE, False),
    ("change", False, False, Standing.OPEN, True),
    ("change", False, True, Standing.CHANGED_SINCE, False),
    ("change", True, False, Standing.DECLINED, False),
    ("disagree", False, False, Standing.OPEN, True),
    ("disagree", True, False, Standing.DECLINED, True),
    ("disagree", False, True, Standing.CHANGED_SINCE, False),
    ("disagree", True, True, Standing.CHANGED_SINCE, False),
]


@pytest.mark.parametrize(("verdict", "declined", "changed", "standing", "hinders"), CASES)
def test_where_an_entry_stands_and_whether_it_hinders(
    verdict: str, declined: bool, changed: bool, standing: Standing, hinders: bool
) -> None:
    opinion = LatestOpinion("7", verdict, "read", declined)
    digests = {"7": "now" if changed else "read"}
    assert standing_of(opinion, digests["7"]) is standing
    found = hindrances({"7": opinion}, digests)
    assert bool(found) == hinders
    assert all("第 7 条" in sentence for sentence in found)


@pytest.mark.parametrize("verdict", ["change", "disagree"])
def test_an_entry_that_is_gone_hinders_nobody(verdict: str) -> None:
    opinion = LatestOpinion("7", verdict, "read", False)
    assert hindrances({"7": opinion}, {}) == []


def test_an_entry_nobody_spoke_of_stands_unseen() -> None:
    assert standing_of(None, "now") is Standing.UNSEEN


@pytest.mark.parametrize(
    ("verdict", "text", "count"),
    [
        ("agree", "", 0),
        ("change", "改为五日", 0),
        ("change", " ", 1),
        ("disagree", "", 1),
        ("disagree", "无依据", 0),
    ],
)
def test_a_wish_or_an_objection_says_why(verdict: str, text: str, count: int) -> None:
    assert len(unsound([("3", verdict, text)])) == count
