"""Regions, department lines and the agencies that enforce."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index


class RegionLevel(models.TextChoices):
    PROVINCE = "province", "省"
    PREFECTURE = "prefecture", "州（市）"
    COUNTY = "county", "县（市、区）"
    TOWNSHIP = "township", "乡（镇、街道）"


class Region(models.Model):
    """行政区划: short GB/T 2260 code; a prefix of the code is an ancestor (53, 5301, 530102, 530102001)."""

    code = models.CharField("代码", max_length=9, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=12, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="region_code_length_matches_level",
                condition=Q(level="province", code__regex=r"^\d{2}$")
                | Q(level="prefecture", code__regex=r"^\d{4}$")
                | Q(level="county", code__regex=r"^\d{6}$")
                | Q(level="township", code__regex=r"^\d{9}$"),
            ),
            models.CheckConstraint(
                name="region_parent_unless_province",
                condition=Q(level="province", parent__isnull=True)
                | (~Q(level="province") & Q(parent__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """条线（主管领域）: market supervision, ecology, transport …"""

    code = models.CharField("代码", max_length=32, primary_key=True)
    name = models.CharField("名称", max_length=40, unique=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Agency(Scoped):
    """执法主体: one department line at one region.

    `document_prefix` is what its document numbers begin with (昆市监). `superior` is the same line one level up,
    the authority that hears an administrative review beside the people's government.
    """

    code = models.CharField("机构编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=80, unique=True)
    short_name = models.CharField("简称", max_length=40)
    document_prefix = models.CharField("文号机关代字", max_length=20)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="agencies")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="agencies")
    superior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subordinates"
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    legal_office_contact = models.CharField("法制机构联系人", max_length=40, blank=True)
    legal_office_phone = models.CharField("法制机构电话", max_length=30, blank=True)
    review_authority = models.CharField("行政复议机关", max_length=80, blank=True)
    court = models.CharField("管辖法院", max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["region_code", "line_code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="agency_not_its_own_superior", condition=~Q(superior=models.F("id"))),
        ]
        indexes: ClassVar = [pattern_index("agency_scope")]

    def __str__(self) -> str:
        return self.name
