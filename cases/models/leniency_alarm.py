"""该免未免、不该免而免: an alarm about one proposal, what the approver answered, and what supervision found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.proposal import Proposal
from cases.statuses import AlarmFinding, AlarmKind, DepartureClass
from enforcement.models import Account
from exemption_lists.models import ListEntry


def _written(text: str, by: str, at: str, least: int) -> Q:
    """A text with its author and moment, at least `least` characters long."""
    filled: dict[str, object] = {f"{text}__regex": rf"^.{{{least},}}", f"{by}__isnull": False}
    return Q(**filled, **{f"{at}__isnull": False})


def _empty(text: str, by: str, at: str) -> Q:
    return Q(**{text: "", f"{by}__isnull": True, f"{at}__isnull": True})


class LeniencyAlarm(models.Model):
    """Raised with the proposal, or when it is approved under rules that changed since.

    `entry` is the entry it is mostly about; none when the statute alone speaks. Each of the four parts (the approver's
    answer, the supervisor's question, the agency's reply, the finding) is written once and then frozen.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="leniency_alarms")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField("类型", max_length=16, choices=AlarmKind)
    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    explanation = models.TextField("预警说明")
    raised_at = models.DateTimeField("预警时间", auto_now_add=True)
    answer_class = models.CharField("审批理由类别", max_length=20, choices=DepartureClass, blank=True)
    answer = models.TextField("审批理由", blank=True)
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("审批时间", null=True, blank=True)
    inquiry = models.TextField("要求说明的问题", blank=True)
    inquired_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inquired_at = models.DateTimeField("要求说明时间", null=True, blank=True)
    reply = models.TextField("说明", blank=True)
    replied_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField("说明时间", null=True, blank=True)
    finding = models.CharField("核查结论", max_length=10, choices=AlarmFinding, blank=True)
    finding_reasons = models.TextField("核查理由", blank=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("核查时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-raised_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "entry"], name="leniency_alarm_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="leniency_alarm_kind_known", condition=Q(kind__in=AlarmKind.values)),
            models.CheckConstraint(
                name="leniency_alarm_answer_reasoned",
                condition=(_empty("answer", "answered_by", "answered_at") & Q(answer_class=""))
                | (
                    _written("answer", "answered_by", "answered_at", 20)
                    & Q(answer_class__in=DepartureClass.values)
                ),
            ),
            models.CheckConstraint(
                name="leniency_alarm_inquiry_whole",
                condition=_empty("inquiry", "inquired_by", "inquired_at")
                | _written("inquiry", "inquired_by", "inquired_at", 1),
            ),
            models.CheckConstraint(
                name="leniency_alarm_reply_to_inquiry",
                condition=_empty("reply", "replied_by", "replied_at")
                | (_written("reply", "replied_by", "replied_at", 1) & ~Q(inquiry="")),
            ),
            models.CheckConstraint(
                name="leniency_alarm_finding_reasoned",
                condition=(_empty("finding_reasons", "settled_by", "settled_at") & Q(finding=""))
                | (
                    _written("finding_reasons", "settled_by", "settled_at", 10)
                    & Q(finding__in=AlarmFinding.values)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.proposal_id}"

    @property
    def key(self) -> str:
        """Names the alarm inside its proposal, before and after it is stored."""
        return alarm_key(self.kind, self.entry_id)

    @property
    def is_open(self) -> bool:
        """The approver has not answered."""
        return not self.answer

    @property
    def waits_for_reply(self) -> bool:
        return bool(self.inquiry) and not self.reply and not self.finding


def alarm_key(kind: str, entry_id: int | None) -> str:
    """The same for a stored alarm and one that is only about to be raised."""
    return f"{kind}_{entry_id or 0}"
