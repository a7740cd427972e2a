"""当事人 as pages. Search goes by POST (`search_is_private`), numbers are masked, acts have pages of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse

from enforcement.actors import SYSTEM, Actor
from enforcement.identifiers import IdentifierError, mask_phone
from enforcement.models import Party, PartyKind
from enforcement.personal_data import shown_party
from enforcement.register_parties import PARTY, may_read_parties
from enforcement.register_tables.parties import PARTIES as TABLE
from enforcement.register_tables.parties import WHOLE_PARTIES
from enforcement.selectors.administered_accounts import region_names
from enforcement.selectors.parties import agencies_kept_by, classes_in_use, list_parties, search_parties
from enforcement.selectors.people import line_names
from enforcement.services.parties.enter_party import (
    PartyDetails,
    checked_identifier,
    enter_party_as_registrar,
)
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import (
    ActLink,
    Facts,
    ListColumn,
    RegisterSurface,
    RowFilter,
    Section,
)


class PartyForm(RegisterForm):
    """Kind, name and identifier are fixed once registered: a new name is an act with a day and a basis.

    The telephone is shown masked; sent back as it was shown it stays what it is.
    """

    read_only_after_creation = ("agency", "kind", "identifier", "name")

    agency = forms.ChoiceField(
        label="登记机关",
        help_text="当事人由这个机关所在地区和条线的登记人员管理",
        error_messages={"required": "选择登记机关"},
    )
    kind = forms.ChoiceField(
        label="类型",
        choices=PartyKind,
        widget=forms.RadioSelect,
        error_messages={"required": "选择类型"},
    )
    identifier = forms.CharField(
        label="统一社会信用代码或身份证号",
        max_length=40,
        help_text="自然人填身份证号，其他填统一社会信用代码。登记后不再改动",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "填写统一社会信用代码或身份证号"},
    )
    name = forms.CharField(label="名称", max_length=120, error_messages={"required": "填写名称"})
    representative = forms.CharField(label="法定代表人（负责人）", max_length=40, required=False)
    address = forms.CharField(label="住所（经营场所）", max_length=200, required=False)
    phone = forms.CharField(
        label="联系电话",
        max_length=30,
        required=False,
        help_text="带星号的表示不改；要改的写完整号码",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "agency" in self.fields:
            kept = [(str(one.pk), one.name) for one in agencies_kept_by(self.actor)]
            self.fields["agency"].choices = [("", "选择登记机关"), *kept]  # type: ignore[attr-defined]

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {
            "representative": row.representative,
            "address": row.address,
            "phone": mask_phone(row.phone),
        }

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"]).strip()
        if "*" not in typed:
            return typed
        if self.row is None or typed != mask_phone(self.row.phone):
            raise forms.ValidationError("带星号的号码与登记的不符。写出完整号码，或者保持原样")
        return str(self.row.phone)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and cleaned.get("identifier"):
            try:
                checked_identifier(cleaned["kind"], cleaned["identifier"])
            except IdentifierError as wrong:
                self.add_error("identifier", wrong.message)
        return cleaned


def _add(*, actor: Actor, values: dict[str, Any], reason: str, today: dt.date) -> Party:
    details = {name: values[name] for name in values if name != "agency"}
    return enter_party_as_registrar(
        actor=actor, agency_id=int(values["agency"]), details=PartyDetails(**details)
    )


def _facts(row: Any) -> Facts:
    """Masked for everyone: the page is only for those who may know the name."""
    shown = shown_party(SYSTEM, row, within=row)
    return (
        ("类型", shown.kind_label),
        ("名称", shown.name),
        (shown.identifier_label, shown.identifier),
        ("法定代表人（负责人）", shown.representative),
        ("住所（经营场所）", shown.address),
        ("联系电话", shown.phone),
        ("行政区划代码", row.region_code),
        ("条线代码", row.line_code),
    )


def _sections(actor: Actor, row: Party, on: dt.date | None) -> tuple[Section, ...]:
    memberships = row.class_memberships.select_related("object_class")
    held = [one for one in memberships if (one.holds_on(on) if on else one.until is None)]
    return (
        Section(
            title="登记的地区和条线",
            id="place",
            facts=(
                ("行政区划", region_names({row.region_code}).get(row.region_code, row.region_code)),
                ("条线", line_names([row.line_code])),
            ),
        ),
        Section(
            title="监管对象类别",
            id="classes",
            columns=("类别", "起始日期"),
            rows=tuple((one.object_class.name, one.since.isoformat()) for one in held),
            empty="没有归入类别。",
        ),
        Section(
            title="信用等级",
            id="credit",
            columns=("等级", "起始日期", "来源", "登记人"),
            rows=tuple(
                (one.get_tier_display(), one.from_day.isoformat(), one.source, one.recorded_by)
                for one in row.credit_ratings.all()
                if on is None or one.from_day <= on
            ),
            empty="没有登记信用等级。",
        ),
        Section(
            title="曾用名",
            id="names",
            columns=("名称", "使用至", "变更依据", "登记人"),
            rows=tuple(
                (one.name, f"{one.used_until.isoformat()} 前", one.basis, one.recorded_by)
                for one in row.former_names.all()
                if on is None or one.used_until <= on
            ),
            empty="没有曾用名。",
        ),
    )


def _acts(actor: Actor, row: Party) -> tuple[ActLink, ...]:
    acts = [ActLink("查看完整信息", reverse("party_acts:full", args=[row.pk]))]
    if PARTY.may_write(actor, row):
        acts += [
            ActLink("更名或更正", reverse("party_acts:rename", args=[row.pk])),
            ActLink("登记信用等级", reverse("party_acts:rate", args=[row.pk])),
            ActLink("归入类别", reverse("party_acts:classify", args=[row.pk])),
        ]
    return tuple(acts)


def _further_exports(actor: Actor) -> tuple[ActLink, ...]:
    if not WHOLE_PARTIES.may_export(actor):
        return ()
    return (ActLink("导出完整号码（需要写明目的和理由）", reverse("party_acts:export_whole")),)


def _identifier(row: Party) -> str:
    return shown_party(SYSTEM, row, within=row).identifier


def _tier(row: Party) -> str:
    latest = next(iter(row.credit_ratings.all()), None)
    return latest.tier if latest is not None else ""


PARTIES = RegisterSurface(
    kind=PARTY,
    title="当事人",
    unit="个当事人",
    introduction="自然人、个体工商户、企业和其他组织，含曾用名、监管对象类别和信用等级",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("类型", lambda row: row.get_kind_display()),
        ListColumn("证件号码", _identifier),
        ListColumn("信用等级", _tier, optional=True),
        ListColumn("行政区划代码", lambda row: row.region_code, optional=True),
    ),
    list_rows=lambda actor: list_parties(actor=actor).prefetch_related("credit_ratings"),
    search=search_parties,
    search_label="名称开头或完整号码",
    search_is_private=True,
    order=("id",),
    filters=(
        RowFilter(
            "kind",
            "类型",
            lambda actor: ((str(value), str(label)) for value, label in PartyKind.choices),
            lambda rows, code: rows.filter(kind=code),
        ),
        RowFilter(
            "class",
            "监管对象类别",
            lambda actor: ((one.code, one.name) for one in classes_in_use()),
            lambda rows, code: rows.filter(
                class_memberships__object_class__code=code, class_memberships__until__isnull=True
            ),
        ),
    ),
    facts_of=_facts,
    sections=_sections,
    acts=_acts,
    may_open=may_read_parties,
    form=PartyForm,
    table=TABLE,
    further_exports=_further_exports,
    add=_add,
)
