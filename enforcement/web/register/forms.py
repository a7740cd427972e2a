"""Forms of the register: one base for adding and changing a row, and the small forms of the shared pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from enforcement.actors import Actor
from enforcement.services.export_register import SHORTEST_PURPOSE
from enforcement.web.date_field import ChineseDateField
from enforcement.web.merge import ABOUT_THE_SAVE


class RegisterForm(forms.Form):
    """A row's editable columns: a field is named like the model attribute it sets (`agency`, not `agency_id`).

    Subclasses declare the fields; `read_only_after_creation` names those that are fixed once the row exists. Choices
    that depend on the actor are set in `__init__` after calling it. The base adds the version and the reason.
    """

    read_only_after_creation: tuple[str, ...] = ()
    # Fields of a new row that an address may fill in: `new/?officer=WH-SCJG-01`.
    prefilled: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, *, actor: Actor, row: Any = None, today: dt.date, **options: Any
    ) -> None:
        self.actor, self.row, self.today = actor, row, today
        initial = {**(self.initial_of(row) if row is not None else {}), **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)
        if row is None:
            return
        for name in self.read_only_after_creation:
            del self.fields[name]
        self.fields["lock_version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=row.lock_version, required=True
        )
        self.fields["reason"] = forms.CharField(
            label="修改原因",
            max_length=300,
            help_text="写进修改历史和账本，例如“机构改革更名”。不写姓名和证件号码",
            error_messages={"required": "填写修改原因"},
        )

    def initial_of(self, row: Any) -> dict[str, Any]:
        """Values of the fields from a row; override where a field is not simply an attribute."""
        return {
            name: getattr(row, f"{name}_id", None) if hasattr(row, f"{name}_id") else getattr(row, name, None)
            for name in self.base_fields
        }

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the row, without version and reason."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ABOUT_THE_SAVE}


class EndForm(forms.Form):
    """The last day of a row."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    on = ChineseDateField(label="停用日期", error_messages={"required": "填写停用日期"})
    reason = forms.CharField(
        label="停用原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写进修改历史。停用后仍可查阅，已经使用它的案件和文件不受影响",
        error_messages={"required": "填写停用原因"},
    )


class ExportForm(forms.Form):
    """Why a table leaves the system."""

    purpose = forms.CharField(
        label="导出用途",
        max_length=200,
        min_length=SHORTEST_PURPOSE,
        help_text="例如“年度统计核对”。导出的人、时间、行数和用途会记入账本，用途里不写姓名和证件号码",
        error_messages={
            "required": "写明导出用途",
            "min_length": f"写明导出用途，至少 {SHORTEST_PURPOSE} 个字",
        },
    )
