"""The Word file of a version: a first page set as an official document, its tables on wide pages after it."""

from __future__ import annotations

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from enforcement.printing import official_docx as official
from enforcement.printing.docx_tables import add_table
from enforcement.printing.paper import Paper

WIDE_TYPE_AREA = Mm(297 - 25 - 22)
LONGEST_PROPERTY = 200


def paper_docx(paper: Paper) -> bytes:
    """The bytes of the .docx; the same paper gives the same bytes."""
    document = Document()
    official.set_page(document)
    official.set_base_font(document)
    _head(document, paper)
    for sentence in paper.sentences:
        _line(document, sentence, indent=True)
    for label, value in paper.facts:
        _line(document, f"{label}：{value}", indent=True)
    _line(document, f"内容摘要（SHA-256）：{paper.digest}", indent=True, size=Pt(12))
    _wide_pages(document)
    for table in paper.tables:
        if table.title:
            _line(document, table.title).paragraph_format.keep_with_next = True
        add_table(document, table, width=WIDE_TYPE_AREA, font=official.BODY_FONT)
    official.number_pages(document)
    official.set_properties(
        document, title=paper.foot[:LONGEST_PROPERTY], author=paper.agency[:LONGEST_PROPERTY]
    )
    return official.saved(document)


def _wide_pages(document: DocumentObject) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.footer_distance = Mm(16)


def _head(document: DocumentObject, paper: Paper) -> None:
    """The agency over its rule, then title, edition and document number."""
    official.agency_head(document, paper.agency)
    official.centered(document, paper.title, official.TITLE_SIZE, official.TITLE_FONT, before=Pt(20))
    official.centered(document, f"（{paper.edition}）", official.BODY_SIZE, official.BODY_FONT)
    number = official.centered(document, paper.document_number, official.BODY_SIZE, official.BODY_FONT)
    number.paragraph_format.space_after = Pt(16)


def _line(
    document: DocumentObject, words: str, *, indent: bool = False, size: Length = official.BODY_SIZE
) -> Paragraph:
    paragraph = document.add_paragraph()
    official.set_font(paragraph.add_run(words), official.BODY_FONT, size)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(official.BODY_SIZE.pt * 2)
    return paragraph
