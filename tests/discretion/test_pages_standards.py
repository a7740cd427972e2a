"""Discretion standards through the browser's requests: import, review, publication, and what the public reads."""

from __future__ import annotations

import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from discretion.models import Benchmark
from enforcement.models import RuleDocument, RuleVersion
from tests.cast import Cast, raise_cast
from tests.discretion.research_file import (
    import_as_draft,
    publish_over_http,
    research_bytes,
    signed_in,
    upload,
)

pytestmark = pytest.mark.django_db
STEM = "/officer/standards/"
DRAFT = f"{STEM}market-standard/v1/"
PUBLIC = "/public/standards/market-standard/"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def draft(cast: Cast) -> Client:
    return import_as_draft(cast, STEM, research_bytes(), "market-standard")


@pytest.fixture
def published(cast: Cast, draft: Client) -> Client:
    publish_over_http(cast, DRAFT)
    return Client()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_preview_shows_matters_and_warnings_and_writes_nothing(cast: Cast) -> None:
    client = signed_in(cast.compiler)
    preview = page(client, upload(client, STEM, research_bytes())["Location"])
    assert "§T1" in preview and "T1所列违法行为" in preview
    assert "原表" in preview, "the warnings of an item stand beside it"
    assert "还没有写入" in preview
    assert not RuleDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("基准.json", b'{"sources": {', "不是可以读取的JSON"),
        ("基准.json", b"[]", "matters"),
        ("基准.json", research_bytes(matters=[]), "没有事项"),
        ("基准.json", research_bytes(matters=[{"serial": "1"}]), "第1个事项"),
        ("基准.json", "基准".encode("gbk"), "UTF-8"),
        ("基准.xlsx", b"PK", "按 JSON 导入"),
    ],
)
def test_what_cannot_be_read_is_said_in_chinese(cast: Cast, name: str, content: bytes, words: str) -> None:
    response = upload(signed_in(cast.compiler), STEM, content, name)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not RuleDocument.objects.exists()


def test_another_person_does_not_see_an_upload(cast: Cast) -> None:
    address = upload(signed_in(cast.compiler), STEM, research_bytes())["Location"]
    assert signed_in(cast.second_compiler).get(address).status_code == 404


def test_without_the_duty_to_compile_nothing_is_kept(cast: Cast) -> None:
    response = upload(signed_in(cast.officer), STEM, research_bytes())
    assert "您没有编制裁量权基准的职责" in response.content.decode()


def test_importing_again_replaces_the_draft(cast: Cast, draft: Client) -> None:
    before = Benchmark.objects.count()
    address = upload(draft, STEM, research_bytes())["Location"]
    assert draft.post(address, {"target": "market-standard"}).status_code == 302
    assert Benchmark.objects.count() == before == 7
    assert draft.get(address).status_code == 404, "a written upload is gone"
    version = RuleVersion.objects.get()
    assert "导入自“基准.json”" in version.source_note


def test_a_taken_address_is_refused_and_nothing_typed_is_lost(cast: Cast, draft: Client) -> None:
    address = upload(draft, STEM, research_bytes())["Location"]
    answer = {
        "target": "new",
        "title": "另一份",
        "slug": "market-standard",
        "agency": str(cast.city_market.pk),
    }
    text = draft.post(address, answer).content.decode()
    assert "已被使用" in text and 'value="另一份"' in text
    assert RuleDocument.objects.count() == 1


def test_an_entry_page_shows_tiers_formula_and_warnings(draft: Client) -> None:
    tiers = page(draft, f"{DRAFT}entries/t1/")
    assert "情节较轻" in tiers and "第一次被处罚的" in tiers and "2,000元以上10,000元以下" in tiers
    weights = page(draft, f"{DRAFT}entries/w1/")
    assert "起点比例 + 各因素比例之和" in weights and "敏感区域" in weights
    assert "导入时的提示" in page(draft, f"{DRAFT}entries/t4/")


def test_a_draft_does_not_exist_for_the_public(draft: Client) -> None:
    for address in (
        PUBLIC,
        f"{PUBLIC}v1/",
        f"{PUBLIC}v1/t1/",
        f"{PUBLIC}v1/t1/trial/",
        f"{PUBLIC}v1/download.xlsx",
    ):
        assert Client().get(address).status_code == 404


def test_after_publication_everyone_reads_it(published: Client) -> None:
    assert "示范市文件" in page(published, "/public/standards/")
    assert "T1所列违法行为" in page(published, PUBLIC)
    entry = page(published, f"{PUBLIC}v1/t1/")
    for words in (
        "情节严重",
        "第三次及以上被处罚的",
        "10,000元",
        "《某条例》第九条第一款",
        "并可责令改正",
        "示市监规〔2024〕9号",
    ):
        assert words in entry
    assert "仅供参考，以执法机关依法认定为准" in entry


@pytest.mark.parametrize("slug", ["t1", "t2", "t3", "t4", "w1", "d1", "m1"])
def test_every_mode_has_a_public_page_and_a_trial(published: Client, slug: str) -> None:
    page(published, f"{PUBLIC}v1/{slug}/")
    page(published, f"{PUBLIC}v1/{slug}/trial/")


def test_narrowing_by_words(published: Client) -> None:
    found = page(published, f"{PUBLIC}?q=W1")
    assert "找到 1 项" in found and "T1所列违法行为" not in found
    assert "没有找到相符的内容" in page(published, f"{PUBLIC}?q=没有这样的词")


def test_published_benchmarks_are_frozen(published: Client) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Benchmark.objects.update(remark="改动")
    with pytest.raises(DatabaseError), transaction.atomic():
        Benchmark.objects.all().delete()


def test_a_next_version_keeps_the_addresses_of_its_entries(cast: Cast, published: Client) -> None:
    client = signed_in(cast.compiler)
    assert client.post(f"{STEM}market-standard/next-version/").status_code == 302
    publish_over_http(cast, f"{STEM}market-standard/v2/", effective_from="2025-06-01")
    old = page(Client(), f"{PUBLIC}v1/t1/")
    assert "已不再适用" in old and f"{PUBLIC}v2/t1/" in old
    assert "已不再适用" in page(Client(), f"{PUBLIC}v1/t1/trial/")
    assert "已不再适用" not in page(Client(), f"{PUBLIC}v2/t1/trial/")


def test_the_download_opens_and_has_a_row_per_tier(published: Client) -> None:
    response = published.get(f"{PUBLIC}v1/download.xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[8] for row in rows if row[0] == "§T1"] == ["情节较轻", "情节较重", "情节严重"]
    assert {row[0] for row in rows} == {"§T1", "§T2", "§T3", "§T4", "§W1", "§D1", "§M1"}


@pytest.mark.parametrize(
    ("address", "most"), [(PUBLIC, 11), (f"{PUBLIC}v1/t1/", 10), (f"{PUBLIC}v1/t1/trial/", 6)]
)
def test_query_counts_of_public_pages(published: Client, address: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(published, address)
    assert len(queries) <= most, [query["sql"][:120] for query in queries]
