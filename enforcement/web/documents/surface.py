"""What the shared pages of rule documents need to know about one kind of document.

The entries live one floor up. Each of those apps builds one `DocumentSurface` and names it in its URL lists:
`path("", officer_views.index, {"surface": LISTS}, name="index")`. Views take everything about entries from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.comparison.entries import ComparedEntry
from enforcement.documents import DocumentBody
from enforcement.models import DocumentKind, RuleDocument, RuleVersion, Violation
from enforcement.printing.paper import PrintedTable, columns_for
from enforcement.selectors.published_versions import EntryMark
from enforcement.version_files import VersionFileSource


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry in a table or a list of cards. `cells` follow the surface's `columns`; `tag` is the verdict word.

    `slug` is the last part of the permalink; all texts are plain, never HTML.
    """

    serial: str
    slug: str
    title: str
    cells: tuple[str, ...] = ()
    tag: str = ""
    warning: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value the entries can be narrowed to, with how many entries have it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class EntryListing:
    """The entries of a version after narrowing; `total` counts all of them."""

    rows: tuple[EntryRow, ...]
    total: int
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """A button of a sibling app on a shared page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DocumentSurface:
    """One kind of rule document as pages.

    - `list_entries(version, query, facet)` narrows by words contained and one facet code ("" for none);
    - `entry_page(version, slug)` gives the context of `entry_template` (its key `heading` is the page's h1, `title` the
      browser title), or None when there is no such entry;
    - `entry_versions(document, slug)` gives the ids of versions that hold an entry of this slug;
    - `workbook_of(version)` gives the xlsx;
    - `has_entry_pages`: the officer namespace has views `entry` (edit) and `entry_new`, the public one has `entry`;
    - `may_add_entries`: False where entries only come by import, so that there is no `entry_new`;
    - `import_route`: name of the officer route that imports a file, "" for none; `import_label` names the act;
    - `public_as_table`: the public page of a version shows its entries as a table with all columns;
    - `officer_index_links()` and `public_index_links()` give more ways into the documents, shown on the two index pages;
    - `version_links(version)` gives more buttons for the officer's version page;
    - `compared_entries(version)` gives the entries in words for a comparison; without it the table's cells are compared;
    - `printed_tables_of(version)` gives the tables of the docx, the pdf and the print page, where the columns of the
      pages would not do;
    - `marks_about(violation)` gives where published versions speak of a violation, for the news about it.
    """

    body: DocumentBody
    officer_namespace: str
    public_namespace: str
    officer_column: str
    public_column: str
    unit: str
    columns: tuple[str, ...]
    introduction: str
    list_entries: Callable[[RuleVersion, str, str], EntryListing]
    entry_page: Callable[[RuleVersion, str], Mapping[str, Any] | None]
    entry_versions: Callable[[RuleDocument, str], frozenset[int]]
    workbook_of: Callable[[RuleVersion], bytes]
    entry_template: str
    title_column: str = "事项"
    facet_label: str = ""
    import_route: str = ""
    import_label: str = "从表格导入"
    has_entry_pages: bool = True
    may_add_entries: bool = True
    public_as_table: bool = False
    version_links: Callable[[RuleVersion], tuple[PageLink, ...]] | None = None
    officer_index_links: Callable[[], tuple[PageLink, ...]] | None = None
    public_index_links: Callable[[], tuple[PageLink, ...]] | None = None
    compared_entries: Callable[[RuleVersion], list[ComparedEntry]] | None = None
    printed_tables_of: Callable[[RuleVersion], tuple[PrintedTable, ...]] | None = None
    marks_about: Callable[[Violation], list[EntryMark]] | None = None

    @property
    def kind(self) -> DocumentKind:
        return self.body.kind

    @property
    def noun(self) -> str:
        """减免责清单, 裁量权基准 or 综合查一次清单."""
        return str(self.body.kind.label)

    def marks_of(self, violation: Violation) -> list[EntryMark]:
        """Where published versions of this kind speak of a violation; none for kinds that never do."""
        return self.marks_about(violation) if self.marks_about is not None else []

    @property
    def files(self) -> VersionFileSource:
        """What the files of a published version are made from."""
        return VersionFileSource(self.body, self.workbook_of, self.printed_tables, self.unit)

    def printed_tables(self, version: RuleVersion) -> tuple[PrintedTable, ...]:
        """The entries as they stand on paper: the kind's own tables, or one with the columns of the pages."""
        if self.printed_tables_of is not None:
            return self.printed_tables_of(version)
        entries = self.list_entries(version, "", "").rows
        rows = tuple((row.serial, row.title, *row.cells) for row in entries)
        return (PrintedTable("", columns_for(("序号", self.title_column, *self.columns), rows), rows),)
