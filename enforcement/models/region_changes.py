"""区划变更: what happened to 行政区划 codes and names. Codes are text: most of the old ones have no row of their own."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class RegionChangeKind(models.TextChoices):
    ESTABLISHED = "established", "设立"
    ABOLISHED = "abolished", "撤销"
    RENAMED = "renamed", "更名"
    CODE_CHANGED = "code_changed", "代码变更"
    TRANSFERRED = "transferred", "隶属变更"


class RegionChange(models.Model):
    """One change of one code. Rows are never changed (trigger): a mistake is corrected by a later row.

    Of older changes only the year is known; then `effective_on` is empty. `form` is the usual word (撤县设区).
    An abolished region may name in `new_code` who took over its area.
    """

    kind = models.CharField("变更类型", max_length=12, choices=RegionChangeKind)
    year = models.PositiveSmallIntegerField("年份")
    effective_on = models.DateField("变更日期", null=True, blank=True)
    old_code = models.CharField("原代码", max_length=9, blank=True)
    old_name = models.CharField("原名称", max_length=60, blank=True)
    new_code = models.CharField("新代码", max_length=9, blank=True)
    new_name = models.CharField("新名称", max_length=60, blank=True)
    form = models.CharField("变更形式", max_length=20, blank=True)
    basis = models.CharField("依据", max_length=200)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    recorded_by = models.CharField("登记人", max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", F("effective_on").desc(nulls_last=True), "old_code", "new_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "kind", "old_code", "new_code"], name="region_change_once"
            ),
            models.CheckConstraint(
                name="region_change_day_in_year",
                condition=Q(effective_on__isnull=True) | Q(effective_on__year=F("year")),
            ),
            models.CheckConstraint(
                name="region_change_sides_fit_kind",
                condition=Q(kind="established", old_code="", new_code__regex=r"^\d+$")
                | Q(kind="abolished", old_code__regex=r"^\d+$")
                | Q(kind="renamed", old_code__regex=r"^\d+$", new_code=F("old_code"))
                | (
                    Q(kind__in=["code_changed", "transferred"], old_code__regex=r"^\d+$")
                    & Q(new_code__regex=r"^\d+$")
                    & ~Q(new_code=F("old_code"))
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["old_code"], name="region_change_old"),
            models.Index(fields=["new_code"], name="region_change_new"),
        ]

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self) -> str:
        """“2016年 沾益县（530328）代码变更为沾益区（530303），撤县设区”."""
        when = f"{self.effective_on:%Y-%m-%d}" if self.effective_on else f"{self.year}年"
        old, new = f"{self.old_name}（{self.old_code}）", f"{self.new_name}（{self.new_code}）"
        form = f"，{self.form}" if self.form else ""
        match self.kind:
            case RegionChangeKind.ESTABLISHED:
                return f"{when} 设立{new}"
            case RegionChangeKind.ABOLISHED:
                return f"{when} 撤销{old}" + (f"，区域归{new}" if self.new_code else "")
            case RegionChangeKind.RENAMED:
                return f"{when} {old}更名为{self.new_name}"
            case RegionChangeKind.TRANSFERRED:
                return f"{when} {old}划归新的上级，代码为{new}"
            case _:
                return f"{when} {old}改为{new}{form}"

    def certain_from(self) -> dt.date:
        """The day from which it is certain to have happened: the end of the year where only that is known."""
        return self.effective_on or dt.date(self.year, 12, 31)
