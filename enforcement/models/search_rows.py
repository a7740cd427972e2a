"""What the public search looks into: one row per entry of a published version, and one for the version itself."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from enforcement.models.documents import RuleVersion


class SearchRow(models.Model):
    """An entry as it is searched. `entry_slug` "" is the whole document. `searched` is plain text (see
    `enforcement.search.text`), `pairs` the pairs of its neighbouring characters.

    Written when a version is published and whenever `index_search` runs; it is no evidence. What is in force is asked of
    the versions on the day of the question.
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.CASCADE, related_name="search_rows")
    position = models.PositiveIntegerField("次序")
    entry_slug = models.SlugField("网址代号", max_length=60, blank=True)
    title = models.TextField("名称")
    plain_title = models.TextField("名称（检索形式）")
    tag = models.CharField("标签", max_length=40, blank=True)
    summary = models.TextField("一行说明", blank=True)
    searched = models.TextField("检索文字")
    pairs = ArrayField(models.CharField(max_length=2), verbose_name="相邻字对")

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "entry_slug"], name="search_row_once"),
        ]
        # Read all day, written at publications: nothing waits in a list that every reader would have to go through.
        indexes: ClassVar = [GinIndex(fields=["pairs"], name="search_row_pairs", fastupdate=False)]

    def __str__(self) -> str:
        return self.title
