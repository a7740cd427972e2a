"""当事人 as an Excel table.

An export masks 身份证号 and telephones; read back, a masked value that still fits its row means “unchanged”. Rows are
told apart by 登记号 where they have one, else by the whole number. A name is not changed here: a change of name has a
day and a basis, which the page asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from enforcement.actors import Actor, Role
from enforcement.crypto.fields import index_tokens
from enforcement.identifiers import IdentifierError, compact_identifier, mask_id_number, mask_phone
from enforcement.models import ObjectClass, Party
from enforcement.register_parties import PARTY, may_read_parties
from enforcement.register_tables.columns import RegisterTable, TableColumn
from enforcement.register_tables.party_columns import BY_KEY, COLUMNS, FIXED
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
from enforcement.selectors.accounts import chain_of_actor
from enforcement.selectors.parties import kept_parties, list_parties
from enforcement.services.bulk_register_rows import create_rows, update_rows
from enforcement.services.parties.enter_party import checked_identifier
from enforcement.services.parties.party_acts import write_memberships


@dataclass(frozen=True, slots=True)
class PartyTarget:
    """What a planned row writes: the party, and its classes where the file has that column."""

    party: Party
    class_ids: tuple[int, ...] | None
    on: dt.date


def read_masked(actor: Actor) -> Iterator[Mapping[str, Any]]:
    """Every party the actor may see, numbers and telephones masked."""
    return _read(list_parties(actor=actor), mask_id_number, mask_phone)


def read_whole(actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The parties whose register the actor keeps, with whole numbers; for `export_whole_parties` only, which records who read them and why."""
    return _read(kept_parties(actor=actor), str, str)


def _read(parties: QuerySet[Party], number_of: Any, phone_of: Any) -> Iterator[Mapping[str, Any]]:
    rows = parties.prefetch_related("class_memberships__object_class").order_by("pk")
    for party in rows.iterator(chunk_size=500):
        yield {
            **{
                name: getattr(party, name)
                for name in ("pk", "kind", "name", "representative", "address", *FIXED)
            },
            "identifier": party.uscc or number_of(party.id_number or ""),
            "phone": phone_of(party.phone),
            "classes": _codes(party),
        }


def _codes(party: Party) -> list[str]:
    return sorted(one.object_class.code for one in party.class_memberships.all() if one.until is None)


