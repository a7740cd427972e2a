"""What belongs to the demonstration's officers: checks, training, examinations and equipment. Invented and pure.

Days are placed around `today`, so that the demonstration always has something that ends in a week, a month and two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from enforcement.region_codes import AdministrativeLevel
from supervision.demo.agencies import AgencySeed, read_agencies
from supervision.demo.people import OfficerSeed, demo_officers

# Every so many officers one has something to do, so that lists are neither empty nor all red.
UNCHECKED_EVERY = 23
SHORT_OF_HOURS_EVERY = 7
REQUIRED_HOURS = Decimal(40)
REQUIREMENT_BASIS = "演示：云南省行政执法人员年度培训要求"
FAILED_CHECK_OFFICER = "QL-JTYS-02"
# Days from today to the last day of a meter's calibration, in turn.
CALIBRATION_DAYS_LEFT = (200, 5, 320, 26, 150, 58, 270, -12)


@dataclass(frozen=True, slots=True)
class CheckSeed:
    officer_key: str
    year: int
    checked_on: dt.date
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrainingSeed:
    officer_key: str
    kind: str
    title: str
    provider: str
    completed_on: dt.date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class ExaminationSeed:
    officer_key: str
    kind: str
    taken_on: dt.date
    score: Decimal


@dataclass(frozen=True, slots=True)
class EquipmentSeed:
    """One piece; `holder_key` holds it since `held_from`, `calibrated_until` is the last day of its calibration."""

    agency_code: str
    number: str
    kind: str
    model_name: str
    acquired_on: dt.date
    needs_calibration: bool = False
    calibrated_until: dt.date | None = None
    holder_key: str | None = None
    held_from: dt.date | None = None


def certified_officers(today: dt.date) -> tuple[OfficerSeed, ...]:
    return tuple(one for one in demo_officers(today) if one.certificate is not None)


def demo_checks(today: dt.date) -> Iterator[CheckSeed]:
    """年度审验 of the years the certificate was held throughout; this year's is done in October."""
    done_this_year = dt.date(today.year, 10, 15) <= today
    for number, officer in enumerate(certified_officers(today)):
        certificate = officer.certificate
        if certificate is None:
            continue
        last = today.year if done_this_year else today.year - 1
        for year in range(certificate.valid_from.year + 1, last + 1):
            day = dt.date(year, 10, 9 + number % 6)
            if day > certificate.valid_until:
                continue
            if year == last and officer.key == FAILED_CHECK_OFFICER:
                yield CheckSeed(officer.key, year, day, "failed", "年度培训学时不足，限期补训")
            elif year < last or number % UNCHECKED_EVERY:
                yield CheckSeed(officer.key, year, day, "passed")


def demo_trainings(today: dt.date) -> Iterator[TrainingSeed]:
    """This year's and last year's rounds; one in seven officers is still short of hours this year."""
    for number, officer in enumerate(certified_officers(today)):
        for year in (today.year - 1, today.year):
            spring, autumn = dt.date(year, 4, 22), dt.date(year, 9, 18)
            if spring <= today:
                yield TrainingSeed(
                    officer.key,
                    "yearly",
                    f"{year} 年综合行政执法集中培训",
                    "云南省司法厅（演示）",
                    spring,
                    Decimal(24),
                )
            if autumn <= today and (year < today.year or number % SHORT_OF_HOURS_EVERY):
                yield TrainingSeed(
                    officer.key,
                    "online",
                    f"{year} 年专业法律知识网络培训",
                    "本条线省级主管部门（演示）",
                    autumn,
                    Decimal("16.5"),
                )


def demo_examinations(today: dt.date) -> Iterator[ExaminationSeed]:
    """Everyone passed the qualifying examination before the certificate was issued."""
    for number, officer in enumerate(certified_officers(today)):
        if officer.certificate is not None:
            taken = officer.certificate.valid_from - dt.timedelta(days=35)
            yield ExaminationSeed(officer.key, "qualifying", taken, Decimal(72 + number * 7 % 25))


def demo_equipment(today: dt.date) -> Iterator[EquipmentSeed]:
    """Two body cameras per agency that works on site, and a meter for most of them."""
    bought = dt.date(today.year - 2, 3, 18)
    working = [one for one in read_agencies() if one.level is not AdministrativeLevel.PROVINCE]
    for place, agency in enumerate(working):
        for number in (1, 2):
            yield EquipmentSeed(
                agency_code=agency.code,
                number=f"JLY-{number:03d}",
                kind="body_camera",
                model_name="DSJ-A7 执法记录仪",
                acquired_on=bought,
                holder_key=f"{agency.code}-{number:02d}",
                held_from=bought + dt.timedelta(days=10),
            )
        meter = METERS.get(agency.line_code)
        if meter is not None:
            yield _meter(agency, meter, place, today, bought)


METERS = {"SCJG": "电子计价秤检测砝码组", "STHJ": "便携式噪声测量仪", "JTYS": "便携式轴重测量仪"}


def _meter(agency: AgencySeed, model_name: str, place: int, today: dt.date, bought: dt.date) -> EquipmentSeed:
    left = CALIBRATION_DAYS_LEFT[place % len(CALIBRATION_DAYS_LEFT)]
    return EquipmentSeed(
        agency_code=agency.code,
        number="CL-001",
        kind="meter",
        model_name=model_name,
        acquired_on=bought,
        needs_calibration=True,
        calibrated_until=today + dt.timedelta(days=left),
    )
