"""The statutory fine of a violation as lines of text, and back. Pure.

A component (amounts in integer fen, multiples and percentages as decimal text) prints as 5,000元至50,000元,
货值金额的10倍至20倍 or 建设项目总投资额的1%至5%, with the subject before it and the condition in brackets behind it.
Lines without a condition can be typed; one with a condition is kept only as it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from enforcement import wording
from enforcement.conditions.describe import describe
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.vocabulary import STANDARD
from enforcement.errors import InvalidInput

FIXED, MULTIPLE, PERCENT = "fixed", "multiple", "percent"
_UNITS = {FIXED: "元", MULTIPLE: "倍", PERCENT: "%"}
_NUMBER = r"(\d[\d,]*(?:\.\d{1,2})?)"
_SUBJECT = r"(?:(?P<subject>[^：:]{1,40})[：:])?"
_MONEY = re.compile(rf"^{_SUBJECT}{_NUMBER}(万?)元(?:以上|至|-)?(?:{_NUMBER}(万?)元(?:以下)?|(以下))?$")
_SHARE = re.compile(
    rf"^{_SUBJECT}(?P<base>[^：:的]{{2,20}})的{_NUMBER}(倍|%)(?:以上|至|-)?(?:{_NUMBER}(?:倍|%)(?:以下)?)?$"
)
HOW_TO_WRITE = "写成“5000元至50000元”“货值金额的10倍至20倍”或“建设项目总投资额的1%至5%”"


def fine_lines(components: Iterable[Mapping[str, Any]]) -> list[str]:
    """One line per component."""
    return [fine_line(component) for component in components]


def fine_line(component: Mapping[str, Any]) -> str:
    """A component in words."""
    low, high = component["minimum"], component["maximum"]
    if component["basis"] == FIXED:
        words = wording.money_range_text(int(low or 0), int(high))
    else:
        unit, base = _UNITS[component["basis"]], STANDARD[component["base"]].label
        words = f"{base}的{low}{unit}" + ("" if low == high else f"至{high}{unit}")
    if component.get("subject"):
        words = f"{component['subject']}：{words}"
    if component.get("applies_when"):
        words += f"（{describe(parse_condition(component['applies_when'], STANDARD), STANDARD)}）"
    return words


def read_fine_lines(text: str, *, known: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """The components of the lines. Raises `InvalidInput` with every line that cannot be read.

    `known` are the components the row has: a line that prints one of them keeps it, condition included.
    """
    printed = {fine_line(component): dict(component) for component in known}
    components: list[dict[str, Any]] = []
    problems: list[str] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        found = printed.get(line) or _read_line(line)
        if found is None:
            problems.append(f"没有读懂“{line[:40]}”。{HOW_TO_WRITE}；带条件的幅度由系统按基准的格式登记")
        elif Decimal(found["minimum"] or 0) > Decimal(found["maximum"]):
            problems.append(f"“{line[:40]}”的下限高于上限。核对两个数")
        else:
            components.append(found)
    if problems:
        raise InvalidInput.from_problems("statutory_fine", problems)
    return components


def _read_line(line: str) -> dict[str, Any] | None:
    plain = unicodedata.normalize("NFKC", line).replace(" ", "").replace("~", "-").replace("—", "-")
    if money := _MONEY.match(plain):
        subject, first, first_unit, second, second_unit, below = money.groups()
        low, high = _fen(first, first_unit), _fen(second or first, second_unit if second else first_unit)
        return _component(FIXED, subject, "", 0 if below else low, high)
    if share := _SHARE.match(plain):
        base = next((code for code in STANDARD if STANDARD[code].label == share["base"]), None)
        if base is None:
            return None
        _subject, _base, first, unit, second = share.groups()
        basis = MULTIPLE if unit == "倍" else PERCENT
        return _component(basis, share["subject"], base, _plain(first), _plain(second or first))
    return None


def _component(basis: str, subject: str | None, base: str, low: int | str, high: int | str) -> dict[str, Any]:
    return {
        "subject": subject or "",
        "basis": basis,
        "minimum": low,
        "maximum": high,
        "base": base,
        "unit": _UNITS[basis],
        "applies_when": None,
    }


def _fen(digits: str, ten_thousands: str) -> int:
    yuan = Decimal(digits.replace(",", ""))
    return int(yuan * (1_000_000 if ten_thousands else 100))


def _plain(digits: str) -> str:
    return digits.replace(",", "")
