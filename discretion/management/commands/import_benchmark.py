"""`import_benchmark FILE.json --agency CODE`: reads a benchmark table and writes a draft standard."""

from __future__ import annotations

from typing import Any

from discretion.intake import read_benchmark_file
from discretion.presentation import group_rows
from discretion.rules.import_research import BenchmarkDraft
from discretion.services.import_benchmarks import import_benchmarks
from enforcement.actors import Actor
from enforcement.management.import_command import ImportTableCommand
from enforcement.models import DocumentKind, RuleVersion
from enforcement.services.kept_files import KeptFile


class Command(ImportTableCommand[list[BenchmarkDraft]]):
    help = "导入裁量权基准，写成草稿；--dry-run 只检查不写入"
    kind = DocumentKind.BENCHMARK_STANDARD
    slug_stem = "standard"
    title_ending = "行政处罚裁量权基准"

    def read(self, file: KeptFile) -> list[BenchmarkDraft]:
        return read_benchmark_file(name=file.name, content=file.content)

    def as_document(self, reading: list[BenchmarkDraft] | None) -> dict[str, Any]:
        return {"matters": [_as_json(draft) for draft in reading or []]}

    def report(self, reading: list[BenchmarkDraft]) -> None:
        for draft in reading:
            self.stdout.write(f"{draft.serial}　{draft.violation}")
            for warning in draft.warnings:
                self.stdout.write(f"　　提示：{warning}")
        warned = sum(len(draft.warnings) for draft in reading)
        self.stdout.write(f"共 {len(reading)} 项，提示 {warned} 条。")

    def fill(
        self, *, actor: Actor, version_id: int, reading: list[BenchmarkDraft], source_note: str
    ) -> RuleVersion:
        return import_benchmarks(actor=actor, version_id=version_id, drafts=reading, source_note=source_note)


def _as_json(draft: BenchmarkDraft) -> dict[str, Any]:
    return {
        "serial": draft.serial,
        "violation": draft.violation,
        "groups": [_group_json(group) for group in group_rows(draft.rules, draft.vocabulary)],
        "warnings": list(draft.warnings),
    }


def _group_json(group: dict[str, Any]) -> dict[str, Any]:
    tiers = [{key: tier[key] for key in ("name", "conditions", "amounts")} for tier in group["tiers"]]
    return {"name": group["name"], "tiers": tiers}
