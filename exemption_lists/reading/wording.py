"""Words of published lists: which leniency a text names, whether it binds, how a serial is normalised."""

from __future__ import annotations

import re
import unicodedata

from .drafts import DraftKind, DraftMandate

_KIND_WORDS: tuple[tuple[DraftKind, re.Pattern[str]], ...] = (
    (
        DraftKind.NO_COMPULSION,
        re.compile(
            r"(?:免予|免于|免除|免|不予|不)(?:实施|采取|适用)?(?:的)?(?:行政)?强制|不采取[^，。；]{0,12}强制"
        ),
    ),
    (DraftKind.MITIGATED, re.compile(r"(?<!从轻或者)(?<!从轻或)(?<!从轻、)减轻(?:行政)?(?:处罚|罚款)?")),
    (DraftKind.LIGHTER, re.compile(r"从轻(?!或者减轻|或减轻|、减轻)(?:行政)?(?:处罚|罚款)?")),
    (
        DraftKind.NO_PENALTY,
        re.compile(
            r"(?:不予|免予|免于|免除)(?:行政)?(?:处罚|罚款)|不(?:再)?(?:给予|实施)?(?:行政)?处罚|免罚|不罚"
        ),
    ),
)
_OPTIONAL = re.compile(r"可以|可不|可免|可予|可从轻|可减轻|可依法")
_BLANK_MARKS = {"/", "／", "\\", "-", "—", "——", "－", "–", "无", "暂无", "（无）", "(无)", "无。", "……", "…"}
_LONGEST_SERIAL = 20
_SERIAL_END = re.compile(r"[.、．,，。]+$")
_SERIAL_SHAPE = re.compile(
    r"^[(\[]?第?[§0-9A-Za-z一二三四五六七八九十百〇零]+"
    r"(?:[-.·][0-9A-Za-z一二三四五六七八九十]+)*[项号条]?[)\]]?$"
)


def kinds_named(text: str) -> tuple[DraftKind, ...]:
    """Every kind of leniency the text names, in the order of the four lists' patterns."""
    compact = re.sub(r"\s", "", text)
    return tuple(kind for kind, words in _KIND_WORDS if words.search(compact))


def kind_named(text: str) -> DraftKind | None:
    """The kind of leniency, when the text names exactly one."""
    kinds = kinds_named(text)
    return kinds[0] if len(kinds) == 1 else None


def mandate_named(text: str) -> DraftMandate | None:
    """“可以不予” is MAY, a plain “不予” or 应当 is MUST; a text naming no leniency says nothing."""
    if _OPTIONAL.search(text):
        return DraftMandate.MAY
    return DraftMandate.MUST if kinds_named(text) or "应当" in text else None


def is_blank_mark(text: str) -> bool:
    """A stroke or 无 where a table has nothing to say."""
    return text.strip() in _BLANK_MARKS


def normal_serial(printed: str) -> str:
    """Half-width, without blanks and closing marks: “１．” is 1, “（３）” is 3, “1－2” is 1-2."""
    half = re.sub(r"\s", "", unicodedata.normalize("NFKC", printed))
    half = half.replace("—", "-").replace("–", "-").replace("−", "-")
    bracketed = re.fullmatch(r"\((\w+)\)", half)
    return bracketed.group(1) if bracketed else _SERIAL_END.sub("", half)


def looks_like_serial(text: str) -> bool:
    """Whether a text could stand in the column of serial numbers."""
    serial = normal_serial(text)
    return len(serial) <= _LONGEST_SERIAL and bool(_SERIAL_SHAPE.match(serial))


def one_line(text: str) -> str:
    """Soft line breaks inside a short Chinese label are layout, not wording."""
    return re.sub(r"\s*\n\s*", "", text).strip()
