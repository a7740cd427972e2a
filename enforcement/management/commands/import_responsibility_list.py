"""`import_responsibility_list FILE.xlsx --agency CODE`: reads a table of matters and writes a draft list."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from enforcement.actors import Actor
from enforcement.management.import_command import ImportTableCommand
from enforcement.models import DocumentKind, MatterKind, RuleVersion
from enforcement.responsibility.reading import MatterReading, read_matters
from enforcement.services.edit_matter import import_matters
from enforcement.services.kept_files import KeptFile
from enforcement.spreadsheets.guard import open_guarded


class Command(ImportTableCommand[MatterReading]):
    help = "导入权责清单，写成草稿；--dry-run 只检查不写入"
    kind = DocumentKind.RESPONSIBILITY_LIST
    slug_stem = "responsibility"
    title_ending = "权责清单"

    def read(self, file: KeptFile) -> MatterReading:
        return read_matters(open_guarded(file.content))

    def as_document(self, reading: MatterReading | None) -> dict[str, Any]:
        found = reading or MatterReading(rows=())
        return {"matters": [asdict(row) for row in found.rows], "warnings": list(found.warnings)}

    def report(self, reading: MatterReading) -> None:
        for row in reading.rows:
            self.stdout.write(f"{row.serial}　{MatterKind(row.kind).label}　{row.name}")
        for warning in reading.warnings:
            self.stdout.write(f"　　提示：{warning}")
        self.stdout.write(f"共 {len(reading.rows)} 项，提示 {len(reading.warnings)} 条。")

    def fill(self, *, actor: Actor, version_id: int, reading: MatterReading, source_note: str) -> RuleVersion:
        return import_matters(actor=actor, version_id=version_id, rows=reading.rows, source_note=source_note)
