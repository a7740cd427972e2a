"""裁量权基准 as pages: what the shared document pages take from this app."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from discretion.content import BODY
from discretion.models import Benchmark
from discretion.selectors import (
    benchmark_rules,
    benchmark_vocabulary,
    benchmarks_of,
    find_benchmark,
    marks_of_violation,
    versions_with_benchmark,
)
from discretion.trial import questions_of
from discretion.web import benchmark_words as words
from discretion.web.trial_form import TrialForm
from enforcement.models import RuleDocument, RuleVersion
from enforcement.spreadsheets.writing import write_workbook
from enforcement.web.documents.surface import DocumentSurface, EntryListing, Facet
from enforcement.web.laws.linking import linked


def list_entries(version: RuleVersion, query: str, facet: str) -> EntryListing:
    """The benchmarks that contain the words and belong to the category."""
    benchmarks = list(benchmarks_of(version))
    counts = Counter(benchmark.category for benchmark in benchmarks if benchmark.category)
    facets = tuple(Facet(name, name, count) for name, count in counts.items()) if len(counts) > 1 else ()
    shown = [one for one in benchmarks if facet in ("", one.category) and _contains(one, query)]
    rows = tuple(words.row_of(benchmark) for benchmark in shown)
    return EntryListing(rows=rows, total=len(benchmarks), facets=facets)


def _contains(benchmark: Benchmark, query: str) -> bool:
    searched = (
        benchmark.serial,
        benchmark.violation_name,
        benchmark.domain,
        benchmark.category,
        benchmark.remark,
    )
    return not query or any(query.lower() in text.lower() for text in searched)


def benchmark_context(benchmark: Benchmark) -> dict[str, Any]:
    """What the officer's and the public page of a benchmark share. Raises InvalidInput for a broken document."""
    rules, vocabulary = benchmark_rules(benchmark), benchmark_vocabulary(benchmark)
    return {
        "benchmark": benchmark,
        "heading": benchmark.violation_name,
        "serial": benchmark.serial,
        "words": words.words_of(benchmark),
        "trial_form": TrialForm(questions=questions_of(rules, vocabulary)),
    }


def entry_page(version: RuleVersion, slug: str) -> Mapping[str, Any] | None:
    """Context of the public page of a benchmark."""
    benchmark = find_benchmark(version=version, slug=slug)
    if benchmark is None:
        return None
    return benchmark_context(benchmark) | {
        "violation": benchmark.violation,
        "title": f"{benchmark.violation_name[:60]}，裁量基准",
        "crumb": f"第 {benchmark.serial} 项",
        "penalties": linked(benchmark.penalty_provisions, on=version.effective_from),
        "trial_url": reverse("standards_public:trial", args=[version.document.slug, version.number, slug]),
    }


def entry_versions(document: RuleDocument, slug: str) -> frozenset[int]:
    """Versions of the document that hold a benchmark of this slug."""
    return versions_with_benchmark(document=document, slug=slug)


def workbook_of(version: RuleVersion) -> bytes:
    """The benchmarks as a spreadsheet, one row per tier."""
    return write_workbook([words.sheet_of(version.document.title, benchmarks_of(version))])


STANDARDS = DocumentSurface(
    body=BODY,
    officer_namespace="standards",
    public_namespace="standards_public",
    officer_column="裁量权基准",
    public_column="裁量基准",
    unit="项",
    title_column="违法行为",
    columns=words.COLUMNS,
    introduction="违法行为成立以后罚多少：分几档、每档什么情形、怎么计算，都列在这里。每一项都可以试算。",
    list_entries=list_entries,
    entry_page=entry_page,
    entry_versions=entry_versions,
    workbook_of=workbook_of,
    entry_template="discretion/public_entry.html",
    facet_label="类别",
    import_route="import",
    import_label="从 JSON 导入",
    may_add_entries=False,
    marks_about=marks_of_violation,
)
