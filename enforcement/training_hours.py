"""Hours of training in a year against what the region asks for. Pure; hours are Decimal, never float."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class HoursRule:
    """What one region asks of its officers in one year; a blank line means every line."""

    region_code: str
    line_code: str
    year: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class HoursOfYear:
    """`required` is None where nobody has set a requirement: then nothing is held against the officer."""

    year: int
    done: Decimal
    required: Decimal | None

    @property
    def missing(self) -> Decimal:
        return max(self.required - self.done, Decimal(0)) if self.required is not None else Decimal(0)

    @property
    def is_met(self) -> bool | None:
        return None if self.required is None else self.missing == 0


def governing_rule(
    rules: Iterable[HoursRule], *, region_code: str, line_code: str, year: int
) -> HoursRule | None:
    """The nearest rule: of the deepest region above the officer, and there the one for the own line first."""
    fitting = [
        rule
        for rule in rules
        if rule.year == year
        and region_code.startswith(rule.region_code)
        and rule.line_code in ("", line_code)
    ]
    return max(fitting, key=lambda rule: (len(rule.region_code), rule.line_code != ""), default=None)


def hours_of_year(
    trainings: Iterable[tuple[date, Decimal]], *, year: int, rule: HoursRule | None
) -> HoursOfYear:
    """Training counts in the year in which it was completed."""
    done = sum((hours for day, hours in trainings if day.year == year), Decimal(0))
    return HoursOfYear(year, done, rule.hours if rule is not None else None)
