"""公开文件: the files of a published version, kept as they were made first. They never change (trigger)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.documents import RuleVersion


class VersionFile(models.Model):
    """One file of a version; `digest` is the SHA-256 of its bytes, which the ledger holds too."""

    FORMATS: ClassVar = ("pdf", "docx", "xlsx", "json")

    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="files")
    file_format = models.CharField("格式", max_length=4, choices=[(name, name) for name in FORMATS])
    content = models.BinaryField("内容")
    size = models.PositiveIntegerField("字节数")
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["version", "file_format"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "file_format"], name="version_file_once"),
            models.CheckConstraint(
                name="version_file_format_known", condition=Q(file_format__in=("pdf", "docx", "xlsx", "json"))
            ),
            models.CheckConstraint(name="version_file_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.file_format}"
