"""The form of a scene: agencies, items and basis are typed one a line."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.web.documents.lines_field import LinesField
from joint_inspection.models import InspectionScene
from joint_inspection.services.edit_scene import SceneFields


class SceneForm(forms.Form):
    """`lock_version` is what the editor saw."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    serial = forms.CharField(
        label="序号",
        max_length=30,
        widget=forms.TextInput(attrs={"class": "input-short"}),
        error_messages={"required": "填写序号"},
    )
    object_class = forms.CharField(label="监管对象类别", max_length=200, help_text="例如“宾馆、旅店”")
    lead_agency = forms.CharField(label="牵头单位", max_length=200)
    joint_agencies = LinesField(label="协同单位", required=True, help_text="每行一个")
    items = LinesField(label="检查事项", required=True, help_text="每行一项", rows=6)
    legal_basis = LinesField(
        label="执法依据", help_text="每行一条，例如 《中华人民共和国消防法》第五十三条", rows=3
    )
    item_class = forms.CharField(label="事项类别", max_length=60, required=False)
    sampling = forms.CharField(
        label="抽查比例及频次", max_length=120, required=False, help_text="按公布的写法，例如 5% 或者 60-70家"
    )
    level = forms.CharField(label="实施层级", max_length=120, required=False)
    period = forms.CharField(label="实施时间", max_length=120, required=False)
    note = forms.CharField(
        label="备注", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def fields_of_scene(self) -> SceneFields:
        """The cleaned values for the service."""
        return SceneFields(
            **{name: value for name, value in self.cleaned_data.items() if name != "lock_version"}
        )

    def renew_lock(self, lock_version: int) -> None:
        """After a refused save the page keeps what was typed and carries the new lock, so that saving again is a choice."""
        if self.is_bound and self.errors:
            self.data = {**self.data.dict(), "lock_version": str(lock_version)}  # type: ignore[attr-defined]


def initial_of(scene: InspectionScene) -> dict[str, Any]:
    """The form's values for a scene."""
    return {name: getattr(scene, name) for name in SceneForm.base_fields if name != "lock_version"}
