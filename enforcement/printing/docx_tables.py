"""Tables of a Word file, built as elements: a table of a thousand rows through the library's cells takes minutes."""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

from enforcement.printing.paper import PrintedTable

TEXT_SIZE = "21"  # half points: 五号
LINE_TWENTIETHS = "300"
_NOT_ALLOWED_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def add_table(document: DocumentObject, table: PrintedTable, *, width: Length, font: str) -> None:
    """Append the table with a head that stands again on every page; only a row longer than a page is split."""
    shares = [column.weight for column in table.columns]
    widths = [width.twips * share // sum(shares) for share in shares]
    element = _element("w:tbl")
    element.append(_table_properties(sum(widths)))
    grid = _element("w:tblGrid")
    for one in widths:
        grid.append(_element("w:gridCol", w=str(one)))
    element.append(grid)
    element.append(_row([column.label for column in table.columns], widths, font, is_head=True))
    for texts in table.rows:
        element.append(_row(texts, widths, font))
    document.element.body.insert_element_before(element, "w:sectPr")
    document.add_paragraph()


def _table_properties(width: int) -> Any:
    properties = _element("w:tblPr")
    properties.append(_element("w:tblW", w=str(width), type="dxa"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="auto"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    return properties


def _row(texts: Any, widths: list[int], font: str, *, is_head: bool = False) -> Any:
    row = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    if is_head:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    for text, width in zip(texts, widths, strict=True):
        cell, properties = _element("w:tc"), _element("w:tcPr")
        properties.append(_element("w:tcW", w=str(width), type="dxa"))
        if is_head:
            properties.append(_element("w:shd", val="clear", color="auto", fill="F0F2F5"))
        cell.append(properties)
        for line in str(text).split("\n"):
            cell.append(_paragraph(line, font, is_head=is_head))
        row.append(cell)
    return row


def _paragraph(text: str, font: str, *, is_head: bool) -> Any:
    paragraph, properties = _element("w:p"), _element("w:pPr")
    properties.append(_element("w:spacing", before="0", after="0", line=LINE_TWENTIETHS, lineRule="exact"))
    properties.append(_element("w:jc", val="center" if is_head else "left"))
    paragraph.append(properties)
    run, looks = _element("w:r"), _element("w:rPr")
    looks.append(_element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font))
    if is_head:
        looks.append(_element("w:b"))
    looks.append(_element("w:sz", val=TEXT_SIZE))
    run.append(looks)
    words = _element("w:t")
    words.text = _NOT_ALLOWED_IN_XML.sub("", text)
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    paragraph.append(run)
    return paragraph


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
