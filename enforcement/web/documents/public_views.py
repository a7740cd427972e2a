"""What the public reads of rule documents: published versions only, permalinks that never die, no script needed."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from enforcement.ledger.public_log import REPEAL
from enforcement.models import RuleDocument, RuleVersion
from enforcement.selectors import documents as selectors
from enforcement.selectors.documents import Validity, VersionRow
from enforcement.web.access import public_page
from enforcement.web.documents import addresses
from enforcement.web.documents.as_on_day import AskedDay, asked_day
from enforcement.web.documents.day_asked import day_asked, version_on
from enforcement.web.documents.downloads import content_response, repeal_response
from enforcement.web.documents.entry_lines import narrowed_entries
from enforcement.web.documents.public_files import download_lines
from enforcement.web.documents.published import published_or_404
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.ledger.addresses import ProofLink, proof_link


@public_page
def index(request: HttpRequest, surface: DocumentSurface) -> HttpResponse:
    """Documents in force, by line; upcoming versions are named."""
    groups = selectors.published_documents(kind=surface.kind, on=timezone.localdate())
    context = {
        "surface": surface,
        "feeds": addresses.public_feeds(surface),
        "groups": [
            {"name": group.line_name, "lines": [_index_line(surface, row) for row in group.rows]}
            for group in groups
        ],
    }
    context["links"] = surface.public_index_links() if surface.public_index_links else ()
    return render(request, "documents/public_index.html", context)


def _index_line(surface: DocumentSurface, row: selectors.DocumentRow) -> dict[str, Any]:
    return {
        "row": row,
        "url": addresses.public_document(surface, row.document),
        "upcoming": [{"version": one, "url": addresses.public_version(surface, one)} for one in row.upcoming],
    }


@public_page
def document(request: HttpRequest, surface: DocumentSurface, slug: str) -> HttpResponse:
    """The version in force, else the newest, with the timeline of all versions. `on` asks for that of another day."""
    found = selectors.find_published_document(kind=surface.kind, slug=slug)
    if found is None:
        raise Http404(f"没有找到这份{surface.noun}。")
    placed = _placed(found)
    current = next((row for row in placed if row.validity is Validity.IN_FORCE), placed[0])
    asked = asked_day(request.GET.get("on", ""), [row.version for row in placed], today=timezone.localdate())
    if asked is not None and asked.day is not None and asked.version is None:
        return _no_version_page(request, surface, found, placed, asked)
    number = asked.version.number if asked is not None and asked.version else current.version.number
    return _version_page(
        request, surface, published_or_404(surface, slug, number), is_document=True, asked=asked
    )


def _no_version_page(
    request: HttpRequest,
    surface: DocumentSurface,
    found: RuleDocument,
    placed: list[VersionRow],
    asked: AskedDay,
) -> HttpResponse:
    """Nothing applied on the day that was asked; the versions that exist are named."""
    for row in placed:
        row.version.document = found
    context = {
        "surface": surface,
        "document": found,
        "on_day": asked,
        "document_url": addresses.public_document(surface, found),
        "timeline": [{"row": row, "url": addresses.public_version(surface, row.version)} for row in placed],
        "crumbs": [
            {"label": surface.public_column, "url": addresses.public_index(surface)},
            {"label": found.title, "url": addresses.public_document(surface, found)},
            {"label": "某一天的内容"},
        ],
    }
    return render(request, "documents/public_no_version.html", context)


@public_page
def version(request: HttpRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """One version for good: its entries, narrowed by `q` and `facet`, its dates and digest."""
    return _version_page(request, surface, published_or_404(surface, slug, number), is_document=False)


@public_page
def entry(
    request: HttpRequest, surface: DocumentSurface, slug: str, number: int, entry_slug: str
) -> HttpResponse:
    """One entry for good, in plain words."""
    found = published_or_404(surface, slug, number)
    page = surface.entry_page(found, entry_slug)
    if page is None:
        raise Http404(f"这个版本里没有这一{surface.unit}。")
    context = _version_context(surface, found)
    holding = surface.entry_versions(found.document, entry_slug)
    asked = day_asked(request)
    then = version_on((row.version for row in context["placed"]), asked.day) if asked.day else None
    if then is not None and then.pk != found.pk and then.pk in holding:
        return redirect(
            f"{addresses.public_entry(surface, then, entry_slug)}?{urlencode({'on': asked.text})}"
        )
    context |= dict(page)
    violation = page.get("violation")
    if violation is not None:
        context["feeds"] = [*addresses.matter_feeds(violation), *context["feeds"]]
    context |= {
        "entry_timeline": _entry_timeline(surface, found, context["placed"], entry_slug, holding),
        "permalink": request.build_absolute_uri(addresses.public_entry(surface, found, entry_slug)),
        "index_number": f"{found.document.slug}-{found.number}-{entry_slug}".upper(),
        "asked": asked,
        "was_in_force": then is not None and then.pk == found.pk,
    }
    context["crumbs"] = [
        {"label": surface.public_column, "url": addresses.public_index(surface)},
        {"label": found.document.title, "url": addresses.public_version(surface, found)},
        {"label": page["crumb"]},
    ]
    return render(request, surface.entry_template, context)


def _entry_timeline(
    surface: DocumentSurface,
    found: RuleVersion,
    placed: list[VersionRow],
    entry_slug: str,
    holding: frozenset[int],
) -> list[dict[str, Any]]:
    """The versions that hold the entry, newest first, each with the way to what changed since the one before it."""
    timeline = []
    for row, before in zip(placed, [*placed[1:], None], strict=True):
        if row.version.pk not in holding:
            continue
        numbers = {"old": before.version.number, "new": row.version.number} if before else {}
        timeline.append(
            {
                "row": row,
                "url": addresses.public_entry(surface, row.version, entry_slug),
                "compare_url": addresses.public_comparison(
                    surface, found.document, **numbers, entry=entry_slug
                )
                if before
                else "",
            }
        )
    return timeline


@public_page
def content(request: HttpRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The published content as the text that its digest is about."""
    return content_response(surface, published_or_404(surface, slug, number))


