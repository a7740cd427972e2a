"""处理建议: what the handlers propose, on which analysis, and what the approver said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.statuses import DepartureClass, Outcome
from discretion.models import Benchmark
from enforcement.models import Account
from exemption_lists.models import ListEntry


class ProposalVerdict(models.TextChoices):
    PENDING = "pending", "待审批"
    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回"


class Proposal(models.Model):
    """One proposal of a case; `analysis` is the frozen analysis it was made on (versions, facts, explanation).

    `fines` is a list of `{"subject", "fen"}`. A departure needs a class and at least twenty characters of reasons.
    `entry_uses` say what it makes of every list entry considered, `alarms` what was raised about its leniency.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField("次")
    outcome = models.CharField("处理方式", max_length=12, choices=Outcome)
    entry = models.ForeignKey(
        ListEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    benchmark = models.ForeignKey(
        Benchmark, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    tier_label = models.CharField("裁量档次", max_length=120, blank=True)
    fines = models.JSONField("罚款", default=list, blank=True)
    other_measures = models.JSONField("其他处理", default=list, blank=True)
    follows_analysis = models.BooleanField("采纳系统建议")
    departure_class = models.CharField("不采纳类别", max_length=20, choices=DepartureClass, blank=True)
    departure_reasons = models.TextField("不采纳理由", blank=True)
    mitigation_basis = models.TextField("减轻处罚依据", blank=True)
    education = models.TextField("教育内容", blank=True)
    analysis = models.JSONField("适用分析")
    statement = models.TextField("裁量说明")
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    verdict = models.CharField(
        "审批结论", max_length=10, choices=ProposalVerdict, default=ProposalVerdict.PENDING
    )
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision_text = models.TextField("审批意见", blank=True)

    class Meta:
        ordering: ClassVar = ["case", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(verdict="pending"), name="proposal_one_pending_per_case"
            ),
            models.CheckConstraint(name="proposal_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="proposal_departure_reasoned",
                condition=Q(follows_analysis=True)
                | (~Q(departure_class="") & Q(departure_reasons__regex=r"^.{20,}")),
            ),
            models.CheckConstraint(
                name="proposal_decided_by_second_person",
                condition=Q(verdict="pending")
                | (
                    Q(decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.get_outcome_display()}"
