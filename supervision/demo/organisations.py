"""Earlier names, a merger, moved duties and delegations of the demonstration. Invented, pure, placed around `today`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

BASIS_OF_RENAME = "演示编办〔{year}〕3号"
BASIS_OF_MERGER = "演示编办〔{year}〕7号"
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class RenameSeed:
    """What an agency was called until `days_ago` days before today."""

    agency_code: str
    earlier_name: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class MergerSeed:
    """An agency that is no more: its own row, and who took it over when."""

    code: str
    name: str
    short_name: str
    document_prefix: str
    successor_code: str
    established_on: dt.date
    days_ago: int


@dataclass(frozen=True, slots=True)
class DelegationSeed:
    """委托书; days count from today, negative ones lie before it. `revoked` is a day too."""

    number: int
    agency_code: str
    delegate_code: str
    matters: str
    violation_codes: tuple[str, ...]
    acts: tuple[str, ...]
    penalty_kinds: tuple[str, ...]
    first: int
    last: int
    delegate_name: str = ""
    revoked: int | None = None


RENAMES = (RenameSeed("AN-CSGL", "安宁市城市管理综合行政执法局", 400),)
EARLIER_NAMES = {renamed.agency_code: renamed.earlier_name for renamed in RENAMES}
MERGERS = (
    MergerSeed(
        "XW-CGZF",
        "宣威市城市综合执法大队",
        "宣威城执",
        "宣威城执",
        "XW-CSGL",
        dt.date(2012, 3, 1),
        900,
    ),
)
MOVED_DUTIES = (("WH-SCJG", "WHHS-SCJG", "辖区内小餐饮、小食杂店的日常监督检查", 200),)

STREET_MATTERS = "占用城市道路、露天烧烤、随意倾倒生活垃圾的行政检查和行政处罚，行政强制措施除外"
ROAD_MATTERS = "在公路上堆放物品、车辆装载物遗洒污染路面的行政检查和行政处罚，行政强制措施除外"
DELEGATIONS = (
    DelegationSeed(
        1, "WH-CSGL", "WHHS-CSGL", STREET_MATTERS, ("CSGL-001", "CSGL-005", "CSGL-007"),
        ("penalty", "inspection"), ("warning", "fine"), -310, 55,
    ),
    DelegationSeed(
        1, "GD-CSGL", "GDGS-CSGL", STREET_MATTERS, ("CSGL-001", "CSGL-005"),
        ("penalty", "inspection"), ("warning", "fine"), -340, 25,
    ),
    DelegationSeed(
        1, "QL-JTYS", "QLYZ-JTYS", ROAD_MATTERS, ("JTYS-009", "JTYS-011"),
        ("penalty", "inspection"), ("warning", "fine"), -359, 6,
    ),
    DelegationSeed(
        1, "CXS-CSGL", "CXDH-CSGL", STREET_MATTERS, (), ("penalty", "inspection"), ("warning", "fine"), -120, 610,
    ),
    DelegationSeed(
        1, "MZ-STHJ", "", "对排污单位自行监测情况的行政检查，行政处罚和行政强制措施不委托", (),
        ("inspection",), (), -60, 305, delegate_name="蒙自市生态环境监测站（演示）",
    ),
    DelegationSeed(
        1, "DLS-CSGL", "DLXG-CSGL", STREET_MATTERS, ("CSGL-001",), ("penalty",), ("warning",), -500, 230, revoked=-90,
    ),
)  # fmt: skip
