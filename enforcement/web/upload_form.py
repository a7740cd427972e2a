"""One uploaded file of a size we read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from enforcement.services.kept_files import MAX_BYTES


class UploadForm(forms.Form):
    """The field `file`. `accept` is what the browser offers first; what the file really is, its reader finds out."""

    file = forms.FileField(error_messages={"required": "选择文件", "empty": "这个文件是空的。重新选择文件"})

    def __init__(
        self, *positional: Any, file_help: str, accept: str, file_label: str = "文件", **options: Any
    ) -> None:
        super().__init__(*positional, **options)
        field = self.fields["file"]
        field.label, field.help_text = file_label, file_help
        field.widget = forms.FileInput(attrs={"accept": accept})

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            size = (file.size or 0) / 1024 / 1024
            raise forms.ValidationError(f"文件应小于 10 MB，这份是 {size:.0f} MB。可删去图片或分成几份")
        return file
