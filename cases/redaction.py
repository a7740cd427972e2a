"""Taking personal data out of free text before publication. Pure.

Structured fields are left out by whoever builds the public copy; this is for narratives and reasons, where people
write names and numbers into sentences (行政处罚法 第五十条; 个人信息保护法 第二十八条).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from enforcement.identifiers import mask_name

_GAP = r"[\s\-‐‑–—·]?"
# Longest first: an identity number must not be taken for a telephone number inside it.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<!\d)(?:\d{_GAP}){{17}}[\dXx](?![\dA-Za-z])"), "（身份证号已隐去）"),
    (re.compile(rf"(?<!\d)(?:\d{_GAP}){{15,18}}\d(?!\d)"), "（账号已隐去）"),
    (re.compile(r"(?<!\d)\d{15}(?!\d)"), "（身份证号已隐去）"),
    (re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}(?:\d{_GAP}){{7}}\d(?!\d)"), "（电话已隐去）"),
    (re.compile(rf"(?<!\d)0\d{{2,3}}{_GAP}\d{{7,8}}(?!\d)"), "（电话已隐去）"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "（邮箱已隐去）"),
    (
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
        "（车牌已隐去）",
    ),
)
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ＋－．＠]+")


def redact(text: str, *, names: Iterable[str] = (), phrases: Iterable[str] = ()) -> str:
    """`text` without identity numbers, accounts, telephone numbers, addresses of mail, and number plates.

    `names` of natural persons become 姓某; `phrases` (a home address, a card number) are taken out as they are.
    """
    plain = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group(0)), text)
    for phrase in sorted({one.strip() for one in phrases if len(one.strip()) > 1}, key=len, reverse=True):
        plain = plain.replace(phrase, "（已隐去）")
    for pattern, replacement in _PATTERNS:
        plain = pattern.sub(replacement, plain)
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len, reverse=True):
        # People write a name with gaps between its signs as well.
        spaced = r"[\s·]*".join(re.escape(sign) for sign in name if not sign.isspace())
        plain = re.sub(spaced, mask_name(name), plain)
    return plain
