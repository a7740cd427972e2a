"""Responsibility lists of the demonstration: penalty matters from the violations of a line, and some inspections. Pure.

The second version follows the 生态环境法典; inspections by the repealed laws are left in it on purpose, so that the
reminder about outdated citations has something to say.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from enforcement.responsibility.fields import MatterFields
from supervision.demo.agencies import AgencySeed, read_agencies
from supervision.demo.legal_content import ViolationSeed, cite, read_laws, read_lines, read_violations

FIRST_ISSUED, FIRST_EFFECTIVE = dt.date(2023, 12, 15), dt.date(2024, 1, 1)
CODE_ISSUED, CODE_EFFECTIVE = dt.date(2026, 8, 10), dt.date(2026, 8, 15)
LINES_UNDER_THE_CODE = ("STHJ", "CSGL")
LEVEL_WORDS = {2: "省", 4: "州市", 6: "县"}
# Lists are published for the province, its capital and the district the demonstration is about.
REGIONS = ("53", "5301", "530102")
# (kind, name, basis, object classes) by line.
OTHER_MATTERS: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "SCJG": (
        ("inspection", "对食品生产经营者的监督检查", "食品安全法 110", ("食品生产", "食品销售", "餐饮")),
        ("inspection", "对特种设备使用单位的监督检查", "特种设备安全法 61", ("特种设备使用单位",)),
        ("compulsion", "查封、扣押涉嫌无照经营的场所、物品", "无证无照办法 11.2", ()),
    ),
    "STHJ": (
        ("inspection", "对排污单位的现场检查（水污染物）", "水污染防治法 30", ("排污单位",)),
        ("inspection", "对排污许可管理的执法检查", "排污许可条例 25", ("排污单位",)),
    ),
    "JTYS": (("inspection", "对公路路产路权的监督检查", "公路法 70", ("公路",)),),
    "CSGL": (),
    "YJGL": (("inspection", "对生产经营单位的安全生产监督检查", "安全生产法 65", ("生产经营单位",)),),
}


@dataclass(frozen=True, slots=True)
class ResponsibilityVersionSeed:
    """One version of a list with its dates."""

    matters: tuple[MatterFields, ...]
    document_number: str
    issued_on: dt.date
    effective_from: dt.date
    change_summary: str


@dataclass(frozen=True, slots=True)
class ResponsibilityListSeed:
    """The list of one agency."""

    slug: str
    title: str
    agency_code: str
    line_code: str
    versions: tuple[ResponsibilityVersionSeed, ...]


def read_responsibility_lists() -> tuple[ResponsibilityListSeed, ...]:
    """One list for every agency of the chosen regions."""
    return tuple(_list(agency) for agency in read_agencies() if agency.region_code in REGIONS)


def _list(agency: AgencySeed) -> ResponsibilityListSeed:
    versions = [
        ResponsibilityVersionSeed(
            matters=_matters(agency, on=FIRST_EFFECTIVE),
            document_number="演示〔2023〕9号",
            issued_on=FIRST_ISSUED,
            effective_from=FIRST_EFFECTIVE,
            change_summary="首次公布（演示数据）",
        )
    ]
    if agency.line_code in LINES_UNDER_THE_CODE:
        versions.append(
            ResponsibilityVersionSeed(
                matters=_matters(agency, on=CODE_EFFECTIVE),
                document_number="演示〔2026〕9号",
                issued_on=CODE_ISSUED,
                effective_from=CODE_EFFECTIVE,
                change_summary="按生态环境法典增加事项、修改依据（演示数据）",
            )
        )
    return ResponsibilityListSeed(
        slug=f"{agency.code.lower()}-responsibility",
        title=f"{agency.name}权责清单（演示数据）",
        agency_code=agency.code,
        line_code=agency.line_code,
        versions=tuple(versions),
    )


def _matters(agency: AgencySeed, *, on: dt.date) -> tuple[MatterFields, ...]:
    rows: list[MatterFields] = []
    for violation in read_violations():
        if violation.line_code == agency.line_code and _is_known(violation, on):
            rows.append(_penalty(agency, violation, len(rows) + 1, on))
    for kind, name, basis, classes in OTHER_MATTERS[agency.line_code]:
        number = len(rows) + 1
        rows.append(
            MatterFields(
                serial=str(number),
                name=name,
                kind=kind,
                code=_code(agency, number),
                legal_basis=(cite(basis).to_reference(),),
                object_classes=classes,
                level=LEVEL_WORDS[len(agency.region_code)],
            )
        )
    return tuple(rows)


def _is_known(violation: ViolationSeed, on: dt.date) -> bool:
    """A list keeps matters about earlier acts, and does not have those of a law yet to come."""
    return violation.acts_from is None or violation.acts_from <= on


def _penalty(agency: AgencySeed, violation: ViolationSeed, number: int, on: dt.date) -> MatterFields:
    known = {law.name for law in read_laws() if law.effective_from <= on}
    return MatterFields(
        serial=str(number),
        name=f"对{violation.name}的处罚",
        kind="penalty",
        code=_code(agency, number),
        legal_basis=tuple(one.to_reference() for one in violation.punished_by if one.law in known),
        violation_code=violation.code,
        level=LEVEL_WORDS[len(agency.region_code)],
        note=(
            f"适用于{violation.acts_until.year}年{violation.acts_until.month}月{violation.acts_until.day}日前的行为"
            if violation.acts_until is not None and violation.acts_until <= on
            else ""
        ),
    )


def _code(agency: AgencySeed, number: int) -> str:
    line_digit = list(read_lines()).index(agency.line_code) + 1
    return f"{agency.region_code:0<6}{line_digit}{number:03d}"
