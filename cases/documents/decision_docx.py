"""The Word file of a decision: A4 as official documents are set (GB/T 9704), from `DecisionText` alone. Pure.

Margins top 37 mm and left 28 mm, type area 156 × 225 mm, body 3号 (16 pt) on 29 pt lines, title 2号 (22 pt), page
number 4号 (14 pt) with dashes. 仿宋 and 小标宋 are not among free fonts: the font table names what may stand in for them.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from cases.documents.decision_text import DecisionText

BODY_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
FALLBACKS = {
    BODY_FONT: "仿宋,FangSong,Noto Serif CJK SC,SimSun",
    TITLE_FONT: "小标宋,Noto Serif CJK SC,SimSun",
}
FONT_TABLE = "/word/fontTable.xml"
BODY_SIZE, TITLE_SIZE, AGENCY_SIZE, PAGE_NUMBER_SIZE = Pt(16), Pt(22), Pt(26), Pt(14)
LINE = Pt(29)
# A fixed moment: the same snapshot gives the same bytes, so that the digest can be checked again.
FIXED_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def decision_docx(text: DecisionText) -> bytes:
    """The bytes of the .docx file."""
    document = Document()
    _set_page(document)
    _set_base_font(document)
    _agency_head(document, text.agency)
    _centered(document, text.title, TITLE_SIZE, TITLE_FONT, before=Pt(14))
    _line(document, text.number, align=WD_ALIGN_PARAGRAPH.RIGHT, after=Pt(10))
    for line in text.party_lines:
        _line(document, line)
    for paragraph in text.body:
        _line(document, paragraph, indent=True)
    _seal(document, text)
    _page_number(document)
    _set_properties(document, text)
    _name_fallback_fonts(document)
    buffer = BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _name_fallback_fonts(document: DocumentObject) -> None:
    for part in document.part.package.iter_parts():
        if str(part.partname) != FONT_TABLE:
            continue
        table = parse_xml(part.blob)
        for name, others in FALLBACKS.items():
            font, alternative = OxmlElement("w:font"), OxmlElement("w:altName")
            font.set(qn("w:name"), name)
            alternative.set(qn("w:val"), others)
            font.append(alternative)
            table.append(font)
        part._blob = serialize_part_xml(table)


def _with_fixed_times(content: bytes) -> bytes:
    """The same parts under one fixed moment instead of the clock's."""
    repacked = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(repacked, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=FIXED_MOMENT.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return repacked.getvalue()


def _set_page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)


def _set_base_font(document: DocumentObject) -> None:
    style: Any = document.styles["Normal"]
    style.font.size = BODY_SIZE
    style.font.name = BODY_FONT
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.widow_control = True


def _set_font(run: Run, font: str, size: Any) -> None:
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _centered(document: DocumentObject, words: str, size: Any, font: str, *, before: Any = None) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(size.pt * 1.4)
    paragraph.paragraph_format.space_before = before or Pt(0)
    _set_font(paragraph.add_run(words), font, size)
    return paragraph


def _agency_head(document: DocumentObject, agency: str) -> None:
    """The agency's name over a thick and a thin rule."""
    paragraph = _centered(document, agency, AGENCY_SIZE, TITLE_FONT)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "6"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


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
        paragraph.paragraph_format.first_line_indent = Pt(BODY_SIZE.pt * 2)
    if after is not None:
        paragraph.paragraph_format.space_after = after
    return paragraph


def _seal(document: DocumentObject, text: DecisionText) -> None:
    """Agency, seal and date stay together with the paragraph before them: no page with a signature alone."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    for place, words in enumerate((text.agency, "（印章）", text.date_line)):
        paragraph = _line(document, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(BODY_SIZE.pt * 2)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = place < 2
        if place == 0:
            paragraph.paragraph_format.space_before = LINE


def _page_number(document: DocumentObject) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(words)
        _set_font(run, "宋体", PAGE_NUMBER_SIZE)
        if field:
            _add_field(run, field)


def _add_field(run: Run, instruction: str) -> None:
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = instruction
        run._r.append(element)


def _set_properties(document: DocumentObject, text: DecisionText) -> None:
    properties = document.core_properties
    properties.title = f"{text.title} {text.number}"
    properties.author = text.agency
    properties.language = "zh-CN"
    properties.created = properties.modified = FIXED_MOMENT
