"""Addresses of the shared pages, so that templates of three apps need no namespace of their own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from enforcement.feeds import FeedFormat
from enforcement.models import RuleDocument, RuleVersion, Violation
from enforcement.web.documents.surface import DocumentSurface


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as the head of a page and its list of subscriptions name it."""

    title: str
    feed_format: FeedFormat
    url: str


@dataclass(frozen=True, slots=True)
class OfficerAddresses:
    """Addresses under /officer/ for one version."""

    surface: DocumentSurface
    version: RuleVersion

    def _at(self, name: str, *more: object) -> str:
        route = f"{self.surface.officer_namespace}:{name}"
        return reverse(route, args=[self.version.document.slug, self.version.number, *more])

    @property
    def version_page(self) -> str:
        return self._at("version")

    @property
    def submit(self) -> str:
        return self._at("submit")

    @property
    def review(self) -> str:
        return self._at("review")

    @property
    def publish(self) -> str:
        return self._at("publish")

    @property
    def send_back(self) -> str:
        return self._at("send_back")

    @property
    def discard(self) -> str:
        return self._at("discard")

    @property
    def opinions(self) -> str:
        return self._at("opinions")

    @property
    def repeal(self) -> str:
        return self._at("repeal")

    @property
    def confirm_repeal(self) -> str:
        return self._at("confirm_repeal")

    @property
    def withdraw_repeal(self) -> str:
        return self._at("withdraw_repeal")

    @property
    def workbook(self) -> str:
        return self._at("workbook")

    @property
    def next_version(self) -> str:
        return reverse(f"{self.surface.officer_namespace}:next_version", args=[self.version.document.slug])

    @property
    def new_entry(self) -> str:
        return self._at("entry_new") if self.surface.has_entry_pages and self.surface.may_add_entries else ""

    @property
    def import_page(self) -> str:
        if not self.surface.import_route:
            return ""
        address = reverse(f"{self.surface.officer_namespace}:{self.surface.import_route}")
        return f"{address}?document={self.version.document.slug}"

    @property
    def compare(self) -> str:
        return officer_comparison(self.surface, self.version.document, new=self.version.number)

    @property
    def public_page(self) -> str:
        return public_version(self.surface, self.version)

    def entry(self, slug: str) -> str:
        return self._at("entry", slug) if self.surface.has_entry_pages else ""


def officer_index(surface: DocumentSurface) -> str:
    return reverse(f"{surface.officer_namespace}:index")


def officer_version(surface: DocumentSurface, version: RuleVersion) -> str:
    return OfficerAddresses(surface, version).version_page


def officer_comparison(surface: DocumentSurface, document: RuleDocument, **chosen: object) -> str:
    """`old` and `new` are numbers of versions, `entry` the slug of one entry; what is left out is chosen by the page."""
    address = reverse(f"{surface.officer_namespace}:compare", args=[document.slug])
    return f"{address}?{urlencode(chosen)}" if chosen else address


def public_comparison(surface: DocumentSurface, document: RuleDocument, **chosen: object) -> str:
    """As `officer_comparison`, of published versions."""
    address = reverse(f"{surface.public_namespace}:compare", args=[document.slug])
    return f"{address}?{urlencode(chosen)}" if chosen else address


def public_index(surface: DocumentSurface) -> str:
    return reverse(f"{surface.public_namespace}:index")


def public_document(surface: DocumentSurface, document: RuleDocument) -> str:
    return reverse(f"{surface.public_namespace}:document", args=[document.slug])


def public_version(surface: DocumentSurface, version: RuleVersion) -> str:
    return reverse(f"{surface.public_namespace}:version", args=[version.document.slug, version.number])


def public_file(surface: DocumentSurface, version: RuleVersion, file_format: str) -> str:
    place = [version.document.slug, version.number, file_format]
    return reverse(f"{surface.public_namespace}:download", args=place)


def public_digests(surface: DocumentSurface, version: RuleVersion) -> str:
    return reverse(f"{surface.public_namespace}:digests", args=[version.document.slug, version.number])


def public_print(surface: DocumentSurface, version: RuleVersion) -> str:
    return reverse(f"{surface.public_namespace}:print", args=[version.document.slug, version.number])


def public_content(surface: DocumentSurface, version: RuleVersion) -> str:
    return reverse(f"{surface.public_namespace}:content", args=[version.document.slug, version.number])


def public_repeal(surface: DocumentSurface, version: RuleVersion) -> str:
    return reverse(f"{surface.public_namespace}:repeal", args=[version.document.slug, version.number])


def public_entry(surface: DocumentSurface, version: RuleVersion, slug: str) -> str:
    return reverse(f"{surface.public_namespace}:entry", args=[version.document.slug, version.number, slug])


def public_feeds(surface: DocumentSurface, document: RuleDocument | None = None) -> list[FeedLink]:
    """The feeds of a kind, or of one document and its kind, in both formats."""
    route = surface.public_namespace
    feeds = [] if document is None else [(document.title, f"{route}:document_feed", [document.slug])]
    feeds.append((f"{surface.public_column}：新发布的版本", f"{route}:feed", []))
    return [
        FeedLink(title, one, reverse(name, args=[*place, one.value]))
        for title, name, place in feeds
        for one in FeedFormat
    ]


def matter_feeds(violation: Violation) -> list[FeedLink]:
    """The feeds of one violation over all kinds."""
    title = f"{violation.name}：有关清单和基准的变化"
    return [
        FeedLink(title, one, reverse("matter_feed", args=[violation.code, one.value])) for one in FeedFormat
    ]
