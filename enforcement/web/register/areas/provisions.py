"""条款 and 新旧条款对应 as pages of the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.models import Provision
from enforcement.register_tables import provisions as table
from enforcement.selectors.law import standing_of
from enforcement.selectors.law_lookups import label_of_law, label_of_provision, provision_named
from enforcement.selectors.law_register import (
    citing_in_force,
    law_choices,
    list_provisions,
    list_successions,
    search_provisions,
    search_successions,
    violations_of,
)
from enforcement.web.laws.addresses import public_provision
from enforcement.web.laws.citing_section import citing_section
from enforcement.web.register.areas.laws import STATES, LawChoice, row_address
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import ActLink, Facts, ListColumn, RegisterSurface, RowFilter, Section


class ProvisionForm(RegisterForm):
    """One provision. Its place is what citations name, so it stays as registered; the summary may be mended."""

    read_only_after_creation = ("law", "article", "paragraph", "item")

    law = LawChoice(
        label="法律",
        queryset=None,
        empty_label="选择法律文本",
        error_messages={"required": "选择法律文本"},
    )
    article = forms.IntegerField(
        label="条",
        min_value=1,
        max_value=table.LARGEST_NUMBER,
        help_text="用阿拉伯数字，例如 42",
        error_messages={"required": "填写条", "invalid": "条应为数字，例如 42"},
    )
    paragraph = forms.IntegerField(
        label="款", min_value=1, max_value=table.LARGEST_NUMBER, required=False, help_text="不分款的不填"
    )
    item = forms.IntegerField(
        label="项", min_value=1, max_value=table.LARGEST_NUMBER, required=False, help_text="不分项的不填"
    )
    gist = forms.CharField(
        label="内容提要",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="自己概括，不抄法条原文",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "law" in self.fields:
            field = self.fields["law"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = law_choices(actor=self.actor)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _provision_facts(row: Any) -> Facts:
    return (
        ("法律", label_of_law(row.law)),
        ("条", _number(row.article)),
        ("款", _number(row.paragraph)),
        ("项", _number(row.item)),
        ("内容提要", row.gist),
    )


def _provision_sections(actor: Actor, row: Provision, on: dt.date | None) -> tuple[Section, ...]:
    if on is not None:
        return ()
    today = timezone.localdate()
    successors = row.successions.select_related("new__law").order_by("new_id")
    origins = row.origins.select_related("old__law").order_by("old_id")
    numbers = (row.article, row.paragraph, row.item)
    return (
        Section(
            title="新旧条款对应",
            id="successions",
            columns=("条款", "方向", "说明"),
            rows=(
                *((_provision_cell(one.old), "由此而来", one.note) for one in origins),
                *((_provision_cell(one.new), "后来改为", one.note) for one in successors),
            ),
            empty="没有登记新旧条款对应。",
        ),
        Section(
            title="相关案由",
            id="violations",
            columns=("名称", "编码", "条线"),
            rows=tuple(
                (
                    {"text": one.name, "url": row_address("violations", one.pk)},
                    one.code,
                    one.line.name,
                )
                for one in violations_of(row)
            ),
            empty="没有案由以它为依据。",
        ),
        citing_section(
            citing_in_force(name=row.law.name, on=today, numbers=numbers),
            today=today,
            empty="现行有效的清单和基准没有引用这一条款。",
        ),
    )


def _provision_cell(provision: Provision) -> dict[str, str]:
    return {"text": label_of_provision(provision), "url": row_address("provisions", provision.pk)}


def _provision_acts(actor: Actor, row: Provision) -> tuple[ActLink, ...]:
    return (ActLink("公众看到的页面", public_provision(row)),)


def _narrow_by_text(rows: Any, code: str) -> Any:
    today = timezone.localdate()
    ended = {"law__effective_until__lte": today}
    match code:
        case "in_force":
            return rows.filter(law__effective_from__lte=today).exclude(**ended)
        case "upcoming":
            return rows.filter(law__effective_from__gt=today)
        case _:
            return rows.filter(**ended)


def _law_state(row: Any) -> str:
    return standing_of(row.law, timezone.localdate()).value


PROVISIONS = RegisterSurface(
    kind=table.PROVISION,
    title="条款",
    unit="条",
    introduction="法律文本的条、款、项和内容提要，案由和清单的依据都指向它们",
    columns=(
        ListColumn("条款", label_of_provision),
        ListColumn("内容提要", lambda row: row.gist),
        ListColumn("文本状态", _law_state, tone=lambda row: standing_of(row.law, timezone.localdate()).tone),
    ),
    list_rows=lambda actor: list_provisions(actor=actor),
    order=("law__name", "law__effective_from", "article", "pk"),
    search=search_provisions,
    search_label="法律名称或提要",
    filters=(
        RowFilter(
            "state",
            "文本状态",
            lambda actor: STATES,
            _narrow_by_text,
        ),
    ),
    title_of=label_of_provision,
    facts_of=_provision_facts,
    related=("law",),
    sections=_provision_sections,
    acts=_provision_acts,
    may_open=table.may_read,
    form=ProvisionForm,
    table=table.PROVISIONS,
)


class ProvisionField(forms.CharField):
    """A provision written as 《示范法》（2018-01-01）第七十条第一款; cleans to the row."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        found = provision_named(text)
        if found is None:
            raise forms.ValidationError(
                f"没有登记“{text[:60]}”。写成“《名称》（施行日期）第…条”，或者先登记这一条款"
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return label_of_provision(value) if isinstance(value, Provision) else value


class SuccessionForm(RegisterForm):
    """Old and new provision; the pair stays as registered, the remark may be mended."""

    read_only_after_creation = ("old", "new")

    old = ProvisionField(
        label="旧条款",
        help_text="例如 《中华人民共和国大气污染防治法》（2018-10-26）第七十条第一款",
        error_messages={"required": "填写旧条款"},
    )
    new = ProvisionField(
        label="新条款",
        help_text="例如 《中华人民共和国生态环境法典》（2026-08-15）第二百四十一条",
        error_messages={"required": "填写新条款"},
    )
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="例如 分为两条")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("old") and cleaned.get("new"):
            problem = table.problem_of_succession(cleaned["old"], cleaned["new"])
            if problem:
                self.add_error("new", problem)
        return cleaned


def _succession_facts(row: Any) -> Facts:
    return (
        ("旧条款", label_of_provision(row.old)),
        ("新条款", label_of_provision(row.new)),
        ("说明", row.note),
    )


SUCCESSIONS = RegisterSurface(
    kind=table.SUCCESSION,
    title="新旧条款对应",
    unit="项对应",
    introduction="条款在新文本中的去向：改了序号、分为几条，或者并入一条",
    columns=(
        ListColumn("旧条款", lambda row: label_of_provision(row.old)),
        ListColumn("新条款", lambda row: label_of_provision(row.new)),
        ListColumn("说明", lambda row: row.note, optional=True),
    ),
    list_rows=lambda actor: list_successions(actor=actor),
    order=("old__law__name", "old_id", "new_id"),
    search=search_successions,
    search_label="法律名称",
    title_of=lambda row: label_of_provision(row.old),
    facts_of=_succession_facts,
    related=("old__law", "new__law"),
    may_open=table.may_read,
    form=SuccessionForm,
    table=table.SUCCESSIONS,
)
