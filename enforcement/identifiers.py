"""Check the numbers that identify a party: 统一社会信用代码 (GB 32100) and 公民身份号码 (GB 11643).

Spaces, hyphens and full-width signs are tolerated. The messages say what is wrong in the order in which a
person would find it: length, then signs, then what the signs mean, then the check digit.
"""

import re
import unicodedata
from datetime import date

from stdnum.cn import ric, uscc

from enforcement.errors import InvalidInput

USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


class IdentifierError(InvalidInput):
    """A number cannot be what it is said to be; the message is one Chinese sentence."""

    def __init__(self, message: str) -> None:
        super().__init__("identifier_invalid", message, {"problems": [message]})

    def __reduce__(self) -> tuple[type["IdentifierError"], tuple[str]]:
        return (IdentifierError, (self.message,))


def check_uscc(text: str) -> str:
    """The code in upper case without separators. Raises `IdentifierError`."""
    code = compact_identifier(text)
    if len(code) != LENGTH:
        raise IdentifierError(f"统一社会信用代码应为 18 位，现在是 {len(code)} 位")
    foreign = [sign for sign in code if sign not in USCC_SIGNS]
    if foreign:
        raise IdentifierError(
            f"统一社会信用代码只用数字和大写字母（不用 I、O、S、V、Z），现在含有“{foreign[0]}”，请核对"
        )
    if not code[2:8].isdigit():
        raise IdentifierError("统一社会信用代码的第 3 至 8 位是行政区划码，应为数字，请核对")
    if code[-1] != uscc.calc_check_digit(code[:-1]):
        raise IdentifierError("统一社会信用代码的最后一位校验码不对，可能有一位写错，请对照营业执照核对")
    return code


def check_id_number(text: str) -> str:
    """The citizen number with a capital X, without separators. Raises `IdentifierError`.

    The first six digits are checked for form only: division codes come and go, and a person keeps the number
    of a division that no longer exists.
    """
    number = compact_identifier(text)
    if len(number) != LENGTH:
        raise IdentifierError(f"身份证号应为 18 位，现在是 {len(number)} 位")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdentifierError("身份证号的前 17 位应为数字，最后一位应为数字或者 X，请核对")
    if birth_date_of(number) is None:
        raise IdentifierError("身份证号第 7 至 14 位应为出生日期，这一天不存在，请核对")
    if number[-1] != ric.calc_check_digit(number):
        raise IdentifierError("身份证号的最后一位校验码不对，可能有一位写错，请对照证件核对")
    return number


def birth_date_of(id_number: str) -> date | None:
    """The birth date written in a citizen number; None when it is no date."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def mask_id_number(id_number: str) -> str:
    """The number as shown to people who need not know it: the first three and the last two signs remain."""
    compact = compact_identifier(id_number)
    if len(compact) < 8:
        return "*" * len(compact)
    return compact[:3] + "*" * (len(compact) - 5) + compact[-2:]


def mask_phone(phone: str) -> str:
    """A telephone number as shown: 138****0000; of a short one only the last two signs remain."""
    compact = compact_identifier(phone)
    if len(compact) < 7:
        return "*" * (len(compact) - 2) + compact[-2:] if len(compact) > 2 else "*" * len(compact)
    return compact[:3] + "*" * (len(compact) - 7) + compact[-4:]


def mask_name(name: str) -> str:
    """A natural person's name as published: the first character and 某, as 张某."""
    stripped = name.strip()
    return stripped[:1] + "某" if stripped else ""


def compact_identifier(text: str) -> str:
    """A number as typed, in its one written form: half-width, upper case, without separators."""
    normal = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-‐‑–—_.·]", "", normal)
