"""Which warnings have been given, so that each is given once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.expiry import EXPIRING_LABELS, THRESHOLDS, ExpiringKind
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class ExpiryNotice(Scoped):
    """One threshold reached by one row for one last day. A renewed row has another `ends_on` and is warned of anew."""

    kind = models.CharField(
        "类别", max_length=14, choices=[(kind.value, label) for kind, label in EXPIRING_LABELS.items()]
    )
    row_id = models.BigIntegerField("登记编号")
    threshold = models.SmallIntegerField("提前天数")
    ends_on = models.DateField("有效期至")
    noticed_on = models.DateField("提醒日期")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-noticed_on", "ends_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "row_id", "threshold", "ends_on"], name="expiry_noticed_once"
            ),
            models.CheckConstraint(
                name="expiry_kind_known", condition=Q(kind__in=[kind.value for kind in ExpiringKind])
            ),
            models.CheckConstraint(
                name="expiry_threshold_known", condition=Q(threshold__in=list(THRESHOLDS))
            ),
        ]
        indexes: ClassVar = [pattern_index("expiry_notice_scope")]

    def __str__(self) -> str:
        return f"{self.kind}#{self.row_id} {self.threshold}"
