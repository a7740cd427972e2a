"""Enforcement officers and their certificates (行政处罚法 第四十二条)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.models.agencies import Agency
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class Officer(Scoped):
    """执法人员 of one agency. Whether an act may be performed depends on a certificate valid on that day."""

    name = models.CharField("姓名", max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    position = models.CharField("职务", max_length=40, blank=True)
    is_auxiliary = models.BooleanField("辅助人员", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["region_code", "id"]
        indexes: ClassVar = [pattern_index("officer_scope")]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """执法证. `valid_until` is the last valid day; a suspension is a span of days inside the validity."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField("证号", max_length=40, unique=True)
    valid_from = models.DateField("有效期自")
    valid_until = models.DateField("有效期至")
    suspended_from = models.DateField("暂扣起", null=True, blank=True)
    suspended_until = models.DateField("暂扣止", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certificate_span_ordered", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="certificate_suspension_ordered",
                condition=Q(suspended_from__isnull=True)
                | Q(suspended_until__isnull=True)
                | Q(suspended_until__gte=F("suspended_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid_on(self, day: dt.date) -> bool:
        """Valid through the last day, and not suspended on `day`."""
        if not self.valid_from <= day <= self.valid_until:
            return False
        if self.suspended_from is None or day < self.suspended_from:
            return True
        return self.suspended_until is not None and day > self.suspended_until
