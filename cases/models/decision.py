"""Decisions and documents: immutable once issued (database triggers), resting on their own snapshot."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.proposal import Proposal
from cases.statuses import Confidentiality, Outcome
from enforcement.models import Account


class DecisionKind(models.TextChoices):
    NO_PENALTY = "no_penalty", "不予行政处罚决定书"
    PENALTY = "penalty", "行政处罚决定书"


class Decision(models.Model):
    """处罚决定 / 不予处罚决定. `snapshot` holds law, versions, facts, explanation and officers as they were;
    `public_snapshot` is the redacted copy the public page shows. Nothing past is computed from live rows.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField("文书种类", max_length=12, choices=DecisionKind)
    number = models.CharField("文号", max_length=60, unique=True)
    slug = models.SlugField("网址代号", max_length=60, unique=True)
    outcome = models.CharField("处理方式", max_length=12, choices=Outcome)
    issued_on = models.DateField("决定日期")
    issued_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    snapshot = models.JSONField("决定依据")
    public_snapshot = models.JSONField("公示内容")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        ordering: ClassVar = ["-issued_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_kind_fits_outcome",
                condition=(Q(kind="no_penalty") & Q(outcome="no_penalty"))
                | (Q(kind="penalty") & ~Q(outcome="no_penalty")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-issued_on", "-id"], name="decision_newest_first"),
            # What came after the fact store's watermark, and the proof that nothing before it is missing.
            models.Index(fields=["recorded_at", "id"], name="decision_recorded"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseDocument(models.Model):
    """执法文书 as issued: the exact bytes of the Word file and their digest.

    `confidentiality` is the level of the case when it was made; later the stricter of the two counts.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField("文书种类", max_length=40)
    number = models.CharField("文号", max_length=60, blank=True)
    content = models.BinaryField("文件")
    digest = models.CharField("文件摘要", max_length=64)
    template_version = models.CharField("模板版本", max_length=20)
    confidentiality = models.CharField(
        "保密级别", max_length=12, choices=Confidentiality, default=Confidentiality.INTERNAL
    )
    created_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["case", "created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
