"""Addresses of law pages: made of what a citation says, so that any reference leads to its page.

/public/laws/<title>/<first day>/<article-paragraph-item>/, where 0 stands for a level the provision does not have.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse

from enforcement.models import DocumentKind, EntryCitation, Law, Provision, RuleVersion

# The public pages of the documents that cite; two of the kinds live one floor up and are known here by name only.
PUBLIC_NAMESPACES = {
    DocumentKind.EXEMPTION_LIST: "lists_public",
    DocumentKind.BENCHMARK_STANDARD: "standards_public",
    DocumentKind.JOINT_INSPECTION_LIST: "joint_public",
    DocumentKind.RESPONSIBILITY_LIST: "responsibility_public",
}
Numbers = tuple[int, int | None, int | None]


def place_of(provision: Provision) -> str:
    """42, 42-1, 42-1-2, 42-0-2."""
    numbers = [provision.article, provision.paragraph or 0, provision.item or 0]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return "-".join(str(number) for number in numbers)


def numbers_of(place: str) -> Numbers | None:
    """Article, paragraph and item of an address part; None when it is not one."""
    parts = place.split("-")
    if not 1 <= len(parts) <= 3 or not all(
        part.isascii() and part.isdigit() and len(part) <= 4 for part in parts
    ):
        return None
    article, paragraph, item = (*(int(part) for part in parts), 0, 0)[:3]
    return (article, paragraph or None, item or None) if article else None


def day_of(text: str) -> dt.date | None:
    """The day of an address part; None when it is not one."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def public_law(law: Law) -> str:
    return reverse("laws_public:text", args=[law.name, law.effective_from.isoformat()])


def public_provision(provision: Provision) -> str:
    law = provision.law
    return reverse(
        "laws_public:provision", args=[law.name, law.effective_from.isoformat(), place_of(provision)]
    )


def public_citing_entry(citation: EntryCitation) -> str:
    version = citation.version
    route = f"{PUBLIC_NAMESPACES[DocumentKind(version.document.kind)]}:entry"
    return reverse(route, args=[version.document.slug, version.number, citation.slug])


def public_citing_version(version: RuleVersion) -> str:
    route = f"{PUBLIC_NAMESPACES[DocumentKind(version.document.kind)]}:version"
    return reverse(route, args=[version.document.slug, version.number])


def public_version_at(kind: str, slug: str, number: int) -> str:
    """The page of a published version, from what its address is made of."""
    return reverse(f"{PUBLIC_NAMESPACES[DocumentKind(kind)]}:version", args=[slug, number])


def public_difference(kind: str, slug: str, *, old: int, new: int) -> str:
    """The page that compares two published versions of a document."""
    address = reverse(f"{PUBLIC_NAMESPACES[DocumentKind(kind)]}:compare", args=[slug])
    return f"{address}?{urlencode({'old': old, 'new': new})}"
