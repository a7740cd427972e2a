"""Everything the system holds about one person, in one report (个人信息保护法 第四十五条; security.md D4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Account, Party, ReadKind
from enforcement.selectors.accounts import chain_of_actor
from enforcement.services.reveal_party import count_reading
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from supervision.personal_data.register import PersonalField, personal_fields

SHORTEST_PURPOSE = 5
NEVER_SHOWN = "不显示"
COLUMNS = ("所在内容", "行", "项目", "内容", "级别", "目的", "依据", "保管")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One value about the person, with why it is kept."""

    where: str
    row: str
    label: str
    value: str
    entry: PersonalField

    def as_row(self) -> tuple[str, ...]:
        entry = self.entry
        return (
            self.where,
            self.row,
            self.label,
            self.value,
            entry.level,
            entry.purpose,
            entry.basis,
            entry.retention,
        )


def report_on_party(*, actor: Actor, party_id: int, purpose: str, today: dt.date) -> list[ReportLine]:
    """Everything about a party. For registrars whose duty reaches it; recorded and counted as one reading."""
    party = Party.objects.visible_to(actor, roles=frozenset({Role.REGISTRAR})).filter(pk=party_id).first()
    if party is None:
        raise NotPermitted("not_permitted", "没有这个当事人，或者它不在您的职责范围内。")
    return _reported(actor, party, {"party": party.pk}, purpose, today)


def report_on_account(*, actor: Actor, account_id: int, purpose: str, today: dt.date) -> list[ReportLine]:
    """Everything about a member of staff: the account, and the officer behind it. For registrars of the agency."""
    account = Account.objects.select_related("agency").filter(pk=account_id).first()
    agency = account.agency if account is not None else None
    if account is None or not actor.may(
        Role.REGISTRAR,
        region_code=agency.region_code if agency is not None else "",
        line_code=agency.line_code if agency is not None else "",
    ):
        raise NotPermitted("not_permitted", "没有这个账号，或者它不在您的职责范围内。")
    persons = {"account": account.pk}
    if account.officer_id is not None:
        persons["officer"] = account.officer_id
    return _reported(actor, account, persons, purpose, today)


def report_workbook(lines: list[ReportLine]) -> bytes:
    """The report as .xlsx."""
    columns = tuple(WorkbookColumn(label) for label in COLUMNS)
    return write_workbook([WorkbookSheet("个人信息", columns, [list(line.as_row()) for line in lines])])


@transaction.atomic
def _reported(
    actor: Actor, subject: Any, persons: dict[str, int], purpose: str, today: dt.date
) -> list[ReportLine]:
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise InvalidInput.from_problems("no_purpose", [f"写明用途，至少 {SHORTEST_PURPOSE} 个字"])
    lines = [line for person, key in persons.items() for line in _lines(person, key)]
    count_reading(actor=actor, kind=ReadKind.REPORT, rows=1, today=today)
    append_entry(
        chain=chain_of_actor(actor),
        action=LedgerAction.PERSONAL_DATA_REPORTED,
        subject=subject,
        subject_label=f"{subject._meta.model_name} {subject.pk}",
        actor=actor,
        payload={"persons": persons, "lines": len(lines)},
        reason=purpose,
    )
    return lines


def _lines(person: str, key: int) -> Iterator[ReportLine]:
    """One query for each model that holds something about this kind of person, and one for its history."""
    by_model: dict[str, list[PersonalField]] = {}
    for entry in personal_fields():
        if entry.person == person:
            by_model.setdefault(entry.model, []).append(entry)
    for entries in by_model.values():
        model, by = entries[0].model_class, entries[0].by
        for row in model._base_manager.filter(**{by: key}).order_by("pk"):
            yield from _lines_of(row, entries, "")
        history = getattr(model, "history", None)
        if history is not None and by == "pk":
            for past in history.model._base_manager.filter(**{model._meta.pk.name: key}).order_by("pk"):
                yield from _lines_of(past, entries, "修改历史 ")


def _lines_of(row: models.Model, entries: list[PersonalField], prefix: str) -> Iterator[ReportLine]:
    for entry in entries:
        # A history may leave columns out.
        value = getattr(row, entry.field, None)
        if value in (None, "", [], {}):
            continue
        label = str(row._meta.get_field(entry.field).verbose_name)  # type: ignore[union-attr]
        yield ReportLine(f"{prefix}{entry.model}", str(row.pk), label, _shown(entry, value), entry)


def _shown(entry: PersonalField, value: Any) -> str:
    """Files and secrets are named, not poured out: a hash is of no use to the person, and of some to a thief."""
    if entry.shown.startswith(NEVER_SHOWN):
        return "存有，不提供"
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} 字节的文件"
    return str(value)
