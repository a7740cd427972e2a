"""综合查一次清单: which agencies inspect one class of objects together (云政办发〔2022〕51号 二(三))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from enforcement.models import RuleVersion


class InspectionScene(models.Model):
    """One row of a list: object class, lead, collaborating agencies, items, basis.

    Agencies are named as the published table names them (部门 or a class of agencies); `sampling` is text because
    tables write “5%”, “60-70家” or “市级2% 区级10%”.
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="scenes")
    position = models.PositiveIntegerField("次序")
    serial = models.CharField("序号", max_length=30)
    slug = models.SlugField("网址代号", max_length=60)
    object_class = models.CharField("监管对象类别", max_length=200)
    lead_agency = models.CharField("牵头单位", max_length=200)
    joint_agencies = models.JSONField("协同单位", default=list, blank=True)
    items = models.JSONField("检查事项", default=list)
    legal_basis = models.JSONField("执法依据", default=list, blank=True)
    item_class = models.CharField("事项类别", max_length=60, blank=True)
    sampling = models.CharField("抽查比例及频次", max_length=120, blank=True)
    level = models.CharField("实施层级", max_length=120, blank=True)
    period = models.CharField("实施时间", max_length=120, blank=True)
    note = models.TextField("备注", blank=True)
    source_note = models.TextField("来源", blank=True)

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="scene_position_once"),
            models.UniqueConstraint(fields=["version", "slug"], name="scene_slug_once"),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.object_class}"
