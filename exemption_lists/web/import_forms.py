"""Forms of the import in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from enforcement.models import Agency, RuleVersion
from enforcement.spreadsheets.limits import MAX_PACKED_BYTES
from enforcement.web.documents.forms import RESERVED_SLUGS

NEW_DOCUMENT = "new"


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


class WriteForm(forms.Form):
    """Which tables are written, and where: into a draft of the actor's, or a new document."""

    tables = forms.TypedMultipleChoiceField(
        label="导入的表",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="各自编号的表分开导入，每张成为一份清单",
        error_messages={"required": "至少选择一张表"},
    )
    target = forms.ChoiceField(
        label="写入",
        help_text="选择一份草稿，或者建立新的清单",
        error_messages={"required": "选择写入哪里", "invalid_choice": "这份草稿已不能写入。重新选择"},
    )
    replace = forms.ChoiceField(
        label="草稿里已有条目时",
        choices=[("append", "加在现有条目后面"), ("replace", "替换现有条目")],
        widget=forms.RadioSelect,
        initial="append",
    )
    title = forms.CharField(
        label="新清单的名称", max_length=160, required=False, help_text="建立新的清单时填写"
    )
    slug = forms.SlugField(
        label="新清单的网址代号",
        max_length=60,
        required=False,
        help_text="小写字母、数字和连字符；发布后写进永久链接",
        error_messages={"invalid": "网址代号只能用字母、数字和连字符"},
    )
    agency: forms.ModelChoiceField[Agency] = forms.ModelChoiceField(
        label="新清单的编制机关",
        queryset=None,
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": "您没有为这个机关编制的职责"},
    )

    def __init__(
        self,
        *args: Any,
        tables: Sequence[tuple[int, str]],
        drafts: QuerySet[RuleVersion],
        agencies: QuerySet[Agency],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offered = self.fields["tables"]
        assert isinstance(offered, forms.TypedMultipleChoiceField)
        offered.choices = list(tables)
        offered.initial = [number for number, _label in tables]
        self._drafts = {draft.document.slug: draft for draft in drafts}
        target = self.fields["target"]
        assert isinstance(target, forms.ChoiceField)
        named = [(slug, f"草稿：{draft}") for slug, draft in self._drafts.items()]
        target.choices = [*named, (NEW_DOCUMENT, "建立新的清单")]
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = agencies

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["draft"] = self._drafts.get(cleaned.get("target", NEW_DOCUMENT))
        if cleaned["draft"] is None:
            for name, problem in (
                ("title", "填写新清单的名称"),
                ("slug", "填写新清单的网址代号"),
                ("agency", "选择编制机关"),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, problem)
            if str(cleaned.get("slug", "")).lower() in RESERVED_SLUGS:
                self.add_error("slug", "这个网址代号是系统页面的地址。请换一个")
        cleaned["slug"] = str(cleaned.get("slug", "")).lower()
        return cleaned
