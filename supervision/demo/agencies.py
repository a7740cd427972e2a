"""Agencies of the demonstration at four levels, named as real agencies are called. Pure and deterministic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from enforcement.region_codes import AdministrativeLevel, level_of, parent_of
from enforcement.seed.regions import region_names

LINE_ABBREVIATIONS = {"SCJG": "市监", "STHJ": "环", "JTYS": "交", "CSGL": "城管", "YJGL": "应急"}
MAIN_LINES = ("SCJG", "STHJ", "JTYS", "CSGL")
BASIC_LINES = ("SCJG", "CSGL")
WITH_EMERGENCY = (*MAIN_LINES, "YJGL")

# Region code, letters used in agency codes, abbreviation used in document numbers, lines present there.
PLACES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("53", "YN", "云", WITH_EMERGENCY),
    ("5301", "KM", "昆", WITH_EMERGENCY),
    ("5303", "QJ", "曲", MAIN_LINES),
    ("5323", "CX", "楚", MAIN_LINES),
    ("5325", "HH", "红", MAIN_LINES),
    ("5329", "DL", "大", MAIN_LINES),
    ("530102", "WH", "五华", WITH_EMERGENCY),
    ("530103", "PL", "盘龙", BASIC_LINES),
    ("530111", "GD", "官渡", MAIN_LINES),
    ("530181", "AN", "安宁", BASIC_LINES),
    ("530302", "QL", "麒麟", MAIN_LINES),
    ("530381", "XW", "宣威", BASIC_LINES),
    ("532301", "CXS", "楚雄", MAIN_LINES),
    ("532302", "LF", "禄丰", BASIC_LINES),
    ("532503", "MZ", "蒙自", MAIN_LINES),
    ("532504", "ML", "弥勒", BASIC_LINES),
    ("532901", "DLS", "大理", MAIN_LINES),
    ("532923", "XY", "祥云", BASIC_LINES),
    ("530102003", "WHHS", "五华华山", ("SCJG", "CSGL")),
    ("530111002", "GDGS", "官渡关上", ("CSGL",)),
    ("530302101", "QLYZ", "麒麟越州", ("SCJG", "JTYS", "CSGL")),
    ("532301104", "CXDH", "楚雄东华", ("JTYS", "CSGL")),
    ("532503101", "MZCB", "蒙自草坝", ("STHJ", "CSGL")),
    ("532901001", "DLXG", "大理下关", ("STHJ", "CSGL")),
)
BUREAUS = {
    "SCJG": "市场监督管理局",
    "STHJ": "生态环境局",
    "JTYS": "交通运输局",
    "CSGL": "城市管理局",
    "YJGL": "应急管理局",
}
PROVINCE_BUREAUS = {
    "SCJG": "云南省市场监督管理局",
    "STHJ": "云南省生态环境厅",
    "JTYS": "云南省交通运输厅",
    "CSGL": "云南省住房和城乡建设厅",
    "YJGL": "云南省应急管理厅",
}
# A township team acts for one line in each of its agencies; urban management is its main one.
TOWNSHIP_TEAMS = {
    "SCJG": "市场监督管理所",
    "STHJ": "综合行政执法队（生态环境）",
    "JTYS": "综合行政执法队（交通运输）",
    "CSGL": "综合行政执法队",
}


@dataclass(frozen=True, slots=True)
class AgencySeed:
    """执法主体; `superior_code` is the nearest agency of the same line above it."""

    code: str
    name: str
    short_name: str
    document_prefix: str
    region_code: str
    line_code: str
    level: AdministrativeLevel
    superior_code: str | None
    review_authority: str
    court: str
    address: str


@cache
def read_agencies() -> tuple[AgencySeed, ...]:
    """All agencies, each after its superior."""
    codes = {(region, line): f"{letters}-{line}" for region, letters, _, lines in PLACES for line in lines}
    return tuple(
        AgencySeed(
            code=codes[region, line],
            name=_name(region, line),
            short_name=_short_name(region, line, abbreviation),
            document_prefix=f"{abbreviation}{LINE_ABBREVIATIONS[line]}",
            region_code=region,
            line_code=line,
            level=level_of(region),
            superior_code=_superior(region, line, codes),
            review_authority=_review_authority(region),
            court=_court(region),
            address=f"{region_names()[region]}示范路{len(abbreviation)}号",
        )
        for region, _, abbreviation, lines in PLACES
        for line in lines
    )


@cache
def agencies_by_code() -> dict[str, AgencySeed]:
    return {agency.code: agency for agency in read_agencies()}


def _name(region: str, line: str) -> str:
    names = region_names()
    match level_of(region):
        case AdministrativeLevel.PROVINCE:
            return PROVINCE_BUREAUS[line]
        case AdministrativeLevel.TOWNSHIP:
            return f"{names[region[:6]]}{names[region]}{TOWNSHIP_TEAMS[line]}"
        case AdministrativeLevel.COUNTY if line == "STHJ":
            # Below the prefecture ecology bureaus are branches of the prefecture's bureau.
            stem = names[region].removesuffix("区").removesuffix("市").removesuffix("县")
            return f"{names[region[:4]]}生态环境局{stem}分局"
        case AdministrativeLevel.COUNTY if names[region].endswith("区"):
            return f"{names[region[:4]]}{names[region]}{BUREAUS[line]}"
        case _:
            return f"{names[region]}{BUREAUS[line]}"


def _short_name(region: str, line: str, abbreviation: str) -> str:
    if region == "53":
        return PROVINCE_BUREAUS[line].removeprefix("云南省").join(("省", ""))
    return f"{abbreviation}{LINE_ABBREVIATIONS[line]}"


def _superior(region: str, line: str, codes: dict[tuple[str, str], str]) -> str | None:
    above = parent_of(region)
    while above is not None:
        if (above, line) in codes:
            return codes[above, line]
        above = parent_of(above)
    return None


def _review_authority(region: str) -> str:
    """The people's government that hears a review (行政复议法 第二十四条、第二十五条: 县级以上地方人民政府)."""
    return f"{_government_seat(region)}人民政府"


def _court(region: str) -> str:
    seat = _government_seat(region)
    return f"{seat}人民法院" if len(region) >= 6 else f"{seat}有管辖权的人民法院"


def _government_seat(region: str) -> str:
    names = region_names()
    county = region[:6]
    if len(county) < 6 or not names[county].endswith("区"):
        return names[county]
    return f"{names[county[:4]]}{names[county]}"
