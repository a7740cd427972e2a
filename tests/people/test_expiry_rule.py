"""60, 30 and 7 days ahead and once it is over: both sides of each threshold."""

from __future__ import annotations

import datetime as dt

import pytest

from enforcement.expiry import ENDED, Ending, ExpiringKind, thresholds_reached, warning_for

ENDS = dt.date(2026, 12, 31)


def ending(kind: ExpiringKind = ExpiringKind.CERTIFICATE) -> Ending:
    return Ending(kind, 1, "周衡", "执法证 53000001", ENDS, "5301", "market")


@pytest.mark.parametrize(
    ("days_left", "reached"),
    [
        (61, ()),
        (60, (60,)),
        (31, (60,)),
        (30, (60, 30)),
        (8, (60, 30)),
        (7, (60, 30, 7)),
        (0, (60, 30, 7)),
        (-1, (60, 30, 7, ENDED)),
        (-400, (60, 30, 7, ENDED)),
    ],
)
def test_thresholds_depend_on_the_days_only(days_left: int, reached: tuple[int, ...]) -> None:
    assert thresholds_reached(ENDS, ENDS - dt.timedelta(days=days_left)) == reached


@pytest.mark.parametrize(
    ("days_left", "words"),
    [
        (61, None),
        (60, "还剩 60 天"),
        (1, "还剩 1 天"),
        (0, "今天是最后一天"),
        (-1, "已过期 1 天"),
        (-180, "已过期 180 天"),
        (-181, None),
    ],
)
def test_the_words_of_a_warning(days_left: int, words: str | None) -> None:
    warning = warning_for(ending(), ENDS - dt.timedelta(days=days_left))
    assert (warning.time_words if warning else None) == words


def test_what_to_do_changes_once_it_is_over() -> None:
    before, after = warning_for(ending(), ENDS), warning_for(ending(), ENDS + dt.timedelta(days=1))
    assert before is not None
    assert before.advice == "请在到期前办理换证。"
    assert after is not None
    assert after.advice == "不得再实施执法行为，请办理换证。"


@pytest.mark.parametrize("kind", list(ExpiringKind))
def test_every_kind_says_what_to_do(kind: ExpiringKind) -> None:
    warning = warning_for(ending(kind), ENDS)
    assert warning is not None
    assert warning.advice.endswith("。")
