"""“某一天适用的内容”: the public page of a list as it applied on a day that a reader names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.builders import publish_list, publish_next
from tests.cast import raise_cast

pytestmark = pytest.mark.django_db
PAGE = "/public/lists/market-list/"


@pytest.fixture
def list_of_two(db: None) -> None:
    """Version 1 from 2025; version 2 on trial from June to September, announced late in July."""
    cast = raise_cast()
    first = publish_list(cast, published_at=dt.datetime(2024, 12, 20, tzinfo=dt.UTC))
    publish_next(
        cast,
        first,
        effective_from=dt.date(2025, 6, 1),
        effective_until=dt.date(2025, 9, 1),
        published_at=dt.datetime(2025, 7, 10, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("asked", "words", "absent"),
    [
        ("2025-05-31", "2025年5月31日适用的是第 1 版。", "才公布"),
        ("2025-05-30", "2025年5月30日适用的是第 1 版。", "没有适用"),
        ("2025-06-01", "2025年6月1日适用的是第 2 版。它在2025年7月10日才公布", "第 1 版。"),
        ("2025年8月31日", "2025年8月31日适用的是第 2 版。", "才公布"),
        ("2025-09-01", "2025年9月1日没有适用的版本。", "最早的版本"),
        ("2024-12-31", "2024年12月31日没有适用的版本。最早的版本自2025年1月1日起生效。", "适用的是"),
        ("昨天", "没有认出这个日期", "适用的是"),
        ("2025-02-30", "没有认出这个日期", "适用的是"),
    ],
)
def test_the_page_says_what_applied(
    client: Client, list_of_two: None, asked: str, words: str, absent: str
) -> None:
    response = client.get(PAGE, {"on": asked})
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert absent not in page
    assert f'value="{asked}"' in page


def test_narrowing_the_entries_keeps_the_day(client: Client, list_of_two: None) -> None:
    page = client.get(PAGE, {"on": "2025-05-31", "q": "明码"}).content.decode()
    assert '<input type="hidden" name="on" value="2025-05-31">' in page
    assert "找到 1 条" in page


def test_a_day_to_come_may_still_change(client: Client) -> None:
    publish_list(raise_cast())
    page = client.get(PAGE, {"on": "2999-01-01"}).content.decode()
    assert "以后公布的新版可能改变它" in page
