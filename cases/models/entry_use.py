"""What a proposal made of every list entry that was considered; written with it and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.proposal import Proposal
from cases.statuses import DepartureClass, EntryStance
from enforcement.models import RuleVersion
from exemption_lists.models import LeniencyKind, ListEntry


class EntryUse(models.Model):
    """One entry at one proposal: applied, refused with reasons, or why it was not in question.

    `label` names the entry as it was then; `decided_by` is the condition that decided, or what the entry was met by.
    Reasons are at least twenty characters long and only a refused entry has them.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="entry_uses")
    position = models.PositiveIntegerField("次序")
    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, related_name="uses")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+")
    label = models.CharField("条目", max_length=300)
    path = models.CharField("条目网址", max_length=300)
    kind = models.CharField("类型", max_length=16, choices=LeniencyKind)
    is_binding = models.BooleanField("应当适用")
    stance = models.CharField("适用情况", max_length=10, choices=EntryStance)
    decided_by = models.TextField("决定性的条件", blank=True)
    reason_class = models.CharField("不适用类别", max_length=20, choices=DepartureClass, blank=True)
    reasons = models.TextField("不适用理由", blank=True)

    class Meta:
        ordering: ClassVar = ["proposal", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "entry"], name="entry_use_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(stance="applied"), name="entry_use_one_applied"
            ),
            models.CheckConstraint(name="entry_use_stance_known", condition=Q(stance__in=EntryStance.values)),
            models.CheckConstraint(
                name="entry_use_refusal_reasoned",
                condition=(
                    Q(stance="refused")
                    & Q(reason_class__in=DepartureClass.values)
                    & Q(reasons__regex=r"^.{20,}")
                )
                | (~Q(stance="refused") & Q(reason_class="") & Q(reasons="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.get_stance_display()}"

    @property
    def is_refused(self) -> bool:
        return self.stance == EntryStance.REFUSED

    @property
    def demand(self) -> str:
        """应当不予处罚 or 可以从轻处罚."""
        return f"{'应当' if self.is_binding else '可以'}{self.get_kind_display()}"
