"""A supervisor records what came of an alarm on bulk reading."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import SensitiveReadAlert
from enforcement.selectors.read_alerts import visible_read_alerts
from enforcement.services.accounts.subject import chain_of

FINDING_LENGTH = 5


def settle_read_alert(*, actor: Actor, alert_id: int, finding: str, now: dt.datetime) -> SensitiveReadAlert:
    """Record the finding once; a second one is refused with who recorded the first.

    Raises SensitiveReadAlert.DoesNotExist when the actor may not see the alert, InvalidInput, NotPermitted when it
    is about the actor's own readings.
    """
    words = finding.strip()
    if len(words) < FINDING_LENGTH:
        raise InvalidInput.from_problems("finding_short", [f"写明核实结果，至少 {FINDING_LENGTH} 个字"])
    with transaction.atomic():
        alert: SensitiveReadAlert = (
            visible_read_alerts(actor=actor).select_for_update(of=("self",)).get(pk=alert_id)
        )
        if alert.account_id == actor.account_id:
            raise NotPermitted("own_alert", "这是您自己的查看记录，由其他监督人员核实。")
        if alert.settled_at is not None:
            raise InvalidInput.from_problems(
                "already_settled", [f"{alert.settled_by}已记录核实结果：{alert.finding}"]
            )
        alert.settled_at, alert.settled_by_id, alert.finding = now, actor.account_id, words[:500]
        alert.save(update_fields=["settled_at", "settled_by", "finding"])
        append_entry(
            chain=chain_of(alert.account),
            action=LedgerAction.BULK_READING_SETTLED,
            subject=alert,
            subject_label=f"账号 {alert.account_id}",
            actor=actor,
            payload={"reads": alert.reads, "day": alert.day},
            reason=words,
        )
    return alert