def plan_rows(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """Compare with what is there; four queries whatever the number of rows."""
    known = _Known(actor, rows)
    planned: list[PlannedRow] = []
    problems: list[CellProblem] = []
    for row in rows:
        if not row.sound:
            continue
        own, wrong = known.party_of(row)
        wrong = wrong or known.problems_beyond_identity(row, own)
        problems += [problem_at("", row, BY_KEY[key], sentence) for key, sentence in wrong.items()]
        if not wrong:
            planned.append(known.planned(row, own, today))
    problems += _beyond_reach(actor, planned, rows)
    return ImportPlan(tuple(planned), tuple(problems))


def write_rows(actor: Actor, plan: ImportPlan, reason: str) -> None:
    """New parties, changed columns, then object classes as of the day of the import."""
    new = [row.target.party for row in plan.rows if row.state is RowState.ADDED]
    changed = [row for row in plan.rows if row.state is RowState.CHANGED]
    if new:
        create_rows(actor=actor, model=Party, rows=new, reason=reason)
    columns = sorted({name for row in changed for name in row.changed_fields if name != "classes"})
    touched = [row.target.party for row in changed if set(row.changed_fields) - {"classes"}]
    if touched:
        update_rows(actor=actor, model=Party, rows=touched, fields=columns, reason=reason)
    for row in plan.rows:
        if row.target.class_ids is not None and (
            row.state is RowState.ADDED or "classes" in row.changed_fields
        ):
            write_memberships(party=row.target.party, class_ids=row.target.class_ids, on=row.target.on)


class _Known:
    """What is there already of the parties a file speaks of."""

    def __init__(self, actor: Actor, rows: Sequence[ReadRow]) -> None:
        self.actor = actor
        visible = list_parties(actor=actor)
        numbers = {row.values["pk"] for row in rows if row.values.get("pk")}
        self.by_number = {
            party.pk: party
            for party in visible.filter(pk__in=numbers)
            .prefetch_related("class_memberships__object_class")
            .select_for_update(of=("self",))
        }
        whole = {
            compact_identifier(text) for row in rows if "*" not in (text := _text(row, "identifier"))
        } - {""}
        tokens = {
            token: number for number in whole for token in index_tokens(Party, "id_number_index", number)
        }
        # Without scope: that a number is taken is told, who has it is not.
        found = [
            *Party.objects.filter(uscc__in=whole),
            *Party.objects.filter(id_number_index__in=tokens),
        ]
        self.taken = {party.uscc or tokens[party.id_number_index or ""]: party.pk for party in found}
        same = {
            party.pk: party
            for party in visible.filter(pk__in=[party.pk for party in found])
            .prefetch_related("class_memberships__object_class")
            .select_for_update(of=("self",))
        }
        self.by_identifier = {number: same[pk] for number, pk in self.taken.items() if pk in same}
        self.classes = dict(ObjectClass.objects.values_list("code", "pk"))

    def party_of(self, row: ReadRow) -> tuple[Party | None, dict[str, str]]:
        """The party a row is about, or what is wrong with how the row names it."""
        typed, number = _text(row, "identifier"), row.values.get("pk")
        if number:
            own = self.by_number.get(number)
            if own is None:
                return None, {"pk": "没有这个登记号，或者它不在您的职责范围内。新登记的当事人留空"}
            fits = typed == mask_id_number(own.id_number or "") if "*" in typed else _is_of(own, typed)
            return own, {} if fits else {"identifier": "与登记号对应的当事人不符。核对登记号和号码"}
        if "*" in typed:
            return None, {"identifier": "新登记的当事人需要完整的号码，不能带星号"}
        try:
            checked_identifier(row.values["kind"], typed)
        except IdentifierError as wrong:
            return None, {"identifier": wrong.message}
        compact = compact_identifier(typed)
        if compact in self.taken and compact not in self.by_identifier:
            return None, {"identifier": "这个号码已有登记，但不在您的职责范围内。删去这一行，或联系管理员"}
        return self.by_identifier.get(compact), {}

    def problems_beyond_identity(self, row: ReadRow, own: Party | None) -> dict[str, str]:
        """What is wrong with a row whose party, or whose being new, is settled."""
        if own is not None:
            return self._problems_of_change(row, own)
        if "*" in _text(row, "phone"):
            return {"phone": "新登记的当事人需要完整的电话，不能带星号"}
        return {}

    def _problems_of_change(self, row: ReadRow, own: Party) -> dict[str, str]:
        problems = {}
        if _text(row, "name") != own.name:
            problems["name"] = "名称与登记的不同。更名有日期和依据，请在当事人页面办理“更名或更正”"
        for key, label in FIXED.items():
            if row.values.get(key) != getattr(own, key):
                problems[key] = f"{label}与登记的不同，不能由表格改动。按导出的内容填写"
        if "*" in _text(row, "phone") and _text(row, "phone") != mask_phone(own.phone):
            problems["phone"] = "带星号的电话与登记的不符。不改的保持导出的内容，要改的写完整电话"
        return problems

    def planned(self, row: ReadRow, own: Party | None, today: dt.date) -> PlannedRow:
        codes = row.values.get("classes")
        ids = None if "classes" not in row.values else tuple(self.classes[code] for code in codes or ())
        if own is None:
            party = _new_party(row)
            return PlannedRow(row.number, party.name, RowState.ADDED, target=PartyTarget(party, ids, today))
        changes, fields = _changes(row, own, today)
        state = RowState.CHANGED if fields else RowState.UNCHANGED
        return PlannedRow(row.number, own.name, state, changes, PartyTarget(own, ids, today), fields)


def _text(row: ReadRow, key: str) -> str:
    return str(row.values.get(key) or "")


def _is_of(own: Party, typed: str) -> bool:
    return compact_identifier(typed) == (own.uscc or own.id_number)


def _new_party(row: ReadRow) -> Party:
    plain = {
        key: _text(row, key) for key in ("kind", "name", "representative", "address", "phone", "region_code")
    }
    identity = checked_identifier(row.values["kind"], _text(row, "identifier"))
    return Party(**plain, **identity, line_code=_text(row, "line_code"))


def _changes(row: ReadRow, own: Party, today: dt.date) -> tuple[tuple[ValueChange, ...], tuple[str, ...]]:
    """What the row changes of the party, which is changed in memory; columns the file lacks stay."""
    changes, fields = [], []
    for key in ("representative", "address", "phone"):
        after = _text(row, key)
        if key not in row.values or getattr(own, key) == after or (key == "phone" and "*" in after):
            continue
        changes.append(_change(BY_KEY[key], getattr(own, key), after))
        fields.append(key)
        setattr(own, key, after)
    if "classes" in row.values:
        before, after_codes = _codes(own), sorted(row.values["classes"] or ())
        if before != after_codes:
            changes.append(_change(BY_KEY["classes"], before, after_codes))
            fields.append("classes")
    return tuple(changes), tuple(fields)


def _change(column: TableColumn, before: Any, after: Any) -> ValueChange:
    return ValueChange(
        column.label, shown_value(column, column.text_of(before)), shown_value(column, column.text_of(after))
    )


def _beyond_reach(actor: Actor, planned: Sequence[PlannedRow], rows: Sequence[ReadRow]) -> list[CellProblem]:
    by_number = {row.number: row for row in rows}
    sentence = "这个当事人不在您的职责范围内。删去这一行，或联系管理员授权"
    return [
        problem_at("", by_number[one.number], BY_KEY["region_code"], sentence)
        for one in planned
        if one.state is not RowState.UNCHANGED and not PARTY.may_write(actor, one.target.party)
    ]


PARTIES = RegisterTable(
    slug="parties",
    title="当事人",
    unit="个当事人",
    columns=COLUMNS,
    key=("pk", "identifier"),
    read_rows=read_masked,
    plan_rows=plan_rows,
    write_rows=write_rows,
    may_import=PARTY.may_begin,
    may_export=may_read_parties,
    chain_of=chain_of_actor,
    notes=(
        "身份证号和电话导出时带星号，带星号的内容导入时表示不改。",
        "更名在当事人页面办理，不由表格改动。",
    ),
)
WHOLE_PARTIES = replace(
    PARTIES,
    slug="parties-whole",
    title="当事人（完整号码）",
    read_rows=read_whole,
    may_import=lambda actor: False,
    may_export=lambda actor: Role.REGISTRAR in actor.roles,
)
