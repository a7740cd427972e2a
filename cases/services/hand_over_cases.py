"""移交案件: running cases of an agency that ended go to its successor, one recorded act for all of them.

Nothing that was done is touched: number, facts, events, proposals, decisions and the old agency's ledger chain stay.
Only where the case lies (agency, region, line) changes, so that the successor's officers see it from then on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from cases.models import Case, CaseHandover
from cases.services.advance_case import account_of, write_event
from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency
from enforcement.selectors.agencies import successors_on

REASON_AT_LEAST = 5
MOST_AT_ONCE = 200


def hand_over_cases(
    *,
    actor: Actor,
    from_agency_id: int,
    to_agency_id: int,
    case_ids: Iterable[int],
    reason: str,
    today: dt.date,
) -> list[CaseHandover]:
    """Hand the chosen running cases over today; an approver of the giving agency does it.

    Only to an agency that has taken over the duties by a recorded succession in effect. The successor's approver then
    names its own handlers. Raises NotPermitted, InvalidInput with every problem; then no case moves.
    """
    account_of(actor)
    wanted = sorted(set(case_ids))
    with transaction.atomic():
        giver = Agency.objects.filter(pk=from_agency_id).first()
        taker = Agency.objects.filter(pk=to_agency_id).first()
        if giver is None or not actor.may(
            Role.APPROVER, region_code=giver.region_code, line_code=giver.line_code
        ):
            raise NotPermitted("not_permitted", "案件由原机关的负责人移交。如因工作需要，请联系管理员授权。")
        cases = list(
            Case.objects.workable_by(actor)
            .open()
            .filter(agency=giver, pk__in=wanted)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        problems = _problems(giver, taker, reason, today)
        if not wanted:
            problems.append("选择要移交的案件")
        elif len(cases) != len(wanted):
            problems.append("选择的案件中有的已经结案、已经移交或者不属于原机关，请重新选择")
        if len(wanted) > MOST_AT_ONCE:
            problems.append(f"一次最多移交 {MOST_AT_ONCE} 件，请分次移交")
        if problems or taker is None:
            raise InvalidInput.from_problems("handover_invalid", problems)
        handovers = [_hand_over(actor, case, giver, taker, reason.strip(), today) for case in cases]
        _record(actor, giver, taker, cases)
    return handovers


def _problems(giver: Agency, taker: Agency | None, reason: str, today: dt.date) -> list[str]:
    problems = []
    if taker is None or taker.pk not in {one.pk for one in successors_on(agency_id=giver.pk, on=today)}:
        problems.append("案件只能移交给已登记承接职责的机关，请先由登记人员登记承接关系")
    elif not taker.works_on(today):
        problems.append(f"{taker.name}也已终止，请移交给现在承接职责的机关")
    if len("".join(reason.split())) < REASON_AT_LEAST:
        problems.append(f"写明移交的情况，至少 {REASON_AT_LEAST} 字")
    return problems


def _hand_over(
    actor: Actor, case: Case, giver: Agency, taker: Agency, reason: str, today: dt.date
) -> CaseHandover:
    handover = CaseHandover.objects.create(
        case=case,
        from_agency=giver,
        to_agency=taker,
        from_name=giver.name,
        to_name=taker.name,
        handed_on=today,
        reason=reason,
        actor_name=actor.name,
    )
    case.agency = taker
    case.region_code, case.line_code = taker.region_code, taker.line_code
    case.lock_version += 1
    case.save()
    write_event(
        actor=actor,
        case=case,
        name="hand_over",
        left=case.status,
        happened_on=today,
        note=f"由{giver.name}移交{taker.name}。{reason}",
        details={"handover": handover.pk},
    )
    return handover


def _record(actor: Actor, giver: Agency, taker: Agency, cases: list[Case]) -> None:
    """Both chains learn of each case, in the order of their codes: each chain's lock is held to commit."""
    for chain, action in sorted(
        [
            (giver.code, LedgerAction.CASE_HANDED_OVER),
            (taker.code, LedgerAction.CASE_TAKEN_OVER),
        ]
    ):
        for case in cases:
            append_entry(
                chain=chain,
                action=action,
                subject=case,
                subject_label=case.number,
                actor=actor,
                payload={"from": giver.code, "to": taker.code},
            )
