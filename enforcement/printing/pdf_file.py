"""The PDF of a version, set by WeasyPrint with the fonts that stand beside this file, never with those of the machine.

A deployer may add `fangsong` and `xiaobiaosong` (.ttf or .otf) in the folder HENGDU_FONTS: then these are used, as
GB/T 9704 wants, and characters they lack still come from ours.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from enforcement.errors import Refusal
from enforcement.printing.paper import Paper

FONTS = Path(__file__).parent / "fonts"
OWN_FONT = FONTS / "song.otf"
SHEET = "css/paper.css"
ADDED = {"Hengdu FangSong": "fangsong", "Hengdu XiaoBiaoSong": "xiaobiaosong"}
MISSING = "这台服务器缺少排版组件，暂时不能生成 PDF。可以下载 docx，或者打开打印页。"


def paper_pdf(paper: Paper) -> bytes:
    """The bytes of the .pdf; the same paper and the same fonts give the same bytes.

    Raises `Refusal` when a library that sets type is missing from the machine.
    """
    weasyprint, configuration = _setter()
    page = weasyprint.HTML(string=render_to_string("documents/paper_file.html", {"paper": paper}))
    rules = font_rules() + Path(str(finders.find(SHEET))).read_text(encoding="utf-8")
    sheet = weasyprint.CSS(string=rules, font_config=configuration)
    content: bytes = page.write_pdf(
        stylesheets=[sheet],
        font_config=configuration,
        presentational_hints=True,
        pdf_identifier=hashlib.sha256(paper.digest.encode()).digest()[:16],
    )
    return content


def _setter() -> tuple[Any, Any]:
    """WeasyPrint takes seconds to load and needs Pango: only who makes a PDF pays for it."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError:
        raise Refusal("no_typesetting", MISSING) from None
    return weasyprint, FontConfiguration()


def font_rules() -> str:
    """The @font-face rules of our own font and of those the deployer added."""
    rules = [_rule("Hengdu Song", OWN_FONT)]
    folder = settings.PRINT_FONTS
    if folder is not None:
        for family, stem in ADDED.items():
            found = [
                folder / f"{stem}{end}" for end in (".ttf", ".otf") if (folder / f"{stem}{end}").is_file()
            ]
            rules.extend(_rule(family, path) for path in found[:1])
    return "".join(rules)


def _rule(family: str, path: Path) -> str:
    return f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); }}\n'
