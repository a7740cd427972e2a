"""How official documents are set in Word (GB/T 9704), for decisions and published versions alike.

A4, margins top 37 mm and left 28 mm, type area 156 × 225 mm, body 3号 (16 pt) on 29 pt lines, title 2号 (22 pt), page
number 4号 (14 pt) with dashes. 仿宋 and 小标宋 are not among free fonts: the font table names what may stand in for them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from enforcement.printing.fixed_times import FIXED_MOMENT, with_fixed_times

BODY_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
FALLBACKS = {
    BODY_FONT: "仿宋,FangSong,Noto Serif CJK SC,SimSun",
    TITLE_FONT: "小标宋,Noto Serif CJK SC,SimSun",
}
FONT_TABLE = "/word/fontTable.xml"
BODY_SIZE, TITLE_SIZE, AGENCY_SIZE, PAGE_NUMBER_SIZE = Pt(16), Pt(22), Pt(26), Pt(14)
LINE = Pt(29)


def set_page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)


def set_base_font(document: DocumentObject) -> None:
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


def set_font(run: Run, font: str, size: Length) -> None:
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def centered(
    document: DocumentObject, words: str, size: Length, font: str, *, before: Length | None = None
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(size.pt * 1.4)
    paragraph.paragraph_format.space_before = before or Pt(0)
    set_font(paragraph.add_run(words), font, size)
    return paragraph


def agency_head(document: DocumentObject, agency: str) -> None:
    """The agency's name over a thick and a thin rule."""
    paragraph = centered(document, agency, AGENCY_SIZE, TITLE_FONT)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "6"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def number_pages(document: DocumentObject) -> None:
    """“— 3 —” in the foot of the first section; later sections go on with it."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(words)
        set_font(run, "宋体", PAGE_NUMBER_SIZE)
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


def set_properties(document: DocumentObject, *, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = author
    properties.language = "zh-CN"
    properties.created = properties.modified = FIXED_MOMENT


def saved(document: DocumentObject) -> bytes:
    """The bytes of the file, with the fallback fonts named; the same document gives the same bytes."""
    _name_fallback_fonts(document)
    buffer = BytesIO()
    document.save(buffer)
    return with_fixed_times(buffer.getvalue())


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
