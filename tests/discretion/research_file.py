"""The small research file as bytes, and the way from a file to a published standard over HTTP."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from enforcement.models import Account
from tests.cast import Cast
from tests.discretion.research_fixture import document


def plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))


def research_bytes(**changes: Any) -> bytes:
    return json.dumps(document() | changes, ensure_ascii=False, default=plain).encode()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def upload(client: Client, stem: str, content: bytes, name: str = "基准.json") -> Any:
    """Post a file to the import page of `stem` (/officer/standards/)."""
    return client.post(f"{stem}import/", {"file": SimpleUploadedFile(name, content)})


def import_as_draft(cast: Cast, stem: str, content: bytes, slug: str) -> Client:
    """Upload, look, write: a new document's first draft."""
    client = signed_in(cast.compiler)
    preview = upload(client, stem, content)
    assert preview.status_code == 302, preview.content.decode()[:3000]
    target = {"target": "new", "title": "示范市文件", "slug": slug, "agency": str(cast.city_market.pk)}
    written = client.post(preview["Location"], target)
    assert written.status_code == 302, written.content.decode()[:3000]
    return client


def publish_over_http(cast: Cast, version_address: str, effective_from: str = "2025-01-01") -> None:
    """Submit, review and publish, each act by its own person."""
    assert signed_in(cast.compiler).post(f"{version_address}submit/").status_code == 302
    opinion = {"verdict": "agree", "text": "同意。"}
    assert signed_in(cast.reviewer).post(f"{version_address}review/", opinion).status_code == 302
    facts = {
        "document_number": "示市监规〔2024〕9号",
        "issued_on": "2024.12.1",
        "effective_from": effective_from,
        "change_summary": "首次公布",
    }
    published = signed_in(cast.publisher).post(f"{version_address}publish/", facts)
    assert published.status_code == 302, published.content.decode()[:3000]
