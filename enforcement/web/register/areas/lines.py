"""条线 as pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from enforcement.register_tables import lines as table
from enforcement.selectors.lines import agencies_of_line, list_lines, search_lines
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import (
    Facts,
    ListColumn,
    RegisterSurface,
    RowFilter,
    Section,
)


class LineForm(RegisterForm):
    """A line. Its code is part of addresses and of copied scope, so it stays as it was registered."""

    read_only_after_creation = ("code",)

    code = forms.RegexField(
        r"^[A-Za-z0-9_-]+$",
        label="代码",
        max_length=32,
        help_text="字母、数字和连字符，例如 SCJG。登记后不再改动",
        error_messages={
            "required": "填写代码",
            "invalid": "代码只用字母、数字和连字符，例如 SCJG",
        },
    )
    name = forms.CharField(
        label="名称",
        max_length=40,
        help_text="主管领域的名称，例如“市场监管”",
        error_messages={"required": "填写名称"},
    )
    remit = forms.CharField(
        label="职责范围",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="这个条线管什么，最多 300 字",
    )


def _facts(row: Any) -> Facts:
    return (
        ("代码", row.code),
        ("名称", row.name),
        ("职责范围", row.remit),
        *((("停用日期", row.ended_on.isoformat()),) if row.ended_on else ()),
    )


def _sections(actor: Any, row: Any, on: Any) -> tuple[Section, ...]:
    if on is not None:
        return ()
    agencies = agencies_of_line(actor=actor, line_code=row.code)
    return (
        Section(
            title="执法主体",
            id="agencies",
            columns=("名称", "行政区划"),
            rows=tuple(
                (
                    {"text": agency.name, "url": reverse("register_agencies:row", args=[agency.pk])},
                    agency.region.name,
                )
                for agency in agencies
            ),
            empty="您的职责范围内没有这个条线的执法主体。",
        ),
    )


LINES = RegisterSurface(
    kind=table.LINE,
    title="条线",
    unit="个条线",
    introduction="主管领域：市场监管、生态环境、交通运输等，决定执法主体和职责授权的范围",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("代码", lambda row: row.code),
        ListColumn("职责范围", lambda row: row.remit, optional=True),
        ListColumn(
            "状态",
            lambda row: f"{row.ended_on.isoformat()} 停用" if row.ended_on else "在用",
            tone=lambda row: "warn" if row.ended_on else "ok",
        ),
    ),
    list_rows=lambda actor: list_lines(actor=actor),
    search=search_lines,
    order=("code",),
    filters=(
        RowFilter(
            "state",
            "状态",
            lambda actor: (("used", "在用"), ("ended", "已停用")),
            lambda rows, code: rows.filter(ended_on__isnull=code == "used"),
        ),
    ),
    facts_of=_facts,
    may_open=table.may_read,
    form=LineForm,
    sections=_sections,
    table=table.LINES,
)
