"""Officers, their certificates and the other duties of the demonstration. Names are invented. Pure.

Certificates are placed around `today`, so that the demonstration always has one expired and one suspended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from enforcement.actors import Role
from enforcement.region_codes import AdministrativeLevel
from supervision.demo.agencies import AgencySeed, read_agencies

SEED = 5351
SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程段和木刀岩普尹纳"
GIVEN_NAMES = (
    "云川 晓岚 志衡 若溪 建屏 雨桐 海桢 思源 立言 明澜 春岭 书禾 启东 佳宁 文澍 瑞雪 一鸣 子衿 长青 静怡 "
    "维桢 秋白 景行 采薇 知行 若谷 承泽 望舒 怀瑾 清扬 正则 灵均 守拙 见山 慕云 归远 平安 乐山 砚秋 听泉"
).split()
OFFICERS_PER_LEVEL = {
    AdministrativeLevel.PROVINCE: 2,
    AdministrativeLevel.PREFECTURE: 2,
    AdministrativeLevel.COUNTY: 3,
    AdministrativeLevel.TOWNSHIP: 2,
}
POSITIONS = ("执法大队大队长", "一级行政执法员", "二级行政执法员")
CERTIFICATE_YEARS = 5
# The people behind the accounts of `accounts.py`.
NAMED_PEOPLE = {
    "WH-SCJG-01": "周衡",
    "WH-SCJG-02": "林澈",
    "WH-SCJG-approver": "陈砚",
    "YN-SCJG-legal_reviewer": "宋明法",
    "YN-SCJG-compiler": "何立纲",
    "YN-SCJG-publisher": "罗信之",
    "53-supervisor": "高镜如",
    "53-registrar": "谢册然",
    "53-system_admin": "董维宁",
    "53-security_admin": "韩守正",
    "53-audit_admin": "唐鉴明",
}
EXPIRED_OFFICER = "WH-CSGL-03"
SUSPENDED_OFFICER = "GD-SCJG-03"
# Certificates whose last day is so many days ahead.
ENDING_OFFICERS = {"WH-SCJG-03": 6, "PL-SCJG-03": 25, "MZ-SCJG-03": 55}


@dataclass(frozen=True, slots=True)
class CertificateSeed:
    """执法证; `valid_until` is the last valid day."""

    number: str
    valid_from: dt.date
    valid_until: dt.date
    suspended_from: dt.date | None = None
    suspended_until: dt.date | None = None

    def is_valid_throughout(self, first: dt.date, last: dt.date) -> bool:
        """Valid on every day from `first` to `last`."""
        if first < self.valid_from or last > self.valid_until:
            return False
        if self.suspended_from is None or self.suspended_until is None:
            return True
        return last < self.suspended_from or first > self.suspended_until


@dataclass(frozen=True, slots=True)
class OfficerSeed:
    """执法人员. `key` is the agency code and a number, and names the officer in case plans."""

    key: str
    name: str
    agency_code: str
    position: str
    is_auxiliary: bool
    certificate: CertificateSeed | None


@dataclass(frozen=True, slots=True)
class StaffSeed:
    """A duty beside case handling, granted inside one region prefix and one line (blank: every line)."""

    key: str
    name: str
    agency_code: str | None
    role: Role
    region_code: str
    line_code: str


def demo_officers(today: dt.date) -> tuple[OfficerSeed, ...]:
    """At least two certified officers per agency, one auxiliary, one expired and one suspended certificate."""
    names = _names()
    officers = [
        _officer(agency, number, next(names), today)
        for agency in read_agencies()
        for number in range(1, OFFICERS_PER_LEVEL[agency.level] + 1)
    ]
    auxiliary = OfficerSeed("WH-SCJG-04", next(names), "WH-SCJG", "执法辅助人员", True, None)
    return (*officers, auxiliary)


def demo_staff() -> tuple[StaffSeed, ...]:
    """Approvers and legal reviewers of every agency down to the county; compilers and publishers of the province."""
    names = _names(offset=400)
    staff: list[StaffSeed] = []
    for agency in read_agencies():
        for role in _duties(agency):
            staff.append(
                StaffSeed(
                    key=(key := f"{agency.code}-{role.value}"),
                    name=NAMED_PEOPLE.get(key) or next(names),
                    agency_code=agency.code,
                    role=role,
                    region_code=agency.region_code,
                    line_code=agency.line_code,
                )
            )
    return (*staff, *_supervisors(names), *_coordinating_staff())


def _duties(agency: AgencySeed) -> tuple[Role, ...]:
    match agency.level:
        case AdministrativeLevel.PROVINCE:
            return (Role.APPROVER, Role.LEGAL_REVIEWER, Role.COMPILER, Role.PUBLISHER)
        case AdministrativeLevel.TOWNSHIP:
            return (Role.APPROVER,)
        case _ if agency.code == "WH-CSGL":
            return (Role.APPROVER, Role.LEGAL_REVIEWER, Role.COMPILER)
        case _:
            return (Role.APPROVER, Role.LEGAL_REVIEWER)


def _supervisors(names: Iterator[str]) -> Iterator[StaffSeed]:
    """执法监督员 belong to the coordinating bodies of each level, outside every department line."""
    for region in ("53", "5301", "5303", "5323", "5325", "5329", "530102"):
        key = f"{region}-supervisor"
        yield StaffSeed(key, NAMED_PEOPLE.get(key) or next(names), None, Role.SUPERVISOR, region, "")


def _coordinating_staff() -> Iterator[StaffSeed]:
    """The keeper of the register and the three administrators, at the province's coordinating body."""
    for role in (Role.REGISTRAR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        key = f"53-{role.value}"
        yield StaffSeed(key, NAMED_PEOPLE[key], None, role, "53", "")


def _names(*, offset: int = 0) -> Iterator[str]:
    """Distinct invented names in a fixed order."""
    everyone = [f"{surname}{given}" for surname in SURNAMES for given in GIVEN_NAMES]
    Random(SEED).shuffle(everyone)  # noqa: S311 - a reproducible demonstration, not a secret
    return iter(everyone[offset:])


def _officer(agency: AgencySeed, number: int, name: str, today: dt.date) -> OfficerSeed:
    key = f"{agency.code}-{number:02d}"
    return OfficerSeed(
        key=key,
        name=NAMED_PEOPLE.get(key, name),
        agency_code=agency.code,
        position=POSITIONS[number - 1],
        is_auxiliary=False,
        certificate=_certificate(agency, number, key, today),
    )


def _certificate(agency: AgencySeed, number: int, key: str, today: dt.date) -> CertificateSeed:
    line_digit = "SCJG STHJ JTYS CSGL YJGL".split().index(agency.line_code) + 1
    serial = f"{agency.region_code:0<9}{line_digit}{number:02d}"
    issued = dt.date(today.year - 3, 1, 1 + number)
    until = issued.replace(year=issued.year + CERTIFICATE_YEARS) - dt.timedelta(days=1)
    if key == EXPIRED_OFFICER:
        until = today - dt.timedelta(days=40)
        issued = until.replace(day=1) - dt.timedelta(days=365 * CERTIFICATE_YEARS)
    if key in ENDING_OFFICERS:
        until = today + dt.timedelta(days=ENDING_OFFICERS[key])
        issued = until.replace(day=1) - dt.timedelta(days=365 * CERTIFICATE_YEARS)
    if key == SUSPENDED_OFFICER:
        start = today - dt.timedelta(days=20)
        return CertificateSeed(serial, issued, until, start, today + dt.timedelta(days=70))
    return CertificateSeed(serial, issued, until)
