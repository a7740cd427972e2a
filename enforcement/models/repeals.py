"""废止: a later act ends a published version. The version itself never changes; the repeal is a row of its own.

`VersionSpan` is what follows from both: the days a version is in force. The database derives it and refuses an overlap.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from enforcement.models.accounts import Account
from enforcement.models.documents import RuleDocument, RuleVersion


class RepealFacts(models.Model):
    """What the act says. `ends_on` is the first day without effect; on or before the effective day of the version it
    withdraws the version before it ever took effect.
    """

    document_number = models.CharField("发文字号", max_length=60)
    issued_on = models.DateField("成文日期")
    ends_on = models.DateField("失效日期")
    reason = models.CharField("原因", max_length=300)
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("提出时间")

    class Meta:
        abstract = True


class RepealRequest(RepealFacts):
    """A repeal somebody prepared, waiting for a second person. It goes when it is confirmed or withdrawn."""

    version = models.OneToOneField(RuleVersion, on_delete=models.PROTECT, related_name="repeal_request")

    class Meta:
        ordering: ClassVar = ["requested_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="repeal_request_days_ordered", condition=Q(ends_on__gte=F("issued_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.document_number}"


class VersionRepeal(RepealFacts):
    """废止: confirmed by a second person, public, and frozen by trigger."""

    version = models.OneToOneField(RuleVersion, on_delete=models.PROTECT, related_name="repeal")
    repealed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    repealed_at = models.DateTimeField("公布时间")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        ordering: ClassVar = ["repealed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="version_repeal_days_ordered", condition=Q(ends_on__gte=F("issued_on"))
            ),
            models.CheckConstraint(
                name="version_repeal_complete",
                condition=~Q(document_number="") & ~Q(reason="") & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="version_repeal_by_second_person", condition=~Q(repealed_by=F("requested_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.document_number}"


class VersionSpan(models.Model):
    """The days a published version is in force: from its effective day to its own end, its repeal or its successor.

    Triggers write it at publication and repeal, nobody else can. `withdrawn` versions have an empty span and replace
    nothing, so that their effective day is free again.
    """

    version = models.OneToOneField(
        RuleVersion, on_delete=models.PROTECT, primary_key=True, related_name="span"
    )
    document = models.ForeignKey(RuleDocument, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("生效日期")
    days = DateRangeField("有效期间")
    withdrawn = models.BooleanField("生效前撤回")

    class Meta:
        ordering: ClassVar = ["document", "starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "starts_on"],
                condition=Q(withdrawn=False),
                name="version_span_one_per_effective_day",
            ),
            ExclusionConstraint(
                name="version_span_one_in_force",
                expressions=[
                    (
                        Func(
                            F("document_id"),
                            F("document_id"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    ("days", "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.days}"
