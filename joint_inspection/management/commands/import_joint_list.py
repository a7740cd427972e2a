"""`import_joint_list FILE.json --agency CODE`: reads a table of joint-inspection scenes and writes a draft list."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from enforcement.actors import Actor
from enforcement.management.import_command import ImportTableCommand
from enforcement.models import DocumentKind, RuleVersion
from enforcement.services.kept_files import KeptFile
from joint_inspection.reading import SceneReading, read_scene_file
from joint_inspection.services.import_scenes import import_scenes


class Command(ImportTableCommand[SceneReading]):
    help = "导入综合查一次清单，写成草稿；--dry-run 只检查不写入"
    kind = DocumentKind.JOINT_INSPECTION_LIST
    slug_stem = "joint"
    title_ending = "“综合查一次”清单"

    def read(self, file: KeptFile) -> SceneReading:
        return read_scene_file(name=file.name, content=file.content)

    def as_document(self, reading: SceneReading | None) -> dict[str, Any]:
        found = reading or SceneReading(scenes=())
        return {"scenes": [asdict(scene) for scene in found.scenes], "warnings": list(found.warnings)}

    def report(self, reading: SceneReading) -> None:
        for scene in reading.scenes:
            self.stdout.write(f"{scene.serial}　{scene.object_class}　检查 {len(scene.items)} 项")
        for warning in reading.warnings:
            self.stdout.write(f"　　提示：{warning}")
        self.stdout.write(f"共 {len(reading.scenes)} 项，提示 {len(reading.warnings)} 条。")

    def fill(self, *, actor: Actor, version_id: int, reading: SceneReading, source_note: str) -> RuleVersion:
        return import_scenes(actor=actor, version_id=version_id, reading=reading, source_note=source_note)
