"""法律法规 as pages of the register: texts with their revisions, provisions and who cites them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from enforcement import wording
from enforcement.actors import Actor
from enforcement.models import Law, LawChange, LawEnding, LawLevel
from enforcement.register_tables import laws as table
from enforcement.selectors.law import revisions_of, standing_of
from enforcement.selectors.law_lookups import label_of_law
from enforcement.selectors.law_register import (
    citing_in_force,
    law_choices,
    list_laws,
    provisions_of,
    repealed_in_use,
    search_laws,
    standing_on,
)
from enforcement.web.date_field import ChineseDateField
from enforcement.web.laws.addresses import public_law
from enforcement.web.laws.citing_section import citing_section
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import ActLink, Facts, ListColumn, RegisterSurface, RowFilter, Section

STATES = (("in_force", "现行有效"), ("upcoming", "尚未施行"), ("ended", "已失效"))


class LawChoice(forms.ModelChoiceField):
    """A text, named with the day it came into force."""

    def label_from_instance(self, obj: Any) -> str:
        return label_of_law(obj)


class LawForm(RegisterForm):
    """One text. Title and first day are what citations and addresses name, so they stay as registered."""

    read_only_after_creation = ("name", "effective_from")

    name = forms.CharField(
        label="名称", max_length=120, help_text="全称，不加书名号", error_messages={"required": "填写名称"}
    )
    effective_from = ChineseDateField(
        label="施行日期",
        help_text="这个文本起施行的日期，例如 2026.8.15。登记后不再改动",
        error_messages={"required": "填写施行日期"},
    )
    level = forms.ChoiceField(label="效力层级", choices=LawLevel.choices)
    issued_by = forms.CharField(label="制定机关", max_length=80, required=False)
    document_number = forms.CharField(label="公布文号", max_length=60, required=False)
    change_kind = forms.ChoiceField(label="本次变动", choices=LawChange.choices)
    promulgated_on = ChineseDateField(label="公布日期", required=False)
    effective_until = ChineseDateField(
        label="失效日期", required=False, help_text="从这一天起不再有效；现行有效的不填"
    )
    ending = forms.ChoiceField(
        label="失效原因", required=False, choices=[("", "没有失效"), *LawEnding.choices]
    )
    succeeded_by = LawChoice(
        label="由何文本接续",
        queryset=None,
        required=False,
        empty_label="没有",
        help_text="接续的文本要先登记",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["succeeded_by"]
        assert isinstance(field, forms.ModelChoiceField)
        others = law_choices(actor=self.actor)
        field.queryset = others.exclude(pk=self.row.pk) if self.row is not None else others

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins = cleaned.get("effective_from") or getattr(self.row, "effective_from", None)
        for name, sentence in table.problems_of_law(cleaned | {"effective_from": begins}).items():
            self.add_error(name, sentence)
        return cleaned


def _facts(row: Any) -> Facts:
    return (
        ("名称", row.name),
        ("效力层级", row.get_level_display()),
        ("制定机关", row.issued_by),
        ("公布文号", row.document_number),
        ("本次变动", row.get_change_kind_display()),
        ("公布日期", _day(row.promulgated_on)),
        ("施行日期", _day(row.effective_from)),
        ("失效日期", _day(row.effective_until)),
        ("失效原因", row.get_ending_display()),
        ("由何文本接续", label_of_law(row.succeeded_by) if row.succeeded_by else ""),
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _sections(actor: Actor, row: Law, on: dt.date | None) -> tuple[Section, ...]:
    if on is not None:
        return ()
    today = timezone.localdate()
    return (_revisions(row, today), _provisions(row), _citing(row, today))


def _revisions(row: Law, today: dt.date) -> Section:
    return Section(
        title="历次文本",
        id="revisions",
        columns=("施行日期", "失效日期", "本次变动", "状态"),
        rows=tuple(
            (
                {
                    "text": _day(one.effective_from),
                    "url": "" if one.pk == row.pk else row_address("laws", one.pk),
                },
                _day(one.effective_until),
                str(one.get_change_kind_display()),
                {"text": standing_of(one, today).value, "tone": standing_of(one, today).tone},
            )
            for one in revisions_of(row.name)
        ),
    )


def _provisions(row: Law) -> Section:
    return Section(
        title="条款",
        id="provisions",
        columns=("条款", "内容提要", "相关案由"),
        rows=tuple(
            (
                {
                    "text": wording.provision_text(one.as_reference()).partition("》")[2],
                    "url": row_address("provisions", one.pk),
                },
                one.gist,
                str(one.used or ""),  # type: ignore[attr-defined]
            )
            for one in provisions_of(row)
        ),
        empty="这个文本还没有登记条款。",
    )


def _citing(row: Law, today: dt.date) -> Section:
    return citing_section(
        citing_in_force(name=row.name, on=today),
        today=today,
        empty="现行有效的清单和基准没有引用这部法律。",
    )


def row_address(area: str, key: object) -> str:
    """The page of a row of another area."""
    return reverse(f"register_{area}:row", args=[key])


def _acts(actor: Actor, row: Law) -> tuple[ActLink, ...]:
    return (ActLink("公众看到的页面", public_law(row)),)


def _narrow_by_state(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return standing_on(rows, state=code, on=timezone.localdate())


def _tone(row: Any) -> str:
    return standing_of(row, timezone.localdate()).tone


LAWS = RegisterSurface(
    kind=table.LAW,
    title="法律法规",
    unit="个文本",
    introduction="清单、基准和案由依据的法律、法规、规章，每次修订、修正后另起一个文本",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("效力层级", lambda row: row.get_level_display()),
        ListColumn("施行日期", lambda row: _day(row.effective_from)),
        ListColumn("失效日期", lambda row: _day(row.effective_until), optional=True),
        ListColumn("条款", lambda row: str(row.provision_count), number=True, optional=True),
        ListColumn("状态", lambda row: standing_of(row, timezone.localdate()).value, tone=_tone),
    ),
    list_rows=lambda actor: list_laws(actor=actor),
    order=("name", "effective_from"),
    search=search_laws,
    search_label="名称或文号",
    filters=(
        RowFilter(
            "level", "效力层级", lambda actor: LawLevel.choices, lambda rows, code: rows.filter(level=code)
        ),
        RowFilter("state", "状态", lambda actor: STATES, _narrow_by_state),
    ),
    title_of=label_of_law,
    facts_of=_facts,
    related=("succeeded_by",),
    sections=_sections,
    acts=_acts,
    may_open=table.may_read,
    form=LawForm,
    table=table.LAWS,
    warnings=lambda actor, today: repealed_in_use(on=today),
)
