"""Importing a table in the browser: choose, look, write. Shared by the kinds whose file is one list of entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from enforcement.actors import Actor
from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.selectors.documents import agencies_to_compile, drafts_to_fill
from enforcement.services.import_table import (
    find_upload,
    forget_upload,
    keep_upload,
    write_into_new_document,
)
from enforcement.services.kept_files import KeptFile
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import officer_index, officer_version
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.documents.surface import DocumentSurface
from enforcement.web.documents.target_form import NEW_DOCUMENT, TargetForm
from enforcement.web.upload_form import UploadForm


@dataclass(frozen=True, slots=True)
class PreviewedEntry:
    """One entry as read: its title, its lines, and what a person should look at."""

    serial: str
    title: str
    lines: tuple[str, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableImport:
    """How one kind of document is read and written.

    `read(name, content)` gives the entries and the warnings about the whole table, or raises `InvalidInput`;
    `write(actor, version_id, file)` replaces the entries of a draft. `template_route` names the officer route of an
    empty table to fill in, "" for none.
    """

    surface: DocumentSurface
    read: Callable[[str, bytes], tuple[tuple[PreviewedEntry, ...], tuple[str, ...]]]
    write: Callable[[Actor, int, KeptFile], RuleVersion]
    accept: str = ".json,application/json"
    file_help: str = "JSON 文件，UTF-8 编码，小于 10 MB"
    template_route: str = ""


@working_page
def upload(request: ActorRequest, importer: TableImport) -> HttpResponse:
    """Choose a file. It is read and checked before it is kept."""
    form = UploadForm(
        request.POST or None, request.FILES or None, file_help=importer.file_help, accept=importer.accept
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = _read_and_keep(request.actor, importer, form.cleaned_data["file"])
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            address = reverse(f"{importer.surface.officer_namespace}:import_confirm", args=[kept.digest])
            target = request.GET.get("document", "")
            return redirect(f"{address}?document={target}" if target.replace("-", "").isalnum() else address)
    route = f"{importer.surface.officer_namespace}:{importer.template_route}"
    context = {
        "surface": importer.surface,
        "form": form,
        "crumbs": _crumbs(importer.surface),
        "template_url": reverse(route) if importer.template_route else "",
    }
    return render(request, "documents/table_upload.html", context)


@working_page
def confirm(request: ActorRequest, importer: TableImport, digest: str) -> HttpResponse:
    """What was read, every warning beside its entry, and the one button that writes."""
    kind = importer.surface.kind
    kept = find_upload(actor=request.actor, kind=kind, digest=digest)
    if kept is None:
        raise Http404("没有找到这份上传。它可能已经写入，或者放置太久。请重新选择文件。")
    entries, warnings = importer.read(kept.name, kept.content)
    form = TargetForm(
        request.POST or None,
        drafts=drafts_to_fill(actor=request.actor, kind=kind),
        agencies=agencies_to_compile(actor=request.actor),
        initial={"target": request.GET.get("document", NEW_DOCUMENT)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = _write(request.actor, importer, kept, form.cleaned_data)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            forget_upload(actor=request.actor, kind=kind, digest=digest)
            messages.success(request, f"已写入 {len(entries)} {importer.surface.unit}。核对后提交法制审核。")
            return redirect(officer_version(importer.surface, version))
    context = {
        "surface": importer.surface,
        "kept": kept,
        "entries": entries,
        "warnings": warnings,
        "warning_count": len(warnings) + sum(len(entry.warnings) for entry in entries),
        "form": form,
        "crumbs": [*_crumbs(importer.surface, last=False), {"label": "核对"}],
    }
    return render(request, "documents/table_confirm.html", context)


def _read_and_keep(actor: Actor, importer: TableImport, file: UploadedFile) -> KeptFile:
    name = str(file.name)
    content = file.read()
    importer.read(name, content)
    return keep_upload(actor=actor, kind=importer.surface.kind, name=name, content=content)


def _write(actor: Actor, importer: TableImport, kept: KeptFile, chosen: dict[str, Any]) -> RuleVersion:
    if chosen["draft"] is not None:
        return importer.write(actor, chosen["draft"].pk, kept)
    return write_into_new_document(
        actor=actor,
        kind=importer.surface.kind,
        slug=chosen["slug"],
        title=chosen["title"],
        agency=chosen["agency"],
        write=lambda version_id: importer.write(actor, version_id, kept),
    )


def _crumbs(surface: DocumentSurface, *, last: bool = True) -> list[dict[str, str]]:
    above = "" if last else reverse(f"{surface.officer_namespace}:{surface.import_route}")
    return [
        {"label": surface.officer_column, "url": officer_index(surface)},
        {"label": surface.import_label, "url": above},
    ]
