"""Months between two days as the vocabulary counts them (`months_since_end`)."""

from calendar import monthrange
from datetime import date
from decimal import ROUND_UP, Decimal

LONGEST_MONTH = 31
SMALLEST_STEP = Decimal("0.000001")


def months_elapsed(start: date, end: date) -> Decimal:
    """Whole calendar months from `start` to `end`, plus the remaining days as a part of 31.

    A period of months ends on the day of the same number, or on the last day of a shorter month. One day more
    than 24 months is more than 24, so that 二年内未被发现 (行政处罚法第三十六条) is decided to the day.
    Raises `ValueError` when `end` is before `start`.
    """
    if end < start:
        raise ValueError("end is before start")
    months = (end.year - start.year) * 12 + end.month - start.month
    if _after_months(start, months) > end:
        months -= 1
    days = (end - _after_months(start, months)).days
    return months + (Decimal(days) / LONGEST_MONTH).quantize(SMALLEST_STEP, rounding=ROUND_UP)


def _after_months(start: date, months: int) -> date:
    year, month_index = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month_index + 1, min(start.day, monthrange(year, month_index + 1)[1]))
