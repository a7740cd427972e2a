"""The form of a scene: agencies, items and basis are typed one a line."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.web.documents.entry_editing import DraftEntryForm, EntryEditor
from enforcement.web.documents.lines_field import LinesField
from enforcement.web.merge import ABOUT_THE_SAVE
from joint_inspection.models import InspectionScene
from joint_inspection.selectors import find_scene
from joint_inspection.services.edit_scene import SceneFields, add_scene, edit_scene, remove_scene
from joint_inspection.web.surface import JOINT_LISTS


class SceneForm(DraftEntryForm):
    """Everything about a scene."""

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

    def entry_fields(self) -> SceneFields:
        """The cleaned values for the service."""
        return SceneFields(**self.service_values())


def initial_of(scene: InspectionScene) -> dict[str, Any]:
    """The form's values for a scene."""
    return {name: getattr(scene, name) for name in SceneForm.base_fields if name not in ABOUT_THE_SAVE}


SCENE_EDITOR = EntryEditor(
    surface=JOINT_LISTS,
    form=SceneForm,
    find=lambda version, slug: find_scene(version=version, slug=slug),
    initial_of=initial_of,
    heading_of=lambda scene: str(scene.object_class),
    add=add_scene,
    edit=edit_scene,
    remove=remove_scene,
)
