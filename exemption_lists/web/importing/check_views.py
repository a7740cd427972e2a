"""Step 3: every remark at its cell, to be corrected here or in a marked copy of the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from enforcement.errors import Refusal
from enforcement.spreadsheets.marking import CellMark, write_marked
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.refusals import add_to_messages
from exemption_lists.content import entry_problems
from exemption_lists.reading.drafts import CellWarning, DraftEntry, Severity, SheetReading
from exemption_lists.services.import_rows import row_of_draft
from exemption_lists.services.plan_import import keep_corrections
from exemption_lists.web.importing.cell_lines import (
    corrections_from,
    lines_of_entry,
    marks_of,
    problem_lines,
    remarks_by_row,
    rows_of_entry,
)
from exemption_lists.web.importing.steps import OpenedImport, needs_plan, opened_import, step_context

CELLS_A_PAGE = 30
ROWS_A_PAGE = 50
ROW_COLUMNS = (
    {"label": "位置", "short": True},
    {"label": "序号"},
    {"label": "类型", "short": True},
    {"label": "违法行为"},
    {"label": "条件", "number": True},
    {"label": "检查结果"},
)
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@working_page
@opened_import
@needs_plan
def check(request: ActorRequest, opened: OpenedImport) -> HttpResponse:
    """What is wrong, cell by cell, then every row that was read. Errors keep the next step closed."""
    if request.method == "POST":
        return _correct(request, opened, back=request.get_full_path())
    readings = opened.written.readings
    lines = problem_lines(opened.file, readings)
    cells = Paginator(lines, CELLS_A_PAGE).get_page(request.GET.get("cells"))
    rows = Paginator(_placed(opened), ROWS_A_PAGE).get_page(request.GET.get("rows"))
    errors = sum(line.is_error for line in lines)
    context = step_context(opened, "import_check") | {
        "lines": cells,
        "error_count": errors,
        "warning_count": len(lines) - errors,
        "notes": [
            (reading.sheet, one)
            for reading in readings
            for one in reading.warnings
            if one.severity is Severity.NOTE
        ],
        "corrections": _corrections(opened),
        "rows": rows,
        "row_columns": ROW_COLUMNS,
        "cells_summary": _summary(cells, "处"),
        "rows_summary": _summary(rows, "条"),
        "row_lines": _row_lines(opened, rows.object_list),
        "next_url": opened.address("import_compare") if not errors else "",
        "cells_previous": _page(
            request, "cells", cells.previous_page_number() if cells.has_previous() else 0
        ),
        "cells_next": _page(request, "cells", cells.next_page_number() if cells.has_next() else 0),
        "rows_previous": _page(request, "rows", rows.previous_page_number() if rows.has_previous() else 0),
        "rows_next": _page(request, "rows", rows.next_page_number() if rows.has_next() else 0),
    }
    return render(request, "exemption_lists/importing/check.html", context)


@working_page
@opened_import
@needs_plan
def row(request: ActorRequest, opened: OpenedImport, table: int, entry: int) -> HttpResponse:
    """All cells of one entry, to be corrected in place."""
    reading, draft = _entry_or_404(opened, table, entry)
    if request.method == "POST":
        return _correct(request, opened, back=opened.address("import_check"))
    context = step_context(opened, "import_check") | {
        "reading": reading,
        "draft": draft,
        "lines": lines_of_entry(opened.file, reading, draft),
    }
    return render(request, "exemption_lists/importing/row.html", context)


@working_page
@opened_import
def marked(request: ActorRequest, opened: OpenedImport) -> HttpResponse:
    """The file as read, with a comment and a colour at every cell that was named."""
    if not opened.file.grids:
        raise Http404("这份文件不是表格，没有标注的单元格。")
    marks = {
        sheet: {cell: [_mark(one) for one in remarks] for cell, remarks in cells.items()}
        for sheet, cells in marks_of(opened.file.readings).items()
    }
    name = f"{opened.upload.file_name.rpartition('.')[0] or opened.upload.file_name}（已标注）.xlsx"
    return HttpResponse(
        write_marked(opened.file.grids, marks),
        content_type=_WORKBOOK,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def _mark(remark: CellWarning) -> CellMark:
    return CellMark(remark.message, remark.severity is Severity.ERROR)


def _correct(request: ActorRequest, opened: OpenedImport, *, back: str) -> HttpResponse:
    """Keep what was typed into the cells, or take one correction back."""
    sheet, _, cell = request.POST.get("restore", "").rpartition("!")
    changes: dict[str, dict[str, str | None]] = (
        {sheet: {cell: None}} if sheet else corrections_from(opened.file, request.POST)
    )
    count = sum(len(cells) for cells in changes.values())
    try:
        if count:
            keep_corrections(actor=request.actor, upload_id=opened.upload.pk, corrections=changes)
    except Refusal as refusal:
        add_to_messages(request, refusal)
        return redirect(back)
    if sheet:
        messages.success(request, f"{cell} 已恢复为文件里的内容。")
    elif count:
        messages.success(request, f"已更正 {count} 个单元格，并重新检查。原文件没有改动。")
    else:
        messages.info(request, "没有改动。改好单元格的内容后再保存。")
    return redirect(back)


def _corrections(opened: OpenedImport) -> list[dict[str, str]]:
    kept = opened.upload.choices.get("corrections") or {}
    return [
        {"sheet": sheet, "cell": cell, "text": text, "value": f"{sheet}!{cell}"}
        for sheet, cells in kept.items()
        for cell, text in cells.items()
    ]


def _placed(opened: OpenedImport) -> list[tuple[int, int]]:
    """Table and place of every entry that would be written, both from 1."""
    return [
        (number, place)
        for one in opened.plan.documents
        for number in one.tables
        for place in range(1, len(opened.file.readings[number - 1].entries) + 1)
    ]


def _row_lines(opened: OpenedImport, places: Any) -> list[list[Any]]:
    by_row: dict[int, dict[int, list[CellWarning]]] = {}
    lines = []
    for number, place in places:
        reading = opened.file.readings[number - 1]
        draft = reading.entries[place - 1]
        if number not in by_row:
            by_row[number] = remarks_by_row(reading)
        first, last = rows_of_entry(draft)
        remarks = [one for line in range(first, last + 1) for one in by_row[number].get(line, [])]
        lines.append(_row_line(opened, reading, draft, remarks, (number, place)))
    return lines


def _row_line(
    opened: OpenedImport,
    reading: SheetReading,
    draft: DraftEntry,
    remarks: list[CellWarning],
    place: tuple[int, int],
) -> list[Any]:
    first, last = rows_of_entry(draft)
    where = f"{reading.sheet} 第 {first} 行" if first == last else f"{reading.sheet} 第 {first} 至 {last} 行"
    cell: Any = where if first else reading.sheet
    if first:
        cell = {"text": where, "url": opened.address("import_row", *place)}
    return [
        cell,
        draft.serial,
        draft.kind.label if draft.kind else "",
        draft.violation_name or "通用条款",
        str(len(draft.condition_text)),
        _state(draft, remarks),
    ]


def _state(draft: DraftEntry, remarks: list[CellWarning]) -> Any:
    errors = sum(one.severity is Severity.ERROR for one in remarks)
    if errors:
        return {"text": f"{errors} 处错误", "tone": "danger"}
    if remarks:
        return {"text": f"{len(remarks)} 处提示", "tone": "warn"}
    later = [] if draft.kind is None else entry_problems(row_of_draft(draft))
    if later:
        return {"text": f"提交审核前：{later[0]}", "tone": "warn"}
    return {"text": "没有问题", "tone": "ok"}


def _entry_or_404(opened: OpenedImport, table: int, entry: int) -> tuple[SheetReading, DraftEntry]:
    readings = opened.file.readings
    if not (1 <= table <= len(readings) and 1 <= entry <= len(readings[table - 1].entries)):
        raise Http404("这份文件里没有这一行。")
    reading = readings[table - 1]
    if not reading.columns:
        raise Http404("这份文件不是表格，不能逐个单元格更正。")
    return reading, reading.entries[entry - 1]


def _summary(page: Any, unit: str) -> str:
    return f"第 {page.start_index()}–{page.end_index()} {unit}，共 {page.paginator.count} {unit}"


def _page(request: ActorRequest, name: str, number: int) -> str:
    """The address of this page with another page of the cells or of the rows; "" for none."""
    if not number:
        return ""
    query = request.GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"
