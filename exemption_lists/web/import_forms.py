"""Forms of the import in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from enforcement.spreadsheets.limits import MAX_PACKED_BYTES
from enforcement.web.documents.target_form import TargetForm


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="表格",
        help_text=".xlsx 文件，小于 10 MB。按公布的样子即可，不用改成固定格式",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json"}),
        error_messages={"required": "选择文件", "empty": "这个文件是空的。重新选择文件"},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_PACKED_BYTES:
            size = (file.size or 0) / 1024 / 1024
            raise forms.ValidationError(f"表格应小于 10 MB，这份是 {size:.0f} MB。可删去图片或分成几份")
        return file


class WriteForm(TargetForm):
    """Which tables are written, and where."""

    noun = "新清单"
    draft_note = ""

    tables = forms.TypedMultipleChoiceField(
        label="导入的表",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="各自编号的表分开导入，每张成为一份清单",
        error_messages={"required": "至少选择一张表"},
    )
    replace = forms.ChoiceField(
        label="草稿里已有条目时",
        choices=[("append", "加在现有条目后面"), ("replace", "替换现有条目")],
        widget=forms.RadioSelect,
        initial="append",
    )
    field_order = ("tables", "target", "replace", "title", "slug", "agency")

    def __init__(self, *args: Any, tables: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = self.fields["tables"]
        assert isinstance(offered, forms.TypedMultipleChoiceField)
        offered.choices = list(tables)
        offered.initial = [number for number, _label in tables]
