"""The form of a matter: basis and object classes are typed one a line."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.citations import references_of
from enforcement.models import Matter, MatterKind
from enforcement.responsibility.fields import MatterFields
from enforcement.selectors.matters import find_matter
from enforcement.services.edit_matter import add_matter, edit_matter, remove_matter
from enforcement.web.documents.entry_editing import DraftEntryForm, EntryEditor
from enforcement.web.documents.lines_field import LinesField
from enforcement.web.responsibility.surface import RESPONSIBILITY, basis_lines


class MatterForm(DraftEntryForm):
    """Everything about a matter."""

    serial = forms.CharField(
        label="序号",
        max_length=30,
        widget=forms.TextInput(attrs={"class": "input-short"}),
        error_messages={"required": "填写序号"},
    )
    name = forms.CharField(
        label="事项名称",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如“对经营超过保质期的食品的处罚”",
        error_messages={"required": "填写事项名称"},
    )
    kind = forms.ChoiceField(label="权力类型", choices=MatterKind.choices)
    code = forms.CharField(label="事项编码", max_length=60, required=False)
    legal_basis = LinesField(
        label="设定和实施依据",
        help_text="每行一条，例如 《中华人民共和国食品安全法》第一百二十四条第一款",
        rows=4,
    )
    violation_code = forms.CharField(
        label="对应案由",
        max_length=40,
        required=False,
        help_text="只有行政处罚事项填写，写案由编码，例如 SCJG-001",
    )
    object_classes = LinesField(label="监管对象类别", help_text="每行一类，例如 餐饮", rows=2)
    level = forms.CharField(label="行使层级", max_length=60, required=False, help_text="例如 省、州市、县")
    exercised_by = forms.CharField(
        label="实施主体", max_length=120, required=False, help_text="与编制机关不同时填写"
    )
    note = forms.CharField(
        label="备注", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def entry_fields(self) -> MatterFields:
        """The cleaned values for the service; citations as references."""
        values = self.service_values()
        return MatterFields(**{**values, "legal_basis": references_of(values["legal_basis"])})


def initial_of(matter: Matter) -> dict[str, Any]:
    """The form's values for a matter."""
    plain = ("serial", "name", "kind", "code", "object_classes", "level", "exercised_by", "note")
    return {
        **{name: getattr(matter, name) for name in plain},
        "legal_basis": [line.replace("\n", " ") for line in basis_lines(matter)],
        "violation_code": matter.violation.code if matter.violation else "",
    }


MATTER_EDITOR = EntryEditor(
    surface=RESPONSIBILITY,
    form=MatterForm,
    find=lambda version, slug: find_matter(version=version, slug=slug),
    initial_of=initial_of,
    heading_of=lambda matter: str(matter.name),
    add=add_matter,
    edit=edit_matter,
    remove=remove_matter,
)
