"""权责清单: the matters an agency may exercise, entry by entry of a published version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.documents import RuleVersion
from enforcement.models.law import Violation


class MatterKind(models.TextChoices):
    """The kinds of administrative power that power lists are arranged by (中办发〔2015〕21号)."""

    PENALTY = "penalty", "行政处罚"
    INSPECTION = "inspection", "行政检查"
    COMPULSION = "compulsion", "行政强制"
    LICENCE = "licence", "行政许可"
    LEVY = "levy", "行政征收"
    CONFIRMATION = "confirmation", "行政确认"
    OTHER = "other", "其他"


class Matter(models.Model):
    """执法事项: one power of the agency, with its legal basis.

    `violation` links a penalty matter to the register, so that jurisdiction can be asked; the link may be mended
    there without touching what was published, which is why it is not part of the content.
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="matters")
    position = models.PositiveIntegerField("次序")
    serial = models.CharField("序号", max_length=30)
    slug = models.SlugField("网址代号", max_length=60)
    code = models.CharField("事项编码", max_length=60, blank=True)
    name = models.CharField("事项名称", max_length=300)
    kind = models.CharField("权力类型", max_length=16, choices=MatterKind)
    legal_basis = models.JSONField("设定和实施依据", default=list, blank=True)
    violation = models.ForeignKey(
        Violation,
        verbose_name="对应案由",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
    )
    object_classes = models.JSONField("监管对象类别", default=list, blank=True)
    level = models.CharField("行使层级", max_length=60, blank=True)
    exercised_by = models.CharField("实施主体", max_length=120, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="matter_position_once"),
            models.UniqueConstraint(fields=["version", "slug"], name="matter_slug_once"),
            models.CheckConstraint(name="matter_kind_known", condition=Q(kind__in=MatterKind.values)),
            models.CheckConstraint(name="matter_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="matter_violation_only_of_penalty",
                condition=Q(violation__isnull=True) | Q(kind="penalty"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.name}"
