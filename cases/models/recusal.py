"""回避 (行政处罚法 第四十三条): who was asked to step aside from a case, why, and what the head of the agency decided."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from enforcement.models import Account, Officer


class RecusalAsker(models.TextChoices):
    PARTY = "party", "当事人申请"
    OFFICER = "officer", "本人申请"
    AGENCY = "agency", "本机关提出"


class RecusalReason(models.TextChoices):
    DIRECT_INTEREST = "direct_interest", "与案件有直接利害关系"
    OTHER_RELATION = "other_relation", "有其他关系可能影响公正执法"


class RecusalOutcome(models.TextChoices):
    PENDING = "pending", "待决定"
    RECUSED = "recused", "回避"
    REJECTED = "rejected", "不予回避"


class RecusalBody(models.TextChoices):
    HEAD = "head", "本机关负责人决定"
    COLLECTIVE = "collective", "负责人集体讨论决定"


class Recusal(models.Model):
    """One request about one person and one case. Settled once decided (trigger); until then nothing stops.

    The person is an officer, an account (a head without a certificate), or both. `discussion` names who took part
    when the person concerned is a head, which only a collective decision may settle.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person_name = models.CharField("被申请回避人员", max_length=40)
    asked_by = models.CharField("提出方式", max_length=10, choices=RecusalAsker)
    reason_kind = models.CharField("理由类别", max_length=16, choices=RecusalReason)
    reason = models.TextField("理由")
    requested_on = models.DateField("提出日期")
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    outcome = models.CharField("决定", max_length=10, choices=RecusalOutcome, default=RecusalOutcome.PENDING)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField("决定方式", max_length=10, choices=RecusalBody, blank=True)
    discussion = models.TextField("参加讨论人员", blank=True)
    grounds = models.TextField("决定理由", blank=True)

    class Meta:
        ordering: ClassVar = ["case", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recusal_names_a_person",
                condition=Q(officer__isnull=False) | Q(account__isnull=False),
            ),
            models.CheckConstraint(
                name="recusal_outcome_known", condition=Q(outcome__in=RecusalOutcome.values)
            ),
            models.CheckConstraint(
                name="recusal_decided_whole",
                condition=Q(outcome="pending", decided_on__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(outcome="pending")
                    & Q(decided_on__gte=F("requested_on"), decided_by__isnull=False)
                    & ~Q(body="")
                ),
            ),
            models.CheckConstraint(
                name="recusal_decided_by_another",
                condition=Q(decided_by__isnull=True) | Q(account__isnull=True) | ~Q(decided_by=F("account")),
            ),
            models.CheckConstraint(
                name="recusal_collective_recorded", condition=~Q(body="collective") | ~Q(discussion="")
            ),
            models.UniqueConstraint(
                fields=["case", "officer"],
                condition=Q(outcome="pending"),
                name="recusal_one_pending_per_officer",
            ),
            models.UniqueConstraint(
                fields=["case", "account"],
                condition=Q(outcome="pending"),
                name="recusal_one_pending_per_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.get_outcome_display()}"

    def bars_on(self, day: dt.date) -> bool:
        """True from the day of the decision on; a pending request bars nobody."""
        return (
            self.outcome == RecusalOutcome.RECUSED and self.decided_on is not None and self.decided_on <= day
        )

    def is_about(self, *, officer_id: int | None, account_id: int | None) -> bool:
        return (officer_id is not None and officer_id == self.officer_id) or (
            account_id is not None and account_id == self.account_id
        )
