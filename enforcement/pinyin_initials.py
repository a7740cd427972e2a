"""First letters of the pinyin of Chinese words, so that a long list can be searched by them: 违法所得 is wfsd.

The common characters of GB 2312 (level 1) are ordered by pinyin, so the code of a character gives its letter. Rare
characters give nothing; a character read in two ways has the letter of its place in the standard. Pure.
"""

from __future__ import annotations

from bisect import bisect_right

_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"), (0xD7FA, ""),
)  # fmt: skip
_CODES = [code for code, _ in _STARTS]


def pinyin_initials(text: str) -> str:
    """The letters of the characters that have one, in lower case; Latin letters and digits stay themselves."""
    return "".join(_initial(sign) for sign in text)


def _initial(sign: str) -> str:
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    encoded = sign.encode("gb2312", errors="ignore")
    if len(encoded) != 2:
        return ""
    place = bisect_right(_CODES, int.from_bytes(encoded, "big")) - 1
    return _STARTS[place][1] if place >= 0 else ""
