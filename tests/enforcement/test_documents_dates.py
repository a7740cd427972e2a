"""Dates typed freely on forms."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from enforcement.typed_dates import read_date
from enforcement.web.date_field import ChineseDateField

FIFTH_OF_MARCH = dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026.3.5",
        "2026/3/5",
        "20260305",
        "2026年3月5日",
        "2026年3月5",
        " ２０２６．３．５ ",
        "2026 年 3 月 5 日",
    ],
)
def test_every_usual_spelling_is_understood(text: str) -> None:
    assert read_date(text) == FIFTH_OF_MARCH


@pytest.mark.parametrize("text", ["", "2026-02-30", "2026-13-01", "26.3.5", "明天", "2026035", "2026-03-05x"])
def test_anything_else_is_no_date(text: str) -> None:
    assert read_date(text) is None


class Bound(forms.Form):
    day = ChineseDateField(label="生效日期")


def test_what_was_typed_stays_on_the_page() -> None:
    form = Bound({"day": "下个月初"})
    assert not form.is_valid()
    assert form.errors["day"] == ["生效日期应为日期，例如 2026.3.5"]
    assert 'value="下个月初"' in str(form["day"])
