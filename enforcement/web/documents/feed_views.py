"""News of rule documents for feed readers: per kind, per document, and per violation over all kinds."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from enforcement.feeds import Feed, FeedFormat, FeedItem, feed_document
from enforcement.models import RuleVersion, Violation
from enforcement.printing.paper import effect_sentence
from enforcement.selectors.documents import find_published_document
from enforcement.selectors.published_versions import (
    MatterNews,
    find_violation,
    newest_of_document,
    newest_of_kind,
    news_of_marks,
)
from enforcement.web.access import public_page
from enforcement.web.conditional import conditional_answer
from enforcement.web.documents import addresses
from enforcement.web.documents.surface import DocumentSurface
from enforcement.wording import date_zh

KEPT_SECONDS = 300


@public_page
def kind_feed(request: HttpRequest, surface: DocumentSurface, feed_format: str) -> HttpResponseBase:
    """What was published last of one kind."""
    items = _items(request, surface, newest_of_kind(surface.kind))
    feed = Feed(
        key=f"kind:{surface.kind.value}",
        title=f"{surface.public_column}：新发布的版本",
        subtitle=f"各执法机关发布的{surface.noun}，每发布、废止一个版本有一条。",
        home_url=request.build_absolute_uri(addresses.public_index(surface)),
        feed_url=request.build_absolute_uri(request.path),
        items=items,
    )
    return _answer(request, feed, feed_format)


@public_page
def document_feed(
    request: HttpRequest, surface: DocumentSurface, slug: str, feed_format: str
) -> HttpResponseBase:
    """The versions of one document."""
    document = find_published_document(kind=surface.kind, slug=slug)
    if document is None:
        raise Http404(f"没有找到这份{surface.noun}。")
    items = _items(request, surface, newest_of_document(document))
    feed = Feed(
        key=f"document:{document.slug}",
        title=document.title,
        subtitle=f"{document.agency.name}发布的{surface.noun}，每发布、废止一个版本有一条。",
        home_url=request.build_absolute_uri(addresses.public_document(surface, document)),
        feed_url=request.build_absolute_uri(request.path),
        items=items,
    )
    return _answer(request, feed, feed_format)


@public_page
def matter_feed(
    request: HttpRequest, surfaces: Iterable[DocumentSurface], code: str, feed_format: str
) -> HttpResponseBase:
    """What was published about one violation, whatever the kind of document."""
    violation = find_violation(code)
    if violation is None:
        raise Http404("没有找到这个案由。")
    by_kind = {surface.kind.value: surface for surface in surfaces}
    marks = [mark for surface in by_kind.values() for mark in surface.marks_of(violation)]
    items = tuple(
        _matter_item(request, by_kind[news.version.document.kind], news, violation)
        for news in news_of_marks(marks)
    )
    home = f"{reverse('public:search')}?{urlencode({'q': violation.name})}"
    feed = Feed(
        key=f"matter:{violation.code}",
        title=f"{violation.name}：有关清单和基准的变化",
        subtitle="列有这一违法行为的清单、裁量权基准，每发布一个版本有一条。",
        home_url=request.build_absolute_uri(home),
        feed_url=request.build_absolute_uri(request.path),
        items=items,
    )
    return _answer(request, feed, feed_format)


def _answer(request: HttpRequest, feed: Feed, feed_format: str) -> HttpResponseBase:
    if feed_format not in set(FeedFormat):
        raise Http404("订阅有两种格式：feed.atom 和 feed.json。")
    wanted = FeedFormat(feed_format)
    return conditional_answer(
        request,
        feed_document(feed, wanted),
        media_type=f"{wanted.media_type}; charset=utf-8",
        changed_at=feed.updated_at,
        seconds=KEPT_SECONDS,
    )


def _items(
    request: HttpRequest, surface: DocumentSurface, versions: list[RuleVersion]
) -> tuple[FeedItem, ...]:
    """Publications and repeals, newest first."""
    published = [_item(request, surface, version) for version in versions]
    repealed = [_repeal_item(request, surface, version) for version in versions if version.repealed]
    return tuple(sorted([*published, *repealed], key=lambda item: item.happened_at, reverse=True))


def _repeal_item(request: HttpRequest, surface: DocumentSurface, version: RuleVersion) -> FeedItem:
    repeal, document = version.repealed, version.document
    if repeal is None:
        raise ValueError("only repealed versions are news of a repeal")
    ends = date_zh(repeal.ends_on)
    return FeedItem(
        key=f"repeal:{version.public_key}",
        title=f"废止：{document.title}（第 {version.number} 版）",
        url=request.build_absolute_uri(addresses.public_version(surface, version)),
        words=f"{document.agency.name}废止第 {version.number} 版（{repeal.document_number}），{ends}起不再适用。原因：{repeal.reason}",
        author=document.agency.name,
        happened_at=repeal.repealed_at,
        facts=(("document_number", repeal.document_number), ("ends_on", repeal.ends_on.isoformat())),
    )


def _item(
    request: HttpRequest, surface: DocumentSurface, version: RuleVersion, *, key: str = "", more: str = ""
) -> FeedItem:
    """A publication in words. Needs document and agency loaded."""
    if version.effective_from is None or version.published_at is None:
        raise ValueError("only published versions are news")
    document = version.document
    effect = effect_sentence(version.effective_from, version.effective_until)
    change = f"修订说明：{version.change_summary.rstrip('。')}。" if version.change_summary else ""
    return FeedItem(
        key=key or f"version:{version.public_key}",
        title=f"{document.title}（第 {version.number} 版）",
        url=request.build_absolute_uri(addresses.public_version(surface, version)),
        words=f"{document.agency.name}发布第 {version.number} 版（{version.document_number}），{effect}{change}{more}",
        author=document.agency.name,
        happened_at=version.published_at,
        facts=(
            ("document_number", version.document_number),
            ("effective_from", version.effective_from.isoformat()),
            ("effective_until", version.effective_until.isoformat() if version.effective_until else None),
            ("digest", version.digest),
        ),
    )


def _matter_item(
    request: HttpRequest, surface: DocumentSurface, news: MatterNews, violation: Violation
) -> FeedItem:
    """A publication as news of one violation: where it stands in the version, or that it stands there no more."""
    places = "、".join(f"第 {mark.serial} {surface.unit}" for mark in news.marks)
    more = f"“{violation.name}”见{places}。" if places else f"本版不再列有“{violation.name}”。"
    key = f"matter:{violation.code}:version:{news.version.public_key}"
    return _item(request, surface, news.version, key=key, more=more)
