"""Amounts of fines as lists print them: 200元以上1000元以下, 二千元至五千元, 单位：3万元以下. Pure, in whole fen.

Nothing is guessed: a part that is not exactly one of these forms (1O00元, 5.000元, 二千元以上5000以下) is handed back
as text, so that a person corrects it at its cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from enforcement.conditions.chinese_numbers import read_number
from enforcement.wording import chinese_number

FEN = 100
TEN_THOUSAND = 10_000
_LARGEST_FEN = 10**15
# A wide comma before a figure may part thousands (1，000元): it never parts two amounts for us.
_PARTS = re.compile(r"[；;。\n]+|，(?![\d０-９])")
_SUBJECT = re.compile(r"^(?:对)?(?P<subject>[^\d：:以元]{1,20}?)(?:[：:]|(?=处))")
_LEAD_IN = re.compile(r"^(?:可以|可|并)*(?:处以|处|罚款)?(?:人民币)?")
_LEAD_OUT = re.compile(r"(?:的)?(?:罚款)?$")
_NUMERAL = "零〇一二两三四五六七八九十百千"
_AMOUNT = re.compile(
    rf"^(?:(?P<digits>0|[1-9]\d*|[1-9]\d{{0,2}}(?:,\d{{3}})+)(?P<decimals>\.\d+)?|(?P<chinese>[{_NUMERAL}]+))"
    rf"(?P<unit>万元|元|万(?P<rest>[{_NUMERAL}]+)元)$"
)
_BETWEEN = re.compile(
    r"^(?P<low>.+元)(?:以上)(?P<high>.+元)(?:以下)$|^(?P<from>.+?)(?:至|到|-|~|—|－)(?P<to>.+元)$"
)
# Figures of money; multiples and percentages are a rule in words, not an amount.
_FIGURES = re.compile(rf"[\d元]|[{_NUMERAL}]+以[上下]")
_SHARES = re.compile(r"[\d.]+(?:倍|%)")


@dataclass(frozen=True, slots=True)
class FineWording:
    """`ranges` as stored with an entry; `unread` parts name figures we did not understand, `words` none at all."""

    ranges: tuple[dict[str, Any], ...] = ()
    unread: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def read_fines(text: str) -> FineWording:
    """Every range of a cell: `{"subject", "min_fen", "max_fen"}`, an end that is not set None."""
    ranges: list[dict[str, Any]] = []
    unread: list[str] = []
    words: list[str] = []
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        read = _range(part)
        if read is not None:
            ranges.append(read)
        elif _FIGURES.search(_SHARES.sub("", unicodedata.normalize("NFKC", part))):
            unread.append(part)
        else:
            words.append(part)
    return FineWording(tuple(ranges), tuple(unread), tuple(words))


def print_fines(ranges: Iterable[Mapping[str, Any]]) -> str:
    """The words `read_fines` understands: 个人：200元以上1000元以下；单位：3万元 is printed as 30000元."""
    return "；".join(_printed(one) for one in ranges)


def fen_of_yuan(yuan: Decimal) -> int | None:
    """Whole fen, or None when the amount has parts of a fen, is negative or beyond every fine."""
    fen = yuan * FEN
    exact = fen == fen.to_integral_value() and 0 <= fen < _LARGEST_FEN
    return int(fen) if exact else None


def _printed(one: Mapping[str, Any]) -> str:
    low, high = one.get("min_fen"), one.get("max_fen")
    subject = f"{one['subject']}：" if one.get("subject") else ""
    if low is not None and low == high:
        return f"{subject}{_yuan(low)}"
    return (
        subject
        + (f"{_yuan(low)}以上" if low is not None else "")
        + (f"{_yuan(high)}以下" if high is not None else "")
    )


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, FEN)
    return f"{whole}.{rest:02d}元" if rest else f"{whole}元"


def _range(part: str) -> dict[str, Any] | None:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", part))
    named = _SUBJECT.match(plain)
    subject = named.group("subject") if named else ""
    if _LEAD_IN.sub("", subject) == "" or set(subject) <= set(_NUMERAL):
        named, subject = None, ""
    rest = plain[named.end() :] if named else plain
    rest = _LEAD_OUT.sub("", _LEAD_IN.sub("", rest.lstrip("：:"), count=1))
    ends = _ends(rest)
    if ends is None:
        return None
    low, high = ends
    if low is not None and high is not None and low > high:
        return None
    return {"subject": subject, "min_fen": low, "max_fen": high}


def _ends(text: str) -> tuple[int | None, int | None] | None:
    """(least, most) in fen; None when the text is not one of the forms."""
    between = _BETWEEN.match(text)
    if between and between.group("low"):
        return _both(between.group("low"), between.group("high"))
    if between:
        last = between.group("to")
        first = between.group("from")
        if not first.endswith("元"):
            # 200至1000元: the unit printed once belongs to both figures.
            first += "万元" if last.endswith("万元") else "元"
        return _both(first, last)
    if text.endswith("以下") and (high := _fen(text.removesuffix("以下"))) is not None:
        return None, high
    if text.startswith("不超过") and (high := _fen(text.removeprefix("不超过"))) is not None:
        return None, high
    if text.endswith("以上") and (low := _fen(text.removesuffix("以上"))) is not None:
        return low, None
    fixed = _fen(text)
    return None if fixed is None else (fixed, fixed)


def _both(low: str, high: str) -> tuple[int, int] | None:
    least, most = _fen(low), _fen(high)
    return None if least is None or most is None else (least, most)


def _fen(text: str) -> int | None:
    found = _AMOUNT.match(text)
    if found is None:
        return None
    if found.group("chinese"):
        number = _numeral(found.group("chinese"))
    else:
        decimals = found.group("decimals") or ""
        # 5.000元 is more likely five thousand than five: three places are read by nobody with certainty.
        if len(decimals) > len(".00") and not (
            found.group("unit") == "万元" and len(decimals) != len(".000")
        ):
            return None
        number = Decimal(found.group("digits").replace(",", "") + decimals)
    if number is None:
        return None
    if found.group("unit") == "元":
        return fen_of_yuan(number)
    rest = _numeral(found.group("rest")) if found.group("rest") else Decimal(0)
    return None if rest is None else fen_of_yuan(number * TEN_THOUSAND + rest)


def _numeral(text: str) -> Decimal | None:
    """A Chinese numeral below ten thousand that is written the one right way; 二三千 is none."""
    number = read_number(text)
    if number is None:
        return None
    return number if _one_way(chinese_number(int(number))) == _one_way(text) else None


def _one_way(numeral: str) -> str:
    plain = numeral.replace("两", "二").replace("〇", "零")
    return re.sub(r"^(零*)一十", r"\1十", plain.lstrip("零") or plain)
