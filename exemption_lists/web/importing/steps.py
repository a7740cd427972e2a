"""The five steps: which one a page is, which can be reached, and the upload they are all about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from enforcement.web.access import ActorRequest
from enforcement.web.documents.addresses import officer_index, officer_version
from exemption_lists.import_plan import ImportPlan
from exemption_lists.intake import ListFile
from exemption_lists.models import UploadedTable
from exemption_lists.selectors import own_upload, versions_of_upload
from exemption_lists.services.upload_table import read_upload
from exemption_lists.services.write_import import planned
from exemption_lists.web.surface import LISTS

STEPS = (
    ("import", "选文件"),
    ("import_columns", "识别表头"),
    ("import_check", "逐行检查"),
    ("import_compare", "比对现行版"),
    ("import_write", "写入草稿"),
)
_NAMES = [name for name, _ in STEPS]


@dataclass(frozen=True, slots=True)
class OpenedImport:
    """An upload on its way, as it reads now, and what would be written."""

    upload: UploadedTable
    file: ListFile
    plan: ImportPlan

    @property
    def is_planned(self) -> bool:
        """Whether somebody said where the tables go."""
        return bool(self.upload.choices.get("targets"))

    @property
    def written(self) -> ListFile:
        """The file without the tables that are left out."""
        return self.file.only([number for one in self.plan.documents for number in one.tables])

    def address(self, step: str, *more: object) -> str:
        return reverse(f"lists:{step}", args=[self.upload.pk, *more])


StepView = Callable[..., HttpResponse]


def opened_import(view: StepView) -> StepView:
    """Hand the view the actor's own upload; say so when it is written or too old. Others' uploads do not exist."""

    @wraps(view)
    def guarded(request: ActorRequest, upload_id: int, **kwargs: Any) -> HttpResponse:
        upload = own_upload(actor=request.actor, upload_id=upload_id)
        if upload is None:
            raise Http404("没有找到这份上传。请从“从表格导入”重新选择文件。")
        if not upload.is_open_at(timezone.now()):
            return _closed_page(request, upload)
        file = read_upload(upload)
        return view(request, OpenedImport(upload, file, planned(upload, file)), **kwargs)

    return guarded


def needs_plan(view: StepView) -> StepView:
    """The steps behind 识别表头 need its answer; without it they lead back there."""

    @wraps(view)
    def guarded(request: ActorRequest, opened: OpenedImport, **kwargs: Any) -> HttpResponse:
        if not opened.is_planned:
            return redirect(opened.address("import_columns"))
        return view(request, opened, **kwargs)

    return guarded


def step_context(opened: OpenedImport | None, step: str) -> dict[str, Any]:
    """The rail of steps, the crumbs of a page, and the addresses of the other steps."""
    here = _NAMES.index(step)
    stages = []
    for place, (name, label) in enumerate(STEPS):
        reachable = opened is not None and (place < here or opened.is_planned) and place not in (0, here)
        stages.append(
            {
                "name": f"{place + 1} {label}",
                "state": "done" if place < here else "current" if place == here else "todo",
                "url": opened.address(name) if opened is not None and reachable else "",
            }
        )
    context: dict[str, Any] = {"stages": stages, "crumbs": _crumbs(opened, STEPS[here][1])}
    if opened is not None:
        at = {name: opened.address(f"import_{name}") for name in ("columns", "check", "compare", "marked")}
        context |= {"upload": opened.upload, "file": opened.file, "at": at}
    return context


def _crumbs(opened: OpenedImport | None, label: str) -> list[dict[str, str]]:
    above = [{"label": LISTS.officer_column, "url": officer_index(LISTS)}]
    if opened is None:
        return [*above, {"label": "从表格导入"}]
    return [*above, {"label": "从表格导入", "url": reverse("lists:import")}, {"label": label}]


def _closed_page(request: ActorRequest, upload: UploadedTable) -> HttpResponse:
    versions = [
        {"title": str(version), "url": officer_version(LISTS, version)}
        for version in versions_of_upload(upload)
    ]
    context = {"upload": upload, "versions": versions, "crumbs": _crumbs(None, "")}
    return render(request, "exemption_lists/importing/closed.html", context, status=410)
