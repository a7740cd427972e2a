"""Forms of the import in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from enforcement.web.documents.target_form import TargetForm


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
