"""Laws, their provisions, and the violations that enforcement matters are about."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from enforcement.models.agencies import Line
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import ReferenceQuerySet


class LawLevel(models.TextChoices):
    """效力层级 (立法法): who made it decides what it may punish."""

    LAW = "law", "法律"
    ADMINISTRATIVE_REGULATION = "administrative_regulation", "行政法规"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    DEPARTMENT_RULE = "department_rule", "部门规章"
    LOCAL_RULE = "local_rule", "地方政府规章"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件"


class LawChange(models.TextChoices):
    """How this text came about."""

    ENACTED = "enacted", "制定"
    REVISED = "revised", "修订"
    AMENDED = "amended", "修正"


class LawEnding(models.TextChoices):
    """How this text ends: another text of the same law takes its place, or the law is gone."""

    REPLACED = "replaced", "被新文本替代"
    REPEALED = "repealed", "废止"


class LawQuerySet(ReferenceQuerySet):
    def in_force_on(self, day: dt.date) -> Self:
        """Texts in force on `day`: the span is half-open, so the last day is the one before `effective_until`."""
        return self.filter(effective_from__lte=day).filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=day)
        )


def _hash_of_name() -> Func:
    # Equality inside an exclusion constraint without an extension: a one-element range of the name's hash.
    hashed = Func(F("name"), Value(0), function="hashtextextended", output_field=models.BigIntegerField())
    return Func(hashed, hashed.copy(), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class Law(RegisterRow):
    """法律、法规、规章: one text of a law. A later revision is a row of its own with its own effective dates.

    Citations name a law by its title, so at most one text of a title is in force on any day; the database refuses an
    overlap. `succeeded_by` is the text that took over, of the same title or of another (a code that absorbed it).
    """

    name = models.CharField("名称", max_length=120)
    level = models.CharField("效力层级", max_length=30, choices=LawLevel, blank=True)
    issued_by = models.CharField("制定机关", max_length=80, blank=True)
    document_number = models.CharField("公布文号", max_length=60, blank=True)
    change_kind = models.CharField("本次变动", max_length=10, choices=LawChange, default=LawChange.ENACTED)
    promulgated_on = models.DateField("公布日期", null=True, blank=True)
    effective_from = models.DateField("施行日期")
    effective_until = models.DateField("失效日期", null=True, blank=True)
    ending = models.CharField("失效原因", max_length=10, choices=LawEnding, blank=True)
    succeeded_by = models.ForeignKey(
        "self",
        verbose_name="由何文本接续",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="preceded_by",
    )

    objects = LawQuerySet.as_manager()
    history = row_history("法律")

    class Meta:
        ordering: ClassVar = ["name", "effective_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "effective_from"], name="law_revision_once"),
            models.CheckConstraint(
                name="law_span_ordered",
                condition=Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")),
            ),
            models.CheckConstraint(
                name="law_promulgated_before_effective",
                condition=Q(promulgated_on__isnull=True) | Q(promulgated_on__lte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="law_ending_has_day", condition=Q(ending="") | Q(effective_until__isnull=False)
            ),
            models.CheckConstraint(
                name="law_level_known", condition=Q(level="") | Q(level__in=LawLevel.values)
            ),
            models.CheckConstraint(
                name="law_change_kind_known", condition=Q(change_kind__in=LawChange.values)
            ),
            models.CheckConstraint(
                name="law_ending_known", condition=Q(ending="") | Q(ending__in=LawEnding.values)
            ),
            models.CheckConstraint(
                name="law_not_its_own_successor",
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("id")),
            ),
            ExclusionConstraint(
                name="law_one_text_in_force",
                expressions=[
                    (_hash_of_name(), "&&"),
                    (
                        Func(
                            F("effective_from"),
                            F("effective_until"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                violation_error_message="同名法律的另一文本在这段时间内也有效。请先填写前一文本的失效日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_in_force_on(self, day: dt.date) -> bool:
        return self.effective_from <= day and (self.effective_until is None or day < self.effective_until)


class Provision(RegisterRow):
    """条款: article, paragraph and item of one revision of a law. `gist` is our own summary, never the official text."""

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="provisions")
    article = models.PositiveSmallIntegerField("条")
    paragraph = models.PositiveSmallIntegerField("款", null=True, blank=True)
    item = models.PositiveSmallIntegerField("项", null=True, blank=True)
    gist = models.TextField("内容提要", blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = row_history("条款")

    class Meta:
        ordering: ClassVar = ["law", "article", "paragraph", "item"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["law", "article", "paragraph", "item"], name="provision_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="provision_article_counted", condition=Q(article__gte=1)),
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


class ProvisionSuccession(RegisterRow):
    """新旧条款对应: what a provision became in the text that took over (renumbered, split or merged)."""

    old = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="origins")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = row_history("新旧条款对应")

    class Meta:
        ordering: ClassVar = ["old", "new"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="provision_succession_once"),
            models.CheckConstraint(name="provision_succession_moves", condition=~Q(old=F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Violation(RegisterRow):
    """违法行为（案由）: the provision violated, the provision that punishes, and the statutory limits of the fine.

    The provisions are written as citations, one a line, and linked to the register's rows from there: the words are what
    history keeps, the links are what questions are asked of. `statutory_fine` holds components in the shape of a
    benchmark component (amounts in fen), empty when the statute sets no fine.
    """

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=300)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="violations")
    violated_text = models.TextField("违反依据", blank=True)
    punished_text = models.TextField("处罚依据", blank=True)
    violated = models.ManyToManyField(Provision, related_name="violated_by")
    punished_by = models.ManyToManyField(Provision, related_name="punishes")
    statutory_fine = models.JSONField("法定罚款", default=list, blank=True)
    is_high_frequency = models.BooleanField("高频执法事项", default=False)
    key_area = models.CharField("重点领域", max_length=40, blank=True)

    objects = ReferenceQuerySet.as_manager()
    history = row_history("案由")

    class Meta:
        ordering: ClassVar = ["line", "code"]

    def __str__(self) -> str:
        return self.name
