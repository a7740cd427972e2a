"""Document numbers: one gapless series per agency, kind and year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from cases.models import NumberCounter
from enforcement.models import Agency

CASE_SERIES = "立"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """昆市监罚〔2026〕12号 and its parts."""

    prefix: str
    series: str
    year: int
    running: int

    @property
    def text(self) -> str:
        return f"{self.prefix}{self.series}〔{self.year}〕{self.running}号"


def locked_counter(*, agency: Agency, series: str, year: int) -> NumberCounter:
    """The counter, locked to the end of the transaction: whoever comes second waits and sees the next number."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number may only be taken inside a transaction")
    NumberCounter.objects.get_or_create(agency=agency, series=series, year=year)
    return NumberCounter.objects.select_for_update().get(agency=agency, series=series, year=year)


def next_number(*, agency: Agency, counter: NumberCounter) -> DocumentNumber:
    """Take the next number of a locked counter. A transaction that fails gives it back."""
    counter.last += 1
    counter.save(update_fields=["last"])
    return DocumentNumber(agency.document_prefix, counter.series, counter.year, counter.last)
