"""Template, import in steps (choose, look, write) and export of one kind of row."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from enforcement.errors import InvalidInput, Refusal
from enforcement.register_tables.columns import RegisterTable
from enforcement.register_tables.planning import RowState
from enforcement.register_tables.workbooks import marked_workbook, template_workbook
from enforcement.services.export_register import export_register
from enforcement.services.import_register import (
    NOTHING_TO_WRITE,
    CheckedImport,
    check_import,
    write_import,
)
from enforcement.services.kept_files import KeptFile, find_file, forget_file, keep_file
from enforcement.web.access import ActorRequest
from enforcement.web.documents.downloads import XLSX
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.register.forms import ExportForm
from enforcement.web.register.places import ExchangePlace, RegisterPlace, require_open, today
from enforcement.web.upload_form import UploadForm

SHOWN_CHANGES = 50
SHOWN_PROBLEMS = 300


def template_file(request: ActorRequest, place: ExchangePlace) -> HttpResponse:
    """The empty workbook to fill in."""
    table = _table_to_import(request, place)
    return workbook_response(template_workbook(table), f"{table.title}导入模板", f"{table.slug}-template")


def import_upload(request: ActorRequest, place: ExchangePlace) -> HttpResponse:
    """Step 1: choose a file. It is read before it is kept; its problems show in step 2."""
    table = _table_to_import(request, place)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        file_label="表格文件",
        file_help=".xlsx 文件，小于 10 MB",
        accept=".xlsx",
    )
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            kept = keep_file(
                actor=request.actor, purpose=_purpose(table), name=str(uploaded.name), content=uploaded.read()
            )
            check_import(actor=request.actor, table=table, file=kept, today=today())
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return redirect(place.url("import_check", kept.digest))
    context = place.context(
        request, form=form, table=table, crumbs=place.crumbs(("导入", "")), template_url=place.url("template")
    )
    return render(request, "register/import_upload.html", context, status=400 if form.is_bound else 200)


def import_check(request: ActorRequest, place: ExchangePlace, digest: str) -> HttpResponse:
    """Step 2: every problem with its cell and fix, or what would change; step 3: the button that writes."""
    table = _table_to_import(request, place)
    kept = _kept_or_404(request, table, digest)
    refused = ""
    if request.method == "POST":
        try:
            written = _write(request, table, kept)
        except InvalidInput:
            # The page below lists the problems, cell by cell.
            refused = "表格里有需要改正的内容，没有写入任何内容。"
        except Refusal as refusal:
            refused = refusal.message
        else:
            forget_file(actor=request.actor, purpose=_purpose(table), digest=digest)
            messages.success(request, _done(table, written))
            return redirect(place.url("list"))
    try:
        checked = check_import(actor=request.actor, table=table, file=kept, today=today())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(place.url("import"))
    context = place.context(request, **_shown(place, table, kept, checked, refused))
    return render(request, "register/import_check.html", context, status=409 if refused else 200)


def marked_file(request: ActorRequest, place: ExchangePlace, digest: str) -> HttpResponse:
    """The file again, with a column that says what is wrong in each row."""
    table = _table_to_import(request, place)
    kept = _kept_or_404(request, table, digest)
    try:
        checked = check_import(actor=request.actor, table=table, file=kept, today=today())
    except Refusal as refusal:
        raise Http404(refusal.message) from None
    content = marked_workbook(table, checked.reading, checked.problems)
    return workbook_response(content, f"{table.title}（标出问题）", f"{table.slug}-marked")


def export_page(request: ActorRequest, place: RegisterPlace) -> HttpResponse:
    """Asks for the purpose, then gives the workbook; recorded in the ledger."""
    require_open(request, place)
    table = place.surface.table
    if table is None or not table.may_export(request.actor):
        raise PermissionDenied(f"您没有导出{place.surface.title}的职责。请联系管理员授权。")
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = export_register(actor=request.actor, table=table, purpose=form.cleaned_data["purpose"])
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return workbook_response(content, f"{table.title}（{today()}）", f"{table.slug}-{today()}")
    context = place.context(
        request,
        form=form,
        table=table,
        further=place.surface.further_exports(request.actor),
        crumbs=place.crumbs(("导出", "")),
    )
    return render(request, "register/export.html", context, status=400 if form.is_bound else 200)


def _table_to_import(request: ActorRequest, place: ExchangePlace) -> RegisterTable:
    require_open(request, place)
    table = place.surface.table
    if table is None or place.read_only or not table.may_import(request.actor):
        raise PermissionDenied(f"您没有导入{place.surface.title}的职责。请联系管理员授权。")
    return table


def _purpose(table: RegisterTable) -> str:
    return f"register-{table.slug}"


def _kept_or_404(request: ActorRequest, table: RegisterTable, digest: str) -> KeptFile:
    kept = find_file(actor=request.actor, purpose=_purpose(table), digest=digest)
    if kept is None:
        raise Http404("没有找到这份上传。它可能已经写入，或者放置太久。请重新选择文件。")
    return kept


def _write(request: ActorRequest, table: RegisterTable, kept: KeptFile) -> CheckedImport:
    return write_import(
        actor=request.actor,
        table=table,
        file=kept,
        today=today(),
        expected_digest=request.POST.get("plan", ""),
    )


def _done(table: RegisterTable, written: CheckedImport) -> str:
    plan = written.plan
    return f"已写入：新增 {plan.added} {table.unit}，修改 {plan.changed} {table.unit}，{plan.unchanged} {table.unit}没有变化。"


def _shown(
    place: ExchangePlace, table: RegisterTable, kept: KeptFile, checked: CheckedImport, refused: str
) -> dict[str, Any]:
    plan = checked.plan
    moving = [row for row in plan.rows if row.state is not RowState.UNCHANGED]
    return {
        "table": table,
        "kept": kept,
        "refused": refused,
        "remarks": checked.reading.remarks,
        "sheet": checked.reading.sheet,
        "row_count": len(checked.reading.rows),
        "problem_count": len(checked.problems),
        "problems": checked.problems[:SHOWN_PROBLEMS],
        "problems_left_out": max(len(checked.problems) - SHOWN_PROBLEMS, 0),
        "plan": plan,
        "moving": moving[:SHOWN_CHANGES],
        "moving_left_out": max(len(moving) - SHOWN_CHANGES, 0),
        "nothing_to_write": NOTHING_TO_WRITE if plan.writes == 0 else "",
        "marked_url": place.url("import_marked", kept.digest),
        "again_url": place.url("import"),
        "crumbs": place.crumbs(("导入", place.url("import")), ("核对", "")),
    }


def workbook_response(content: bytes, name: str, plain: str) -> HttpResponse:
    """A download called `name`, `plain` for programs that read no Chinese."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    return response
