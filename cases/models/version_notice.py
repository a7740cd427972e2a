"""A running case was told of a newer version of the rules for its violation. The row is only the memory of having told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cases.models.case import Case
from enforcement.models import RuleVersion


class CaseVersionNotice(models.Model):
    """What is shown is computed from dates (`cases/version_changes.py`); the row says that the handlers were told."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="version_notices")
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+")
    noticed_on = models.DateField("通知日期")

    class Meta:
        ordering: ClassVar = ["-noticed_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "version"], name="case_version_noticed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.version_id}"
