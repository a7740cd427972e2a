"""调整承办人: the head names who handles the case from now on; what was done before stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cases.models import Case, ProposalVerdict
from cases.officer_gate import TOO_FEW
from cases.selectors.situation import check_handlers
from cases.services.advance_case import append_case_entry, write_event
from cases.services.standing_acts import standing_act_on
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Officer

REASON_AT_LEAST = 5


def change_handlers(
    *,
    actor: Actor,
    case_id: int,
    handler_ids: Iterable[int],
    reason: str,
    today: dt.date,
    expected_lock: int | None = None,
) -> Case:
    """Replace the handlers by at least two who may act today (行政处罚法 第四十二条、第四十三条).

    Raises InvalidInput with `fields`; a Refusal of the gate names whoever may not act and why.
    """
    with standing_act_on(
        actor=actor, case_id=case_id, act=Act.CHANGE_HANDLERS, today=today, expected_lock=expected_lock
    ) as (case, _):
        before = list(case.handlers.order_by("pk"))
        after = list(
            Officer.objects.filter(pk__in=set(handler_ids), agency=case.agency)
            .prefetch_related("certificates__suspensions")
            .order_by("pk")
        )
        _require_sound(actor, case, before, after, reason)
        _require_fit(case, after, today)
        case.handlers.set(after)
        case.lock_version += 1
        case.save()
        write_event(
            actor=actor,
            case=case,
            name=Act.CHANGE_HANDLERS.value,
            left=case.status,
            happened_on=today,
            note=f"由{_names(before)}调整为{_names(after)}。{reason.strip()}",
            details={"from": [one.pk for one in before], "to": [one.pk for one in after]},
        )
        append_case_entry(
            actor=actor,
            case=case,
            action=LedgerAction.HANDLERS_CHANGED,
            payload={"from": [one.pk for one in before], "to": [one.pk for one in after]},
        )
    return case


def _names(officers: list[Officer]) -> str:
    return "、".join(one.name for one in officers) or "（无）"


def _require_sound(
    actor: Actor, case: Case, before: list[Officer], after: list[Officer], reason: str
) -> None:
    fields: dict[str, list[str]] = {}
    if len("".join(reason.split())) < REASON_AT_LEAST:
        fields["reason"] = [f"写明调整的理由，至少 {REASON_AT_LEAST} 字"]
    if {one.pk for one in after} == {one.pk for one in before}:
        fields["handlers"] = ["承办人没有变化"]
    if any(one.pk == actor.officer_id for one in after):
        fields["handlers"] = ["作出调整的负责人不能同时承办本案，请另选承办人"]
    approvers = {
        proposal.decided_by.officer_id
        for proposal in case.proposals.exclude(verdict=ProposalVerdict.PENDING).select_related("decided_by")
        if proposal.decided_by is not None
    }
    reviewed = [one for one in after if one.pk in approvers]
    if reviewed:
        fields["handlers"] = [f"{_names(reviewed)}审批过本案的处理建议，不能再承办本案"]
    if fields:
        raise InvalidInput.from_fields("handlers_invalid", fields)


def _require_fit(case: Case, after: list[Officer], today: dt.date) -> None:
    checked = check_handlers(after, case=case, act_on=today)
    names = {str(one.pk): one.name for one in after}
    problems = [f"{names[person]}{reason}" for person, reason in checked.refused]
    if not checked.valid:
        problems.append(f"承办人至少两名且执法证有效，所选人员中有 {checked.valid_count} 名可以承办")
    if problems:
        sentence = "；".join(problems) + "。请另选承办人。"
        raise Refusal(TOO_FEW, sentence, {"problems": problems, "fields": {"handlers": [sentence]}})
