"""Adding, editing and removing scenes of a draft. Every act goes through `edit_draft`."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import Max

from enforcement.actors import Actor
from enforcement.document_slugs import entry_slugs
from enforcement.errors import InvalidInput, Refusal
from enforcement.models import RuleVersion
from enforcement.services.draft_version import edit_draft
from joint_inspection.models import InspectionScene


@dataclass(frozen=True, slots=True)
class SceneFields:
    """What a person fills in about a scene."""

    serial: str
    object_class: str
    lead_agency: str
    joint_agencies: list[str]
    items: list[str]
    legal_basis: list[str]
    item_class: str = ""
    sampling: str = ""
    level: str = ""
    period: str = ""
    note: str = ""


def add_scene(
    *, actor: Actor, version_id: int, fields: SceneFields, expected_lock: int | None = None
) -> InspectionScene:
    """A new scene behind the last one."""
    _require_complete(fields)

    def change(version: RuleVersion) -> InspectionScene:
        last = version.scenes.aggregate(last=Max("position"))["last"] or 0
        taken = version.scenes.values_list("slug", flat=True)
        slug = next(entry_slugs([fields.serial], stem="s", taken=taken))
        return InspectionScene.objects.create(version=version, position=last + 1, slug=slug, **asdict(fields))

    what = f"增加第 {fields.serial} 项"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def edit_scene(
    *, actor: Actor, version_id: int, entry_id: int, fields: SceneFields, expected_lock: int | None = None
) -> InspectionScene:
    """Change the fields of a scene; its slug stays, so that its address keeps its stem over the versions."""
    _require_complete(fields)

    def change(version: RuleVersion) -> InspectionScene:
        scene = _scene(version, entry_id)
        for name, value in asdict(fields).items():
            setattr(scene, name, value)
        scene.save()
        return scene

    what = f"修改第 {fields.serial} 项"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def remove_scene(*, actor: Actor, version_id: int, entry_id: int, serial: str) -> None:
    """Take a scene out of the draft."""

    def change(version: RuleVersion) -> None:
        _scene(version, entry_id).delete()

    edit_draft(actor=actor, version_id=version_id, change=change, what=f"删除第 {serial} 项")


def _scene(version: RuleVersion, entry_id: int) -> InspectionScene:
    scene: InspectionScene | None = version.scenes.filter(pk=entry_id).first()
    if scene is None:
        raise Refusal("scene_missing", "没有这一项，它可能刚被其他人删除。")
    return scene


def _require_complete(fields: SceneFields) -> None:
    required = (
        (fields.serial, "填写序号。"),
        (fields.object_class, "填写监管对象类别。"),
        (fields.lead_agency, "填写牵头单位。"),
        (fields.items, "填写检查事项。"),
    )
    problems = [problem for value, problem in required if not value]
    if fields.lead_agency in fields.joint_agencies:
        problems.append("牵头单位不能同时列为协同单位。")
    if problems:
        raise InvalidInput.from_problems("scene_fields", problems)
