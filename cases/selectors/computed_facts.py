"""Facts the system works out itself: from the party's record, the dates and earlier decisions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cases.analysis import FactRecord
from cases.models import Case, Decision
from cases.statuses import FactSource, Outcome
from enforcement.identifiers import birth_date_of
from enforcement.models import PartyKind

SUBJECT_KINDS = {
    PartyKind.PERSON: "个人",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.ENTERPRISE: "单位",
    PartyKind.ORGANISATION: "单位",
}


def computed_facts(case: Case) -> dict[str, FactRecord]:
    """Computed answers by fact code; an officer's own answer to the same fact comes before them. One query.

    Counts cover the decisions kept in this system only, and say so.
    """
    records = {
        "subject_kind": _record(SUBJECT_KINDS[PartyKind(case.party.kind)], "按当事人登记类型"),
        "months_since_end": _record(months_between(case.act_date, case.found_on), "按行为终了日与发现日计算"),
    }
    birth = birth_date_of(case.party.id_number) if case.party.id_number else None
    if birth is not None:
        records["age_at_act"] = _record(full_years(birth, case.act_date), "按身份证号计算")
    return records | _count_records(case)


def _count_records(case: Case) -> dict[str, FactRecord]:
    rows = list(
        Decision.objects.filter(case__party_id=case.party_id, case__violation_id=case.violation_id)
        .exclude(case_id=case.pk)
        .filter(case__act_date__lte=case.act_date)
        .values_list("case__act_date", "outcome")
    )
    year_start = dt.date(case.act_date.year, 1, 1)
    windows = {
        "offence_count": dt.date.min,
        "offence_count_12m": years_before(case.act_date, 1),
        "offence_count_24m": years_before(case.act_date, 2),
        "offence_count_calendar_year": year_start,
    }
    counted = {code: 1 + sum(day >= since for day, _ in rows) for code, since in windows.items()}
    punished = [day for day, outcome in rows if outcome != Outcome.NO_PENALTY]
    counted["punishment_count"] = 1 + len(punished)
    return {
        code: _record(count, "本系统查询，" + ("无此前记录" if count == 1 else f"此前 {count - 1} 次"))
        for code, count in counted.items()
    }


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
