"""The public search finds what a plain comparison finds, in the words people use, on the day that is asked for."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cases.web.public_search_views import Piece, pieces
from enforcement.models import DocumentKind, SearchRow
from enforcement.search.synonyms import MOST_VARIANTS, groups, variants_of
from enforcement.search.text import MOST_WORDS, indexed_text, pairs_of, plain, words_of
from enforcement.selectors.search import COUNTED_TO, SearchQuestion, search
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, publish_list, publish_next
from tests.cast import Cast, raise_cast

SIGNS = "占道经营罚款ab1％ '\\_"


@given(st.text(SIGNS, max_size=30), st.integers(0, 30), st.integers(2, 6))
def test_the_pairs_of_a_part_stand_among_the_pairs_of_the_whole(text: str, start: int, length: int) -> None:
    whole = plain(text)
    for word in whole[start : start + length].split():
        assert set(pairs_of(word)) <= set(pairs_of(whole))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("  占道　经营 ", ("占道", "经营")),
        ("ＡＢＣ", ("abc",)),
        ("占道 占道", ("占道",)),
        ("一 二 三 四 五 六 七", ("一", "二", "三", "四", "五", "六")),
        ("占\u200b道", ("占", "道")),
        ("", ()),
    ],
)
def test_a_query_becomes_its_words(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words
    assert len(words) <= MOST_WORDS


def test_titles_are_spelled_and_begun() -> None:
    assert indexed_text("占道经营", ["罚款"]) == "占道经营 zhandaojingying zdjy 罚款"
    assert indexed_text("KTV 12", []) == "ktv 12"


def test_the_synonyms_are_groups_of_different_words() -> None:
    assert len(groups()) >= 120
    for group in groups():
        assert len(group) >= 2, group
        assert all(word == plain(word) and word for word in group)


@pytest.mark.parametrize(
    ("word", "found"),
    [("摆摊", "占道经营"), ("过期食品", "超过保质期的食品"), ("卖过期", "卖超过保质期"), ("zdjy", "zdjy")],
)
def test_a_word_is_said_otherwise(word: str, found: str) -> None:
    variants = variants_of(word)
    assert variants[0] == word and found in variants
    assert len(variants) <= MOST_VARIANTS


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("占道经营", ["道经"], [("占", False), ("道经", True), ("营", False)]),
        ("占道占道", ["占道"], [("占道占道", True)]),
        ("KTV", ["ktv"], [("KTV", True)]),
        ("占道", ["无"], [("占道", False)]),
        ("", ["占"], []),
    ],
)
def test_what_was_found_is_marked(text: str, words: list[str], expected: list[tuple[str, bool]]) -> None:
    assert pieces(text, words) == [Piece(*one) for one in expected]


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def titles(query: str, on: dt.date = SPRING, **more: object) -> list[str]:
    return [hit.title for hit in search(SearchQuestion(query, on, **more)).hits if hit.entry_slug]  # type: ignore[arg-type]


@pytest.mark.django_db
def test_every_query_finds_what_a_plain_comparison_finds(cast: Cast) -> None:
    """Random texts and queries, signs that mean something to a database among them."""
    version = publish_list(cast)
    random = Random(20261126)
    texts = ["".join(random.choices(SIGNS, k=random.randint(1, 14))) for _ in range(300)]
    SearchRow.objects.bulk_create(
        SearchRow(
            version=version,
            position=number,
            entry_slug=f"t{number}",
            title=text,
            plain_title=plain(text),
            searched=plain(text),
            pairs=pairs_of(plain(text)),
        )
        for number, text in enumerate(texts, start=10)
    )
    found_something = 0
    for _ in range(250):
        query = plain("".join(random.choices(SIGNS, k=random.randint(1, 3))))
        if not query or any(len(variants_of(word)) > 1 for word in words_of(query)):
            continue
        expected = SearchRow.objects.all()
        for word in words_of(query):
            expected = expected.filter(searched__contains=word)
        assert search(SearchQuestion(query, SPRING)).total == expected.count(), query
        found_something += expected.exists()
    assert found_something > 100


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["明码标价", "没标价", "mingmabiaojia", "mmbj", "标价 首次", "标价　jingyingzhe", "价格法第四十二条"],
)
def test_an_entry_is_found_by_words_synonyms_pinyin_and_its_other_texts(cast: Cast, query: str) -> None:
    publish_list(cast)
    assert titles(query) == [PRICE_TAG]


@pytest.mark.django_db
def test_only_what_is_in_force_on_the_day_is_found(cast: Cast) -> None:
    first = publish_list(cast, effective_until=dt.date(2025, 9, 1))
    draft_list(cast, slug="draft")
    later = dt.date(2025, 6, 1)
    publish_next(cast, first, effective_from=later)
    before = search(SearchQuestion("明码标价", SPRING - dt.timedelta(days=1)))
    assert (before.hits, before.total) == ((), 0)
    for day, number in ((SPRING, 1), (later - dt.timedelta(days=1), 1), (later, 2)):
        assert [hit.version.number for hit in search(SearchQuestion(PRICE_TAG, day)).hits] == [number]


@pytest.mark.django_db
def test_the_index_written_again_is_the_same(cast: Cast) -> None:
    publish_list(cast)
    before = list(SearchRow.objects.values("version", "entry_slug", "searched", "pairs"))
    SearchRow.objects.filter(entry_slug="1").delete()
    for _ in range(2):
        call_command("index_search")
    assert list(SearchRow.objects.values("version", "entry_slug", "searched", "pairs")) == before


@pytest.mark.django_db
def test_facets_count_under_the_others_and_narrow(cast: Cast) -> None:
    kinds = ("no_penalty", "lighter", "lighter")
    entries = tuple(
        entry_fields(serial=str(n), kind=kind, violation_name=f"占道{n}") for n, kind in enumerate(kinds, 1)
    )
    publish_list(cast, entries=entries)
    found = search(SearchQuestion("占道", SPRING))
    assert [(one.code, one.count) for one in found.tags] == [("lighter", 2), ("no_penalty", 1)]
    assert [(one.code, one.count) for one in found.levels] == [("4", 3)]
    narrowed = search(SearchQuestion("占道", SPRING, kind=DocumentKind.EXEMPTION_LIST, tag="no_penalty"))
    assert (narrowed.total, [one.count for one in narrowed.tags]) == (1, [2, 1])
    assert search(SearchQuestion("占道", SPRING, level="6")).total == 0


@pytest.mark.django_db
def test_counting_stops_and_says_so(cast: Cast) -> None:
    version = publish_list(cast)
    SearchRow.objects.bulk_create(
        SearchRow(
            version=version, position=n, entry_slug=f"t{n}", title="占道", plain_title="占道", searched="占道",
            pairs=["占道"],
        )
        for n in range(10, COUNTED_TO + 20)
    )  # fmt: skip
    found = search(SearchQuestion("占道", SPRING))
    assert (len(found.hits), found.counted_out) == (100, True)
    assert (
        "多于 1000 条" in Client().get("/public/search/", {"q": "占道", "on": "2025-01-01"}).content.decode()
    )


@pytest.mark.django_db
def test_the_page_keeps_every_choice_in_its_address(cast: Cast) -> None:
    publish_list(cast)
    shown = Client().get("/public/search/", {"q": "标价", "tag": "no_penalty", "on": "明天"}).content.decode()
    assert "日期应写成" in shown and 'value="明天"' in shown
    assert '<input type="hidden" name="tag" value="no_penalty">' in shown
    assert "<mark>标价</mark>" in shown
    assert 'href="?q=%E6%A0%87%E4%BB%B7&amp;on=%E6%98%8E%E5%A4%A9"' in shown
