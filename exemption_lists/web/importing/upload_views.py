"""Step 1: choosing the file. It is read before it is kept."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from enforcement.errors import Refusal
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.refusals import add_to_form
from enforcement.web.upload_form import UploadForm
from exemption_lists.services.upload_table import keep_upload
from exemption_lists.web.importing.steps import step_context


@working_page
def upload(request: ActorRequest) -> HttpResponse:
    """Choose a file; it is read and checked, and kept for the steps that follow."""
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        file_label="表格",
        file_help=".xlsx 文件，小于 10 MB。按公布的样子即可，不用改成固定格式",
        accept=".xlsx,.json",
    )
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        target = request.GET.get("document", "")
        try:
            kept = keep_upload(
                actor=request.actor,
                file_name=str(file.name),
                content=file.read(),
                document=target if target.replace("-", "").isalnum() else "",
            )
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return redirect(reverse("lists:import_columns", args=[kept.pk]))
    context = step_context(None, "import") | {"form": form}
    return render(request, "exemption_lists/importing/upload.html", context)
