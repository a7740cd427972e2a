"""Where the self-check of a matter stands."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def check_address(document_slug: str, entry_slug: str, region: str = "") -> str:
    """The self-check of the matter an entry is about; it stays while versions follow each other."""
    address = reverse("self_check_public:check", args=[document_slug, entry_slug])
    return f"{address}?{urlencode({'region': region})}" if region else address
