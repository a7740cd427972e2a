"""更名: the earlier name becomes a span of days; whatever was issued under it keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, AgencyName
from enforcement.services.agencies.locking import locked_agencies
from enforcement.services.register_rows import save_with_history


@dataclass(frozen=True, slots=True)
class NewName:
    """`effective_on` is the first day of the new name. Empty short name and prefix stay as they are."""

    name: str
    effective_on: dt.date
    basis: str
    short_name: str = ""
    document_prefix: str = ""


def rename_agency(*, actor: Actor, agency_id: int, new: NewName, today: dt.date) -> Agency:
    """Give the agency its new name and keep the earlier one. Raises NotPermitted, InvalidInput with every problem."""
    with transaction.atomic():
        agency = locked_agencies(actor=actor, agency_ids=[agency_id])[agency_id]
        since = _name_since(agency)
        problems = _problems(agency, new, since, today)
        if problems:
            raise InvalidInput.from_problems("agency_name_invalid", problems)
        earlier = AgencyName.objects.create(
            agency=agency,
            name=agency.name,
            short_name=agency.short_name,
            document_prefix=agency.document_prefix,
            valid_from=since,
            valid_until=new.effective_on,
            basis=new.basis.strip(),
            recorded_by=actor.name,
        )
        agency.name = new.name.strip()
        agency.short_name = new.short_name.strip() or agency.short_name
        agency.document_prefix = new.document_prefix.strip() or agency.document_prefix
        agency.lock_version += 1
        save_with_history(actor=actor, row=agency, reason=f"更名，{new.basis.strip()}")
        append_entry(
            chain=agency.code,
            action=LedgerAction.AGENCY_RENAMED,
            subject=agency,
            subject_label=f"{earlier.name}更名为{agency.name}",
            actor=actor,
            payload={"effective_on": new.effective_on, "basis": new.basis.strip()},
        )
    return agency


def _name_since(agency: Agency) -> dt.date | None:
    """The first day of the name borne now."""
    last = agency.earlier_names.order_by("-valid_until").first()
    return last.valid_until if last is not None else agency.established_on


def _problems(agency: Agency, new: NewName, since: dt.date | None, today: dt.date) -> list[str]:
    problems = []
    name = new.name.strip()
    if not name:
        problems.append("填写新名称")
    elif name == agency.name:
        problems.append("新名称与现名称相同")
    elif Agency.objects.filter(name=name).exclude(pk=agency.pk).exists():
        problems.append(f"已有名称为“{name}”的执法主体，请核对")
    if not new.basis.strip():
        problems.append("填写更名依据，例如批准文件的文号")
    if new.effective_on > today:
        problems.append("更名日期还没有到。请在当日或之后登记")
    if since is not None and new.effective_on <= since:
        problems.append(f"更名日期应晚于现名称的启用日期 {since:%Y-%m-%d}")
    if not agency.works_on(new.effective_on):
        problems.append("更名日期应在该机构存续期间内")
    return problems
