"""执法装备 as pages: the piece, its calibrations, and who held it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse

from enforcement.actors import Actor
from enforcement.calibration import source_refusal
from enforcement.expiry import ExpiringKind
from enforcement.models import Agency
from enforcement.models.equipment import EquipmentKind
from enforcement.register_people import EQUIPMENT
from enforcement.register_tables import equipment as table
from enforcement.register_tables.people_columns import may_read
from enforcement.selectors import people
from enforcement.selectors.expiry import count_warnings
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.areas.people_fields import TypedAgencyField, day_text, found_agency
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


class EquipmentForm(RegisterForm):
    """One piece of an agency."""

    agency = TypedAgencyField()
    inventory_number = forms.CharField(
        label="资产编号",
        max_length=40,
        help_text="本机构内不重复",
        error_messages={"required": "填写资产编号"},
    )
    kind = forms.ChoiceField(
        label="装备类别", choices=EquipmentKind.choices, error_messages={"required": "选择装备类别"}
    )
    model_name = forms.CharField(label="品牌型号", max_length=80, error_messages={"required": "填写品牌型号"})
    serial_number = forms.CharField(label="出厂编号", max_length=60, required=False)
    needs_calibration = forms.BooleanField(
        label="需要检定或者校准",
        required=False,
        help_text="测量数据用作证据的仪器须检定；检定过期的读数不能作为数据来源",
    )
    acquired_on = ChineseDateField(label="启用日期", error_messages={"required": "填写启用日期"})

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields if name != "agency"} | {
            "agency": row.agency.code
        }

    def clean_agency(self) -> Agency:
        return found_agency(self.actor, self.cleaned_data["agency"])


def _facts(row: Any) -> Facts:
    return (
        ("执法主体", row.agency.name),
        ("资产编号", row.inventory_number),
        ("装备类别", row.get_kind_display()),
        ("品牌型号", row.model_name),
        ("出厂编号", row.serial_number),
        ("需要检定或者校准", "是" if row.needs_calibration else "否"),
        ("启用日期", day_text(row.acquired_on)),
        ("停用日期", day_text(row.retired_on)),
    )


def _calibration_state(row: Any, day: dt.date) -> tuple[str, str]:
    """Word and tone; calibrations prefetched."""
    if row.retired_on is not None and day >= row.retired_on:
        return "已停用", "warn"
    if not row.needs_calibration:
        return "不需要检定", ""
    return ("检定有效", "ok") if source_refusal(row.term, day) is None else ("检定无效", "danger")


def _sections(actor: Actor, row: Any, on: dt.date | None) -> tuple[Section, ...]:
    day = on or today()
    may_write = on is None and EQUIPMENT.may_write(actor, row)
    custodies = people.custodies_of(actor=actor, equipment_id=row.pk)
    return (
        _calibrations(row, day, may_write),
        Section(
            title="领用",
            id="custodies",
            columns=("领用人", "领用日期", "交还日期"),
            rows=tuple(
                (
                    {
                        "text": one.holder.name,
                        "url": reverse("register_officers:row", args=[one.holder_id]),
                    },
                    day_text(one.held_from),
                    day_text(one.returned_on) or "未交还",
                )
                for one in custodies
            ),
            empty="没有人领用过。",
            acts=_custody_acts(row, custodies) if may_write and row.retired_on is None else (),
        ),
    )


def _calibrations(row: Any, day: dt.date, may_write: bool) -> Section:
    refusal = source_refusal(row.term, day)
    return Section(
        title="检定",
        id="calibrations",
        facts=((f"{day.isoformat()} 的读数", refusal.message if refusal else "可以作为数据来源"),),
        columns=("检定证书编号", "检定日期", "有效期至", "检定机构"),
        rows=tuple(
            (one.certificate_number, day_text(one.done_on), day_text(one.valid_until), one.body)
            for one in row.calibrations.all()
        ),
        acts=(ActLink("登记检定", reverse("register_people:calibrate", args=[row.pk])),)
        if may_write and row.needs_calibration
        else (),
    )


def _custody_acts(row: Any, custodies: list[Any]) -> tuple[ActLink, ...]:
    if any(one.returned_on is None for one in custodies):
        return (ActLink("登记交还", reverse("register_people:take_back", args=[row.pk])),)
    return (ActLink("登记领用", reverse("register_people:hand_out", args=[row.pk])),)


def _holder(row: Any) -> str:
    return row.open_custodies[0].holder.name if row.open_custodies else ""


EQUIPMENT_AREA = RegisterSurface(
    kind=EQUIPMENT,
    title="执法装备",
    unit="件执法装备",
    introduction="执法记录仪、测量仪器等：检定有效期和领用人",
    columns=(
        ListColumn("资产编号", lambda row: row.inventory_number),
        ListColumn("类别", lambda row: row.get_kind_display()),
        ListColumn("品牌型号", lambda row: row.model_name, optional=True),
        ListColumn("执法主体", lambda row: row.agency.name),
        ListColumn("领用人", _holder),
        ListColumn(
            "检定",
            lambda row: _calibration_state(row, today())[0],
            tone=lambda row: _calibration_state(row, today())[1],
        ),
    ),
    list_rows=lambda actor: people.list_equipment(actor=actor),
    search=people.search_equipment,
    search_label="资产编号或者型号",
    order=("region_code", "inventory_number", "id"),
    filters=(
        RowFilter(
            "kind", "类别", lambda actor: EquipmentKind.choices, lambda rows, code: rows.filter(kind=code)
        ),
    ),
    facts_of=_facts,
    title_of=str,
    related=("agency",),
    may_open=may_read,
    form=EquipmentForm,
    sections=_sections,
    table=table.EQUIPMENT_TABLE,
    warnings=lambda actor, day: count_warnings(actor=actor, today=day, kinds=(ExpiringKind.CALIBRATION,)),
)
