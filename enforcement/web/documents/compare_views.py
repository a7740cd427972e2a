"""Comparing any two versions of a document: for officers all of them, for the public the published ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from enforcement.comparison.versions import EntryChange, EntryState
from enforcement.models import RuleDocument, RuleVersion
from enforcement.selectors import documents as selectors
from enforcement.web.access import ActorRequest, public_page, working_page
from enforcement.web.documents import addresses
from enforcement.web.documents.comparing import choose_versions, compare, comparison_context
from enforcement.web.documents.surface import DocumentSurface

EntryAddress = Callable[[RuleVersion, str], str]


@working_page
def officer(request: ActorRequest, surface: DocumentSurface, slug: str) -> HttpResponse:
    """Any two versions, drafts included."""
    found = selectors.find_document(actor=request.actor, kind=surface.kind, slug=slug)
    if found is None:
        raise Http404(f"没有找到这份{surface.noun}。")
    context = _context(
        request,
        surface,
        found,
        published_only=False,
        entry_url=lambda version, entry: addresses.OfficerAddresses(surface, version).entry(entry),
    )
    context["crumbs"] = [
        {"label": surface.officer_column, "url": addresses.officer_index(surface)},
        {"label": found.title, "url": context["document_url"]},
        {"label": "版本比对"},
    ]
    return render(request, "documents/officer_compare.html", context)


@public_page
def public(request: HttpRequest, surface: DocumentSurface, slug: str) -> HttpResponse:
    """Any two published versions."""
    found = selectors.find_published_document(kind=surface.kind, slug=slug)
    if found is None:
        raise Http404(f"没有找到这份{surface.noun}。")
    context = _context(
        request,
        surface,
        found,
        published_only=True,
        entry_url=lambda version, entry: addresses.public_entry(surface, version, entry),
    )
    context["document_url"] = addresses.public_document(surface, found)
    context["crumbs"] = [
        {"label": surface.public_column, "url": addresses.public_index(surface)},
        {"label": found.title, "url": context["document_url"]},
        {"label": "版本比对"},
    ]
    return render(request, "documents/public_compare.html", context)


def _context(
    request: HttpRequest,
    surface: DocumentSurface,
    found: RuleDocument,
    *,
    published_only: bool,
    entry_url: EntryAddress,
) -> dict[str, Any]:
    versions = selectors.versions_of(found, published_only=published_only)
    for version in versions:
        version.document = found
    choice = choose_versions(versions, request.GET)
    validity = {row.version.pk: row for row in selectors.place_in_time(versions, on=timezone.localdate())}
    context: dict[str, Any] = {
        "surface": surface,
        "document": found,
        "document_url": addresses.officer_version(surface, versions[0]) if versions else "",
        "options": [{"version": one, "words": _words(one, validity.get(one.pk))} for one in versions],
        "choice": choice,
    }
    if choice.old is None or choice.new is None:
        return context
    sides = [
        {"name": name, "version": one, "words": _words(one, validity.get(one.pk))}
        for name, one in (("原版本", choice.old), ("新版本", choice.new))
    ]
    return context | {
        "sides": sides,
        **comparison_context(
            request,
            compare(surface, choice.old, choice.new),
            _address_of(choice.old, choice.new, entry_url),
        ),
    }


def _address_of(old: RuleVersion, new: RuleVersion, entry_url: EntryAddress) -> Callable[[EntryChange], str]:
    """A removed entry is read in the earlier version, every other in the later."""
    return lambda change: entry_url(old if change.state is EntryState.REMOVED else new, change.entry.slug)


def _words(version: RuleVersion, row: selectors.VersionRow | None) -> str:
    """Where a version stands, in a few words."""
    if row is None:
        return str(version.get_status_display())
    return f"{version.effective_from:%Y-%m-%d} 起，{row.validity.value}"
