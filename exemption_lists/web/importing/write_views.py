"""Step 5: what will be written where, once more, and the one button that writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.models import RuleVersion
from enforcement.selectors.documents import agencies_to_compile, drafts_to_fill
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import officer_index, officer_version
from enforcement.web.submitted_once import submitted_once, took_effect
from exemption_lists.import_plan import PlannedDocument
from exemption_lists.reading.drafts import Severity
from exemption_lists.selectors import earlier_imports
from exemption_lists.services.write_import import write_import
from exemption_lists.web.importing.steps import OpenedImport, needs_plan, opened_import, step_context
from exemption_lists.web.surface import LISTS

_SEEN = "seen-"


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """One document as the last step announces it; `lock_version` of the draft that was looked at, 0 for none."""

    planned: PlannedDocument
    title: str
    what: str
    agency: str
    tables: tuple[str, ...]
    entries: int
    warnings: int
    lock_version: int = 0


@working_page
@submitted_once
@opened_import
@needs_plan
def write(request: ActorRequest, opened: OpenedImport) -> HttpResponse:
    """Everything is written in one act, or nothing is."""
    problems: list[str] = list(opened.plan.problems) + opened.written.problems
    if request.method == "POST":
        try:
            versions = write_import(actor=request.actor, upload_id=opened.upload.pk, seen=_seen(request.POST))
        except InvalidInput as refusal:
            problems = refusal.problems or [refusal.message]
        except Refusal as refusal:
            problems = [refusal.message]
        else:
            return _written(request, versions)
    context = step_context(opened, "import_write") | {
        "documents": _documents(request.actor, opened),
        "problems": [{"text": problem} for problem in problems],
        "skipped": [opened.file.readings[number - 1].title for number in opened.plan.skipped],
        "earlier": earlier_imports(digest=opened.file.digest, before=opened.upload.pk),
    }
    return render(request, "exemption_lists/importing/write.html", context)


def _written(request: ActorRequest, versions: list[RuleVersion]) -> HttpResponse:
    titles = "、".join(f"《{version.document.title}》第 {version.number} 版" for version in versions)
    messages.success(request, f"已写入草稿：{titles}。请逐条核对条件，再提交法制审核。")
    to = officer_version(LISTS, versions[0]) if len(versions) == 1 else officer_index(LISTS)
    return took_effect(request, redirect(to), what="这份表格")


def _seen(posted: Mapping[str, str]) -> dict[str, int]:
    """The lock versions that the page showed, by slug of the draft's document."""
    return {
        name.removeprefix(_SEEN): int(value)
        for name, value in posted.items()
        if name.startswith(_SEEN) and value.isascii() and value.isdecimal() and len(value) < 9
    }


def _documents(actor: Actor, opened: OpenedImport) -> list[WrittenDocument]:
    drafts = {draft.document.slug: draft for draft in drafts_to_fill(actor=actor, kind=LISTS.kind)}
    names = dict(agencies_to_compile(actor=actor).values_list("code", "name"))
    return [_document(opened, one, drafts.get(one.slug), names) for one in opened.plan.documents]


def _document(
    opened: OpenedImport, planned: PlannedDocument, draft: RuleVersion | None, names: Mapping[str, str]
) -> WrittenDocument:
    part = opened.file.only(planned.tables)
    added = "，加在已有条目后面" if planned.append else "，以这份表格为全部内容"
    what = {
        "new": "建立新清单的第 1 版草稿",
        "next": f"建立下一版草稿{added}",
        "draft": f"写入草稿第 {draft.number if draft else ''} 版{added}",
    }[planned.kind]
    title = planned.title or (draft.document.title if draft else planned.slug)
    warnings: Any = [
        one for reading in part.readings for one in reading.warnings if one.severity is Severity.WARNING
    ]
    return WrittenDocument(
        planned=planned,
        title=title,
        what=what,
        agency=names.get(planned.agency, ""),
        tables=tuple(f"{reading.title}（{reading.sheet}）" for reading in part.readings),
        entries=part.entry_count,
        warnings=len(warnings),
        lock_version=draft.lock_version if draft and planned.kind == "draft" else 0,
    )
