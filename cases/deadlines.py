"""The next due day of a case, as a function of its stage and dates. Pure: the work calendar is passed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.statuses import CaseStatus
from enforcement.deadline_rules import Deadline, DeadlineRule, Period, PeriodUnit, deadline
from enforcement.seed.deadline_rules import read_deadline_rules
from enforcement.working_days import WorkCalendar

DECISION_RULE = "APL-60-90DAYS"
DELIVERY_RULE = "APL-61-SERVICE"
PAYMENT_RULE = "APL-67-SEPARATE"
BEFORE_DECISION = frozenset(
    {CaseStatus.INVESTIGATION, CaseStatus.APPROVAL, CaseStatus.NOTICE, CaseStatus.DECISION}
)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day and the words of its rule, seen from `today`.

    `days_left` counts in `unit` (个工作日 or 日), below nought once the day has passed; `calendar_days_left` always in
    calendar days. `note` says why the day may still move, or is empty.
    """

    due_on: dt.date
    rule: str
    days_left: int
    unit: str
    calendar_days_left: int
    note: str = ""


def next_due(
    *,
    status: str,
    opened_on: dt.date,
    issued_on: dt.date | None,
    delivered_on: dt.date | None,
    today: dt.date,
    calendar: WorkCalendar,
) -> DueDay | None:
    """办案期限 until the decision, then 送达, then 缴款; None once the case has ended.

    行政处罚法 第六十条 (ninety calendar days from filing), 第六十一条 with 第八十五条 (seven working days), 第六十七条
    (fifteen calendar days from receipt). Each runs from the day after. The ninety and the fifteen days are periods for
    doing an act: ending on a day off, they run to the next working day (民法典 第二百零三条, by analogy).
    """
    if status in BEFORE_DECISION:
        return _due(DECISION_RULE, "立案起九十日内作出决定", opened_on, today, calendar)
    if status == CaseStatus.DELIVERY and issued_on is not None:
        return _due(DELIVERY_RULE, "作出后七个工作日内送达", issued_on, today, calendar)
    if status == CaseStatus.EXECUTION and delivered_on is not None:
        return _due(PAYMENT_RULE, "送达后十五日内缴款", delivered_on, today, calendar)
    return None


def decision_deadline(opened_on: dt.date, calendar: WorkCalendar) -> Deadline:
    """The end of the term for the decision of a case filed on `opened_on` (行政处罚法 第六十条)."""
    return _ends(_rule(DECISION_RULE), opened_on, calendar)


def latest_filing_due_by(day: dt.date, calendar: WorkCalendar) -> dt.date:
    """The latest filing day whose decision is due on `day` or before: cases filed up to then are due by `day`."""
    rule = _rule(DECISION_RULE)
    opened_on = day - dt.timedelta(days=rule.periods[0].length)
    # A roll puts the due day later, never earlier, so only earlier filing days can be the answer.
    while _ends(rule, opened_on, calendar).due_on > day:
        opened_on -= ONE_DAY
    return opened_on


def provisional_note(unseeded_year: int | None, calendar: WorkCalendar) -> str:
    """Why a day counted over a year without a schedule may still move; empty when it may not."""
    if unseeded_year is None:
        return ""
    known = max(calendar.years, default=unseeded_year - 1)
    missing = "公布前" if unseeded_year > known else "录入前"
    return f"（{unseeded_year} 年放假安排{missing}为暂定）"


def _rule(rule_id: str) -> DeadlineRule:
    return read_deadline_rules()[rule_id]


def _ends(rule: DeadlineRule, start: dt.date, calendar: WorkCalendar) -> Deadline:
    return deadline(rule=rule, start=start, calendar=calendar)


def _due(rule_id: str, words: str, start: dt.date, today: dt.date, calendar: WorkCalendar) -> DueDay:
    rule = _rule(rule_id)
    end = _ends(rule, start, calendar)
    return DueDay(
        due_on=end.due_on,
        rule=words,
        days_left=_days_left(rule.periods[0], end.due_on, today, calendar),
        unit=rule.periods[0].unit.label,
        calendar_days_left=(end.due_on - today).days,
        note=provisional_note(end.unseeded_year, calendar),
    )


def _days_left(period: Period, due_on: dt.date, today: dt.date, calendar: WorkCalendar) -> int:
    if period.unit is not PeriodUnit.WORKING_DAY:
        return (due_on - today).days
    if today <= due_on:
        return calendar.count_working_days(today, due_on).days
    # On the days off right after the due day no working day has passed, and yet the day is missed.
    return -max(1, calendar.count_working_days(due_on, today).days)
