"""Step 2: what the columns of each table mean, and where each table goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from enforcement.actors import Actor
from enforcement.document_slugs import document_slug
from enforcement.errors import Refusal
from enforcement.models import Agency
from enforcement.selectors.documents import (
    agencies_to_compile,
    documents_to_continue,
    drafts_to_fill,
    taken_slugs,
)
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.refusals import add_to_form
from exemption_lists.import_plan import DRAFT, NEW, NEXT, SAME, SKIP, plan_import, target_of
from exemption_lists.reading.drafts import SheetReading
from exemption_lists.selectors import earlier_imports
from exemption_lists.services.plan_import import keep_columns
from exemption_lists.web.importing.cell_lines import rows_of_entry
from exemption_lists.web.importing.columns_form import ColumnsForm, OfferedTable
from exemption_lists.web.importing.steps import OpenedImport, opened_import, step_context
from exemption_lists.web.surface import LISTS

_SAMPLE = 40


@working_page
@opened_import
def columns(request: ActorRequest, opened: OpenedImport) -> HttpResponse:
    """The recognised tables; every meaning can be changed, every table gets its list."""
    destinations = _destinations(request.actor)
    agencies = list(agencies_to_compile(actor=request.actor).order_by("region_code", "line_code"))
    form = ColumnsForm(
        request.POST or None,
        tables=_offered(opened, agencies, [value for value, _ in destinations]),
        destinations=destinations,
        agencies=[(agency.code, agency.name) for agency in agencies],
    )
    if request.method == "POST" and form.is_valid() and _keep(request, opened, form):
        return redirect(opened.address("import_check"))
    context = step_context(opened, "import_columns") | {
        "form": form,
        "earlier": earlier_imports(digest=opened.file.digest, before=opened.upload.pk),
    }
    return render(request, "exemption_lists/importing/columns.html", context)


def _keep(request: ActorRequest, opened: OpenedImport, form: ColumnsForm) -> bool:
    """Keep what was chosen when it can be written so; otherwise the form says why not."""
    targets = form.chosen_targets()
    plan = plan_import(opened.file.readings, {key: target_of(one) for key, one in targets.items()})
    for problem in plan.problems:
        form.add_error(None, problem)
    taken = taken_slugs([one.slug for one in plan.documents if one.kind == "new"])
    for table in form.tables():
        target = targets.get(table.reading.key, {})
        if target.get("to") == NEW and target["slug"] in taken:
            form.add_error(f"t{table.number}-slug", f"网址代号“{target['slug']}”已被使用。请换一个")
    if form.errors:
        return False
    try:
        keep_columns(
            actor=request.actor, upload_id=opened.upload.pk, columns=form.chosen_columns(), targets=targets
        )
    except Refusal as refusal:
        add_to_form(form, refusal)
        return False
    return True


def _destinations(actor: Actor) -> list[tuple[str, str]]:
    """Drafts to fill and published lists to continue."""
    drafts = [
        (f"{DRAFT}{draft.document.slug}", f"草稿：{draft}")
        for draft in drafts_to_fill(actor=actor, kind=LISTS.kind)
    ]
    published = [
        (f"{NEXT}{document.slug}", f"下一版：{document.title}")
        for document in documents_to_continue(actor=actor, kind=LISTS.kind)
    ]
    return [*drafts, *published]


def _offered(opened: OpenedImport, agencies: list[Agency], destinations: list[str]) -> list[OfferedTable]:
    stored = opened.upload.choices.get("targets") or {}
    tables: list[OfferedTable] = []
    before: dict[str, Any] | None = None
    for number, reading in enumerate(opened.file.readings, start=1):
        suggested = _suggested(opened, reading, number, agencies, destinations, before)
        initial = suggested | {
            name: value for name, value in (stored.get(reading.key) or {}).items() if value
        }
        if initial["to"] != SKIP:
            before = initial
        tables.append(OfferedTable(reading, initial, _samples(opened, reading)))
    return tables


def _suggested(
    opened: OpenedImport,
    reading: SheetReading,
    number: int,
    agencies: list[Agency],
    destinations: list[str],
    before: dict[str, Any] | None,
) -> dict[str, Any]:
    """What is preselected: the list the import began at, else one new list per agency named in titles and sheets."""
    named = next((one for one in agencies if one.name in f"{reading.sheet} {reading.title}"), None)
    agency = named or (agencies[0] if agencies else None)
    code = agency.code if agency else ""
    wanted = str(opened.upload.choices.get("document") or "")
    begun = next((one for one in destinations if wanted and one.partition(":")[2] == wanted), "")
    same_agency = before is not None and before["agency"] == code
    if not reading.entries:
        to = SKIP
    elif before is None:
        to = begun or NEW
    elif same_agency and opened.file.grids:
        to = SAME
    else:
        to = NEW
    digits = opened.file.digest[:8] + (f"-{number}" if number > 1 else "")
    return {"to": to, "title": reading.title[:160], "slug": document_slug(code, digits), "agency": code}


def _samples(opened: OpenedImport, reading: SheetReading) -> dict[int, str]:
    """The first content below the header, by column."""
    grid = next((one for one in opened.file.grids if one.name == reading.sheet), None)
    if grid is None or not reading.entries:
        return {}
    rows = [rows_of_entry(entry)[0] for entry in reading.entries]
    found: dict[int, str] = {}
    for column in reading.columns:
        text = next((cell.text for row in rows if (cell := grid.seen(row, column.column))), "")
        found[column.column] = text if len(text) <= _SAMPLE else text[:_SAMPLE] + "…"
    return found
