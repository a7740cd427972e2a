"""案件移交: a running case goes to the agency that took over the duties. Rows are never changed (trigger)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from enforcement.models import Agency


class CaseHandover(models.Model):
    """Names are copied as text: what the record says must not change when an agency is renamed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_name = models.CharField("移出机关", max_length=80)
    to_name = models.CharField("接收机关", max_length=80)
    handed_on = models.DateField("移交日期")
    reason = models.CharField("移交说明", max_length=300)
    actor_name = models.CharField("操作人", max_length=60)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["case", "recorded_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_handover_two_agencies", condition=~Q(from_agency=F("to_agency"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_name} → {self.to_name}"
