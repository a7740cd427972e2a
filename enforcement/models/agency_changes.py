"""What happened to agencies: earlier names, and who took over from whom. Rows are never changed (trigger)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.models.agencies import Agency, Line
from enforcement.spans import no_overlap


class AgencyName(models.Model):
    """曾用名: a name the agency bore in [valid_from, valid_until); an empty `valid_from` means since ever.

    The name of today stands on the agency itself, from the end of the last span on.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="earlier_names")
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40)
    document_prefix = models.CharField("文号机关代字", max_length=20)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期")
    basis = models.CharField("更名依据", max_length=200)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    recorded_by = models.CharField("登记人", max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["agency", "valid_until"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agency_name_span_ordered",
                condition=Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
            no_overlap(
                name="agency_name_spans_apart",
                owner="agency_id",
                first="valid_from",
                last="valid_until",
                bounds="[)",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and day < self.valid_until


class SuccessionKind(models.TextChoices):
    MERGED = "merged", "合并"
    SPLIT = "split", "分立"
    DUTIES_MOVED = "duties_moved", "职责划转"


class AgencySuccession(models.Model):
    """职责承接: from `effective_on` the successor does what the predecessor did.

    行政处罚法 does not move what was done before: old cases, decisions and ledger entries stay with the predecessor.
    An empty `line` means all of its work; `matters` says in words which part.
    """

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="takeovers")
    kind = models.CharField("方式", max_length=14, choices=SuccessionKind)
    effective_on = models.DateField("承接日期")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    matters = models.CharField("承接的事项", max_length=300, blank=True)
    basis = models.CharField("依据文件", max_length=200)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    recorded_by = models.CharField("登记人", max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["effective_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "line", "effective_on"],
                name="agency_succession_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="agency_succession_two_agencies", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} {self.effective_on}"
