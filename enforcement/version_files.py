"""The files of a published version: which there are, what they are called, and how each is made from frozen content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from enforcement.document_digest import version_document
from enforcement.documents import DocumentBody
from enforcement.ledger.canonical import canonical_json
from enforcement.models import RuleVersion
from enforcement.printing.docx_file import paper_docx
from enforcement.printing.fixed_times import with_fixed_times
from enforcement.printing.paper import Paper, PaperHead, PrintedTable, paper_of
from enforcement.printing.pdf_file import paper_pdf


class FileFormat(StrEnum):
    """In the order in which they are offered."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def use(self) -> str:
        """What one takes it for."""
        return _USES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileFormat.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
}
_USES = {
    FileFormat.PDF: "打印、存档",
    FileFormat.DOCX: "摘录、引用",
    FileFormat.XLSX: "筛选、统计条目",
    FileFormat.JSON: "程序读取、核验内容摘要",
}


@dataclass(frozen=True, slots=True)
class VersionFileSource:
    """What one kind of rule document hands in: its content, its workbook and its printed tables; `unit` is 条 or 项."""

    body: DocumentBody
    workbook_of: Callable[[RuleVersion], bytes]
    printed_tables: Callable[[RuleVersion], tuple[PrintedTable, ...]]
    unit: str

    def paper(self, version: RuleVersion) -> Paper:
        """The version on paper. Needs document and agency loaded."""
        return paper_of(_head(version), self.printed_tables(version), unit=self.unit)

    def row_count(self, version: RuleVersion) -> int:
        """How many rows its tables have: what setting it in type costs."""
        return sum(len(table.rows) for table in self.printed_tables(version))

    def make(self, version: RuleVersion, file_format: FileFormat) -> bytes:
        """The bytes of one file; the same frozen version gives the same bytes. Raises `Refusal` (see `paper_pdf`)."""
        if file_format is FileFormat.JSON:
            return canonical_json(version_document(version, self.body.content_of(version))).encode("utf-8")
        if file_format is FileFormat.XLSX:
            return with_fixed_times(self.workbook_of(version))
        paper = self.paper(version)
        return paper_docx(paper) if file_format is FileFormat.DOCX else paper_pdf(paper)


def _head(version: RuleVersion) -> PaperHead:
    if version.effective_from is None or version.published_at is None:
        raise ValueError("only a published version is printed")
    document = version.document
    return PaperHead(
        agency=document.agency.name,
        title=document.title,
        number=version.number,
        document_number=version.document_number,
        index_number=f"{document.slug}-{version.number}".upper(),
        issued_on=version.issued_on,
        published_on=timezone.localtime(version.published_at).date(),
        effective_from=version.effective_from,
        effective_until=version.effective_until,
        change_summary=version.change_summary,
        digest=version.digest,
    )


def plain_name(version: RuleVersion, file_format: FileFormat) -> str:
    """yn-scjg-exemptions-v2.pdf: the name in addresses and in the list of digests."""
    return f"{version.document.slug}-v{version.number}.{file_format.value}"


def title_name(version: RuleVersion, file_format: FileFormat) -> str:
    """The name people see when they save it."""
    return f"{version.document.title}（第{version.number}版）.{file_format.value}"


def digest_list(lines: Iterable[tuple[str, str]]) -> str:
    """The list of (name, SHA-256) as `sha256sum -c` reads it."""
    return "".join(f"{digest}  {name}\n" for name, digest in lines)
