"""裁量权基准: the benchmarks of published standards (云政办发〔2022〕51号 二(二))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from enforcement.models import RuleVersion, Violation


class BenchmarkMode(models.TextChoices):
    RANGE_TIERS = "range_tiers", "按档次"
    RANGE_MATRIX = "range_matrix", "多维档次"
    WEIGHT_SUM = "weight_sum", "因素加权"
    DAILY_ACCRUAL = "daily_accrual", "按日累计"
    RANGE_MIDPOINT_FORMULA = "range_midpoint_formula", "中值加系数"


class Benchmark(models.Model):
    """One violation of a standard. `rules` parses to `discretion.rules.schema.BenchmarkRules` (groups, tiers,
    components in fen, formulas); tables differ too much for columns of their own.
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="benchmarks")
    position = models.PositiveIntegerField("次序")
    serial = models.CharField("序号", max_length=30)
    slug = models.SlugField("网址代号", max_length=60)
    domain = models.CharField("执法领域", max_length=60, blank=True)
    category = models.CharField("类别", max_length=80, blank=True)
    violation_name = models.TextField("违法行为")
    violation = models.ForeignKey(
        Violation, on_delete=models.PROTECT, null=True, blank=True, related_name="benchmarks"
    )
    penalty_provisions = models.JSONField("处罚依据", default=list, blank=True)
    mode = models.CharField("计算方式", max_length=24, choices=BenchmarkMode)
    rules = models.JSONField("裁量规则")
    declared_facts = models.JSONField("本项专用事实", default=list, blank=True)
    warnings = models.JSONField("导入提示", default=list, blank=True)
    remark = models.TextField("备注", blank=True)
    source_cells = models.JSONField("来源单元格", default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="benchmark_position_once"),
            models.UniqueConstraint(fields=["version", "slug"], name="benchmark_slug_once"),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.violation_name}"
