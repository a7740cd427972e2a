"""The Word file of a decision, set as official documents are (GB/T 9704), from `DecisionText` alone. Pure."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cases.documents.decision_text import DecisionText
from enforcement.printing import official_docx as official


def decision_docx(text: DecisionText) -> bytes:
    """The bytes of the .docx file."""
    document = Document()
    official.set_page(document)
    official.set_base_font(document)
    official.agency_head(document, text.agency)
    official.centered(document, text.title, official.TITLE_SIZE, official.TITLE_FONT, before=Pt(14))
    _line(document, text.number, align=WD_ALIGN_PARAGRAPH.RIGHT, after=Pt(10))
    for line in text.party_lines:
        _line(document, line)
    for paragraph in text.body:
        _line(document, paragraph, indent=True)
    _seal(document, text)
    official.number_pages(document)
    official.set_properties(document, title=f"{text.title} {text.number}", author=text.agency)
    return official.saved(document)


def _line(
    document: DocumentObject,
    words: str,
    *,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: bool = False,
    after: Any = None,
) -> Paragraph:
    paragraph = document.add_paragraph(words)
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(official.BODY_SIZE.pt * 2)
    if after is not None:
        paragraph.paragraph_format.space_after = after
    return paragraph


def _seal(document: DocumentObject, text: DecisionText) -> None:
    """Agency, seal and date stay together with the paragraph before them: no page with a signature alone."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    for place, words in enumerate((text.agency, "（印章）", text.date_line)):
        paragraph = _line(document, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(official.BODY_SIZE.pt * 2)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = place < 2
        if place == 0:
            paragraph.paragraph_format.space_before = official.LINE
