"""委托执法 as pages: concluded and revoked by acts, never edited."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from enforcement.actors import Actor
from enforcement.register_tables import delegations as table
from enforcement.register_tables.lines import may_read
from enforcement.selectors import agency_register as register
from enforcement.selectors.delegations import (
    delegations_ending,
    in_state,
    list_delegations,
    search_delegations,
    state_on,
    violation_names,
)
from enforcement.web.register.places import today
from enforcement.web.register.surface import (
    ActLink,
    Facts,
    ListColumn,
    RegisterSurface,
    RowFilter,
    Section,
)

WARNED_DAYS = 60
STATES = (("held", "有效"), ("coming", "未开始"), ("ended", "已期满"), ("revoked", "已解除"))
TONES = {"有效": "ok", "未开始": "brand"}


def _term(row: Any) -> str:
    return f"{row.valid_from.isoformat()} 至 {row.valid_until.isoformat()}"


def _facts(row: Any) -> Facts:
    return (
        ("委托书编号", row.document_number),
        ("委托机关", row.agency.name),
        ("受委托组织", row.delegate_name),
        ("受委托组织统一社会信用代码", row.delegate_uscc),
        ("委托的事项", row.matters),
        ("案由编码", "、".join(row.violation_codes) or "委托事项内的全部案由"),
        ("委托的行为", row.act_labels),
        ("委托的处罚种类", row.penalty_labels),
        ("委托期限", f"{_term(row)}（含当日）"),
        ("签订日期", row.signed_on.isoformat()),
        ("公布日期", row.published_on.isoformat()),
        ("解除日期", row.revoked_on.isoformat() if row.revoked_on else ""),
        ("解除原因", row.revoked_reason),
        ("委托书摘要", row.document_digest),
    )


def _sections(actor: Actor, row: Any, on: dt.date | None) -> tuple[Section, ...]:
    day = on or today()
    facts = [("状态", state_on(row, day))]
    names = violation_names(row)
    if names:
        facts.append(("案由", "；".join(names)))
    acts = []
    if row.attachment_id is not None:
        acts.append(ActLink("查看委托书", reverse("delegation_acts:document", args=[row.pk])))
    elif table.DELEGATION.may_write(actor, row):
        facts.append(("委托书", "还没有交扫描件"))
        acts.append(ActLink("补交委托书", reverse("delegation_acts:attach", args=[row.pk])))
    acts.append(ActLink("公众看到的页面", reverse("delegations_public:delegation", args=[row.pk])))
    return (Section(title=f"{day.isoformat()} 的状况", id="standing", facts=tuple(facts), acts=tuple(acts)),)


def _acts(actor: Actor, row: Any) -> tuple[ActLink, ...]:
    if not table.DELEGATION.may_write(actor, row) or row.revoked_on is not None or row.valid_until < today():
        return ()
    return (ActLink("解除委托", reverse("delegation_acts:revoke", args=[row.pk])),)


DELEGATIONS = RegisterSurface(
    kind=table.DELEGATION,
    title="委托执法",
    unit="份委托",
    introduction="书面委托的事项、权限和期限；签订后只能解除，对外公布。新的委托从委托机关的页面登记",
    columns=(
        ListColumn("委托书", lambda row: row.document_number),
        ListColumn("委托机关", lambda row: row.agency.name),
        ListColumn("受委托组织", lambda row: row.delegate_name),
        ListColumn("期限", _term),
        ListColumn(
            "状态",
            lambda row: state_on(row, today()),
            tone=lambda row: TONES.get(state_on(row, today()), ""),
        ),
    ),
    list_rows=lambda actor: list_delegations(actor=actor),
    search=search_delegations,
    search_label="机关、组织、事项或编号",
    order=("region_code", "agency_id", "pk"),
    filters=(
        RowFilter("state", "状态", lambda actor: STATES, lambda rows, code: in_state(rows, code, today())),
        RowFilter(
            "line",
            "条线",
            lambda actor: register.line_choices(actor=actor),
            lambda rows, code: rows.filter(line_code=code),
        ),
    ),
    facts_of=_facts,
    related=("agency",),
    may_open=may_read,
    sections=_sections,
    acts=_acts,
    table=table.DELEGATIONS,
    warnings=lambda actor, on: delegations_ending(actor=actor, on=on, within_days=WARNED_DAYS).count(),
)
