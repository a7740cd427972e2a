"""执法主体 as pages: the agency, what stands below it, its names over time, successions and delegations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from enforcement.actors import Actor
from enforcement.models import Agency
from enforcement.models.agencies import RegionLevel
from enforcement.register_tables import agencies as table
from enforcement.register_tables.lines import may_read
from enforcement.selectors import agency_register as register
from enforcement.selectors.agency_register import AgencyFile
from enforcement.selectors.delegations import state_on
from enforcement.selectors.regions import prefecture_choices
from enforcement.web.register.areas.agency_form import AgencyForm
from enforcement.web.register.places import today
from enforcement.web.register.surface import (
    ActLink,
    Facts,
    ListColumn,
    RegisterSurface,
    RowFilter,
    Section,
)


def _day(value: dt.date | None) -> str:
    return value.isoformat() if value else ""


def _facts(row: Any) -> Facts:
    return (
        ("机构编码", row.code),
        ("名称", row.name),
        ("简称", row.short_name),
        ("文号机关代字", row.document_prefix),
        ("主体性质", row.get_kind_display()),
        ("层级", row.region.get_level_display()),
        ("行政区划", f"{row.region.name}（{row.region_code}）"),
        ("条线", row.line.name),
        ("上级机构", row.superior.name if row.superior_id else ""),
        ("执法依据", row.authority_basis),
        ("设立日期", _day(row.established_on)),
        ("最后执法日", _day(row.ended_on)),
        ("统一社会信用代码", row.uscc),
        ("联系电话", row.contact_phone),
        ("地址", row.address),
        ("法制机构联系人", row.legal_office_contact),
        ("法制机构电话", row.legal_office_phone),
        ("行政复议机关", row.review_authority),
        ("管辖法院", row.court),
    )


def _sections(actor: Actor, row: Any, on: dt.date | None) -> tuple[Section, ...]:
    day = on or today()
    file = register.agency_file(actor=actor, agency=row, on=day)
    return (
        _standing(row, file, day),
        Section(
            title="下级机构",
            id="below",
            columns=("名称", "行政区划", "最后执法日"),
            rows=tuple((_linked(one), one.region.name, _day(one.ended_on)) for one in file.subordinates),
            empty="您的职责范围内没有下级机构。",
        ),
        _names(row, file),
        _successions(file),
        _delegations(row, file, day),
    )


def _standing(row: Any, file: AgencyFile, day: dt.date) -> Section:
    """What needs attention, and what the agency was called on the day."""
    facts = [("当日名称", file.name_on(day, row.name)), ("执法人员", f"{file.officers} 名")]
    if not file.region_fate.is_in_use:
        to = "、".join(file.region_fate.successors)
        facts.append(
            (
                "行政区划代码",
                f"{row.region_code} 已撤销{f'，现为 {to}' if to else ''}。机构不会自动移动，请核对",
            )
        )
    if row.superior_id and row.superior.ended_on is not None and row.superior.ended_on < day:
        facts.append(
            ("上级机构", f"{row.superior.name}已于 {_day(row.superior.ended_on)} 终止，请改登记上级")
        )
    return Section(title=f"{day.isoformat()} 的状况", id="standing", facts=tuple(facts))


def _names(row: Any, file: AgencyFile) -> Section:
    since = file.earlier_names[0].valid_until if file.earlier_names else row.established_on
    current = (row.name, _day(since) or "设立", "现在")
    return Section(
        title="名称",
        id="names",
        columns=("名称", "启用", "停用", "依据"),
        rows=(
            (*current, ""),
            *(
                (one.name, _day(one.valid_from) or "设立", _day(one.valid_until), one.basis)
                for one in file.earlier_names
            ),
        ),
    )


def _successions(file: AgencyFile) -> Section:
    given = [
        (
            _day(one.effective_on),
            "移出",
            _linked(one.successor),
            _part(one),
            one.get_kind_display(),
            one.basis,
        )
        for one in file.successions
    ]
    taken = [
        (
            _day(one.effective_on),
            "承接",
            _linked(one.predecessor),
            _part(one),
            one.get_kind_display(),
            one.basis,
        )
        for one in file.takeovers
    ]
    return Section(
        title="职责承接",
        id="successions",
        columns=("日期", "方向", "对方机构", "范围", "方式", "依据"),
        rows=tuple(given + taken),
        empty="没有登记合并、分立或者职责划转。",
    )


def _part(one: Any) -> str:
    return one.matters or "全部职责"


def _delegations(row: Any, file: AgencyFile, day: dt.date) -> Section:
    return Section(
        title="委托执法",
        id="delegations",
        columns=("委托书", "委托机关", "受委托组织", "期限", "状态"),
        rows=tuple(
            (
                {"text": one.document_number, "url": reverse("delegations_public:delegation", args=[one.pk])},
                one.agency.name,
                one.delegate_name,
                f"{_day(one.valid_from)} 至 {_day(one.valid_until)}",
                state_on(one, day),
            )
            for one in file.delegations
        ),
        empty="没有委托其他组织，也没有接受委托。",
    )


def _linked(one: Agency) -> dict[str, str]:
    """Agencies are public: a link leads to where everybody may read about the other one."""
    return {"text": one.name, "url": reverse("agencies_public:agency", args=[one.code])}


def _acts(actor: Actor, row: Any) -> tuple[ActLink, ...]:
    if not table.AGENCY.may_write(actor, row) or row.ended_on is not None:
        return ()
    return (
        ActLink("登记更名", reverse("agency_acts:rename", args=[row.pk])),
        ActLink("登记终止或并入", reverse("agency_acts:end", args=[row.pk])),
        ActLink("登记职责划转", reverse("agency_acts:move_duties", args=[row.pk])),
        ActLink("登记委托", reverse("delegation_acts:conclude", args=[row.pk])),
    )


def _state(row: Any) -> str:
    if row.ended_on is None:
        return "在用"
    return f"{_day(row.ended_on)} 终止" if row.ended_on < today() else f"执法至 {_day(row.ended_on)}"


AGENCIES = RegisterSurface(
    kind=table.AGENCY,
    title="执法主体",
    unit="个执法主体",
    introduction="省、州（市）、县、乡四级的执法机关和组织，曾用名、职责承接和委托",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("层级", lambda row: row.region.get_level_display()),
        ListColumn("行政区划", lambda row: row.region.name),
        ListColumn("条线", lambda row: row.line.name),
        ListColumn("上级", lambda row: row.superior.short_name if row.superior_id else "", optional=True),
        ListColumn("状态", _state, tone=lambda row: "warn" if row.ended_on else "ok"),
    ),
    list_rows=lambda actor: register.list_agencies(actor=actor),
    search=register.search_agencies,
    search_label="名称、曾用名或编码",
    order=("region_code", "line_code", "pk"),
    filters=(
        RowFilter("level", "层级", lambda actor: RegionLevel.choices, register.at_level),
        RowFilter(
            "line",
            "条线",
            lambda actor: register.line_choices(actor=actor),
            lambda rows, code: rows.filter(line_code=code),
        ),
        RowFilter(
            "within",
            "州（市）",
            lambda actor: prefecture_choices(actor=actor),
            lambda rows, code: rows.filter(region_code__startswith=code),
        ),
        RowFilter(
            "state",
            "状态",
            lambda actor: (("used", "在用"), ("ended", "已终止")),
            lambda rows, code: rows.filter(ended_on__isnull=code == "used"),
        ),
    ),
    facts_of=_facts,
    related=("region", "line", "superior"),
    may_open=may_read,
    form=AgencyForm,
    sections=_sections,
    acts=_acts,
    table=table.AGENCIES,
    warnings=lambda actor, on: register.asking_for_attention(actor=actor, on=on),
)
