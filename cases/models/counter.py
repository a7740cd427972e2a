"""Running numbers of an agency's documents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from enforcement.models import Agency


class NumberCounter(models.Model):
    """The last number given in one series of one agency and year. Locked while a number is taken, so no gaps."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    series = models.CharField("文号种类", max_length=12)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最近编号", default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "series", "year"], name="number_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.document_prefix}{self.series} {self.year} {self.last}"
