"""Regions, department lines and the agencies that enforce."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import ReferenceQuerySet, Scoped, ScopedQuerySet, pattern_index


class RegionLevel(models.TextChoices):
    PROVINCE = "province", "省"
    PREFECTURE = "prefecture", "州（市）"
    COUNTY = "county", "县（市、区）"
    TOWNSHIP = "township", "乡（镇、街道）"


class Region(RegisterRow):
    """行政区划: short GB/T 2260 code; a prefix of the code is an ancestor (53, 5301, 530102, 530102001)."""

    code = models.CharField("代码", max_length=9, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=12, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # What was before and what came after stands in RegionChange; a row is never deleted, agencies may still refer to it.
    established_on = models.DateField("设立日期", null=True, blank=True)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = row_history("行政区划")

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
            models.CheckConstraint(
                name="region_span_ordered",
                condition=Q(established_on__isnull=True)
                | Q(abolished_on__isnull=True)
                | Q(abolished_on__gt=F("established_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: dt.date) -> bool:
        """`abolished_on` is the first day on which the region is no more."""
        return (self.established_on is None or day >= self.established_on) and (
            self.abolished_on is None or day < self.abolished_on
        )


class Line(RegisterRow):
    """条线（主管领域）: market supervision, ecology, transport … `ended_on` is the last day it is used."""

    code = models.CharField("代码", max_length=32, primary_key=True)
    name = models.CharField("名称", max_length=40, unique=True)
    remit = models.CharField("职责范围", max_length=300, blank=True)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = row_history("条线")

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            # Part of addresses and of the keys of chains.
            models.CheckConstraint(
                name="line_code_plain",
                condition=Q(code__regex=r"^[A-Za-z0-9_-]+$"),
                violation_error_message="代码只用字母、数字和连字符，例如 SCJG",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyKind(models.TextChoices):
    """行政处罚法 第十七条、第十九条、第二十条: where the power to punish comes from."""

    ADMINISTRATIVE = "administrative", "行政机关"
    AUTHORISED = "authorised", "法律法规授权组织"
    ENTRUSTED = "entrusted", "受委托组织"


class Agency(RegisterRow, Scoped):
    """执法主体: one department line at one region.

    `ended_on` is its last day as an enforcement body. Earlier names stand in `AgencyName`, who took over in
    `AgencySuccession`; neither a new name nor an end touches what the agency did before.
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
    kind = models.CharField("主体性质", max_length=16, choices=AgencyKind, default=AgencyKind.ADMINISTRATIVE)
    authority_basis = models.CharField("执法依据", max_length=300, blank=True)
    established_on = models.DateField("设立日期", null=True, blank=True)
    ended_on = models.DateField("最后执法日", null=True, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    legal_office_contact = models.CharField("法制机构联系人", max_length=40, blank=True)
    legal_office_phone = models.CharField("法制机构电话", max_length=30, blank=True)
    review_authority = models.CharField("行政复议机关", max_length=80, blank=True)
    court = models.CharField("管辖法院", max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = row_history("执法主体")

    class Meta:
        ordering: ClassVar = ["region_code", "line_code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="agency_not_its_own_superior", condition=~Q(superior=models.F("id"))),
            models.CheckConstraint(name="agency_kind_known", condition=Q(kind__in=AgencyKind.values)),
            models.CheckConstraint(
                name="agency_span_ordered",
                condition=Q(established_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("established_on")),
            ),
        ]
        indexes: ClassVar = [pattern_index("agency_scope")]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: dt.date) -> bool:
        """From the day it was set up through its last day."""
        return (self.established_on is None or day >= self.established_on) and (
            self.ended_on is None or day <= self.ended_on
        )

    def clean(self) -> None:
        """A superior stands above in the same line; the table refuses anything else too (trigger)."""
        above = self.superior
        if above is None:
            return
        if above.line_code != self.line_code:
            raise ValidationError({"superior": "上级机构应在同一条线。换一个上级，或者留空"})
        if len(above.region_code) >= len(self.region_code) or not self.region_code.startswith(
            above.region_code
        ):
            raise ValidationError({"superior": "上级机构的行政区划应包含本机构。换一个上级，或者留空"})