@public_page
def repeal(request: HttpRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The repeal of a version as the text that its digest is about."""
    found = published_or_404(surface, slug, number)
    if found.repealed is None:
        raise Http404("这个版本没有废止。")
    return repeal_response(found.repealed)


def _placed(found: RuleDocument) -> list[VersionRow]:
    return selectors.place_in_time(selectors.versions_of(found, published_only=True), on=timezone.localdate())


def _version_context(surface: DocumentSurface, found: RuleVersion) -> dict[str, Any]:
    placed = _placed(found.document)
    in_force = next((row.version for row in placed if row.validity is Validity.IN_FORCE), None)
    return {
        "surface": surface,
        "version": found,
        "document": found.document,
        "placed": placed,
        "place": next(row for row in placed if row.version.pk == found.pk),
        "in_force": in_force,
        "days_until": (found.effective_from - timezone.localdate()).days if found.effective_from else 0,
        "repeal_proof": _repeal_proof(surface, found),
        "document_url": addresses.public_document(surface, found.document),
        "index_number": f"{found.document.slug}-{found.number}".upper(),
        "timeline": [{"row": row, "url": _version_address(surface, found, row)} for row in placed],
        "compare_url": addresses.public_comparison(surface, found.document),
        "downloads": download_lines(surface, found),
        "digests_url": addresses.public_digests(surface, found),
        "print_url": addresses.public_print(surface, found),
        "feeds": addresses.public_feeds(surface, found.document),
        "version_url": addresses.public_version(surface, found),
        "proof": proof_link(
            kind=found.document.kind,
            key=found.public_key,
            content_url=addresses.public_content(surface, found),
        ),
    }


def _repeal_proof(surface: DocumentSurface, found: RuleVersion) -> ProofLink | None:
    if found.repealed is None:
        return None
    address = addresses.public_repeal(surface, found)
    return proof_link(kind=REPEAL, key=found.public_key, content_url=address)


def _version_address(surface: DocumentSurface, found: RuleVersion, row: VersionRow) -> str:
    row.version.document = found.document
    return addresses.public_version(surface, row.version)


def _version_page(
    request: HttpRequest,
    surface: DocumentSurface,
    found: RuleVersion,
    *,
    is_document: bool,
    asked: AskedDay | None = None,
) -> HttpResponse:
    context = _version_context(surface, found)
    context |= narrowed_entries(request, surface, found, partial(addresses.public_entry, surface, found))
    crumbs = [
        {"label": surface.public_column, "url": addresses.public_index(surface)},
        {"label": found.document.title, "url": "" if is_document else context["document_url"]},
    ]
    context |= {
        "crumbs": crumbs if is_document else [*crumbs, {"label": f"第 {found.number} 版"}],
        "permalink": request.build_absolute_uri(addresses.public_version(surface, found)),
        "line_name": selectors.line_name_of(found.document),
        "on_day": asked,
    }
    return render(request, "documents/public_version.html", context)
