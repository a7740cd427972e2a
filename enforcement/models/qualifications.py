"""Qualifications of the people behind accounts: legal reviewers and 执法监督员."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.models.accounts import Account
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.qualification_rules import (
    FIRST_REVIEWERS_NEED_QUALIFICATION_FROM,
    QUALIFICATION_LABELS,
    HeldQualification,
    QualificationKind,
)
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class Qualification(Scoped, RegisterRow):
    """One paper of one person. Region and line are those of the person's agency or duty when it was recorded.

    `obtained_on` of 2018 年前已从事法制审核 is the day from which the person had reviewed.
    """

    line_code = models.CharField("条线代码", max_length=32, blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="qualifications")
    kind = models.CharField(
        "资格", max_length=20, choices=[(kind.value, label) for kind, label in QUALIFICATION_LABELS.items()]
    )
    number = models.CharField("证书编号", max_length=60, blank=True)
    issuing_authority = models.CharField("发证机关", max_length=80, blank=True)
    obtained_on = models.DateField("取得日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = row_history("资格证件")

    class Meta:
        ordering: ClassVar = ["region_code", "account_id", "kind", "-obtained_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "kind", "obtained_on"],
                name="qualification_recorded_once",
                violation_error_message="这个人当天取得的这项资格已经登记过。",
            ),
            models.CheckConstraint(
                name="qualification_kind_known",
                condition=Q(kind__in=[kind.value for kind in QualificationKind]),
            ),
            models.CheckConstraint(
                name="qualification_span_ordered",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("obtained_on")),
                violation_error_message="有效期至不能早于取得日期。",
            ),
            models.CheckConstraint(
                name="qualification_earlier_reviewers",
                condition=~Q(kind=QualificationKind.REVIEWED_BEFORE.value)
                | Q(obtained_on__lt=FIRST_REVIEWERS_NEED_QUALIFICATION_FROM),
                violation_error_message="2018年1月1日以后初次从事法制审核的，须取得国家统一法律职业资格。请核对日期。",
            ),
            models.CheckConstraint(
                name="qualification_numbered",
                condition=Q(kind=QualificationKind.REVIEWED_BEFORE.value) | ~Q(number=""),
                violation_error_message="填写证书编号。",
            ),
            models.CheckConstraint(
                name="supervision_card_ends",
                condition=~Q(kind=QualificationKind.SUPERVISION_CARD.value) | Q(valid_until__isnull=False),
                violation_error_message="填写执法监督证的有效期。",
            ),
        ]
        indexes: ClassVar = [pattern_index("qualification_scope")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def held(self) -> HeldQualification:
        return HeldQualification(QualificationKind(self.kind), self.obtained_on, self.valid_until)
