"""The next due day of a case, as a function of its stage and dates. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.statuses import CaseStatus

DECISION_DAYS = 90
DELIVERY_DAYS = 7
PAYMENT_DAYS = 15
BEFORE_DECISION = frozenset(
    {CaseStatus.INVESTIGATION, CaseStatus.APPROVAL, CaseStatus.NOTICE, CaseStatus.DECISION}
)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day, the words of its rule, and the calendar days left seen from `today`."""

    due_on: dt.date
    rule: str
    days_left: int


def next_due(
    *,
    status: str,
    opened_on: dt.date,
    issued_on: dt.date | None,
    delivered_on: dt.date | None,
    today: dt.date,
) -> DueDay | None:
    """办案期限 until the decision, then 送达, then 缴款; None once the case has ended.

    行政处罚法 第六十条 (ninety days from filing), 第六十一条 (seven days), 第六十七条 (fifteen days from receipt).
    Counted in calendar days from the day after; the seven days are working days in law, so this is the cautious end.
    """
    found: tuple[dt.date, str] | None = None
    if status in BEFORE_DECISION:
        found = opened_on + dt.timedelta(days=DECISION_DAYS), "立案起九十日内作出决定"
    elif status == CaseStatus.DELIVERY and issued_on is not None:
        found = issued_on + dt.timedelta(days=DELIVERY_DAYS), "作出后七日内送达"
    elif status == CaseStatus.EXECUTION and delivered_on is not None:
        found = delivered_on + dt.timedelta(days=PAYMENT_DAYS), "送达后十五日内缴款"
    if found is None:
        return None
    return DueDay(due_on=found[0], rule=found[1], days_left=(found[0] - today).days)
