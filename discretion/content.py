"""The canonical content of a benchmark standard, and what blocks its publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from discretion.rules.documents import rules_from_document
from enforcement.conditions.vocabulary import STANDARD
from enforcement.documents import CitingEntry, DocumentBody, SearchEntry, copy_into
from enforcement.errors import InvalidInput
from enforcement.models import DocumentKind, RuleVersion

CONTENT_FIELDS = (
    "serial",
    "slug",
    "domain",
    "category",
    "violation_name",
    "penalty_provisions",
    "mode",
    "rules",
    "declared_facts",
    "remark",
)


def content_of(version: RuleVersion) -> list[dict[str, Any]]:
    """Benchmarks in order, every published field."""
    return list(version.benchmarks.order_by("position").values("position", *CONTENT_FIELDS))


def problems_of(version: RuleVersion) -> list[str]:
    """What must be mended before review and publication. Oddities of the source are warnings, not problems."""
    benchmarks = list(version.benchmarks.order_by("position"))
    if not benchmarks:
        return ["基准里还没有内容。请先导入。"]
    problems: list[str] = []
    named = Counter((benchmark.serial, benchmark.violation_name) for benchmark in benchmarks)
    problems += [
        f"第 {serial} 项“{name}”出现了 {times} 次。" for (serial, name), times in named.items() if times > 1
    ]
    for benchmark in benchmarks:
        try:
            rules_from_document(benchmark.rules, STANDARD.with_declared(benchmark.declared_facts))
        except InvalidInput as refusal:
            problems += [f"第 {benchmark.serial} 项：{problem}" for problem in refusal.problems]
    return problems


def copy_entries(source: RuleVersion, target: RuleVersion) -> None:
    """Fill a new draft with the benchmarks of an earlier version."""
    copy_into(source.benchmarks.all(), target)


def citing_entries(version: RuleVersion) -> Iterator[CitingEntry]:
    """The provisions that punish, benchmark by benchmark."""
    for benchmark in version.benchmarks.order_by("position"):
        references = tuple(benchmark.penalty_provisions)
        yield CitingEntry(benchmark.serial, benchmark.slug, benchmark.violation_name, references)


def search_entries(version: RuleVersion) -> Iterator[SearchEntry]:
    """By the act and the names of its tiers."""
    for benchmark in version.benchmarks.order_by("position"):
        tiers = [
            tier["name"] for group in benchmark.rules.get("groups", ()) for tier in group.get("tiers", ())
        ]
        names = "、".join(dict.fromkeys(tiers))
        mode = benchmark.get_mode_display()
        yield SearchEntry(
            slug=benchmark.slug,
            title=benchmark.violation_name,
            tag="裁量基准",
            summary=f"{mode}：{names}" if names else mode,
            others=(
                benchmark.domain,
                benchmark.category,
                *(str(one.get("text") or "") for one in benchmark.penalty_provisions),
            ),
        )


BODY = DocumentBody(
    kind=DocumentKind.BENCHMARK_STANDARD,
    content_of=content_of,
    problems_of=problems_of,
    copy_entries=copy_entries,
    citing_entries=citing_entries,
    search_entries=search_entries,
)
