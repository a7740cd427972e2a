"""`import_joint_list FILE.json --agency CODE`: reads a table of joint-inspection scenes and writes a draft list."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from enforcement.document_slugs import document_slug
from enforcement.errors import Refusal
from enforcement.models import DocumentKind
from enforcement.services.import_table import KeptFile, read_path, write_into_new_document
from enforcement.services.importing_account import agency_by_code, compiler_for
from joint_inspection.reading import SceneReading, read_scene_file
from joint_inspection.services.import_scenes import import_scenes


class Command(BaseCommand):
    help = "导入综合查一次清单，写成草稿；--dry-run 只检查不写入"
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="JSON 文件")
        parser.add_argument("--agency", required=True, help="编制机关的机构编码")
        parser.add_argument("--account", default="", help="编制人员的用户名；不写时用该机关的编制人员")
        parser.add_argument("--title", default="", help="清单名称；不写时由机关名称组成")
        parser.add_argument("--slug", default="", help="网址代号；不写时由机构编码和文件名组成")
        parser.add_argument("--dry-run", action="store_true", help="只读取和检查，不写入任何内容")
        parser.add_argument("--json", action="store_true", help="在标准输出打印一份 JSON 文档")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = SceneReading(scenes=())
        refused: Refusal | None = None
        try:
            file = read_path(options["file"])
            reading = read_scene_file(name=file.name, content=file.content)
            if not options["dry_run"]:
                self._write(file, reading, options)
        except Refusal as refusal:
            refused = refusal
        if options["json"]:
            document = {
                "scenes": [asdict(scene) for scene in reading.scenes],
                "warnings": list(reading.warnings),
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self._report(reading)
        if refused is not None:
            for problem in refused.data.get("problems") or [refused.message]:
                self.stderr.write(problem)
            raise SystemExit(1)

    def _report(self, reading: SceneReading) -> None:
        for scene in reading.scenes:
            self.stdout.write(f"{scene.serial}　{scene.object_class}　检查 {len(scene.items)} 项")
        for warning in reading.warnings:
            self.stdout.write(f"　　提示：{warning}")
        self.stdout.write(f"共 {len(reading.scenes)} 项，提示 {len(reading.warnings)} 条。")

    def _write(self, file: KeptFile, reading: SceneReading, options: dict[str, Any]) -> None:
        agency = agency_by_code(options["agency"])
        actor = compiler_for(agency, username=options["account"])
        version = write_into_new_document(
            actor=actor,
            kind=DocumentKind.JOINT_INSPECTION_LIST,
            slug=options["slug"] or document_slug("joint", agency.code, Path(file.name).stem),
            title=options["title"] or f"{agency.name}“综合查一次”清单",
            agency=agency,
            write=lambda version_id: import_scenes(
                actor=actor, version_id=version_id, reading=reading, source_note=file.source_note
            ),
        )
        self.stderr.write(f"已写成草稿：{version}。请提交法制审核。")
