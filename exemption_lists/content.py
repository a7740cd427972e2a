"""What a leniency list says, in canonical form; what blocks its publishing; how a next version begins."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from enforcement.conditions.parse import ConditionError, parse_condition
from enforcement.conditions.vocabulary import VocabularyError
from enforcement.documents import CitingEntry, DocumentBody, Finding, SearchEntry
from enforcement.models import DocumentKind, RuleVersion
from exemption_lists.checks.findings import findings_about
from exemption_lists.models import ListEntry
from exemption_lists.selectors import entries_of, vocabulary_of

# What an entry says. The link to the violation register, the suggestion and the source cells are working aids:
# they may be corrected in the register without changing what was published.
CONTENT_FIELDS = (
    "position",
    "serial",
    "slug",
    "kind",
    "scope",
    "mandate",
    "domain",
    "category",
    "violation_name",
    "violated_provisions",
    "penalty_provisions",
    "condition_text",
    "condition",
    "declared_facts",
    "exclusions",
    "follow_up",
    "coercive_measure",
    "note",
)
# Fields that came later are left out while they are empty, so that what was published before keeps its digest.
LATER_FIELDS = ("statutory_ranges", "fine_ranges", "fine_rule", "plain_words", "example")
NO_ENTRIES = "清单还没有条目。先从表格导入，或者增加一条；确实没有的，声明没有条目。"
COPIED_FIELDS = (*CONTENT_FIELDS, *LATER_FIELDS, "violation_id", "suggestion", "source_cells")


def content_of(version: RuleVersion) -> list[dict[str, Any]]:
    """Every entry as plain JSON, in printed order."""
    rows = entries_of(version).values(*CONTENT_FIELDS, *LATER_FIELDS)
    return [{name: value for name, value in row.items() if value or name not in LATER_FIELDS} for row in rows]


def problems_of(version: RuleVersion) -> list[str]:
    """Chinese sentences that block legal review and publication. A clause left to the officer does not block."""
    entries = list(entries_of(version))
    if not entries:
        # A published list may be empty; then somebody said so.
        return [] if version.declares_no_entries else [NO_ENTRIES]
    problems = _doubled_serials(entries)
    for entry in entries:
        problems.extend(f"第 {entry.serial} 条：{problem}" for problem in entry_problems(entry))
    return problems


def _doubled_serials(entries: list[ListEntry]) -> list[str]:
    """One sentence per list of the document in which serials stand twice."""
    counts = Counter((entry.get_kind_display(), entry.serial) for entry in entries)
    doubled: dict[str, list[str]] = {}
    for (kind, serial), count in counts.items():
        if count > 1:
            doubled.setdefault(kind, []).append(serial)
    return [
        f"“{kind}”中这些序号不止一条：{'、'.join(serials)}。请改成不同的序号，或者分成几份清单。"
        for kind, serials in doubled.items()
    ]


def entry_problems(entry: ListEntry) -> list[str]:
    """What is wrong with one entry, whatever the others say."""
    problems = []
    if entry.condition_text and entry.condition in ({}, {"all": []}):
        problems.append("公布了适用条件，结构化条件却是空的，会对所有人适用。请补上。")
    if (
        entry.kind == "no_compulsion"
        and not entry.coercive_measure.strip()
        and not entry.violation_name.strip()
    ):
        problems.append("没有写免予的强制措施。")
    try:
        vocabulary = vocabulary_of(entry.declared_facts)
        parse_condition(entry.condition, vocabulary)
        for exclusion in entry.exclusions:
            if exclusion.get("condition") is not None:
                parse_condition(exclusion["condition"], vocabulary)
    except (ConditionError, VocabularyError) as error:
        problems.extend(error.problems)
    return problems


def findings_on(version: RuleVersion, on: dt.date) -> tuple[Finding, ...]:
    """What the entries mean beside each other, the statute and other lists, as if they took effect on the day."""
    rows = list(entries_of(version).select_related("version__document__agency", "violation"))
    return findings_about(version, rows, citations_in(rows), on=on)


def copy_entries(source: RuleVersion, target: RuleVersion) -> None:
    """The next version begins with the entries of the last; slugs stay, so that an entry keeps its address stem."""
    ListEntry.objects.bulk_create(
        ListEntry(version=target, **values) for values in entries_of(source).values(*COPIED_FIELDS)
    )


def citing_entries(version: RuleVersion) -> Iterator[CitingEntry]:
    """The provisions violated and those that punish, entry by entry."""
    return citations_in(entries_of(version))


def citations_in(rows: Iterable[ListEntry]) -> Iterator[CitingEntry]:
    """The same for rows already read."""
    for entry in rows:
        references = (*entry.violated_provisions, *entry.penalty_provisions)
        title = entry.violation_name or f"通用条款：{entry.get_kind_display()}"
        yield CitingEntry(entry.serial, entry.slug, title, references)


def search_entries(version: RuleVersion) -> Iterator[SearchEntry]:
    """By the act and its class, the conditions, and the plain words beside them."""
    for entry in entries_of(version):
        yield SearchEntry(
            slug=entry.slug,
            title=entry.violation_name or f"通用条款：{entry.get_kind_display()}",
            tag=entry.kind,
            summary="；".join(entry.condition_text),
            others=(
                entry.domain,
                entry.category,
                entry.get_kind_display(),
                *entry.condition_text,
                *entry.follow_up,
                entry.coercive_measure,
                entry.plain_words,
                *(str(one.get("text") or "") for one in entry.penalty_provisions),
            ),
        )


BODY = DocumentBody(
    kind=DocumentKind.EXEMPTION_LIST,
    content_of=content_of,
    problems_of=problems_of,
    copy_entries=copy_entries,
    citing_entries=citing_entries,
    search_entries=search_entries,
    findings_on=findings_on,
)
