"""行政区划 codes in their short form (GB/T 2260): 53 省, 5301 州(市), 530102 县(市、区), 530102001 乡(镇、街道).

In the short form a prefix of a code is always an ancestor, which is what row scope rests on. Pure: no Django.
"""

from __future__ import annotations

from enum import StrEnum

from enforcement.errors import InvalidInput

IMPORTED_LENGTHS = (2, 4, 6, 9, 12)
COUNTY_LENGTH = 6
TOWNSHIP_LENGTH = 9


class AdministrativeLevel(StrEnum):
    """The four levels of supervision; the values equal those of `enforcement.models.RegionLevel`."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


LENGTH_OF_LEVEL = {
    AdministrativeLevel.PROVINCE: 2,
    AdministrativeLevel.PREFECTURE: 4,
    AdministrativeLevel.COUNTY: COUNTY_LENGTH,
    AdministrativeLevel.TOWNSHIP: TOWNSHIP_LENGTH,
}
_LEVEL_OF_LENGTH = {length: level for level, length in LENGTH_OF_LEVEL.items()}


def region_prefix(code: str) -> str:
    """The short form of an imported code of 2, 4, 6, 9 or 12 digits.

    Zeros are dropped in pairs within the first six digits (331000 gives 3310, not 331) and as a group of three
    after them. Raises `InvalidInput` for anything else, a village code included: cutting it to its township would
    silently enlarge the area it names.
    """
    digits = code.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in IMPORTED_LENGTHS:
        raise InvalidInput(
            "region_code_malformed", f"“{code}”不是行政区划代码，应为 2、4、6、9 或 12 位数字。"
        )
    county, township, village = digits[:6], digits[6:9], digits[9:]
    if village not in ("", "000"):
        raise InvalidInput("region_code_too_deep", f"“{code}”是村级代码，本系统管理到乡（镇、街道）。")
    if township not in ("", "000"):
        return county + township
    while len(county) > LENGTH_OF_LEVEL[AdministrativeLevel.PROVINCE] and county.endswith("00"):
        county = county[:-2]
    return county


def level_of(code: str) -> AdministrativeLevel:
    """Level of a short code. Raises `InvalidInput` when its length is none of 2, 4, 6, 9."""
    level = _LEVEL_OF_LENGTH.get(len(code)) if code.isascii() and code.isdigit() else None
    if level is None:
        raise InvalidInput("region_code_malformed", f"“{code}”不是行政区划短代码，应为 2、4、6 或 9 位数字。")
    return level


def parent_of(code: str) -> str | None:
    """Short code one level up, None for a province."""
    match level_of(code):
        case AdministrativeLevel.PROVINCE:
            return None
        case AdministrativeLevel.TOWNSHIP:
            return code[:COUNTY_LENGTH]
        case _:
            return code[:-2]


def is_within(code: str, prefix: str) -> bool:
    """True when the short code `code` is `prefix` itself or lies under it; both must be whole levels."""
    level_of(code)
    level_of(prefix)
    return code.startswith(prefix)
