"""Feeds are valid, absolute, stable and cheap to ask for again."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from enforcement.feeds import Feed, FeedFormat, FeedItem, feed_document, stable_id
from enforcement.models import RuleVersion, Violation
from exemption_lists.models import ListEntry
from tests.builders import PRICE_TAG, entry_fields, publish_list, publish_next
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NEXT = dt.date(2027, 1, 1)
FEEDS = ("/public/lists/feed", "/public/lists/market-list/feed", "/public/matters/P-1/feed")


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def versions(cast: Cast) -> tuple[RuleVersion, RuleVersion]:
    Violation.objects.create(code="P-1", name=PRICE_TAG, line_id="market")
    first = publish_list(cast, entries=(entry_fields(), entry_fields(serial="2", violation_name="另一行为")))

    def drop(draft: RuleVersion) -> None:
        ListEntry.objects.filter(version=draft, serial="1").delete()

    return first, publish_next(cast, first, effective_from=NEXT, change=drop)


def atom(client: Client, address: str) -> ET.Element:
    answer = client.get(f"{address}.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def text(element: ET.Element, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None and found.text
    return found.text


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.usefixtures("versions")
def test_an_atom_feed_holds_what_rfc_4287_asks_for(client: Client, address: str) -> None:
    root = atom(client, address)
    assert root.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{address}.atom"
    assert str(links["alternate"]).startswith("http://testserver/public/")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for element in (root, *entries):
        assert text(element, "id").startswith("urn:uuid:")
        assert text(element, "title")
        assert dt.datetime.fromisoformat(text(element, "updated")).tzinfo is not None
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
    assert len({text(entry, "id") for entry in entries}) == 2
    moments = [text(entry, "updated") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert text(root, "updated") == moments[0]
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert client.get(str(link.get("href")).removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.usefixtures("versions")
def test_a_json_feed_says_the_same(client: Client, address: str) -> None:
    answer = client.get(f"{address}.json")
    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"http://testserver{address}.json"
    entries = atom(client, address).findall(f"{ATOM}entry")
    assert [item["id"] for item in document["items"]] == [text(entry, "id") for entry in entries]
    assert [item["content_text"] for item in document["items"]] == [
        text(entry, "summary") for entry in entries
    ]
    for item in document["items"]:
        assert {"id", "url", "title", "content_text", "date_published", "authors"} <= item.keys()
        assert dt.datetime.fromisoformat(item["date_published"]).tzinfo is not None


def test_items_say_what_changed_and_from_when(
    client: Client, versions: tuple[RuleVersion, RuleVersion]
) -> None:
    newest, first = json.loads(client.get(f"{FEEDS[1]}.json").content)["items"]
    assert "自2027年1月1日起施行" in newest["content_text"]
    assert "修订说明：按新规定修订。" in newest["content_text"]
    assert newest["_hengdu"]["digest"] == versions[1].digest
    assert (newest["_hengdu"]["effective_from"], first["_hengdu"]["effective_from"]) == (
        "2027-01-01",
        "2025-01-01",
    )
    dropped, held = json.loads(client.get(f"{FEEDS[2]}.json").content)["items"]
    assert dropped["content_text"].endswith(f"本版不再列有“{PRICE_TAG}”。")
    assert held["content_text"].endswith(f"“{PRICE_TAG}”见第 1 条。")


@pytest.mark.parametrize("ending", [one.value for one in FeedFormat])
@pytest.mark.usefixtures("versions")
def test_an_unchanged_feed_is_not_sent_again(client: Client, ending: str) -> None:
    address = f"{FEEDS[0]}.{ending}"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    assert client.get(address).content == first.content


@pytest.mark.parametrize(
    "address",
    ["/public/lists/feed.rss", "/public/lists/unknown/feed.atom", "/public/matters/unknown/feed.json"],
)
@pytest.mark.usefixtures("versions")
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("versions")
def test_pages_name_their_feeds(client: Client) -> None:
    page = client.get("/public/lists/market-list/v1/").content.decode()
    for address in ("/public/lists/feed.atom", "/public/lists/market-list/feed.json"):
        assert f'href="{address}"' in page
    assert 'rel="alternate"' in page


ITEM = FeedItem("a", "标题 <b>&", "http://x/", "甲 <b> & 乙", "某局", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
EMPTY = Feed("k", "名", "述", "http://x/", "http://x/f", ())


def test_markup_in_words_stays_words() -> None:
    root = ET.fromstring(
        feed_document(Feed("k", "名", "述", "http://x/", "http://x/f", (ITEM,)), FeedFormat.ATOM)
    )
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert text(entry, "title") == "标题 <b>&"
    assert text(entry, "summary") == "甲 &lt;b&gt; &amp; 乙"


@pytest.mark.parametrize("wanted", list(FeedFormat), ids=lambda one: one.value)
def test_an_empty_feed_has_a_fixed_time(wanted: FeedFormat) -> None:
    assert feed_document(EMPTY, wanted) == feed_document(EMPTY, wanted)


def test_an_id_does_not_depend_on_the_host() -> None:
    assert stable_id("version:a/1") == "urn:uuid:" + stable_id("version:a/1").rpartition(":")[2]
    assert stable_id("version:a/1") != stable_id("version:a/2")
