"""`import_benchmark FILE.json --agency CODE`: reads a benchmark table and writes a draft standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from discretion.intake import read_benchmark_file
from discretion.presentation import group_rows
from discretion.rules.import_research import BenchmarkDraft
from discretion.services.import_benchmarks import import_benchmarks
from enforcement.document_slugs import document_slug
from enforcement.errors import Refusal
from enforcement.models import DocumentKind
from enforcement.services.import_table import KeptFile, read_path, write_into_new_document
from enforcement.services.importing_account import agency_by_code, compiler_for


class Command(BaseCommand):
    help = "导入裁量权基准，写成草稿；--dry-run 只检查不写入"
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="JSON 文件")
        parser.add_argument("--agency", required=True, help="编制机关的机构编码")
        parser.add_argument("--account", default="", help="编制人员的用户名；不写时用该机关的编制人员")
        parser.add_argument("--title", default="", help="基准名称；不写时由机关名称组成")
        parser.add_argument("--slug", default="", help="网址代号；不写时由机构编码和文件名组成")
        parser.add_argument("--dry-run", action="store_true", help="只读取和检查，不写入任何内容")
        parser.add_argument("--json", action="store_true", help="在标准输出打印一份 JSON 文档")

    def handle(self, *args: Any, **options: Any) -> None:
        drafts: list[BenchmarkDraft] = []
        refused: Refusal | None = None
        try:
            file = read_path(options["file"])
            drafts = read_benchmark_file(name=file.name, content=file.content)
            if not options["dry_run"]:
                self._write(file, drafts, options)
        except Refusal as refusal:
            refused = refusal
        if options["json"]:
            document = {"matters": [_as_json(draft) for draft in drafts]}
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self._report(drafts)
        if refused is not None:
            for problem in refused.data.get("problems") or [refused.message]:
                self.stderr.write(problem)
            raise SystemExit(1)

    def _report(self, drafts: list[BenchmarkDraft]) -> None:
        for draft in drafts:
            self.stdout.write(f"{draft.serial}　{draft.violation}")
            for warning in draft.warnings:
                self.stdout.write(f"　　提示：{warning}")
        warned = sum(len(draft.warnings) for draft in drafts)
        self.stdout.write(f"共 {len(drafts)} 项，提示 {warned} 条。")

    def _write(self, file: KeptFile, drafts: list[BenchmarkDraft], options: dict[str, Any]) -> None:
        agency = agency_by_code(options["agency"])
        actor = compiler_for(agency, username=options["account"])
        version = write_into_new_document(
            actor=actor,
            kind=DocumentKind.BENCHMARK_STANDARD,
            slug=options["slug"] or document_slug("standard", agency.code, Path(file.name).stem),
            title=options["title"] or f"{agency.name}行政处罚裁量权基准",
            agency=agency,
            write=lambda version_id: import_benchmarks(
                actor=actor, version_id=version_id, drafts=drafts, source_note=file.source_note
            ),
        )
        self.stderr.write(f"已写成草稿：{version}。请提交法制审核。")


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
