"""Where the tables of a file go: which become documents of their own, which fill what exists, which are left out. Pure.

A target is kept as JSON beside the upload: `{"to", "title", "slug", "agency", "mode", "empty"}`. `to` is one of `skip`,
`same` (as the table before), `new`, `next:<slug>` (a next version of a published document) or `draft:<slug>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from exemption_lists.reading.drafts import SheetReading

SKIP, SAME, NEW = "skip", "same", "new"
NEXT, DRAFT = "next:", "draft:"
Kind = Literal["new", "next", "draft"]


@dataclass(frozen=True, slots=True)
class TableTarget:
    """What was chosen for one table. `empty` states that a table without entries is meant to have none."""

    to: str = SKIP
    title: str = ""
    slug: str = ""
    agency: str = ""
    append: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """One document to be written: `tables` are numbers in the file, from 1.

    `append` adds to the entries that a draft or a next version begins with; otherwise the file is the whole list.
    """

    kind: Kind
    slug: str
    title: str = ""
    agency: str = ""
    append: bool = False
    tables: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    documents: tuple[PlannedDocument, ...] = ()
    problems: tuple[str, ...] = ()
    skipped: tuple[int, ...] = field(default=())


def target_of(stored: Mapping[str, Any]) -> TableTarget:
    """A target from its JSON form; whatever is missing is as if not chosen."""
    return TableTarget(
        to=str(stored.get("to") or SKIP),
        title=str(stored.get("title") or ""),
        slug=str(stored.get("slug") or ""),
        agency=str(stored.get("agency") or ""),
        append=stored.get("mode") == "append",
        empty=bool(stored.get("empty")),
    )


def plan_import(readings: Sequence[SheetReading], targets: Mapping[str, TableTarget]) -> ImportPlan:
    """The documents in the order of their first tables, and Chinese sentences about what cannot be written as chosen."""
    documents: dict[str, PlannedDocument] = {}
    problems: list[str] = []
    skipped: list[int] = []
    last = ""
    for number, reading in enumerate(readings, start=1):
        target = targets.get(reading.key, TableTarget()) if reading.is_table else TableTarget()
        if target.to == SKIP:
            skipped.append(number)
            continue
        problem = _problem(reading, target, last, documents)
        if problem:
            problems.append(f"“{reading.title}”：{problem}")
            continue
        if target.to != SAME:
            planned = _document(target)
            last = planned.key
            documents.setdefault(last, planned)
        documents[last] = replace(documents[last], tables=(*documents[last].tables, number))
    if not documents and not problems:
        problems.append("没有选择要导入的表。至少为一张表选择写入哪里。")
    return ImportPlan(tuple(documents.values()), tuple(problems), tuple(skipped))


def _problem(
    reading: SheetReading, target: TableTarget, last: str, documents: Mapping[str, PlannedDocument]
) -> str:
    if target.to == SAME and not last:
        return "前面没有写入的表，选择写入哪份清单。"
    if not reading.entries and not target.empty:
        return "这张表没有条目。确实没有的，勾选“这张表没有条目，照样写入”；否则选择不导入。"
    if target.to != NEW:
        return ""
    if not (target.title and target.slug and target.agency):
        return "建立新清单要填写名称、网址代号和编制机关。"
    if f"new:{target.slug}" in documents:
        return f"网址代号“{target.slug}”用了两次。换一个，或者选择与上一张表写入同一份清单。"
    return ""


def _document(target: TableTarget) -> PlannedDocument:
    if target.to == NEW:
        return PlannedDocument("new", target.slug, target.title, target.agency)
    kind, _, slug = target.to.partition(":")
    return PlannedDocument("next" if kind == "next" else "draft", slug, append=target.append)
