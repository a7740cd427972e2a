"""How often within a window: a family of facts recognised by their codes instead of a list of 120 of them.

`offence_count_18m` is the number of offences of the same kind found in the last 18 months, this one included;
`punishment_count_calendar_year` that of punishments of this year. A count without a window covers all time.
"""

import re
from dataclasses import dataclass

OFFENCES = "offence_count"
PUNISHMENTS = "punishment_count"
COUNTED = (OFFENCES, PUNISHMENTS)
LONGEST_MONTHS = 60

_CODE = re.compile(rf"({'|'.join(COUNTED)})(?:_(?:([1-9]\d?)m|(calendar_year)))?", re.ASCII)
_SPANS = {12: "近一年内", 24: "近两年内"}


@dataclass(frozen=True, slots=True)
class CountingWindow:
    """What is counted, and since when: `months` 1 to 60 back, this calendar year, or neither for all time."""

    counted: str
    months: int | None = None
    calendar_year: bool = False

    @property
    def code(self) -> str:
        """The code of the fact; `window_of` reads it back."""
        if self.calendar_year:
            return f"{self.counted}_calendar_year"
        return f"{self.counted}_{self.months}m" if self.months else self.counted

    @property
    def span(self) -> str:
        """近18个月内, 本年度内, or nothing for all time."""
        if self.calendar_year:
            return "本年度内"
        return _SPANS.get(self.months, f"近{self.months}个月内") if self.months else ""

    @property
    def first_words(self) -> str:
        """The sentence when this is the first time."""
        return self.span + ("首次被发现同类违法" if self.counted == OFFENCES else "首次因同类违法受处罚")

    @property
    def label(self) -> str:
        noun = "同类违法次数" if self.counted == OFFENCES else "处罚次数"
        return f"{self.span}{noun}（含本次）"

    @property
    def question(self) -> str:
        noun = "同类违法行为被发现" if self.counted == OFFENCES else "因同类违法行为受处罚"
        return f"连同这一次，{self.span}{noun}共几次？"


def window_of(code: str) -> CountingWindow | None:
    """The window a fact code names, None for every other code."""
    matched = _CODE.fullmatch(code)
    if matched is None:
        return None
    counted, months, calendar_year = matched.groups()
    if months and int(months) > LONGEST_MONTHS:
        return None
    return CountingWindow(counted, int(months) if months else None, bool(calendar_year))
