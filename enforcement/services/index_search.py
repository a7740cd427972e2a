"""Writing what the public search looks into."""

from __future__ import annotations

from django.db import transaction

from enforcement.documents import DocumentBody, SearchEntry
from enforcement.models import RuleVersion, SearchRow
from enforcement.search.text import indexed_text, pairs_of, plain

WHOLE_DOCUMENT = "整份文件"


@transaction.atomic
def index_search(*, body: DocumentBody, version: RuleVersion) -> int:
    """Replace the search rows of a version by what its entries say; how many there are now. Safe to run again."""
    version.search_rows.all().delete()
    document = version.document
    whole = SearchEntry(
        "", document.title, WHOLE_DOCUMENT, version.change_summary, (version.document_number,)
    )
    rows = [
        _row(version, position, entry, document.agency.name)
        for position, entry in enumerate((whole, *body.search_entries(version)))
    ]
    return len(SearchRow.objects.bulk_create(rows, batch_size=1000))


def _row(version: RuleVersion, position: int, entry: SearchEntry, agency: str) -> SearchRow:
    searched = indexed_text(entry.title, (*entry.others, entry.summary, agency))
    return SearchRow(
        version=version,
        position=position,
        entry_slug=entry.slug,
        title=entry.title,
        plain_title=plain(entry.title),
        tag=entry.tag,
        summary=entry.summary,
        searched=searched,
        pairs=pairs_of(searched),
    )
