"""Training and examinations of officers, and how many hours a region asks for in a year."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from enforcement.models.officers import Officer, ThroughOfficer
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index

HOURS_STEP = Decimal("0.5")


class TrainingKind(models.TextChoices):
    PUBLIC_LAW = "public_law", "公共法律知识培训"
    LINE_LAW = "line_law", "专业法律知识培训"
    FIRST_POST = "first_post", "岗前培训"
    YEARLY = "yearly", "年度轮训"
    ONLINE = "online", "网络培训"
    OTHER = "other", "其他培训"


class Training(RegisterRow):
    """One finished training of one officer. It counts in the year of `completed_on`."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField("培训类别", max_length=12, choices=TrainingKind)
    title = models.CharField("培训名称", max_length=100)
    provider = models.CharField("主办单位", max_length=80, blank=True)
    completed_on = models.DateField("完成日期")
    hours = models.DecimalField(
        "学时",
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(HOURS_STEP), MaxValueValidator(Decimal(500))],
    )

    objects = ThroughOfficer.as_manager()
    history = row_history("培训记录")

    class Meta:
        ordering: ClassVar = ["-completed_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "title", "completed_on"],
                name="training_recorded_once",
                violation_error_message="这名人员的这次培训已经登记过。",
            ),
            models.CheckConstraint(name="training_kind_known", condition=Q(kind__in=TrainingKind.values)),
            models.CheckConstraint(name="training_hours_plausible", condition=Q(hours__gt=0, hours__lte=500)),
        ]
        indexes: ClassVar = [models.Index(fields=["completed_on"], name="training_completed")]

    def __str__(self) -> str:
        return self.title


class ExaminationKind(models.TextChoices):
    QUALIFYING = "qualifying", "执法资格考试"
    YEARLY = "yearly", "年度考核"
    RENEWAL = "renewal", "换证考试"


class Examination(RegisterRow):
    """One examination taken by one officer."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="examinations")
    kind = models.CharField("考试类别", max_length=12, choices=ExaminationKind)
    organiser = models.CharField("组织单位", max_length=80, blank=True)
    taken_on = models.DateField("考试日期")
    score = models.DecimalField("成绩", max_digits=5, decimal_places=1, null=True, blank=True)
    is_passed = models.BooleanField("合格")

    objects = ThroughOfficer.as_manager()
    history = row_history("考试记录")

    class Meta:
        ordering: ClassVar = ["-taken_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "kind", "taken_on"],
                name="examination_recorded_once",
                violation_error_message="这名人员当天的这项考试已经登记过。",
            ),
            models.CheckConstraint(
                name="examination_kind_known", condition=Q(kind__in=ExaminationKind.values)
            ),
            models.CheckConstraint(
                name="examination_score_plausible",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=150),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.taken_on}"


class TrainingRequirement(Scoped, RegisterRow):
    """年度培训学时要求 of a region and line (blank line: every line) for one year. Nothing is assumed where it is missing."""

    line_code = models.CharField("条线代码", max_length=32, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    hours = models.DecimalField(
        "要求学时",
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(HOURS_STEP), MaxValueValidator(Decimal(500))],
    )
    basis = models.CharField("依据", max_length=200)

    objects = ScopedQuerySet.as_manager()
    history = row_history("年度学时要求")

    class Meta:
        ordering: ClassVar = ["-year", "region_code", "line_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "line_code", "year"],
                name="training_required_once",
                violation_error_message="这个地区、条线和年度已有学时要求。请打开原来的一条修改。",
            ),
            models.CheckConstraint(
                name="training_requirement_plausible", condition=Q(hours__gt=0, hours__lte=500)
            ),
            models.CheckConstraint(
                name="training_requirement_whole_level",
                condition=Q(region_code__regex=r"^(\d{2}|\d{4}|\d{6}|\d{9})$"),
            ),
        ]
        indexes: ClassVar = [pattern_index("training_requirement_scope")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.year}"
