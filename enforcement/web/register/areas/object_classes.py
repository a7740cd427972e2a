"""监管对象类别 as pages."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.register_parties import OBJECT_CLASS
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.object_classes import OBJECT_CLASSES as TABLE
from enforcement.selectors.parties import list_object_classes, search_object_classes
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import Facts, ListColumn, RegisterSurface


class ObjectClassForm(RegisterForm):
    """A class; plans and lists refer to its code, which stays as registered."""

    read_only_after_creation = ("code",)

    code = forms.RegexField(
        r"^[A-Za-z0-9_-]+$",
        label="代码",
        max_length=32,
        help_text="字母、数字和连字符，例如 catering。登记后不再改动",
        error_messages={"required": "填写代码", "invalid": "代码只用字母、数字和连字符，例如 catering"},
    )
    name = forms.CharField(
        label="名称",
        max_length=60,
        help_text="例如“餐饮服务单位”",
        error_messages={"required": "填写名称"},
    )
    remit = forms.CharField(
        label="说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="哪些对象属于这个类别，最多 300 字",
    )


def _facts(row: Any) -> Facts:
    return (
        ("代码", row.code),
        ("名称", row.name),
        ("说明", row.remit),
        ("停用日期", row.ended_on.isoformat() if row.ended_on else ""),
    )


OBJECT_CLASSES = RegisterSurface(
    kind=OBJECT_CLASS,
    title="监管对象类别",
    unit="个监管对象类别",
    introduction="餐饮服务单位、道路运输经营者等类别，检查计划和当事人登记使用",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("代码", lambda row: row.code),
        ListColumn("说明", lambda row: row.remit, optional=True),
        ListColumn(
            "状态",
            lambda row: f"{row.ended_on.isoformat()} 停用" if row.ended_on else "在用",
            tone=lambda row: "warn" if row.ended_on else "ok",
        ),
    ),
    list_rows=lambda actor: list_object_classes(actor=actor),
    search=search_object_classes,
    order=("code",),
    facts_of=_facts,
    may_open=may_read,
    form=ObjectClassForm,
    table=TABLE,
)
