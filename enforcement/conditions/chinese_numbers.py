"""Numbers as Chinese law writes them: 十四, 二十日, 两年, 一万元, 0.1, 1,000."""

import re
from decimal import Decimal

NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def read_number(text: str) -> Decimal | None:
    """The value of a number in Arabic or Chinese numerals below ten thousand; None when it is neither."""
    if re.fullmatch(r"\d[\d,]*(\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    total, digit = 0, None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            # 十四 has no leading digit: it is one ten and four.
            total += (1 if digit is None else digit) * _UNITS[sign]
            digit = None
        else:
            return None
    return Decimal(total + (digit or 0)) if text else None
