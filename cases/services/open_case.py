"""立案: a numbered case with two qualified handlers. The same form sent twice opens one case."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from cases.models import Case, CaseSource
from cases.officer_gate import not_qualified
from cases.selectors.situation import check_handlers, officer_bar
from cases.services.advance_case import account_of, write_event
from cases.services.numbering import CASE_SERIES, locked_counter, next_number
from cases.services.register_party import own_agency
from enforcement.actors import Actor
from enforcement.agency_history import name_on
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, Officer, Party, Violation
from enforcement.selectors.agencies import refuse_opening
from enforcement.selectors.matters import is_responsible_for
from enforcement.wording import date_zh


@dataclass(frozen=True, slots=True)
class NewCase:
    """What opening a case needs. `act_date` is the day the unlawful act ended."""

    violation_id: int
    party_id: int
    handler_ids: tuple[int, ...]
    source: str
    act_date: dt.date
    found_on: dt.date
    opened_on: dt.date
    place: str = ""
    narrative: str = ""


def open_case(*, actor: Actor, operation_id: uuid.UUID, new: NewCase, today: dt.date) -> tuple[Case, bool]:
    """The case of this operation and whether it was opened now.

    行政处罚法 第五十四条第二款 (filing), 第四十二条 (two officers certified on the day of filing).
    """
    agency = own_agency(actor)
    account_of(actor)
    with transaction.atomic():
        counter = locked_counter(agency=agency, series=CASE_SERIES, year=new.opened_on.year)
        # Looked up behind the counter's lock: the second of two equal submissions has waited for the first.
        existing = Case.objects.filter(operation_id=operation_id, agency=agency).first()
        if existing is not None:
            return existing, False
        case, handlers = _checked(agency, operation_id, new, today)
        _require_officer(actor, case, today)
        case.number = next_number(agency=agency, counter=counter).text
        case.save(force_insert=True)
        case.handlers.set(handlers)
        write_event(actor=actor, case=case, name="open", left="", happened_on=new.opened_on)
        append_entry(
            chain=agency.code,
            action=LedgerAction.CASE_OPENED,
            subject=case,
            subject_label=case.number,
            actor=actor,
            payload={
                "violation": case.violation.code,
                "handlers": sorted(new.handler_ids),
                "opened_on": new.opened_on,
            },
        )
    return case, True


def _checked(
    agency: Agency, operation_id: uuid.UUID, new: NewCase, today: dt.date
) -> tuple[Case, list[Officer]]:
    """An unsaved case and its handlers. Raises InvalidInput with every problem."""
    violation = Violation.objects.filter(pk=new.violation_id, line_id=agency.line_code).first()
    party = Party.objects.filter(pk=new.party_id).first()
    handlers = list(
        Officer.objects.filter(pk__in=new.handler_ids, agency=agency).prefetch_related(
            "certificates__suspensions"
        )
    )
    problems = _Problems()
    _check_dates(problems, new, today)
    not_opening = refuse_opening(agency=agency, on=new.opened_on)
    if not_opening is not None:
        problems.add("opened_on", not_opening.message.rstrip("。"))
    if violation is None:
        problems.add("violation", "从本条线的违法行为中选择案由")
    if party is None:
        problems.add("party", "选择或登记当事人")
    if new.source not in CaseSource.values:
        problems.add("source", "选择案件来源")
    if violation is None or party is None:
        raise problems.refusal()
    case = Case(
        operation_id=operation_id,
        agency=agency,
        agency_name=name_on(new.opened_on, current=agency.name, earlier=agency.earlier_names.all()),
        region_code=agency.region_code,
        line_code=agency.line_code,
        violation=violation,
        party=party,
        source=new.source,
        act_date=new.act_date,
        found_on=new.found_on,
        opened_on=new.opened_on,
        place=new.place.strip(),
        narrative=new.narrative.strip(),
    )
    for sentence in _handler_problems(case, handlers, new):
        problems.add("handlers", sentence)
    # 职权法定: refused only by a list that is in force; where none is published, nothing is known and the page says so.
    if is_responsible_for(agency=agency, violation=violation, day=new.opened_on).is_lacking:
        problems.add(
            "violation",
            f"本机关在立案当日有效的权责清单中没有“{violation.name}”。核对案由，或者移送有管辖权的机关",
        )
    if problems.fields:
        raise problems.refusal()
    return case, handlers


class _Problems:
    """Sentences by the field they are about: a form shows them there, a table at the cell."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}

    def add(self, field: str, sentence: str) -> None:
        self.fields.setdefault(field, []).append(sentence)

    def refusal(self) -> InvalidInput:
        return InvalidInput.from_fields("case_invalid", self.fields)


def _require_officer(actor: Actor, case: Case, today: dt.date) -> None:
    """Filing is an enforcement act: who files holds a certificate valid today for the agency's line and place."""
    bar = officer_bar(actor=actor, case=case, on=today)
    if bar:
        raise not_qualified(bar, date_zh(today))


def _handler_problems(case: Case, handlers: list[Officer], new: NewCase) -> list[str]:
    """Who may not handle a case filed on that day, and whether enough others may."""
    names = {str(handler.pk): handler.name for handler in handlers}
    checked = check_handlers(handlers, case=case, act_on=new.opened_on)
    problems = [f"{names[person]}{reason}" for person, reason in checked.refused]
    if len(handlers) < len(set(new.handler_ids)):
        problems.append("所选承办人中有的不是本机关的执法人员")
    return problems if checked.valid else [*problems, "承办人至少两名，且执法证在立案当日有效"]


def _check_dates(problems: _Problems, new: NewCase, today: dt.date) -> None:
    if new.found_on < new.act_date:
        problems.add("found_on", "发现日期不能早于违法行为发生日期")
    if new.opened_on < new.found_on:
        problems.add("opened_on", "立案日期不能早于发现日期")
    if new.opened_on > today:
        problems.add("opened_on", "立案日期不能晚于今天")
