"""The two parts of an act that concern alarms: raising them with a proposal, and answering them at its approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from cases.entry_uses import StatedReasons, reason_problems
from cases.leniency_alarms import AlarmDraft
from cases.models import Case, LeniencyAlarm, Proposal
from cases.models.leniency_alarm import alarm_key
from enforcement.errors import InvalidInput


def raise_alarms(
    *, case: Case, proposal: Proposal, drafts: Iterable[AlarmDraft]
) -> tuple[LeniencyAlarm, ...]:
    """Store what is not stored yet for a pending proposal, and give all its alarms. Part of an act on a locked case."""
    stored = list(proposal.alarms.all())
    known = {one.key for one in stored}
    fresh = [
        LeniencyAlarm.objects.create(
            case=case,
            proposal=proposal,
            kind=draft.kind,
            entry_id=draft.entry_id,
            explanation=draft.explanation,
        )
        for draft in drafts
        if alarm_key(draft.kind, draft.entry_id) not in known
    ]
    return (*stored, *fresh)


def answer_alarms(
    *,
    alarms: Iterable[LeniencyAlarm],
    answers: Mapping[str, StatedReasons],
    account_id: int,
    now: dt.datetime,
) -> list[dict[str, object]]:
    """Write the approver's reasons to every open alarm; InvalidInput names each one that lacks them.

    `answers` maps `LeniencyAlarm.key` to reasons. Gives what the ledger keeps of the answers. Part of an approval.
    """
    still_open = [one for one in alarms if one.is_open]
    fields: dict[str, list[str]] = {}
    for alarm in still_open:
        what = f"仍然同意（{alarm.get_kind_display()}）"
        for part, sentence in reason_problems(answers.get(alarm.key, StatedReasons()), what=what):
            fields.setdefault(f"alarm_{part}_{alarm.key}", []).append(sentence)
    if fields:
        raise InvalidInput.from_fields("alarm_unanswered", fields)
    for alarm in still_open:
        stated = answers[alarm.key]
        alarm.answer_class, alarm.answer = stated.reason_class, stated.reasons.strip()
        alarm.answered_by_id, alarm.answered_at = account_id, now
        alarm.save()
    return [{"alarm": one.pk, "kind": str(one.kind), "class": one.answer_class} for one in still_open]
