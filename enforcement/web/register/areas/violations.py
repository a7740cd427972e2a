"""违法行为（案由） as pages of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import Violation
from enforcement.register_tables import violations as table
from enforcement.selectors.law_lookups import label_of_provision, printed_citations
from enforcement.selectors.law_register import line_choices, list_violations, search_violations
from enforcement.services.violations import add_violation, change_violation
from enforcement.statutory_words import HOW_TO_WRITE, fine_lines, read_fine_lines
from enforcement.web.register.areas.laws import row_address
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import Facts, ListColumn, RegisterSurface, RowFilter, Section

ONE_A_LINE = "每行一条，例如 《中华人民共和国价格法》第十三条第一款。条款要先登记"


class FineField(forms.CharField):
    """The statutory fine as lines; cleans to components. `known` are those the row has."""

    known: Sequence[Mapping[str, Any]] = ()

    def clean(self, value: Any) -> Any:
        try:
            return read_fine_lines(str(super().clean(value)), known=self.known)
        except InvalidInput as refusal:
            raise forms.ValidationError(refusal.problems) from None

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(fine_lines(value))


class ViolationForm(RegisterForm):
    """One violation. Its code is used by cases and lists, so it stays as registered."""

    read_only_after_creation = ("code",)

    code = forms.RegexField(
        r"^[A-Za-z0-9_-]+$",
        label="编码",
        max_length=40,
        help_text="字母、数字和连字符，例如 SCJG-008。登记后不再改动",
        error_messages={"required": "填写编码", "invalid": "编码只用字母、数字和连字符，例如 SCJG-008"},
    )
    name = forms.CharField(label="名称", max_length=300, error_messages={"required": "填写名称"})
    line = forms.ChoiceField(label="条线", error_messages={"required": "选择条线"})
    violated_text = forms.CharField(
        label="违反依据",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=ONE_A_LINE,
    )
    punished_text = forms.CharField(
        label="处罚依据",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=ONE_A_LINE,
    )
    statutory_fine = FineField(
        label="法定罚款",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"每行一项，{HOW_TO_WRITE}；没有罚款的不填",
    )
    is_high_frequency = forms.BooleanField(label="高频执法事项", required=False)
    key_area = forms.CharField(
        label="重点领域", max_length=40, required=False, help_text="例如 食品药品、安全生产"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = line_choices(actor=self.actor)
        fine = self.fields["statutory_fine"]
        assert isinstance(fine, FineField)
        fine.known = self.row.statutory_fine if self.row is not None else ()

    def initial_of(self, row: Any) -> dict[str, Any]:
        """Rows registered before citations were written out show the citations of their links."""
        initial = super().initial_of(row)
        for name, relation in (("violated_text", "violated"), ("punished_text", "punished_by")):
            if not initial[name]:
                linked = getattr(row, relation).select_related("law")
                initial[name] = printed_citations(linked)
        return initial

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        values["line_id"] = values.pop("line")
        return values


def _facts(row: Any) -> Facts:
    return (
        ("编码", row.code),
        ("名称", row.name),
        ("条线", row.line.name),
        ("违反依据", row.violated_text.replace("\n", "；")),
        ("处罚依据", row.punished_text.replace("\n", "；")),
        ("法定罚款", "；".join(fine_lines(row.statutory_fine))),
        ("高频执法事项", "是" if row.is_high_frequency else "否"),
        ("重点领域", row.key_area),
    )


def _sections(actor: Actor, row: Violation, on: dt.date | None) -> tuple[Section, ...]:
    if on is not None:
        return ()
    rows = [
        *((one, "违反") for one in row.violated.select_related("law")),
        *((one, "处罚") for one in row.punished_by.select_related("law")),
    ]
    return (
        Section(
            title="登记的条款",
            id="provisions",
            columns=("条款", "作用", "内容提要"),
            rows=tuple(
                (
                    {"text": label_of_provision(one), "url": row_address("provisions", one.pk)},
                    role,
                    one.gist,
                )
                for one, role in rows
            ),
            empty="没有写依据。",
        ),
    )


def _add(*, actor: Actor, values: dict[str, Any], reason: str, today: dt.date) -> Violation:
    return add_violation(actor=actor, kind=table.VIOLATION, values=values, reason=reason)


def _change(*, actor: Actor, today: dt.date, **options: Any) -> tuple[str, ...]:
    return change_violation(actor=actor, kind=table.VIOLATION, **options)


VIOLATIONS = RegisterSurface(
    kind=table.VIOLATION,
    title="违法行为（案由）",
    unit="个案由",
    introduction="立案时选择的违法行为：违反哪一条、依据哪一条处罚、法定罚款的范围",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("编码", lambda row: row.code),
        ListColumn("条线", lambda row: row.line.name),
        ListColumn("重点领域", lambda row: row.key_area, optional=True),
        ListColumn("高频", lambda row: "高频" if row.is_high_frequency else "", optional=True),
    ),
    list_rows=lambda actor: list_violations(actor=actor),
    order=("line_id", "code"),
    search=search_violations,
    search_label="名称、编码或依据",
    filters=(
        RowFilter(
            "line",
            "条线",
            lambda actor: line_choices(actor=actor),
            lambda rows, code: rows.filter(line_id=code),
        ),
        RowFilter(
            "frequency",
            "频次",
            lambda actor: (("high", "高频执法事项"), ("other", "其他")),
            lambda rows, code: rows.filter(is_high_frequency=code == "high"),
        ),
    ),
    title_of=lambda row: row.name,
    facts_of=_facts,
    related=("line",),
    sections=_sections,
    may_open=table.may_read,
    form=ViolationForm,
    add=_add,
    change=_change,
    table=table.VIOLATIONS,
)
