"""The agency's reply to a supervisor who asked about an alarm."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from cases.models import LeniencyAlarm
from cases.services.advance_case import account_of, append_case_entry
from cases.services.standing_acts import standing_act_on
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction

REPLY_AT_LEAST = 10


def reply_to_alarm(*, actor: Actor, case_id: int, alarm_id: int, reply: str, today: dt.date) -> LeniencyAlarm:
    """Answer the supervisor's question once, in whatever stage the case is. Raises InvalidInput with `fields`."""
    words = reply.strip()
    with standing_act_on(actor=actor, case_id=case_id, act=Act.REPLY_TO_ALARM, today=today) as (case, _):
        alarm = LeniencyAlarm.objects.select_for_update().filter(case=case, pk=alarm_id).first()
        if alarm is None or not alarm.waits_for_reply:
            raise Refusal("no_reply_due", "这条预警没有等待说明的问题，或者已经作了说明。")
        if len("".join(words.split())) < REPLY_AT_LEAST:
            problem = f"写明情况和依据，至少 {REPLY_AT_LEAST} 字"
            raise InvalidInput.from_fields("reply_short", {"reply": [problem]})
        alarm.reply, alarm.replied_by_id, alarm.replied_at = words, account_of(actor), timezone.now()
        alarm.save(update_fields=["reply", "replied_by", "replied_at"])
        append_case_entry(
            actor=actor,
            case=case,
            action=LedgerAction.ALARM_REPLIED,
            payload={"alarm": alarm.pk, "kind": str(alarm.kind)},
        )
    return alarm
