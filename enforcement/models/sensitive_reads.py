"""Readings of personal data in full, counted so that reading in bulk is noticed (security.md C6)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.accounts import Account
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class ReadKind(models.TextChoices):
    UNMASKED = "unmasked", "查看完整信息"
    DOCUMENT = "document", "下载文书"
    EXPORT = "export", "导出"
    REPORT = "report", "个人信息报告"


class SensitiveRead(models.Model):
    """One reading by one account; `rows` is how many persons it showed. The proof is in the ledger, this is a count."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sensitive_reads")
    kind = models.CharField("方式", max_length=10, choices=ReadKind)
    rows = models.PositiveIntegerField("人数", default=1)
    read_on = models.DateField("日期")
    read_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-read_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["read_on", "account"], name="sensitive_read_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.read_on}"


class ReadAlarmRule(models.TextChoices):
    DAY_LIMIT = "day_limit", "当日查看超过上限"
    OWN_MEDIAN = "own_median", "当日查看明显多于平日"


class SensitiveReadAlert(Scoped):
    """An account read unusually much on a day; for the supervisor of its agency. One per account and day."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sensitive_read_alerts")
    day = models.DateField("日期")
    rule = models.CharField("触发条件", max_length=10, choices=ReadAlarmRule)
    reads = models.PositiveIntegerField("当日人数")
    own_median = models.PositiveIntegerField("平日中位数", null=True)
    raised_at = models.DateTimeField("发现时间", auto_now_add=True)
    settled_at = models.DateTimeField("核实时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="settled_read_alerts"
    )
    finding = models.CharField("核实结果", max_length=500, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "day"], name="sensitive_read_alert_once_a_day"),
            models.CheckConstraint(
                name="sensitive_read_alert_settled_whole",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, finding="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(finding="")),
            ),
            # Nobody clears an alarm about the own readings.
            models.CheckConstraint(
                name="sensitive_read_alert_not_by_self",
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=models.F("account")),
            ),
        ]
        indexes: ClassVar = [pattern_index("sensitive_read_alert_scope")]

    def __str__(self) -> str:
        return f"{self.account} {self.day}"
