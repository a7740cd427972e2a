"""How the shared import pages read and write a benchmark file."""

from __future__ import annotations

from discretion.intake import read_benchmark_file
from discretion.presentation import group_rows
from discretion.rules.import_research import BenchmarkDraft
from discretion.services.import_benchmarks import import_benchmarks
from discretion.web.surface import STANDARDS
from enforcement.actors import Actor
from enforcement.models import RuleVersion
from enforcement.services.kept_files import KeptFile
from enforcement.web.documents.table_imports import PreviewedEntry, TableImport


def read_for_preview(name: str, content: bytes) -> tuple[tuple[PreviewedEntry, ...], tuple[str, ...]]:
    """The matters of a file in words, each with its warnings. Raises InvalidInput in Chinese."""
    drafts = read_benchmark_file(name=name, content=content)
    return tuple(_previewed(draft) for draft in drafts), ()


def write_benchmarks(actor: Actor, version_id: int, file: KeptFile) -> RuleVersion:
    """The kept file in place of a draft's benchmarks."""
    drafts = read_benchmark_file(name=file.name, content=file.content)
    return import_benchmarks(actor=actor, version_id=version_id, drafts=drafts, source_note=file.source_note)


def _previewed(draft: BenchmarkDraft) -> PreviewedEntry:
    lines = tuple(
        "　".join(filter(None, (group["name"], tier["name"], "，".join(tier["amounts"]))))
        for group in group_rows(draft.rules, draft.vocabulary)
        for tier in group["tiers"]
    )
    return PreviewedEntry(serial=draft.serial, title=draft.violation, lines=lines, warnings=draft.warnings)


BENCHMARK_IMPORT = TableImport(surface=STANDARDS, read=read_for_preview, write=write_benchmarks)
