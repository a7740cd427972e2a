"""A square code as an inline drawing: dark on white in every theme, or no camera reads it."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def square_code(text: str) -> SafeString:
    """SVG of a QR code. It has no size of its own, so that its frame scales it and never cuts it."""
    code = segno.make(text, error="m")
    drawing = code.svg_inline(
        border=4, dark="#000", light="#fff", svgclass="square-code", lineclass=None, omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308 - numbers and our own attributes only
