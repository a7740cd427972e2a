"""Importing a spreadsheet in the browser: choose, look, write. Nothing is written before the last step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from enforcement.errors import Refusal
from enforcement.selectors import documents as document_selectors
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import officer_index, officer_version
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.documents.target_form import NEW_DOCUMENT
from enforcement.web.upload_form import UploadForm
from exemption_lists.clashes import ComparedEntry, clashes_with_superiors
from exemption_lists.intake import ListFile
from exemption_lists.models import UploadedTable
from exemption_lists.selectors import earlier_imports, find_upload
from exemption_lists.services.upload_table import (
    keep_upload,
    read_upload,
    write_upload_into_draft,
    write_upload_into_new,
)
from exemption_lists.web.import_forms import WriteForm
from exemption_lists.web.surface import LISTS

PREVIEWED_ENTRIES = 200


@working_page
def upload(request: ActorRequest) -> HttpResponse:
    """Choose a file; it is read and checked, and kept for the preview."""
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        file_label="表格",
        file_help=".xlsx 文件，小于 10 MB。按公布的样子即可，不用改成固定格式",
        accept=".xlsx,.json",
    )
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        try:
            kept = keep_upload(actor=request.actor, file_name=str(file.name), content=file.read())
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            target = request.GET.get("document", "")
            address = reverse("lists:import_confirm", args=[kept.pk])
            return redirect(f"{address}?document={target}" if target.replace("-", "").isalnum() else address)
    crumbs = [{"label": LISTS.officer_column, "url": officer_index(LISTS)}, {"label": "从表格导入"}]
    return render(request, "exemption_lists/import_upload.html", {"form": form, "crumbs": crumbs})


@working_page
def confirm(request: ActorRequest, upload_id: int) -> HttpResponse:
    """What was read, every remark about its cells, and the one button that writes."""
    kept = find_upload(actor=request.actor, upload_id=upload_id, at=timezone.now())
    if kept is None:
        raise Http404("没有找到这份上传。它可能已经写入，或者超过 24 小时。")
    file = read_upload(kept)
    form = WriteForm(
        request.POST or None,
        tables=_table_choices(file),
        drafts=document_selectors.drafts_to_fill(actor=request.actor, kind=LISTS.kind),
        agencies=document_selectors.agencies_to_compile(actor=request.actor),
        initial={"target": request.GET.get("document", NEW_DOCUMENT), "title": _title(file)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = _write(request, kept, form)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            messages.success(request, "已写入草稿。请逐条核对条件，再提交法制审核。")
            return redirect(officer_version(LISTS, version))
    context = {"form": form, "crumbs": _crumbs()} | _preview(kept, file)
    context["clashes"] = _clashes(request, file)
    return render(request, "exemption_lists/import_confirm.html", context)


def _write(request: ActorRequest, kept: UploadedTable, form: WriteForm) -> Any:
    chosen = form.cleaned_data
    if chosen["draft"] is None:
        return write_upload_into_new(
            actor=request.actor,
            upload_id=kept.pk,
            tables=chosen["tables"],
            slug=chosen["slug"],
            title=chosen["title"],
            agency=chosen["agency"],
        )
    return write_upload_into_draft(
        actor=request.actor,
        upload_id=kept.pk,
        tables=chosen["tables"],
        version_id=chosen["draft"].pk,
        replace=chosen["replace"] == "replace",
    )


def _table_choices(file: ListFile) -> list[tuple[int, str]]:
    """Tables that hold entries, by their number in the file."""
    return [
        (number, f"{reading.title}（{reading.sheet}，{len(reading.entries)} 条）")
        for number, reading in enumerate(file.readings, start=1)
        if reading.entries
    ]


def _preview(kept: UploadedTable, file: ListFile) -> dict[str, Any]:
    return {
        "kept": kept,
        "file": file,
        "problems": file.problems or ([] if file.entry_count else ["这份文件里没有可以导入的条目。"]),
        "tables": [
            {
                "reading": reading,
                "shown": reading.entries[:PREVIEWED_ENTRIES],
                "hidden_count": max(len(reading.entries) - PREVIEWED_ENTRIES, 0),
            }
            for reading in file.readings
        ],
        "warning_count": len(file.warnings),
        "earlier": earlier_imports(digest=file.digest, before=kept.pk),
    }


def _clashes(request: ActorRequest, file: ListFile) -> list[str]:
    """Differences from superiors' lists, seen from the actor's own agency."""
    agency = document_selectors.agencies_to_compile(actor=request.actor).order_by("region_code").first()
    if agency is None:
        return []
    drafts = [draft for reading in file.readings for draft in reading.entries if draft.kind]
    return clashes_with_superiors(
        region_code=agency.region_code,
        line_code=agency.line_code,
        on=timezone.localdate(),
        entries=[ComparedEntry(one.serial, str(one.kind), one.violation_name) for one in drafts],
    )


def _title(file: ListFile) -> str:
    return next((reading.title for reading in file.readings if reading.entries), "")[:160]


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": LISTS.officer_column, "url": officer_index(LISTS)},
        {"label": "从表格导入", "url": reverse("lists:import")},
        {"label": "核对"},
    ]
