"""Which published version cites which provision, entry by entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from enforcement.models.documents import RuleVersion


class EntryCitation(models.Model):
    """引用: one provision named by one entry of a published version.

    Entries keep their references as JSON one floor up. This index is written when a version is published, so that the
    law pages can say who cites a provision, and which lists outlived the law they stand on. It is not evidence: it can
    be written again from the entries at any time (`index_citations`).
    """

    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="citations")
    serial = models.CharField("序号", max_length=60)
    slug = models.SlugField("网址代号", max_length=60)
    title = models.TextField("事项", blank=True)
    law_name = models.CharField("法律名称", max_length=200)
    article = models.PositiveSmallIntegerField("条", null=True, blank=True)
    paragraph = models.PositiveSmallIntegerField("款", null=True, blank=True)
    item = models.PositiveSmallIntegerField("项", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "id"]
        indexes: ClassVar = [models.Index(fields=["law_name", "article"], name="entry_citation_provision")]

    def __str__(self) -> str:
        return f"第 {self.serial} 条引用《{self.law_name}》"

    def as_reference(self) -> dict[str, object]:
        """The provision in the form entries and decisions keep."""
        return {
            "law": self.law_name,
            "article": self.article,
            "paragraph": self.paragraph,
            "item": self.item,
            "text": "",
        }
