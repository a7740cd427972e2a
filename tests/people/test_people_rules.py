"""Rules about instruments, training hours and qualifications: pairs on each side of every boundary."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from enforcement.actors import Role
from enforcement.calibration import CalibratedDays, InstrumentTerm, source_refusal
from enforcement.qualification_rules import HeldQualification, QualificationKind, grant_refusal
from enforcement.training_hours import HoursRule, governing_rule, hours_of_year

METER = InstrumentTerm(
    "测量仪器 M-1",
    needs_calibration=True,
    acquired_on=dt.date(2024, 1, 10),
    retired_on=dt.date(2026, 6, 1),
    calibrations=(
        CalibratedDays(dt.date(2024, 1, 12), dt.date(2025, 1, 11)),
        CalibratedDays(dt.date(2025, 3, 1), dt.date(2026, 2, 28)),
    ),
)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (dt.date(2024, 1, 9), "instrument_not_in_use"),
        (dt.date(2024, 1, 11), "instrument_not_calibrated"),
        (dt.date(2024, 1, 12), None),
        (dt.date(2025, 1, 11), None),
        (dt.date(2025, 1, 12), "instrument_not_calibrated"),
        (dt.date(2025, 2, 28), "instrument_not_calibrated"),
        (dt.date(2025, 3, 1), None),
        (dt.date(2026, 2, 28), None),
        (dt.date(2026, 3, 1), "instrument_not_calibrated"),
        (dt.date(2026, 5, 31), "instrument_not_calibrated"),
        (dt.date(2026, 6, 1), "instrument_retired"),
    ],
)
def test_a_reading_rests_on_a_calibrated_instrument(day: dt.date, code: str | None) -> None:
    refusal = source_refusal(METER, day)
    assert (refusal.code if refusal else None) == code


def test_the_refusal_names_the_last_day_it_was_good() -> None:
    refusal = source_refusal(METER, dt.date(2026, 3, 1))
    assert refusal is not None
    assert "检定有效期至 2026-02-28" in refusal.message


def test_a_camera_needs_no_calibration() -> None:
    camera = InstrumentTerm("执法记录仪 C-1", needs_calibration=False, acquired_on=dt.date(2024, 1, 10))
    assert source_refusal(camera, dt.date(2024, 1, 10)) is None


RULES = (
    HoursRule("53", "", 2026, Decimal(40)),
    HoursRule("5301", "", 2026, Decimal(50)),
    HoursRule("5301", "market", 2026, Decimal(60)),
    HoursRule("53", "", 2025, Decimal(30)),
)


@pytest.mark.parametrize(
    ("region", "line", "year", "hours"),
    [
        ("530102", "market", 2026, 60),
        ("530102", "ecology", 2026, 50),
        ("5303", "market", 2026, 40),
        ("5301", "market", 2025, 30),
        ("5301", "market", 2024, None),
        ("52", "market", 2026, None),
    ],
)
def test_the_nearest_requirement_governs(region: str, line: str, year: int, hours: int | None) -> None:
    rule = governing_rule(RULES, region_code=region, line_code=line, year=year)
    assert (rule.hours if rule else None) == (Decimal(hours) if hours is not None else None)


TRAININGS = (
    (dt.date(2025, 12, 31), Decimal("8")),
    (dt.date(2026, 1, 1), Decimal("24.5")),
    (dt.date(2026, 12, 31), Decimal("15")),
    (dt.date(2027, 1, 1), Decimal("8")),
)


@pytest.mark.parametrize(("needed", "met", "missing"), [("39.5", True, "0"), ("40", False, "0.5")])
def test_hours_count_in_the_year_of_completion(needed: str, met: bool, missing: str) -> None:
    found = hours_of_year(TRAININGS, year=2026, rule=HoursRule("53", "", 2026, Decimal(needed)))
    assert (found.done, found.is_met, found.missing) == (Decimal("39.5"), met, Decimal(missing))


def test_without_a_requirement_nothing_is_held_against_anyone() -> None:
    found = hours_of_year((), year=2026, rule=None)
    assert (found.required, found.is_met, found.missing) == (None, None, Decimal(0))


LAWYER = HeldQualification(QualificationKind.LEGAL_PROFESSION, dt.date(2024, 5, 1))
EARLIER = HeldQualification(QualificationKind.REVIEWED_BEFORE, dt.date(2016, 5, 1))
CARD = HeldQualification(QualificationKind.SUPERVISION_CARD, dt.date(2024, 5, 1), dt.date(2026, 4, 30))


@pytest.mark.parametrize(
    ("role", "held", "day", "granted"),
    [
        (Role.LEGAL_REVIEWER, (), dt.date(2026, 1, 1), False),
        (Role.LEGAL_REVIEWER, (LAWYER,), dt.date(2024, 4, 30), False),
        (Role.LEGAL_REVIEWER, (LAWYER,), dt.date(2024, 5, 1), True),
        (Role.LEGAL_REVIEWER, (EARLIER,), dt.date(2026, 1, 1), True),
        (Role.LEGAL_REVIEWER, (CARD,), dt.date(2026, 1, 1), False),
        (Role.SUPERVISOR, (LAWYER,), dt.date(2026, 1, 1), False),
        (Role.SUPERVISOR, (CARD,), dt.date(2024, 4, 30), False),
        (Role.SUPERVISOR, (CARD,), dt.date(2024, 5, 1), True),
        (Role.SUPERVISOR, (CARD,), dt.date(2026, 4, 30), True),
        (Role.SUPERVISOR, (CARD,), dt.date(2026, 5, 1), False),
        (Role.OFFICER, (), dt.date(2026, 1, 1), True),
    ],
)
def test_some_duties_need_a_qualification(
    role: Role, held: tuple[HeldQualification, ...], day: dt.date, granted: bool
) -> None:
    refusal = grant_refusal(name="宋明法", role=role, held=held, on=day)
    assert (refusal is None) is granted
