"""Laws, their provisions, and the violations that enforcement matters are about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.models.agencies import Line


class Law(models.Model):
    """法律、法规、规章. A later revision is a row of its own with its own effective dates."""

    name = models.CharField("名称", max_length=120)
    level = models.CharField("效力层级", max_length=20, blank=True)
    effective_from = models.DateField("施行日期")
    effective_until = models.DateField("失效日期", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "effective_from"], name="law_revision_once"),
            models.CheckConstraint(
                name="law_span_ordered",
                condition=Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Provision(models.Model):
    """条款: article, paragraph and item of one revision of a law. `gist` is our own summary, never the official text."""

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="provisions")
    article = models.PositiveSmallIntegerField("条")
    paragraph = models.PositiveSmallIntegerField("款", null=True, blank=True)
    item = models.PositiveSmallIntegerField("项", null=True, blank=True)
    gist = models.TextField("内容提要", blank=True)

    class Meta:
        ordering: ClassVar = ["law", "article", "paragraph", "item"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["law", "article", "paragraph", "item"], name="provision_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.law.name}》第{self.article}条"

    def as_reference(self) -> dict[str, object]:
        """The reference as it is copied into entries and decisions."""
        return {
            "law": self.law.name,
            "article": self.article,
            "paragraph": self.paragraph,
            "item": self.item,
            "text": "",
        }


class Violation(models.Model):
    """违法行为（案由）: the provision violated, the provision that punishes, and the statutory limits of the fine.

    `statutory_fine` holds components in the shape of a benchmark component (amounts in fen), empty when the statute
    sets no fine.
    """

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=300)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="violations")
    violated = models.ManyToManyField(Provision, related_name="violated_by")
    punished_by = models.ManyToManyField(Provision, related_name="punishes")
    statutory_fine = models.JSONField("法定罚款", default=list)
    is_high_frequency = models.BooleanField("高频执法事项", default=False)
    key_area = models.CharField("重点领域", max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["line", "code"]

    def __str__(self) -> str:
        return self.name
