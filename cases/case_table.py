"""Running cases of another system as an Excel table: one row a case, each filed through `open_case` or not at all.

The check is the act itself, taken back: every row is filed inside a savepoint that is rolled back, so that a table can
never pass what the form would refuse. Cases are only added; a row whose number was imported before changes nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cases.models import Case, CaseSource
from cases.services.open_case import NewCase, open_case
from cases.services.register_party import PartyDetails, own_agency, register_party
from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput
from enforcement.models import Agency, Certificate, PartyKind, Violation
from enforcement.register_tables.columns import ColumnKind, RegisterTable, Rows, TableColumn
from enforcement.register_tables.planning import (
    CellProblem,
    ImportPlan,
    PlannedRow,
    ReadRow,
    RowState,
    problem_at,
)
from enforcement.selectors.accounts import chain_of_actor

NAMESPACE = uuid.UUID("4e0c6d2a-5a37-4f0e-9b5e-7d8f0a2b1c33")
MOST_ROWS = 100
COLUMNS = (
    TableColumn(
        "source_number",
        "原案号",
        ColumnKind.CODE,
        required=True,
        hint="原系统中的案号，同一案号只导入一次",
        example="（2026）五市监案 12",
        max_length=60,
        synonyms=("原系统案号", "案号"),
    ),
    TableColumn(
        "violation",
        "案由代码",
        ColumnKind.CODE,
        required=True,
        example="SCJG-008",
        synonyms=("违法行为代码",),
    ),
    TableColumn("source", "案件来源", ColumnKind.CHOICE, required=True, choices=tuple(CaseSource.choices)),
    TableColumn(
        "party_kind", "当事人类型", ColumnKind.CHOICE, required=True, choices=tuple(PartyKind.choices)
    ),
    TableColumn(
        "party",
        "当事人号码",
        ColumnKind.CODE,
        required=True,
        hint="自然人填身份证号，其他填统一社会信用代码",
        personal=True,
        synonyms=("证件号码", "统一社会信用代码"),
    ),
    TableColumn("party_name", "当事人名称", required=True, max_length=120, personal=True),
    TableColumn(
        "handlers",
        "承办人执法证号",
        ColumnKind.LIST,
        required=True,
        hint="至少两名，用顿号隔开",
        example="云25010001、云25010002",
        width=30,
        synonyms=("执法证号",),
    ),
    TableColumn("act_date", "违法行为发生日期", ColumnKind.DATE, required=True, example="2026-11-17"),
    TableColumn("found_on", "发现日期", ColumnKind.DATE, required=True, example="2026-11-17"),
    TableColumn("opened_on", "立案日期", ColumnKind.DATE, required=True, example="2026-11-18"),
    TableColumn("place", "违法行为地", max_length=200, width=24),
    TableColumn("narrative", "违法事实", max_length=8000, width=40, personal=True),
)
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What a row asks for, with everything it names already found."""

    operation_id: uuid.UUID
    party: PartyDetails
    violation_id: int
    handler_ids: tuple[int, ...]
    fields: dict[str, Any]
    today: dt.date


class _TakenBack(Exception):
    """Ends the savepoint of a trial filing."""


def file_case(actor: Actor, row: CaseRow) -> Case:
    """Register the party and file the case, as the form does. Raises Refusal."""
    party, _ = register_party(actor=actor, details=row.party)
    new = NewCase(violation_id=row.violation_id, party_id=party.pk, handler_ids=row.handler_ids, **row.fields)
    case, _ = open_case(actor=actor, operation_id=row.operation_id, new=new, today=row.today)
    return case


