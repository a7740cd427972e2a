"""Feeds as values, and as Atom (RFC 4287) and JSON Feed 1.1 documents. The same values give the same bytes."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed

LANGUAGE = "zh-Hans"
# A feed is read from the top; what is older stands on the pages it leads to.
MOST_ITEMS = 50


class FeedFormat(StrEnum):
    ATOM = "atom"
    JSON = "json"

    @property
    def label(self) -> str:
        return "Atom" if self is FeedFormat.ATOM else "JSON Feed"

    @property
    def media_type(self) -> str:
        return "application/atom+xml" if self is FeedFormat.ATOM else "application/feed+json"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One thing that happened. `key` names it for good; `facts` are what a program reads beside the words."""

    key: str
    title: str
    url: str
    words: str
    author: str
    happened_at: dt.datetime
    facts: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Items newest first. `updated_at` is that of the newest, or the fixed moment given for an empty feed."""

    key: str
    title: str
    subtitle: str
    home_url: str
    feed_url: str
    items: tuple[FeedItem, ...]

    @property
    def updated_at(self) -> dt.datetime:
        return max((item.happened_at for item in self.items), default=dt.datetime(2022, 1, 1, tzinfo=dt.UTC))


def stable_id(key: str) -> str:
    """An id that stays the same under another host name."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"hengdu:{key}").urn


def feed_document(feed: Feed, feed_format: FeedFormat) -> bytes:
    """The feed in one of its formats."""
    return _atom(feed) if feed_format is FeedFormat.ATOM else _json(feed)


class _DatedFeed(Atom1Feed):
    """An Atom feed without items would carry the time of asking."""

    def latest_post_date(self) -> dt.datetime:
        updated: dt.datetime = self.feed["updated"]
        return updated


def _atom(feed: Feed) -> bytes:
    document = _DatedFeed(
        title=feed.title,
        link=feed.home_url,
        description=None,
        subtitle=feed.subtitle,
        language=LANGUAGE,
        feed_url=feed.feed_url,
        feed_guid=stable_id(feed.key),
        author_name=feed.title,
        updated=feed.updated_at,
    )
    for item in feed.items:
        document.add_item(
            title=item.title,
            link=item.url,
            # The format writes summaries as HTML.
            description=escape(item.words, quote=False),
            author_name=item.author,
            unique_id=stable_id(item.key),
            pubdate=item.happened_at,
            updateddate=item.happened_at,
        )
    return document.writeString("utf-8").encode("utf-8")


def _json(feed: Feed) -> bytes:
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home_url,
        "feed_url": feed.feed_url,
        "language": LANGUAGE,
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _json_item(item: FeedItem) -> dict[str, Any]:
    moment = item.happened_at.isoformat(timespec="seconds")
    return {
        "id": stable_id(item.key),
        "url": item.url,
        "title": item.title,
        "content_text": item.words,
        "date_published": moment,
        "date_modified": moment,
        "authors": [{"name": item.author}],
        "_hengdu": dict(item.facts),
    }
