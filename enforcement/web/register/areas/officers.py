"""执法人员 as pages: the person, the certificates, training and what the person holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse

from enforcement.actors import Actor
from enforcement.expiry import ExpiringKind
from enforcement.identifiers import mask_id_number
from enforcement.models import Agency
from enforcement.register_people import OFFICER
from enforcement.register_tables import officers as table
from enforcement.register_tables.people_columns import may_read
from enforcement.selectors import people
from enforcement.selectors.expiry import count_warnings
from enforcement.services.people.keep_officer import add_officer, change_officer
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.areas.certificate_words import certificate_cells, state_words
from enforcement.web.register.areas.people_fields import (
    TypedAgencyField,
    day_text,
    found_agency,
    works_with_register,
)
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.places import today
from enforcement.web.register.surface import (
    ActLink,
    Facts,
    ListColumn,
    RegisterSurface,
    RowFilter,
    Section,
)

KEPT_IF_BLANK = ("id_number", "phone")


class OfficerForm(RegisterForm):
    """A person. Numbers that are sealed are never shown again: left blank, they stay as they are."""

    staff_number = forms.CharField(
        label="工号",
        max_length=32,
        help_text="全省不重复，导入时按工号认人",
        error_messages={"required": "填写工号"},
    )
    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "填写姓名"})
    agency = TypedAgencyField()
    id_number = forms.CharField(label="身份证号", max_length=30, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    position = forms.CharField(label="职务", max_length=40, required=False)
    is_auxiliary = forms.BooleanField(
        label="辅助人员", required=False, help_text="辅助人员不具有行政执法资格，不得持有执法证"
    )
    joined_on = ChineseDateField(label="到岗日期", required=False)

    def __init__(self, *positional: Any, **options: Any) -> None:
        super().__init__(*positional, **options)
        for name in KEPT_IF_BLANK:
            self.fields[name].widget.attrs["autocomplete"] = "off"
            self.fields[name].help_text = (
                "加密保存；留空表示不改动已登记的内容" if self.row is not None else "加密保存，只显示首尾几位"
            )

    def initial_of(self, row: Any) -> dict[str, Any]:
        plain = {
            name: getattr(row, name) for name in self.base_fields if name not in (*KEPT_IF_BLANK, "agency")
        }
        return {**plain, "agency": row.agency.code}

    def clean_agency(self) -> Agency:
        return found_agency(self.actor, self.cleaned_data["agency"])

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if value or name not in KEPT_IF_BLANK}


def _facts(row: Any) -> Facts:
    return (
        ("工号", row.staff_number + ("（临时工号，待编号后更正）" if row.has_provisional_number else "")),
        ("姓名", row.name),
        ("执法主体", row.agency.name),
        ("职务", row.position),
        ("辅助人员", "是" if row.is_auxiliary else "否"),
        ("到岗日期", day_text(row.joined_on)),
        ("离岗日期", day_text(row.left_on)),
    )


def _sections(actor: Actor, row: Any, on: dt.date | None) -> tuple[Section, ...]:
    """Facts with days of their own answer for every day; identity is for those who keep the register."""
    day = on or today()
    links = works_with_register(actor)
    sections = [
        _certificates(actor, row, day, links),
        *_training(actor, row, day, links),
        _equipment(actor, row, day, links),
    ]
    if on is None and OFFICER.may_write(actor, row):
        sections.append(
            Section(
                title="身份信息",
                id="identity",
                facts=(
                    ("身份证号", mask_id_number(row.id_number) if row.id_number else "没有登记"),
                    ("联系电话", f"{row.phone[:3]}****{row.phone[-4:]}" if row.phone else "没有登记"),
                ),
            )
        )
    return tuple(sections)


def _certificates(actor: Actor, row: Any, day: dt.date, links: bool) -> Section:
    held = people.certificates_of(actor=actor, officer_id=row.pk)
    lines = dict(people.line_choices())
    acts: tuple[ActLink, ...] = ()
    if links and not row.is_auxiliary and OFFICER.may_write(actor, row):
        acts = (
            ActLink("登记执法证", f"{reverse('register_certificates:create')}?officer={row.staff_number}"),
        )
    return Section(
        title="执法证",
        id="certificates",
        columns=("证号", f"{day.isoformat()} 的状态", "有效期", "执法领域", "发证机关"),
        rows=tuple(certificate_cells(one, day, lines=lines, linked=links) for one in held),
        empty="没有登记执法证，不能实施执法行为。",
        acts=acts,
    )


def _training(actor: Actor, row: Any, day: dt.date, links: bool) -> tuple[Section, ...]:
    trainings = people.trainings_of(actor=actor, officer_id=row.pk)
    hours = people.hours_of(row, trainings, year=day.year)
    if hours.required is None:
        against = "本年度没有登记学时要求"
    elif hours.is_met:
        against = f"要求 {hours.required.normalize():f} 学时，已达到"
    else:
        against = f"要求 {hours.required.normalize():f} 学时，还差 {hours.missing.normalize():f} 学时"
    may_write = links and OFFICER.may_write(actor, row)
    number = row.staff_number
    return (
        Section(
            title="培训",
            id="trainings",
            facts=((f"{hours.year} 年学时", f"{hours.done.normalize():f} 学时（{against}）"),),
            columns=("培训名称", "完成日期", "学时", "类别", "主办单位"),
            rows=tuple(
                (
                    {"text": one.title, "url": reverse("register_trainings:row", args=[one.pk])}
                    if links
                    else one.title,
                    day_text(one.completed_on),
                    f"{one.hours.normalize():f}",
                    one.get_kind_display(),
                    one.provider,
                )
                for one in trainings
            ),
            empty="没有登记培训。",
            acts=(ActLink("登记培训", f"{reverse('register_trainings:create')}?officer={number}"),)
            if may_write
            else (),
        ),
        Section(
            title="考试",
            id="examinations",
            columns=("考试类别", "考试日期", "成绩", "结果"),
            rows=tuple(
                (
                    one.get_kind_display(),
                    day_text(one.taken_on),
                    f"{one.score.normalize():f}" if one.score is not None else "",
                    {"text": "合格", "tone": "ok"} if one.is_passed else {"text": "不合格", "tone": "danger"},
                )
                for one in people.examinations_of(actor=actor, officer_id=row.pk)
            ),
            empty="没有登记考试。",
            acts=(ActLink("登记考试", f"{reverse('register_examinations:create')}?officer={number}"),)
            if may_write
            else (),
        ),
    )


def _equipment(actor: Actor, row: Any, day: dt.date, links: bool) -> Section:
    held = people.equipment_held_by(actor=actor, officer_id=row.pk, on=day)
    return Section(
        title="领用的装备",
        id="equipment",
        columns=("装备", "品牌型号", "领用日期"),
        rows=tuple(
            (
                {
                    "text": str(one.equipment),
                    "url": reverse("register_equipment:row", args=[one.equipment_id]),
                }
                if links
                else str(one.equipment),
                one.equipment.model_name,
                day_text(one.held_from),
            )
            for one in held
        ),
        empty="名下没有领用的装备。",
    )


def _acts(actor: Actor, row: Any) -> tuple[ActLink, ...]:
    if row.left_on is not None or not OFFICER.may_write(actor, row):
        return ()
    return (ActLink("登记离岗", reverse("register_people:leave", args=[row.pk])),)


def _state(row: Any) -> str:
    return state_words(row, today())


STATES = (("valid", "执法证有效"), ("none", "没有有效执法证"), ("left", "已离岗"))


def _narrow(rows: Any, code: str) -> Any:
    day = today()
    if code == "left":
        return rows.filter(left_on__lt=day)
    serving = rows.exclude(left_on__lt=day)
    if code == "valid":
        return people.holding_valid_certificate(serving, day)
    return people.without_valid_certificate(serving, day)


OFFICERS = RegisterSurface(
    kind=OFFICER,
    title="执法人员",
    unit="名执法人员",
    introduction="人员和执法证：有效期、暂扣、注销、年度审验、培训和领用的装备",
    columns=(
        ListColumn("姓名", lambda row: row.name),
        ListColumn("工号", lambda row: row.staff_number),
        ListColumn("执法主体", lambda row: row.agency.name),
        ListColumn("职务", lambda row: row.position, optional=True),
        ListColumn("今天的资格", _state, tone=lambda row: "ok" if _state(row) == "执法证有效" else "warn"),
    ),
    list_rows=lambda actor: people.list_officers(actor=actor),
    search=people.search_officers,
    search_label="工号或者证号",
    order=("region_code", "staff_number"),
    filters=(RowFilter("state", "资格", lambda actor: STATES, _narrow),),
    facts_of=_facts,
    title_of=lambda row: row.name,
    related=("agency",),
    may_open=may_read,
    form=OfficerForm,
    sections=_sections,
    acts=_acts,
    table=table.OFFICERS,
    add=add_officer,
    change=change_officer,
    warnings=lambda actor, day: count_warnings(
        actor=actor, today=day, kinds=(ExpiringKind.CERTIFICATE, ExpiringKind.ANNUAL_CHECK)
    ),
)
