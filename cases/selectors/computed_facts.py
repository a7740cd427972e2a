"""Facts the system works out itself: from the party's record, the dates and earlier decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from cases.analysis import FactRecord
from cases.models import Case, Decision
from cases.statuses import FactSource, Outcome
from enforcement.conditions.vocabulary.counting_windows import (
    OFFENCES,
    PUNISHMENTS,
    CountingWindow,
    window_of,
)
from enforcement.deadline_rules import add_months
from enforcement.identifiers import birth_date_of
from enforcement.models import PartyKind

SUBJECT_KINDS = {
    PartyKind.PERSON: "个人",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.ENTERPRISE: "单位",
    PartyKind.ORGANISATION: "单位",
}

# Shown for every case, whatever its rules ask.
ALWAYS_COUNTED = (
    "offence_count",
    "offence_count_12m",
    "offence_count_24m",
    "offence_count_calendar_year",
    "punishment_count",
)


def computed_facts(case: Case, codes: Iterable[str] = ()) -> dict[str, FactRecord]:
    """Computed answers by fact code; an officer's own answer to the same fact comes before them. One query.

    `codes` are the facts the rules of the case look at: counts are worked out for every window among them. They cover
    the decisions kept in this system only, and say so.
    """
    records = {
        "subject_kind": _record(SUBJECT_KINDS[PartyKind(case.party.kind)], "按当事人登记类型"),
        "months_since_end": _record(months_between(case.act_date, case.found_on), "按行为终了日与发现日计算"),
    }
    birth = birth_date_of(case.party.id_number) if case.party.id_number else None
    if birth is not None:
        records["age_at_act"] = _record(full_years(birth, case.act_date), "按身份证号计算")
    return records | _count_records(case, codes)


def _count_records(case: Case, codes: Iterable[str]) -> dict[str, FactRecord]:
    """This time and the earlier ones: an offence counts on the day it was found, a punishment on that of its decision."""
    rows = list(
        Decision.objects.filter(case__party_id=case.party_id, case__violation_id=case.violation_id)
        .exclude(case_id=case.pk)
        .filter(case__act_date__lte=case.act_date)
        .values_list("case__found_on", "issued_on", "outcome")
    )
    days = {
        OFFENCES: [found for found, _, _ in rows],
        PUNISHMENTS: [issued for _, issued, outcome in rows if outcome != Outcome.NO_PENALTY],
    }
    windows = [window_of(code) for code in dict.fromkeys((*ALWAYS_COUNTED, *codes))]
    records = {}
    for window in windows:
        if window is not None:
            before = sum(is_within(window, day, case.found_on) for day in days[window.counted])
            words = f"此前 {before} 次" if before else "无此前记录"
            records[window.code] = _record(1 + before, f"本系统查询，{words}")
    return records


def is_within(window: CountingWindow, day: dt.date, counted_on: dt.date) -> bool:
    """Whether an earlier `day` is inside the window that ends on `counted_on`.

    A period of months runs from the day after to the day of the same number, or to the last day of a shorter month
    (民法典第二百零一条、第二百零二条): what was found on 10 March is within twelve months up to 10 March.
    """
    if window.calendar_year:
        return day.year >= counted_on.year
    return window.months is None or add_months(day, window.months) >= counted_on


def _record(value: str | int | Decimal, note: str) -> FactRecord:
    return FactRecord(value=value, source=FactSource.COMPUTED, note=note)


def full_years(birth: dt.date, day: dt.date) -> int:
    """Full years of age on `day`; a year is complete on the day after the birthday (law_cases convention)."""
    had_birthday = (day.month, day.day) > (birth.month, birth.day)
    return day.year - birth.year - (0 if had_birthday else 1)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same date `years` earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_between(start: dt.date, end: dt.date) -> Decimal:
    """Whole months plus the remaining days as a part of 31, so that one day past 24 months is more than 24."""
    months = (end.year - start.year) * 12 + end.month - start.month
    days = end.day - start.day
    if days < 0:
        months -= 1
        days += 31
    return Decimal(max(months, 0)) + (Decimal(days) / 31).quantize(Decimal("0.01"))
