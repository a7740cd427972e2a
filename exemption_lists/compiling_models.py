"""What people leave beside the entries while they compile: comments, and rows taken out that can come back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models import Account, RuleVersion


class EntryComment(models.Model):
    """A remark about one cell of a version under work, or an answer to one; never part of what is published.

    It is tied to the entry's slug and not to its row, so that it outlives a removal that is undone. A thread is a
    comment without `answer_to` and its answers; `resolved_at` stands on the first comment of the thread.
    """

    LONGEST: ClassVar = 2000

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="entry_comments")
    entry_slug = models.SlugField("条目网址代号", max_length=60)
    column = models.CharField("列", max_length=40)
    text = models.TextField("批注")
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField("写于")
    answer_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    resolved_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("处理完毕", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["version", "entry_slug"], name="entry_comment_place")]
        constraints: ClassVar = [
            models.CheckConstraint(name="entry_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="entry_comment_resolved_by_someone",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, answer_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_slug}：{self.text[:20]}"


class RemovedEntry(models.Model):
    """An entry taken out of a draft in the table, as it was, so that the removal can be undone with nothing lost."""

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="removed_entries")
    content = models.JSONField("条目内容")
    removed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("移出时间")

    class Meta:
        ordering: ClassVar = ["-removed_at", "-pk"]

    def __str__(self) -> str:
        return f"第 {self.content.get('serial', '')} 条"
