"""版本通知: what agencies that apply a published version were told, and who has read it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.accounts import Account
from enforcement.models.agencies import Agency
from enforcement.models.documents import RuleVersion
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index
from enforcement.version_notices import NOTICE_LABELS, NoticeKind


class VersionNotice(Scoped):
    """One notice of one version to one agency. `due_on` is the day it is about; it never depends on when it was written."""

    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="notices")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="version_notices")
    kind = models.CharField(
        "类别", max_length=12, choices=[(kind.value, label) for kind, label in NOTICE_LABELS.items()]
    )
    due_on = models.DateField("通知日期")
    written_at = models.DateTimeField("生成时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-due_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "kind", "agency"], name="version_noticed_once"),
            models.CheckConstraint(
                name="version_notice_kind_known", condition=Q(kind__in=[kind.value for kind in NoticeKind])
            ),
        ]
        indexes: ClassVar = [pattern_index("version_notice_scope")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version_id} {self.agency_id}"


class NoticeReceipt(models.Model):
    """已阅: one person has read one notice."""

    notice = models.ForeignKey(VersionNotice, on_delete=models.PROTECT, related_name="receipts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "account"], name="notice_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.account_id}"
