"""Documents for tests, made through the real services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from enforcement.actors import Actor
from enforcement.documents import DocumentBody
from enforcement.models import Agency, DocumentKind, RuleVersion
from enforcement.models.documents import ReviewVerdict
from enforcement.services.draft_version import create_document, start_next_version
from enforcement.services.publish_version import publish_version, review_version, submit_version
from exemption_lists.content import BODY
from exemption_lists.models import ListEntry
from exemption_lists.services.edit_entry import add_entry
from exemption_lists.services.entry_fields import EntryFields
from tests.cast import Cast

SPRING = dt.date(2025, 1, 1)

PRICE_TAG = "经营者未按规定明码标价"


def entry_fields(**changes: Any) -> EntryFields:
    """A complete entry about price tags; `changes` replace fields."""
    values: dict[str, Any] = {
        "serial": "1",
        "kind": "no_penalty",
        "scope": "matter",
        "mandate": "must",
        "violation_name": PRICE_TAG,
        "penalty_provisions": [
            {
                "law": "中华人民共和国价格法",
                "article": 42,
                "paragraph": None,
                "item": None,
                "text": "《中华人民共和国价格法》第四十二条",
            }
        ],
        "condition_text": ["首次违法", "危害后果轻微", "当场能够说明价格来源"],
        "follow_up": ["当场补齐价签"],
        "exclusions": ["在突发事件期间哄抬价格"],
    }
    return EntryFields(**(values | changes))


def draft_list(
    cast: Cast,
    *,
    slug: str = "market-list",
    entries: tuple[EntryFields, ...] | None = None,
    compiler: Actor | None = None,
    agency: Agency | None = None,
) -> RuleVersion:
    """A draft leniency list of the city's market agency, with one entry unless told otherwise."""
    actor = compiler or cast.actor("compiler")
    _document, version = create_document(
        actor=actor,
        kind=DocumentKind.EXEMPTION_LIST,
        slug=slug,
        title="市场监管领域不予处罚清单",
        agency=agency or cast.city_market,
    )
    for fields in (entry_fields(),) if entries is None else entries:
        add_entry(actor=actor, version_id=version.pk, fields=fields)
    version.refresh_from_db()
    return version


def publish(
    cast: Cast,
    version: RuleVersion,
    *,
    body: DocumentBody = BODY,
    effective_from: dt.date = SPRING,
    effective_until: dt.date | None = None,
    published_at: dt.datetime | None = None,
    compiler: str = "compiler",
    reviewer: str = "reviewer",
    publisher: str = "publisher",
) -> RuleVersion:
    """Submit, review and publish a draft, each act by its own person."""
    submit_version(actor=cast.actor(compiler), body=body, version_id=version.pk, meant_for=effective_from)
    review_version(
        actor=cast.actor(reviewer),
        body=body,
        version_id=version.pk,
        verdict=ReviewVerdict.AGREE,
        text="同意。",
    )
    return publish_version(
        actor=cast.actor(publisher),
        body=body,
        version_id=version.pk,
        document_number=f"示市监规〔{effective_from.year}〕{version.number}号",
        issued_on=effective_from - dt.timedelta(days=30),
        effective_from=effective_from,
        effective_until=effective_until,
        change_summary="按新规定修订",
        published_at=published_at,
    )


def publish_list(
    cast: Cast, *, slug: str = "market-list", effective_from: dt.date = SPRING, **more: Any
) -> RuleVersion:
    """A published leniency list with one entry."""
    entries = more.pop("entries", None)
    return publish(cast, draft_list(cast, slug=slug, entries=entries), effective_from=effective_from, **more)


def publish_next(
    cast: Cast,
    version: RuleVersion,
    *,
    effective_from: dt.date,
    body: DocumentBody = BODY,
    change: Callable[[RuleVersion], Any] | None = None,
    **more: Any,
) -> RuleVersion:
    """The next version of a document, changed by `change` while it is a draft, then published."""
    draft = start_next_version(actor=cast.actor("compiler"), body=body, document_id=version.document_id)
    if change is not None:
        change(draft)
    return publish(cast, draft, body=body, effective_from=effective_from, **more)


def entry_of(version: RuleVersion, serial: str = "1") -> ListEntry:
    """An entry of a version by its serial."""
    return ListEntry.objects.get(version=version, serial=serial)
