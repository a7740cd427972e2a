"""When a statutory period ends, from the figures of its rule. Pure: rules, calendar and dates are passed in.

How a period is counted is the same for all of them: the day of the event is not counted (民法典 第二百零一条); months
and years end on the day with the same number, or on the last day of the month (第二百零二条); a period in calendar
days, months or years for doing an act that ends on a day off runs to the next working day (第二百零三条). Upper limits
on what an authority may do to a person do not run on; their rule says `roll: none`, which is our cautious convention.
"""

from __future__ import annotations

import calendar as months_of_year
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from enforcement.working_days import CountedDay, WorkCalendar


class PeriodUnit(StrEnum):
    """What a period is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The word after a number of days left: months and years are shown in days too."""
        return "个工作日" if self is PeriodUnit.WORKING_DAY else "日"


class Roll(StrEnum):
    """What happens when the last day is a day off."""

    NEXT_WORKING_DAY = "next_working_day"
    NONE = "none"


class Approver(StrEnum):
    """Who may prolong a period."""

    HEAD = "head"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Extension:
    """The longest extension in the unit of the period, who grants it, and who may grant more without a fixed limit."""

    length: int
    approver: Approver = Approver.HEAD
    beyond: Approver | None = None

    def allows(self, length: int, approved_by: Approver | None) -> bool:
        """`approved_by` None: approved by whoever may grant the fixed extension."""
        if approved_by is not None and approved_by is self.beyond:
            return True
        return length <= self.length and approved_by in (None, self.approver)


@dataclass(frozen=True, slots=True)
class Period:
    """One period: `length` in `unit`. A backward one is the time that must lie before an event.

    `frees_decision`: once it has passed unused, the authority may decide from the day after.
    """

    code: str
    name: str
    length: int
    unit: PeriodUnit
    roll: Roll = Roll.NEXT_WORKING_DAY
    backward: bool = False
    frees_decision: bool = False
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A rule with its periods; the first is meant when none is named.

    `excluded`: grounds whose calendar days do not count. `domain`: the field of enforcement whose own rule this is.
    `domain_rules`: by field, the rule that takes the place of this one there.
    """

    id: str
    source: str
    periods: tuple[Period, ...]
    excluded: frozenset[str] = frozenset()
    domain: str = ""
    domain_rules: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.excluded and any(period.unit is not PeriodUnit.CALENDAR_DAY for period in self.periods):
            raise ValueError(f"{self.id}: only calendar days can be left out of a period")

    def period(self, *, code: str = "", length: int | None = None) -> Period:
        """The first period with this code and this length. ValueError when the rule has none."""
        for period in self.periods:
            if (not code or period.code == code) and (length is None or period.length == length):
                return period
        raise ValueError(f"{self.id} has no period {code} {length or ''}".rstrip())


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for the act. `unrolled` is the day before a roll; `unseeded_year` as in `CountedDay`."""

    due_on: dt.date
    unrolled: dt.date
    unseeded_year: int | None

    @property
    def provisional(self) -> bool:
        """True until the schedule of `unseeded_year` is known."""
        return self.unseeded_year is not None

    @property
    def free_from(self) -> dt.date:
        """The first day on which the period has passed."""
        return self.due_on + dt.timedelta(days=1)


def applicable_rule(rules: Mapping[str, DeadlineRule], *, rule_id: str, domain: str = "") -> DeadlineRule:
    """The rule of that name, or the one that replaces it in the field of enforcement.

    KeyError for an unknown rule; ValueError for the rule of another field (`domain` empty: not asked).
    """
    rule = rules[rule_id]
    if domain in rule.domain_rules:
        return rules[rule.domain_rules[domain]]
    if domain and rule.domain and rule.domain != domain:
        raise ValueError(f"{rule_id} is a rule of {rule.domain}, not of {domain}")
    return rule


def deadline(
    *,
    rule: DeadlineRule,
    start: dt.date,
    calendar: WorkCalendar,
    period: Period | None = None,
    excluded_days: Mapping[str, int] | None = None,
    extension: int = 0,
    extension_approved_by: Approver | None = None,
) -> Deadline:
    """The last day of a period that is set off on `start` (for a backward period: that must lie before `start`).

    Excluded days on a ground the rule does not know, and an extension the period does not allow, change nothing. `start` is
    never counted. In a year without a schedule a calendar period is not rolled: its own last day is the earliest it
    can be. ValueError for a negative length.
    """
    chosen = period or rule.periods[0]
    grounds = excluded_days or {}
    if extension < 0 or any(days < 0 for days in grounds.values()):
        raise ValueError("days of extension or exclusion below nought")
    allowed = chosen.extension is not None and chosen.extension.allows(extension, extension_approved_by)
    extra = sum(days for ground, days in grounds.items() if ground in rule.excluded)
    end = _end(chosen, start, chosen.length + extra + (extension if allowed else 0), calendar)
    due = _rolled(chosen, end, calendar)
    return Deadline(due.day, end.day, due.unseeded_year)


def _end(period: Period, start: dt.date, length: int, calendar: WorkCalendar) -> CountedDay:
    """The last day as counted, before any roll."""
    if period.unit is PeriodUnit.WORKING_DAY:
        count = calendar.subtract_working_days if period.backward else calendar.add_working_days
        return count(start, length)
    length = -length if period.backward else length
    if period.unit is PeriodUnit.CALENDAR_DAY:
        return CountedDay(start + dt.timedelta(days=length))
    return CountedDay(add_months(start, length * (12 if period.unit is PeriodUnit.YEAR else 1)))


def _rolled(period: Period, end: CountedDay, calendar: WorkCalendar) -> CountedDay:
    # A working-day period ends on a working day; a roll of a backward one would cut it short.
    if period.unit is PeriodUnit.WORKING_DAY or period.roll is Roll.NONE or period.backward:
        return end
    rolled = calendar.roll_to_working_day(end.day)
    return CountedDay(end.day, rolled.unseeded_year) if rolled.provisional else rolled


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` later, or the last day of a shorter month (民法典 第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = months_of_year.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last))
