"""行政处罚的书面委托 (行政处罚法 第二十条、第二十一条)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.models.agencies import Agency
from enforcement.models.attachments import Attachment
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class DelegatedAct(models.TextChoices):
    """What may be delegated. 行政强制措施权不得委托 (行政强制法 第十七条): there is no value for it."""

    PENALTY = "penalty", "行政处罚"
    INSPECTION = "inspection", "行政检查"


class PenaltyKind(models.TextChoices):
    """行政处罚法 第九条, without 行政拘留, which only the police impose (第十八条第三款)."""

    WARNING = "warning", "警告"
    CRITICISM = "criticism", "通报批评"
    FINE = "fine", "罚款"
    FORFEIT_GAINS = "forfeit_gains", "没收违法所得"
    FORFEIT_GOODS = "forfeit_goods", "没收非法财物"
    SUSPEND_LICENCE = "suspend_licence", "暂扣许可证件"
    LOWER_GRADE = "lower_grade", "降低资质等级"
    REVOKE_LICENCE = "revoke_licence", "吊销许可证件"
    RESTRICT_BUSINESS = "restrict_business", "限制开展生产经营活动"
    STOP_BUSINESS = "stop_business", "责令停产停业"
    CLOSE_DOWN = "close_down", "责令关闭"
    RESTRICT_WORK = "restrict_work", "限制从业"


class DelegationQuerySet(ScopedQuerySet):
    def in_force_on(self, day: dt.date) -> DelegationQuerySet:
        """`valid_until` is the last day; on `revoked_on` it no longer holds."""
        return self.filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), valid_from__lte=day, valid_until__gte=day
        )


class Delegation(RegisterRow, Scoped):
    """委托执法: region and line are those of the delegating agency.

    `valid_until` is the last day of the term. Without violation codes it covers every matter of the line; `matters` is
    the scope as the document words it. Once concluded its terms are frozen (trigger): it can only be revoked.
    The delegate is an agency of the register or an organisation by name and uscc, never a person, and it may not
    delegate further (第二十条第四款, also a trigger).
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    delegate_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="entrustments"
    )
    delegate_name = models.CharField("受委托组织", max_length=80)
    delegate_uscc = models.CharField("受委托组织统一社会信用代码", max_length=18, blank=True)
    document_number = models.CharField("委托书编号", max_length=60)
    signed_on = models.DateField("签订日期")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document_digest = models.CharField("委托书摘要", max_length=64, blank=True)
    acts = models.JSONField("委托的行为", default=list)
    penalty_kinds = models.JSONField("委托的处罚种类", default=list, blank=True)
    matters = models.CharField("委托的事项", max_length=500)
    violation_codes = models.JSONField("委托的案由编码", default=list, blank=True)
    valid_from = models.DateField("委托期限起")
    valid_until = models.DateField("委托期限止")
    published_on = models.DateField("公布日期")
    revoked_on = models.DateField("解除日期", null=True, blank=True)
    revoked_reason = models.CharField("解除原因", max_length=300, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = DelegationQuerySet.as_manager()
    history = row_history("委托执法")

    class Meta:
        ordering: ClassVar = ["-valid_from", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "document_number"], name="delegation_number_once"),
            models.CheckConstraint(
                name="delegation_span_ordered", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="delegation_in_writing_first", condition=Q(signed_on__lte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="delegation_revoked_with_reason",
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_reason="")),
            ),
            models.CheckConstraint(
                name="delegation_not_to_itself",
                condition=Q(delegate_agency__isnull=True) | ~Q(delegate_agency=F("agency")),
            ),
            models.CheckConstraint(
                name="delegation_to_an_organisation",
                condition=Q(delegate_agency__isnull=False) | Q(delegate_uscc__regex=r"^[0-9A-Z]{18}$"),
            ),
            models.CheckConstraint(
                name="delegation_acts_known",
                condition=Q(acts__contained_by=DelegatedAct.values) & ~Q(acts=[]),
            ),
            models.CheckConstraint(
                name="delegation_penalties_known",
                condition=Q(penalty_kinds__contained_by=PenaltyKind.values),
            ),
        ]
        indexes: ClassVar = [
            pattern_index("delegation_scope"),
            models.Index(fields=["delegate_agency"], name="delegation_delegate"),
            models.Index(fields=["valid_until"], name="delegation_ends"),
        ]

    def __str__(self) -> str:
        return self.document_number

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds; before `valid_from` when it was revoked before it began."""
        if self.revoked_on is None:
            return self.valid_until
        return min(self.valid_until, self.revoked_on - dt.timedelta(days=1))

    @property
    def act_labels(self) -> str:
        return "、".join(DelegatedAct(one).label for one in self.acts)

    @property
    def penalty_labels(self) -> str:
        return "、".join(PenaltyKind(one).label for one in self.penalty_kinds)
