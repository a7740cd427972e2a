"""Who beyond the case's own agency may read it, who is cleared for what is not for everybody, and what was released."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.decision import Decision
from enforcement.models import Account, Agency


class CaseShare(models.Model):
    """协办: a collaborating agency's case people may read the case, from `starts_on` through `ends_on`.

    Reading only. A share ends by its date or is withdrawn at once; the row stays.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("协办事项", max_length=200)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("截止日期")
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("授权时间", auto_now_add=True)
    withdrawn_on = models.DateField("收回日期", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["case", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="case_share_span", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="case_share_has_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="case_share_withdrawn_whole",
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["case", "agency", "starts_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="case_share_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id}"

    def is_open_on(self, day: dt.date) -> bool:
        return self.withdrawn_on is None and self.starts_on <= day <= self.ends_on


class SharedReading(models.Model):
    """That somebody of a collaborating agency read a shared case on a day; the ledger has one entry for each row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "account", "day"], name="shared_reading_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.case_id} {self.day}"


class CaseClearance(models.Model):
    """A recorded permission to read one case above 内部, for a supervisor or somebody of a collaborating agency."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clearances")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    granted_on = models.DateField("批准日期")
    withdrawn_on = models.DateField("收回日期", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["case", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "account"],
                condition=Q(withdrawn_on__isnull=True),
                name="case_clearance_once",
            ),
            models.CheckConstraint(name="case_clearance_by_another", condition=~Q(account=F("granted_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.case_id}"


class DecisionRelease(models.Model):
    """The copy of a sensitive decision that an approver confirmed for the public, without `phrases`. Never changed."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="release")
    phrases = models.JSONField("隐去的内容", default=list)
    public_snapshot = models.JSONField("公示内容")
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField("确认日期")

    def __str__(self) -> str:
        return f"{self.decision_id} {self.confirmed_on}"
