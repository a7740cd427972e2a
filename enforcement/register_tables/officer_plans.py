"""What an import of officers would do: the person and the certificate of each row, planned and written together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from enforcement.actors import Actor
from enforcement.crypto.fields import index_tokens
from enforcement.identifiers import compact_identifier
from enforcement.models import Certificate, Officer
from enforcement.register_tables.columns import TableColumn
from enforcement.register_tables.model_rows import ModelRows
from enforcement.register_tables.planning import (
    CellProblem,
    ImportPlan,
    PlannedRow,
    ReadRow,
    RowState,
    ValueChange,
    problem_at,
    shown_value,
)
from enforcement.services.bulk_register_rows import create_rows, update_rows

# Column of the table → column of the certificate, in the order of the sheet.
CERTIFICATE_FIELDS = {
    "certificate_number": "number",
    "certificate_lines": "line_codes",
    "certificate_authority": "issuing_authority",
    "certificate_from": "valid_from",
    "certificate_until": "valid_until",
}
CERTIFICATE_COLUMNS = tuple(CERTIFICATE_FIELDS)
# A blank cell of these keeps what is there.
SEALED_COLUMNS = ("id_number", "phone")

Columns: TypeAlias = Sequence[TableColumn]


@dataclass(frozen=True, slots=True)
class PlannedCertificate:
    """The certificate to add or, with the named columns changed, to save."""

    certificate: Certificate
    state: RowState
    changed_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedOfficer:
    """Both halves of one row of the file; `certificate` is None where the row names none."""

    officer: PlannedRow
    certificate: PlannedCertificate | None


def plan_officers(
    columns: Columns, people: ModelRows, actor: Actor, rows: Sequence[ReadRow], today: dt.date
) -> ImportPlan:
    """Six queries, whatever the number of rows."""
    rows = [_without_blank_secrets(row) for row in rows]
    plan = people.plan_rows(actor, [_part_of(row, people) for row in rows], today)
    problems = [
        *plan.problems,
        *_identity_problems(columns, rows),
        *_repeated_certificates(columns, rows),
    ]
    known = _certificates_by_number(rows)
    by_number = {one.number: one for one in plan.rows}
    planned: list[PlannedRow] = []
    for row in rows:
        wrong = _certificate_problems(columns, row, known)
        problems += wrong
        officer = by_number.get(row.number)
        if officer is not None and row.sound and not wrong:
            planned.append(_joined(columns, row, officer, known))
    return ImportPlan(tuple(planned), tuple(problems))


def write_officers(actor: Actor, plan: ImportPlan, reason: str) -> None:
    """New people first, so that their certificates can name them; every row with its line of history."""
    halves: list[PlannedOfficer] = [row.target for row in plan.rows if row.state is not RowState.UNCHANGED]
    _write_people(actor, [half.officer for half in halves], reason)
    certificates = [half.certificate for half in halves if half.certificate is not None]
    new, changed = _split(certificates)
    for half in halves:
        if half.certificate is not None and half.certificate.state is RowState.ADDED:
            half.certificate.certificate.officer = half.officer.target
    if new:
        create_rows(actor=actor, model=Certificate, rows=[one.certificate for one in new], reason=reason)
    if changed:
        update_rows(
            actor=actor,
            model=Certificate,
            rows=[one.certificate for one in changed],
            fields=sorted({name for one in changed for name in one.changed_fields}),
            reason=reason,
        )


def _write_people(actor: Actor, people: Sequence[PlannedRow], reason: str) -> None:
    new = [one.target for one in people if one.state is RowState.ADDED]
    changed = [one for one in people if one.state is RowState.CHANGED]
    if new:
        create_rows(actor=actor, model=Officer, rows=new, reason=reason)
    if changed:
        fields = {name.removesuffix("_id") for one in changed for name in one.changed_fields}
        if "id_number" in fields:
            fields.add("id_number_index")
        update_rows(
            actor=actor,
            model=Officer,
            rows=[one.target for one in changed],
            fields=sorted(fields | {"region_code", "line_code"}),
            reason=reason,
        )


def _split(
    certificates: Iterable[PlannedCertificate],
) -> tuple[list[PlannedCertificate], list[PlannedCertificate]]:
    found = list(certificates)
    return (
        [one for one in found if one.state is RowState.ADDED],
        [one for one in found if one.state is RowState.CHANGED],
    )


def _column(columns: Columns, key: str) -> TableColumn:
    return next(column for column in columns if column.key == key)


def _without_blank_secrets(row: ReadRow) -> ReadRow:
    """The row with its identity number in normal form, and without sealed columns that were left blank."""
    values = {
        key: value for key, value in row.values.items() if key not in SEALED_COLUMNS or value is not None
    }
    if values.get("id_number"):
        values["id_number"] = compact_identifier(values["id_number"])
    return replace(row, values=values)


def _part_of(row: ReadRow, people: ModelRows) -> ReadRow:
    """The columns of the person."""
    own = {column.key for column in people.columns}
    return replace(row, values={key: value for key, value in row.values.items() if key in own})


def _identity_problems(columns: Columns, rows: Sequence[ReadRow]) -> list[CellProblem]:
    """One identity number belongs to one person, in the file and in the whole register."""
    column = _column(columns, "id_number")
    tokens = {
        row.number: index_tokens(Officer, "id_number_index", row.values["id_number"])
        for row in rows
        if row.values.get("id_number")
    }
    everything = {token for own in tokens.values() for token in own}
    holders = dict(
        Officer.objects.filter(id_number_index__in=everything).values_list("id_number_index", "staff_number")
    )
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        own = tokens.get(row.number)
        if not own:
            continue
        earlier = first.setdefault(own[0], row.number)
        holder = next((holders[token] for token in own if token in holders), None)
        if earlier != row.number:
            sentence = f"与第 {earlier} 行的身份证号相同。核对是不是同一个人"
        elif holder is not None and holder != row.values.get("staff_number"):
            sentence = "这个身份证号已登记在其他工号下。核对工号，或者先更正原来的登记"
        else:
            continue
        problems.append(problem_at("", row, column, sentence))
    return problems


def _repeated_certificates(columns: Columns, rows: Sequence[ReadRow]) -> list[CellProblem]:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        number = row.values.get("certificate_number")
        if not number:
            continue
        earlier = first.setdefault(number, row.number)
        if earlier != row.number:
            sentence = f"与第 {earlier} 行的执法证号相同。一本执法证只属于一名人员，核对证号"
            problems.append(problem_at("", row, _column(columns, "certificate_number"), sentence))
    return problems


def _certificates_by_number(rows: Sequence[ReadRow]) -> dict[str, Certificate]:
    wanted = {row.values.get("certificate_number") for row in rows} - {None}
    found = (
        Certificate.objects.filter(number__in=wanted)
        .select_related("officer")
        .select_for_update(of=("self",))
    )
    return {one.number: one for one in found}


def _certificate_problems(
    columns: Columns, row: ReadRow, known: Mapping[str, Certificate]
) -> list[CellProblem]:
    found = _certificate_sentences(row, known)
    return [problem_at("", row, _column(columns, key), sentence) for key, sentence in found.items()]


def _certificate_sentences(row: ReadRow, known: Mapping[str, Certificate]) -> dict[str, str]:
    """What is wrong with the certificate of a row, by column; cells that could not be read are named elsewhere."""
    values = row.values
    number = values.get("certificate_number")
    if number is None:
        unreadable = row.texts.get("certificate_number", "")
        rest = any(values.get(key) for key in CERTIFICATE_COLUMNS[1:])
        return (
            {"certificate_number": "填写执法证号，或者清空这一行的执法证内容"}
            if rest and not unreadable
            else {}
        )
    if values.get("is_auxiliary"):
        return {"certificate_number": "辅助人员不得持有执法证。清空证号，或者改为不是辅助人员"}
    held = known.get(number)
    if held is not None and held.officer.staff_number != values.get("staff_number"):
        return {"certificate_number": "这个证号已登记在其他工号下。核对证号"}
    problems = {}
    first, last = values.get("certificate_from"), values.get("certificate_until")
    for key, day in (("certificate_from", first), ("certificate_until", last)):
        if day is None and not row.texts.get(key) and (held is None or key in values):
            problems[key] = f"有执法证的，填写{'有效期自' if key == 'certificate_from' else '有效期至'}"
    if first is not None and last is not None and last < first:
        problems["certificate_until"] = f"早于有效期自 {first}。核对这两个日期"
    return problems


def _joined(
    columns: Columns, row: ReadRow, officer: PlannedRow, known: Mapping[str, Certificate]
) -> PlannedRow:
    """One planned row that says what becomes of the person and of the certificate."""
    certificate, changes = _planned_certificate(columns, row, officer, known)
    state = officer.state
    if (
        state is RowState.UNCHANGED
        and certificate is not None
        and certificate.state is not RowState.UNCHANGED
    ):
        state = RowState.CHANGED
    return PlannedRow(
        number=row.number,
        title=str(row.values.get("staff_number", "")),
        state=state,
        changes=(*officer.changes, *changes) if state is RowState.CHANGED else (),
        target=PlannedOfficer(officer, certificate),
    )


def _planned_certificate(
    columns: Columns, row: ReadRow, officer: PlannedRow, known: Mapping[str, Certificate]
) -> tuple[PlannedCertificate | None, tuple[ValueChange, ...]]:
    number = row.values.get("certificate_number")
    if number is None:
        return None, ()
    wanted = {
        field: _stored(field, row.values[key])
        for key, field in CERTIFICATE_FIELDS.items()
        if key in row.values
    }
    held = known.get(number)
    if held is None:
        planned = PlannedCertificate(Certificate(**wanted), RowState.ADDED)
        column = _column(columns, "certificate_number")
        return planned, (ValueChange(column.label, "", shown_value(column, number)),)
    changes, fields = [], []
    for key, field in CERTIFICATE_FIELDS.items():
        before = getattr(held, field)
        if field not in wanted or wanted[field] == before:
            continue
        column = _column(columns, key)
        changes.append(ValueChange(column.label, column.text_of(before), column.text_of(wanted[field])))
        fields.append(field)
        setattr(held, field, wanted[field])
    state = RowState.CHANGED if fields else RowState.UNCHANGED
    return PlannedCertificate(held, state, tuple(fields)), tuple(changes)


def _stored(field: str, value: Any) -> Any:
    """A blank cell as the column stores it."""
    if value is not None:
        return value
    return {"line_codes": [], "issuing_authority": ""}.get(field)
