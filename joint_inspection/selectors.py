"""Reads of joint-inspection scenes."""

from __future__ import annotations

from django.db.models import QuerySet

from enforcement.models import RuleDocument, RuleVersion
from joint_inspection.models import InspectionScene


def scenes_of(version: RuleVersion) -> QuerySet[InspectionScene]:
    """The scenes of a version in their printed order."""
    return InspectionScene.objects.filter(version=version).order_by("position")


def find_scene(*, version: RuleVersion, slug: str) -> InspectionScene | None:
    """One scene of a version by its slug."""
    return scenes_of(version).filter(slug=slug).first()


def versions_with_scene(*, document: RuleDocument, slug: str) -> frozenset[int]:
    """Ids of the document's versions that hold a scene of this slug."""
    held = InspectionScene.objects.filter(version__document=document, slug=slug)
    return frozenset(held.values_list("version_id", flat=True))
