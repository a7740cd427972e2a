"""委托执法 as a register kind and as a table: what was concluded is never changed, so a table only adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from enforcement.actors import Actor
from enforcement.models import Agency, DelegatedAct, Delegation, PenaltyKind
from enforcement.register_kinds import RegisterKind, reach_of_agency_row
from enforcement.register_tables.columns import ColumnKind, RegisterTable, TableColumn
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.people_columns import own_chain
from enforcement.register_tables.planning import (
    CellProblem,
    ImportPlan,
    PlannedRow,
    ReadRow,
    RowState,
    problem_at,
)
from enforcement.selectors import agency_register
from enforcement.selectors.delegations import list_delegations
from enforcement.services.bulk_register_rows import create_rows
from enforcement.services.delegations.conclude import NewDelegation, checked_delegation, lock_delegations

DELEGATION = RegisterKind(
    slug="delegations",
    noun="委托执法",
    model=Delegation,
    reach_of=reach_of_agency_row,
    chain_of=lambda row: str(row.agency.code),
    label_of=lambda row: str(row.document_number),
)

COLUMNS = (
    TableColumn(
        "agency_id",
        "委托机关编码",
        ColumnKind.REFERENCE,
        required=True,
        example="WH-CSGL",
        width=16,
        lookup=agency_register.agency_ids,
        shown=agency_register.agency_code,
    ),
    TableColumn(
        "document_number",
        "委托书编号",
        ColumnKind.CODE,
        required=True,
        example="五华城管委〔2026〕1号",
        width=28,
    ),
    TableColumn(
        "delegate_agency_id",
        "受委托机构编码",
        ColumnKind.REFERENCE,
        hint="已登记的机构填编码；其他组织填名称和统一社会信用代码",
        example="WHHS-CSGL",
        width=18,
        lookup=agency_register.agency_ids,
        shown=agency_register.agency_code,
    ),
    TableColumn("delegate_name", "受委托组织名称", max_length=80, width=30),
    TableColumn("delegate_uscc", "受委托组织统一社会信用代码", ColumnKind.CODE, max_length=18, width=26),
    TableColumn("signed_on", "签订日期", ColumnKind.DATE, required=True, example="2026-01-05", width=14),
    TableColumn("valid_from", "委托期限起", ColumnKind.DATE, required=True, example="2026-01-15", width=14),
    TableColumn(
        "valid_until",
        "委托期限止",
        ColumnKind.DATE,
        required=True,
        hint="含当日",
        example="2026-12-31",
        width=14,
    ),
    TableColumn(
        "matters",
        "委托的事项",
        required=True,
        hint="按委托书写明；行政强制措施不得委托",
        example="占用城市道路的行政检查和行政处罚，行政强制措施除外",
        max_length=500,
        width=50,
    ),
    TableColumn(
        "violation_codes",
        "案由编码",
        ColumnKind.LIST,
        hint="不填为委托事项内的全部案由",
        example="CSGL-001、CSGL-005",
        width=26,
    ),
    TableColumn(
        "acts",
        "委托的行为",
        ColumnKind.LIST,
        required=True,
        choices=tuple((one.value, str(one.label)) for one in DelegatedAct),
        example="行政处罚、行政检查",
        width=22,
    ),
    TableColumn(
        "penalty_kinds",
        "委托的处罚种类",
        ColumnKind.LIST,
        choices=tuple((one.value, str(one.label)) for one in PenaltyKind),
        example="警告、罚款",
        width=26,
    ),
    TableColumn(
        "meets_conditions",
        "符合第二十一条条件",
        ColumnKind.BOOLEAN,
        required=True,
        hint="已核实受委托组织符合行政处罚法第二十一条的条件",
        example="是",
        width=14,
    ),
    TableColumn("revoked_on", "解除日期", ColumnKind.DATE, hint="只供查看，由页面登记", width=14),
)
KEYS = tuple(column.key for column in COLUMNS)
COMPARED = tuple(key for key in KEYS if key != "meets_conditions")


def _value(row: Delegation, key: str) -> Any:
    match key:
        case "meets_conditions":
            return True
        case "delegate_name" | "delegate_uscc" if row.delegate_agency_id is not None:
            return None
        case "revoked_on":
            return row.revoked_on
        case _:
            return getattr(row, key)


def _read_rows(actor: Actor) -> Iterator[Mapping[str, Any]]:
    for row in list_delegations(actor=actor).order_by("agency__code", "document_number").iterator(2000):
        values = {key: _value(row, key) for key in KEYS}
        values["agency_id"] = row.agency.code
        if row.delegate_agency is not None:
            values["delegate_agency_id"] = row.delegate_agency.code
        yield values


def _plan_rows(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """Every row is new or the same as what is there; checked as the form checks it, one row after the other."""
    lock_delegations()
    wanted: set[int] = {row.values["agency_id"] for row in rows if row.values.get("agency_id")}
    agencies = {one.pk: one for one in Agency.objects.filter(pk__in=wanted)}
    known = {
        (one.agency_id, one.document_number): one
        for one in Delegation.objects.filter(agency__in=agencies.values()).select_related(
            "agency", "delegate_agency"
        )
    }
    problems: list[CellProblem] = []
    planned: list[PlannedRow] = []
    for row in (one for one in rows if one.sound):
        agency = agencies[row.values["agency_id"]]
        existing = known.get((agency.pk, row.values["document_number"]))
        title = f"{agency.code} {row.values['document_number']}"
        if existing is not None:
            problems += _differences(row, existing)
            planned.append(PlannedRow(row.number, title, RowState.UNCHANGED, target=existing))
            continue
        delegation, sentences = checked_delegation(agency=agency, new=_new(row), today=today)
        if not DELEGATION.may_write(actor, delegation):
            sentences = ["委托机关不在您的职责范围内。删去这一行，或联系管理员授权"]
        problems += [_problem(row, sentence) for sentence in sentences]
        planned.append(PlannedRow(row.number, title, RowState.ADDED, target=delegation))
    return ImportPlan(tuple(planned), tuple(problems))


def _new(row: ReadRow) -> NewDelegation:
    values = row.values
    return NewDelegation(
        document_number=values["document_number"],
        signed_on=values["signed_on"],
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        matters=values["matters"],
        acts=tuple(values.get("acts") or ()),
        penalty_kinds=tuple(values.get("penalty_kinds") or ()),
        violation_codes=tuple(values.get("violation_codes") or ()),
        delegate_agency_id=values.get("delegate_agency_id"),
        delegate_name=values.get("delegate_name") or "",
        delegate_uscc=values.get("delegate_uscc") or "",
        meets_conditions=bool(values.get("meets_conditions")),
    )


# Where the sentence of a check belongs, by a word in it; the rest stands at the number of the document.
PLACES = (
    ("第二十一条", "meets_conditions"),
    ("个人", "delegate_uscc"),
    ("受委托", "delegate_agency_id"),
    ("委托事项", "matters"),
    ("具体事项", "matters"),
    ("止日", "valid_until"),
    ("签订日期", "signed_on"),
    ("期限", "valid_from"),
    ("处罚种类", "penalty_kinds"),
    ("委托的行为", "acts"),
    ("案由编码", "violation_codes"),
    ("职责范围", "agency_id"),
)


def _problem(row: ReadRow, sentence: str) -> CellProblem:
    key = next((key for word, key in PLACES if word in sentence), "document_number")
    return problem_at("", row, _column(key), sentence)


def _column(key: str) -> TableColumn:
    return next(column for column in COLUMNS if column.key == key)


def _differences(row: ReadRow, existing: Delegation) -> list[CellProblem]:
    return [
        problem_at("", row, _column(key), "委托书签订后不能修改。恢复原来的内容，或解除后另行签订")
        for key in COMPARED
        if key in row.values and _plain(row.values[key]) != _plain(_value(existing, key))
    ]


def _plain(value: Any) -> Any:
    """Lists by their members, blanks alike."""
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value) or None
    return value or None


def _write_rows(actor: Actor, plan: ImportPlan, reason: str) -> None:
    new = [row.target for row in plan.rows if row.state is RowState.ADDED]
    create_rows(actor=actor, model=Delegation, rows=new, reason=reason)


DELEGATIONS = RegisterTable(
    slug="delegations",
    title="委托执法",
    unit="份委托",
    columns=COLUMNS,
    key=("agency_id", "document_number"),
    read_rows=_read_rows,
    plan_rows=_plan_rows,
    write_rows=_write_rows,
    may_import=DELEGATION.may_begin,
    may_export=may_read,
    chain_of=own_chain,
    notes=(
        "委托书签订后不能修改，只能在页面上解除。已登记的委托在表格里须与原来的内容一致。",
        "委托书的扫描件在委托的页面上补交。",
    ),
)
