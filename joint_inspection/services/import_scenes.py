"""A reading of scenes → the entries of a draft. All or nothing."""

from __future__ import annotations

from enforcement.actors import Actor
from enforcement.document_slugs import entry_slugs
from enforcement.models import RuleVersion
from enforcement.services.draft_version import edit_draft
from joint_inspection.models import InspectionScene
from joint_inspection.reading import DraftScene, SceneReading


def import_scenes(
    *, actor: Actor, version_id: int, reading: SceneReading, source_note: str = ""
) -> RuleVersion:
    """Replace the scenes of a draft by those read; the warnings stay with the version."""

    def replace(version: RuleVersion) -> RuleVersion:
        version.scenes.all().delete()
        slugs = entry_slugs((scene.serial for scene in reading.scenes), stem="s")
        InspectionScene.objects.bulk_create(
            _row(version, position, slug, scene)
            for position, (slug, scene) in enumerate(zip(slugs, reading.scenes, strict=True), start=1)
        )
        version.source_note = source_note or version.source_note
        version.source_warnings = [{"cell": "", "message": message} for message in reading.warnings]
        return version

    return edit_draft(
        actor=actor, version_id=version_id, change=replace, what=f"导入 {len(reading.scenes)} 项"
    )


def _row(version: RuleVersion, position: int, slug: str, scene: DraftScene) -> InspectionScene:
    return InspectionScene(
        version=version,
        position=position,
        serial=scene.serial,
        slug=slug,
        object_class=scene.object_class,
        lead_agency=scene.lead_agency,
        joint_agencies=list(scene.joint_agencies),
        items=list(scene.items),
        legal_basis=list(scene.legal_basis),
        item_class=scene.item_class,
        sampling=scene.sampling,
        level=scene.level,
        period=scene.period,
        note=scene.note,
        source_note=scene.source,
    )
