"""合并、分立、撤销: an agency ends on a day, and somebody takes its duties over.

Old cases, decisions, published lists and ledger chains stay with the agency that made them; only what comes after the
last day is the successor's. Running cases are handed over by an act of their own (`cases.services.hand_over_cases`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, AgencySuccession, Line, SuccessionKind
from enforcement.services.agencies.locking import locked_agencies
from enforcement.services.register_rows import save_with_history


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who takes over, and which part: an empty line is all of the work, `matters` says it in words."""

    successor_id: int
    line_code: str = ""
    matters: str = ""


def merge_agencies(
    *, actor: Actor, predecessor_ids: Sequence[int], successor_id: int, effective_on: dt.date, basis: str
) -> list[AgencySuccession]:
    """合并: every predecessor's last day is the day before; the successor does their work from `effective_on` on.

    The day may lie ahead, since an end is a date and not a switch. Raises NotPermitted, InvalidInput.
    """
    if not predecessor_ids:
        raise InvalidInput.from_problems("succession_invalid", ["选择被合并的执法主体"])
    with transaction.atomic():
        agencies = locked_agencies(actor=actor, agency_ids=[*predecessor_ids, successor_id])
        written = []
        for key in dict.fromkeys(predecessor_ids):
            written += _end(
                actor=actor,
                agency=agencies[key],
                last_day=effective_on - dt.timedelta(days=1),
                takeovers=[(agencies[successor_id], Takeover(successor_id))],
                kind=SuccessionKind.MERGED,
                basis=basis,
            )
        _record(actor, agencies, written)
    return written


def end_agency(
    *, actor: Actor, agency_id: int, last_day: dt.date, basis: str, takeovers: Sequence[Takeover] = ()
) -> Agency:
    """撤销或者分立: the last day, and who takes over what; without takeovers the agency simply ends."""
    with transaction.atomic():
        agencies = locked_agencies(
            actor=actor, agency_ids=[agency_id, *(one.successor_id for one in takeovers)]
        )
        agency = agencies[agency_id]
        written = _end(
            actor=actor,
            agency=agency,
            last_day=last_day,
            takeovers=[(agencies[one.successor_id], one) for one in takeovers],
            kind=SuccessionKind.SPLIT if len(takeovers) > 1 else SuccessionKind.MERGED,
            basis=basis,
        )
        if written:
            _record(actor, agencies, written)
        else:
            append_entry(
                chain=agency.code,
                action=LedgerAction.AGENCY_ENDED,
                subject=agency,
                subject_label=agency.name,
                actor=actor,
                payload={"last_day": last_day, "basis": basis.strip()},
            )
    return agency


def move_duties(
    *, actor: Actor, from_id: int, takeover: Takeover, effective_on: dt.date, basis: str
) -> AgencySuccession:
    """职责划转: part of the work goes to another agency, and both go on."""
    with transaction.atomic():
        agencies = locked_agencies(actor=actor, agency_ids=[from_id, takeover.successor_id])
        giver, taker = agencies[from_id], agencies[takeover.successor_id]
        problems = _takeover_problems(giver, taker, takeover, effective_on, basis)
        if not takeover.matters.strip():
            problems.append("写明划转的事项")
        if not giver.works_on(effective_on):
            problems.append(f"{giver.name}在划转日期已经终止")
        if problems:
            raise InvalidInput.from_problems("succession_invalid", problems)
        written = _succession(actor, giver, taker, takeover, SuccessionKind.DUTIES_MOVED, effective_on, basis)
        _record(actor, agencies, [written])
    return written


def _end(
    *,
    actor: Actor,
    agency: Agency,
    last_day: dt.date,
    takeovers: Sequence[tuple[Agency, Takeover]],
    kind: SuccessionKind,
    basis: str,
) -> list[AgencySuccession]:
    effective_on = last_day + dt.timedelta(days=1)
    problems = [] if basis.strip() else ["填写依据文件，例如批准文件的文号"]
    if agency.ended_on is not None:
        problems.append(f"{agency.name}已登记终止，最后执法日是 {agency.ended_on:%Y-%m-%d}")
    if agency.established_on is not None and last_day < agency.established_on:
        problems.append(f"最后执法日不能早于{agency.name}的设立日期 {agency.established_on:%Y-%m-%d}")
    for taker, takeover in takeovers:
        problems += _takeover_problems(agency, taker, takeover, effective_on, basis)
    if problems:
        raise InvalidInput.from_problems("succession_invalid", list(dict.fromkeys(problems)))
    agency.ended_on = last_day
    agency.lock_version += 1
    save_with_history(actor=actor, row=agency, reason=f"登记终止，{basis.strip()}")
    return [
        _succession(actor, agency, taker, takeover, kind, effective_on, basis)
        for taker, takeover in takeovers
    ]


def _takeover_problems(
    giver: Agency, taker: Agency, takeover: Takeover, effective_on: dt.date, basis: str
) -> list[str]:
    problems = [] if basis.strip() else ["填写依据文件，例如批准文件的文号"]
    if giver.pk == taker.pk:
        problems.append("承接的执法主体不能是它自己")
    elif not taker.works_on(effective_on):
        problems.append(f"{taker.name}在 {effective_on:%Y-%m-%d} 不在存续期间，不能承接")
    if takeover.line_code and not Line.objects.filter(pk=takeover.line_code).exists():
        problems.append("选择的条线不存在，请重新选择")
    return problems


def _succession(
    actor: Actor,
    giver: Agency,
    taker: Agency,
    takeover: Takeover,
    kind: SuccessionKind,
    effective_on: dt.date,
    basis: str,
) -> AgencySuccession:
    return AgencySuccession.objects.create(
        predecessor=giver,
        successor=taker,
        kind=kind,
        effective_on=effective_on,
        line_id=takeover.line_code or None,
        matters=takeover.matters.strip(),
        basis=basis.strip(),
        recorded_by=actor.name,
    )


def _record(actor: Actor, agencies: dict[int, Agency], written: Sequence[AgencySuccession]) -> None:
    """One entry on the chain of each agency concerned, in a fixed order: each chain's lock is held to commit."""
    involved = sorted(
        {key for one in written for key in (one.predecessor_id, one.successor_id)},
        key=lambda key: agencies[key].code,
    )
    payload = {
        "kind": written[0].kind,
        "effective_on": written[0].effective_on,
        "pairs": [
            [agencies[one.predecessor_id].code, agencies[one.successor_id].code, one.line_id or ""]
            for one in written
        ],
        "basis": written[0].basis,
    }
    names = "、".join(dict.fromkeys(agencies[one.predecessor_id].name for one in written))
    takers = "、".join(dict.fromkeys(agencies[one.successor_id].name for one in written))
    for key in involved:
        append_entry(
            chain=agencies[key].code,
            action=LedgerAction.AGENCY_SUCCEEDED,
            subject=agencies[key],
            subject_label=f"{names} → {takers}",
            actor=actor,
            payload=payload,
        )
