"""What a supervisor does about an alarm on leniency: ask the agency, and record what came of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.models import AlarmFinding, LeniencyAlarm
from cases.selectors.leniency_alarms import visible_alarms
from cases.services.advance_case import account_of, append_case_entry
from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction

QUESTION_AT_LEAST = 5
REASONS_AT_LEAST = 10


def inquire_about_alarm(*, actor: Actor, alarm_id: int, question: str, now: dt.datetime) -> LeniencyAlarm:
    """要求说明: put one question to the agency. Raises LeniencyAlarm.DoesNotExist, InvalidInput with `fields`, Refusal."""
    words = question.strip()
    with transaction.atomic():
        alarm = _locked(actor, alarm_id)
        if alarm.inquiry:
            raise Refusal("already_inquired", "已经要求办案机关说明，请等待答复，或者记录核查结论。")
        if len("".join(words.split())) < QUESTION_AT_LEAST:
            problem = f"写明要求说明的问题，至少 {QUESTION_AT_LEAST} 字"
            raise InvalidInput.from_fields("question_short", {"question": [problem]})
        alarm.inquiry, alarm.inquired_by_id, alarm.inquired_at = words, account_of(actor), now
        alarm.save(update_fields=["inquiry", "inquired_by", "inquired_at"])
        _record(actor, alarm, LedgerAction.ALARM_INQUIRED, {})
    return alarm


def settle_alarm(
    *, actor: Actor, alarm_id: int, finding: str, reasons: str, now: dt.datetime
) -> LeniencyAlarm:
    """问题属实 or 误报, with reasons, once. Raises LeniencyAlarm.DoesNotExist, InvalidInput with `fields`, Refusal."""
    words = reasons.strip()
    fields: dict[str, list[str]] = {}
    if finding not in AlarmFinding.values:
        fields["finding"] = ["选择核查结论"]
    if len("".join(words.split())) < REASONS_AT_LEAST:
        fields["reasons"] = [f"写明核查理由，至少 {REASONS_AT_LEAST} 字"]
    with transaction.atomic():
        alarm = _locked(actor, alarm_id)
        if fields:
            raise InvalidInput.from_fields("finding_short", fields)
        alarm.finding, alarm.finding_reasons = finding, words
        alarm.settled_by_id, alarm.settled_at = account_of(actor), now
        alarm.save(update_fields=["finding", "finding_reasons", "settled_by", "settled_at"])
        _record(actor, alarm, LedgerAction.ALARM_SETTLED, {"finding": finding})
    return alarm


def _locked(actor: Actor, alarm_id: int) -> LeniencyAlarm:
    """An unsettled alarm of the actor's scope; nobody checks what they proposed or approved themselves."""
    alarm: LeniencyAlarm = (
        visible_alarms(actor=actor)
        .select_related("case__agency", "proposal")
        .select_for_update(of=("self",))
        .get(pk=alarm_id)
    )
    own = {alarm.proposal.proposed_by_id, alarm.proposal.decided_by_id, alarm.answered_by_id}
    if actor.account_id in own:
        raise NotPermitted("own_case", "您办理或者审批过本案，由其他监督人员核查。")
    if alarm.finding:
        raise Refusal("already_settled", f"这条预警已有核查结论：{alarm.get_finding_display()}。")
    return alarm


def _record(actor: Actor, alarm: LeniencyAlarm, action: LedgerAction, payload: dict[str, object]) -> None:
    append_case_entry(
        actor=actor,
        case=alarm.case,
        action=action,
        payload={"alarm": alarm.pk, "kind": str(alarm.kind), **payload},
    )
