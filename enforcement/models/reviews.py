"""逐条审核意见: what legal review says of one entry, and what the drafter answers. Rows of both are never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.accounts import Account
from enforcement.models.documents import RuleVersion


class EntryVerdict(models.TextChoices):
    AGREE = "agree", "同意"
    CHANGE = "change", "修改"
    DISAGREE = "disagree", "不同意"


class EntryOpinion(models.Model):
    """An opinion on one entry as it stood: `entry_digest` is what was read, so that a later change shows."""

    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="entry_opinions")
    entry_slug = models.SlugField("网址代号", max_length=60)
    entry_serial = models.CharField("序号", max_length=60)
    entry_title = models.TextField("名称")
    entry_digest = models.CharField("所审内容摘要", max_length=64)
    verdict = models.CharField("意见", max_length=8, choices=EntryVerdict)
    text = models.TextField("说明", blank=True)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["version", "entry_slug"], name="entry_opinion_place")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="entry_opinion_verdict_known", condition=Q(verdict__in=EntryVerdict.values)
            ),
            models.CheckConstraint(name="entry_opinion_says_why", condition=Q(verdict="agree") | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"第 {self.entry_serial} 条 {self.get_verdict_display()}"


class OpinionAnswer(models.Model):
    """What the drafter answers to an opinion: taken up, or not and why. Given once."""

    opinion = models.OneToOneField(EntryOpinion, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField("采纳")
    reason = models.TextField("说明", blank=True)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["answered_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="opinion_answer_says_why", condition=Q(accepted=True) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return "采纳" if self.accepted else "不采纳"