def plan_rows(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """What becomes of each row. Raises the gate's Refusal when the importing person may file no case at all."""
    agency = own_agency(actor)
    if len(rows) > MOST_ROWS:
        raise InvalidInput.from_problems(
            "too_many_rows", [f"一次最多导入 {MOST_ROWS} 件，这份表格有 {len(rows)} 件。请分成几份导入"]
        )
    planned: list[PlannedRow] = []
    problems: list[CellProblem] = []
    for row in rows:
        if not row.sound:
            continue
        wanted, found = _wanted(agency, row, today)
        if wanted is not None and Case.objects.filter(operation_id=wanted.operation_id).exists():
            planned.append(PlannedRow(row.number, _title(row), RowState.UNCHANGED))
            continue
        if wanted is not None and not found:
            found = _trial_problems(actor, row, wanted)
        problems += found
        if wanted is not None and not found:
            planned.append(PlannedRow(row.number, _title(row), RowState.ADDED, target=wanted))
    return ImportPlan(tuple(planned), tuple(problems))


def _title(row: ReadRow) -> str:
    return str(row.values["source_number"])


def _wanted(agency: Agency, row: ReadRow, today: dt.date) -> tuple[CaseRow | None, list[CellProblem]]:
    """The row with its names looked up, or the cells whose names mean nothing here."""
    values, problems = row.values, []
    violation = Violation.objects.filter(line_id=agency.line_code, code=values["violation"]).first()
    if violation is None:
        problems.append(problem_at("", row, BY_KEY["violation"], "本条线没有这个案由代码。核对后填写"))
    certificates = {
        one.number: one.officer_id for one in Certificate.objects.filter(number__in=values["handlers"])
    }
    unknown = [number for number in values["handlers"] if number not in certificates]
    if unknown:
        sentence = f"系统中没有执法证号{'、'.join(unknown)}。核对后填写"
        problems.append(problem_at("", row, BY_KEY["handlers"], sentence))
    if violation is None or unknown:
        return None, problems
    fields = {name: values[name] for name in ("source", "act_date", "found_on", "opened_on")}
    fields |= {name: values.get(name) or "" for name in ("place", "narrative")}
    return (
        CaseRow(
            operation_id=uuid.uuid5(NAMESPACE, f"{agency.pk}:{values['source_number']}"),
            party=PartyDetails(
                kind=values["party_kind"], name=values["party_name"], identifier=values["party"]
            ),
            violation_id=violation.pk,
            handler_ids=tuple(dict.fromkeys(certificates[number] for number in values["handlers"])),
            fields=fields,
            today=today,
        ),
        [],
    )


def _trial_problems(actor: Actor, row: ReadRow, wanted: CaseRow) -> list[CellProblem]:
    """File the case and take it back; the problems of the refusal at the cells they are about."""
    try:
        with transaction.atomic():
            file_case(actor, wanted)
            raise _TakenBack
    except _TakenBack:
        return []
    except InvalidInput as refusal:
        fields: dict[str, list[str]] = refusal.data.get("fields") or {
            "party": refusal.problems or [str(refusal)]
        }
        return [
            problem_at("", row, BY_KEY.get(name, BY_KEY["source_number"]), sentence)
            for name, sentences in fields.items()
            for sentence in sentences
        ]


def write_rows(actor: Actor, plan: ImportPlan, reason: str) -> None:
    """File every planned case; the events of each say where it comes from."""
    for row in plan.rows:
        if row.state is RowState.ADDED:
            file_case(actor, row.target)


def may_import(actor: Actor) -> bool:
    return Role.OFFICER in actor.roles


def _no_rows(actor: Actor) -> Rows:
    return ()


def _never(actor: Actor) -> bool:
    return False


CASES = RegisterTable(
    slug="cases",
    title="在办案件",
    unit="件案件",
    columns=COLUMNS,
    key=("source_number",),
    read_rows=_no_rows,
    plan_rows=plan_rows,
    write_rows=write_rows,
    may_import=may_import,
    may_export=_never,
    chain_of=chain_of_actor,
    notes=(
        "每行登记一件在办案件，与在页面上立案的要求相同：承办人至少两名，执法证在立案当日有效，没有回避、离岗、暂扣。",
        f"一次最多 {MOST_ROWS} 件。案件登记后在“调查取证”阶段，由承办人继续办理。",
    ),
)
