"""Drafts of benchmarks → the entries of a draft version. All or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discretion.models import Benchmark
from discretion.rules.import_research import BenchmarkDraft
from enforcement.actors import Actor
from enforcement.document_slugs import entry_slugs
from enforcement.errors import InvalidInput
from enforcement.models import RuleVersion, Violation
from enforcement.services.draft_version import edit_draft


def import_benchmarks(
    *, actor: Actor, version_id: int, drafts: Sequence[BenchmarkDraft], source_note: str = ""
) -> RuleVersion:
    """Replace the benchmarks of a draft by those read; each keeps its warnings.

    A benchmark is linked to the registered violation of the same name, so that cases find it.
    """
    if not drafts:
        raise InvalidInput.from_problems("no_matters", ["文件里没有事项，没有写入任何内容。"])

    def replace(version: RuleVersion) -> RuleVersion:
        version.benchmarks.all().delete()
        names = {draft.violation for draft in drafts}
        violations = dict(
            Violation.objects.filter(name__in=names, line_id=version.document.line_code).values_list(
                "name", "id"
            )
        )
        slugs = entry_slugs((draft.serial for draft in drafts), stem="b")
        Benchmark.objects.bulk_create(
            _row(version, position, slug, draft, violations.get(draft.violation))
            for position, (slug, draft) in enumerate(zip(slugs, drafts, strict=True), start=1)
        )
        version.source_note = source_note or version.source_note
        version.source_warnings = source_warnings(drafts)
        return version

    return edit_draft(actor=actor, version_id=version_id, change=replace, what=f"导入 {len(drafts)} 项")


def source_warnings(drafts: Sequence[BenchmarkDraft]) -> list[dict[str, str]]:
    """Every warning of every draft with the item it is about."""
    return [
        {"cell": f"第 {draft.serial} 项", "message": warning}
        for draft in drafts
        for warning in draft.warnings
    ]


def _row(
    version: RuleVersion, position: int, slug: str, draft: BenchmarkDraft, violation_id: int | None
) -> Benchmark:
    return Benchmark(
        version=version,
        position=position,
        serial=draft.serial,
        slug=slug,
        domain=draft.domain,
        category=draft.category,
        violation_name=draft.violation,
        violation_id=violation_id,
        penalty_provisions=[_reference(reference) for reference in draft.penalty_basis],
        mode=draft.mode.value,
        rules=draft.rules_document,
        declared_facts=[dict(fact) for fact in draft.declared_facts],
        warnings=list(draft.warnings),
        remark=draft.remark,
    )


def _reference(reference: Any) -> dict[str, Any]:
    """A provision reference in the project's shape; what the table did not give stays empty."""
    return {
        "law": reference.get("law") or "",
        "article": reference.get("article"),
        "paragraph": reference.get("paragraph"),
        "item": reference.get("item"),
        "text": reference.get("text") or "",
    }
