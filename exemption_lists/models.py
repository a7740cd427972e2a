"""减免责清单: entries of the published lists of leniency (云政办发〔2022〕51号 二(一))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models import Account, RuleVersion, Violation
from exemption_lists.compiling_models import EntryComment, RemovedEntry

__all__ = [
    "EntryComment",
    "EntryScope",
    "LeniencyKind",
    "ListEntry",
    "Mandate",
    "RemovedEntry",
    "UploadedTable",
]


class LeniencyKind(models.TextChoices):
    """The four lists the policy names."""

    NO_PENALTY = "no_penalty", "不予处罚"
    LIGHTER = "lighter", "从轻处罚"
    MITIGATED = "mitigated", "减轻处罚"
    NO_COMPULSION = "no_compulsion", "免予行政强制"


class EntryScope(models.TextChoices):
    MATTER = "matter", "具体事项"
    GENERAL = "general", "通用条款"


class Mandate(models.TextChoices):
    """行政处罚法 第三十三条: “不予” binds the agency, “可以不予” leaves it a choice."""

    MUST = "must", "应当"
    MAY = "may", "可以"


class ListEntry(models.Model):
    """One row of a list: the act, when it is treated leniently, and what must still be done.

    `condition` is the typed tree over the vocabulary extended with `declared_facts`; `condition_text` is the
    published wording beside it. A clause nobody typed yet is a declared fact that the officer confirms.
    `statutory_ranges` and `fine_ranges` are lists of `{"subject", "min_fen", "max_fen"}` in whole fen: an end that is
    None is not set, a `subject` "" is the party. `fine_rule` says in words how the fine is found where no figure does.
    `lock_version` is set by a trigger: the number its draft gets with the edit that wrote the entry. `cell_marks` says
    who wrote a cell last and when: {column: [account id, moment]}.
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="list_entries")
    position = models.PositiveIntegerField("次序")
    serial = models.CharField("序号", max_length=60)
    slug = models.SlugField("网址代号", max_length=60)
    kind = models.CharField("类型", max_length=16, choices=LeniencyKind)
    scope = models.CharField("适用范围", max_length=8, choices=EntryScope, default=EntryScope.MATTER)
    mandate = models.CharField("效力", max_length=4, choices=Mandate, default=Mandate.MAY)
    domain = models.TextField("执法领域", blank=True)
    category = models.TextField("类别", blank=True)
    violation_name = models.TextField("违法行为", blank=True)
    violation = models.ForeignKey(
        Violation, on_delete=models.PROTECT, null=True, blank=True, related_name="list_entries"
    )
    violated_provisions = models.JSONField("违反依据", default=list, blank=True)
    penalty_provisions = models.JSONField("处罚依据", default=list, blank=True)
    condition_text = models.JSONField("适用条件（公布文字）", default=list, blank=True)
    condition = models.JSONField("适用条件（结构化）", default=dict)
    suggestion = models.JSONField("系统识别的条件", null=True, blank=True)
    declared_facts = models.JSONField("本条专用事实", default=list, blank=True)
    exclusions = models.JSONField("排除情形", default=list, blank=True)
    follow_up = models.JSONField("配套措施", default=list, blank=True)
    coercive_measure = models.TextField("免予的强制措施", blank=True)
    statutory_ranges = models.JSONField("法定罚款幅度", default=list, blank=True)
    fine_ranges = models.JSONField("从轻或减轻后的罚款幅度", default=list, blank=True)
    fine_rule = models.TextField("罚款确定方法", blank=True)
    plain_words = models.TextField("通俗解释", blank=True)
    example = models.TextField("举例", blank=True)
    note = models.TextField("备注", blank=True)
    source_cells = models.JSONField("来源单元格", default=dict, blank=True)
    lock_version = models.PositiveIntegerField("编辑版本", default=0, editable=False)
    cell_marks = models.JSONField("各格最后修改", default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            # Checked at the end of a statement, so that one statement can move many entries.
            models.UniqueConstraint(
                fields=["version", "position"],
                name="list_entry_position_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.UniqueConstraint(fields=["version", "slug"], name="list_entry_slug_once"),
            models.CheckConstraint(name="list_entry_kind_known", condition=Q(kind__in=LeniencyKind.values)),
            models.CheckConstraint(
                name="list_entry_matter_named", condition=Q(scope="general") | ~Q(violation_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.serial} 条 {self.violation_name or '通用条款'}"


class UploadedTable(models.Model):
    """A spreadsheet between upload and “写入草稿”. Its bytes and what was decided about them (`choices`: columns,
    corrections, targets) are kept until it is written or for 24 hours; the digest and the versions it was written into
    stay, so that the same file is recognised later.
    """

    KEPT_FOR: ClassVar = dt.timedelta(hours=24)

    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    content = models.BinaryField("文件", null=True)
    choices = models.JSONField("导入时的选择", default=dict, blank=True)
    imported_at = models.DateTimeField("写入时间", null=True, blank=True)
    versions = models.ManyToManyField(RuleVersion, related_name="uploaded_tables", blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]
        indexes: ClassVar = [models.Index(fields=["digest"], name="uploaded_table_digest")]

    def __str__(self) -> str:
        return self.file_name

    def is_open_at(self, moment: dt.datetime) -> bool:
        """Whether it can still be written into a draft."""
        return self.content is not None and moment < self.uploaded_at + self.KEPT_FOR
