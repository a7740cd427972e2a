"""减免责清单 as pages: what the shared document pages take from this app."""

from __future__ import annotations

from django.urls import reverse

from enforcement.models import RuleDocument, RuleVersion, VersionStatus
from enforcement.spreadsheets.writing import write_workbook
from enforcement.web.documents.surface import DocumentSurface, EntryListing, Facet, PageLink
from exemption_lists.content import BODY
from exemption_lists.drafts_of_entries import draft_of
from exemption_lists.models import LeniencyKind, ListEntry
from exemption_lists.reading.columns import download_sheet
from exemption_lists.selectors import entries_of, marks_of_violation, versions_holding
from exemption_lists.web import entry_presentation as words
from exemption_lists.web.compared_words import compared_entries
from exemption_lists.web.printed_list import printed_tables
from exemption_lists.web.public_entry import entry_page


def list_entries(version: RuleVersion, query: str, facet: str) -> EntryListing:
    """The entries that contain the words and are of the kind."""
    entries = list(entries_of(version))
    counts = {kind: sum(entry.kind == kind for entry in entries) for kind in LeniencyKind}
    facets = tuple(Facet(kind.value, str(kind.label), count) for kind, count in counts.items() if count)
    shown = [entry for entry in entries if facet in ("", entry.kind) and _contains(entry, query)]
    return EntryListing(rows=tuple(words.row_of(entry) for entry in shown), total=len(entries), facets=facets)


def _contains(entry: ListEntry, query: str) -> bool:
    searched = [entry.serial, entry.violation_name, entry.domain, entry.category, *entry.condition_text]
    return not query or any(query.lower() in text.lower() for text in searched)


def entry_versions(document: RuleDocument, slug: str) -> frozenset[int]:
    """Versions of the document that hold an entry of this slug."""
    return versions_holding(document=document, slug=slug)


def workbook_of(version: RuleVersion) -> bytes:
    """The entries in the printed layout; an import reads them back equal."""
    return write_workbook(
        [download_sheet(version.document.title, [draft_of(entry) for entry in entries_of(version)])]
    )


def links_of(version: RuleVersion) -> tuple[PageLink, ...]:
    """The table of the version: for editing while it is a draft, for reading afterwards."""
    label = "表格编辑" if version.status == VersionStatus.DRAFT else "表格查看"
    return (PageLink(label, reverse("lists:grid", args=[version.document.slug, version.number])),)


def officer_index_links() -> tuple[PageLink, ...]:
    return (PageLink("适用清单", reverse("lists:effective")),)


def public_index_links() -> tuple[PageLink, ...]:
    return (PageLink("按执法机关查", reverse("lists_public:effective_choose")),)


LISTS = DocumentSurface(
    body=BODY,
    officer_namespace="lists",
    public_namespace="lists_public",
    officer_column="减免责清单",
    public_column="清单公示",
    unit="条",
    title_column="违法行为",
    columns=words.COLUMNS,
    introduction="哪些违法行为可以不予处罚、从轻处罚、减轻处罚或者免予行政强制，要满足什么条件，都列在这里。",
    list_entries=list_entries,
    entry_page=entry_page,
    entry_versions=entry_versions,
    workbook_of=workbook_of,
    entry_template="exemption_lists/public_entry.html",
    facet_label="类型",
    import_route="import",
    officer_index_links=officer_index_links,
    public_index_links=public_index_links,
    compared_entries=compared_entries,
    printed_tables_of=printed_tables,
    marks_about=marks_of_violation,
    version_links=links_of,
)


def entry_address(version: RuleVersion, entry: ListEntry) -> str:
    """The officer's page of an entry."""
    return reverse("lists:entry", args=[version.document.slug, version.number, entry.slug])


def preview_address(version: RuleVersion, entry: ListEntry) -> str:
    """What the public will read of an entry, for those who may see the draft."""
    return reverse("lists:entry_preview", args=[version.document.slug, version.number, entry.slug])


def condition_address(version: RuleVersion, entry: ListEntry, exclusion: int | None = None) -> str:
    """The form of the typed condition of an entry, or of one of its exclusions."""
    place = [version.document.slug, version.number, entry.slug]
    if exclusion is None:
        return reverse("lists:condition", args=place)
    return reverse("lists:exclusion_condition", args=[*place, exclusion])
