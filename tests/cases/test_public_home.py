"""The front of the public site: home, the page of results, about."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discretion.content import BODY as STANDARD_BODY
from discretion.rules.import_research import read_research_text
from discretion.services.import_benchmarks import import_benchmarks
from enforcement.models import DocumentKind
from enforcement.selectors.search import MOST_HITS, SearchQuestion, search
from enforcement.services.draft_version import create_document
from joint_inspection.content import BODY as JOINT_BODY
from joint_inspection.reading import read_scenes
from joint_inspection.services.import_scenes import import_scenes
from tests.builders import PRICE_TAG, SPRING, draft_list, entry_fields, publish, publish_list
from tests.cast import Cast, raise_cast
from tests.discretion.research_file import research_bytes
from tests.joint_inspection.scene_file import scene_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def stocked(cast: Cast) -> Cast:
    """One published document of each kind."""
    publish_list(cast)
    actor = cast.actor("compiler")
    _, standard = create_document(
        actor=actor,
        kind=DocumentKind.BENCHMARK_STANDARD,
        slug="standard",
        title="城管基准",
        agency=cast.city_market,
    )
    import_benchmarks(
        actor=actor, version_id=standard.pk, drafts=read_research_text(research_bytes().decode())
    )
    publish(cast, standard, body=STANDARD_BODY)
    _, joint = create_document(
        actor=actor,
        kind=DocumentKind.JOINT_INSPECTION_LIST,
        slug="joint",
        title="联查清单",
        agency=cast.city_market,
    )
    import_scenes(actor=actor, version_id=joint.pk, reading=read_scenes(scene_bytes()))
    publish(cast, joint, body=JOINT_BODY)
    return cast


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_an_empty_site_says_what_will_come() -> None:
    text = page("/public/")
    assert "做了这件事" in text and "还没有公布的文件" in text


def test_the_home_page_shows_doors_changes_and_lines(stocked: Cast) -> None:
    text = page("/public/")
    for words in (
        "1 条，什么情形不罚",
        "7 项，罚多少",
        "3 项，几个部门",
        "联查清单（第 1 版）已公布",
        "市场监管 11 条",
    ):
        assert words in text
    for address in ("/public/lists/", "/public/standards/", "/public/joint-inspections/"):
        assert f'class="door is-target" href="{address}"' in text


def test_drafts_are_not_news(cast: Cast) -> None:
    draft_list(cast, slug="draft")
    assert "还没有公布的文件" in page("/public/")
    assert "没有找到" in page(f"/public/search/?q={PRICE_TAG}")


def test_an_upcoming_version_is_news_but_not_found(cast: Cast) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    publish_list(cast, effective_from=tomorrow)
    assert "生效" in page("/public/") and "0 条，什么情形不罚" in page("/public/")
    assert "没有找到" in page(f"/public/search/?q={PRICE_TAG}")


@pytest.mark.parametrize(
    ("query", "address", "words"),
    [
        ("明码标价", "/public/lists/market-list/v1/1/", "首次违法"),
        ("T1所列", "/public/standards/standard/v1/t1/", "情节较轻、情节较重、情节严重"),
        ("加油站", "/public/joint-inspections/joint/v1/2/", "应急管理部门牵头"),
        ("联查", "/public/joint-inspections/joint/", "整份文件"),
        ("经营者　标价", "/public/lists/market-list/v1/1/", "不予处罚"),
    ],
)
def test_each_kind_is_found_by_its_own_words(stocked: Cast, query: str, address: str, words: str) -> None:
    text = page(f"/public/search/?q={query}")
    assert f'href="{address}"' in text and words in text
    assert "示范市市场监督管理局，第 1 版，2025-01-01 起施行" in text


def test_the_kind_narrows(stocked: Cast) -> None:
    found = page("/public/search/?q=所列违法行为&kind=benchmark_standard")
    assert "找到 7 条" in found
    nothing = page("/public/search/?q=所列违法行为&kind=exemption_list")
    assert "没有同时满足“减免责清单”和“所列违法行为”的条目" in nothing and "清除筛选" in nothing


def test_a_line_lists_everything_it_has(stocked: Cast) -> None:
    assert "找到 14 条" in page("/public/search/?line=market")
    assert "没有同时满足" in page("/public/search/?line=ecology")


def test_nothing_found_says_what_to_try(stocked: Cast) -> None:
    text = page("/public/search/?q=按照规定明码")
    assert "没有找到与“按照规定明码”相符的条目" in text
    assert PRICE_TAG in text, "the nearest name is offered"
    assert "拨打12345" in text


def test_exact_names_come_first(cast: Cast) -> None:
    names = ("擅自占道经营烧烤", "占道经营", "占道经营早点")
    entries = tuple(entry_fields(serial=str(n), violation_name=name) for n, name in enumerate(names, start=1))
    publish_list(cast, entries=entries)
    found = search(SearchQuestion(" 占道经营 ", timezone.localdate()))
    assert [hit.title for hit in found.hits] == ["占道经营", "占道经营早点", "擅自占道经营烧烤"]


@pytest.mark.parametrize(("count", "more"), [(MOST_HITS, False), (MOST_HITS + 1, True)])
def test_at_most_a_hundred_results(cast: Cast, count: int, more: bool) -> None:
    entries = tuple(entry_fields(serial=str(n), violation_name=f"违法行为{n}") for n in range(1, count + 1))
    publish_list(cast, entries=entries)
    found = search(SearchQuestion("违法行为", SPRING))
    assert (len(found.hits), found.more) == (MOST_HITS, more)


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "\\", "'", "<script>alert(1)</script>", "占" * 500])
def test_odd_queries_are_only_words(stocked: Cast, query: str) -> None:
    response = Client().get("/public/search/", {"q": query, "kind": "nonsense", "line": ""})
    text = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in text and "找到" not in text.replace("没有找到", "")


def test_a_broken_character_is_no_error(stocked: Cast) -> None:
    assert Client().get("/public/search/", {"q": "占\x00道", "line": "a\x00"}).status_code == 400
    assert Client().get("/public/search/", {"q": "占\u200b道\ufffe", "line": "\U0010ffff"}).status_code == 200


def test_about_claims_no_certificate() -> None:
    text = page("/public/about/")
    assert "无障碍说明" in text and "谁来解释" in text and "没有申请过第三方认证" in text


@pytest.mark.parametrize(
    ("address", "most"), [("/public/", 12), ("/public/search/?q=违法", 8), ("/public/about/", 0)]
)
def test_query_counts(stocked: Cast, address: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(address)
    assert len(queries) <= most, [query["sql"][:120] for query in queries]
