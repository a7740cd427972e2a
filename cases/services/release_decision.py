"""确认公示: of a sensitive case only a copy without the secret passages becomes public, once an approver confirmed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cases.models import DecisionRelease
from cases.redaction import redact
from cases.services.advance_case import account_of, append_case_entry, make_public, write_event
from cases.services.standing_acts import standing_act_on
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.canonical import digest_of

SHORTEST_PHRASE = 2


def without_phrases(content: Any, phrases: Sequence[str]) -> Any:
    """The public copy with every phrase taken out of every text in it."""
    if isinstance(content, str):
        return redact(content, phrases=phrases)
    if isinstance(content, dict):
        return {key: without_phrases(value, phrases) for key, value in content.items()}
    if isinstance(content, list):
        return [without_phrases(value, phrases) for value in content]
    return content


def release_decision(
    *, actor: Actor, case_id: int, phrases: Sequence[str], today: dt.date
) -> DecisionRelease:
    """Confirm what the public may read, and publish it. Raises InvalidInput for a phrase that stands nowhere."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.RELEASE_DECISION, today=today) as (case, _):
        wanted = [phrase.strip() for phrase in phrases if phrase.strip()]
        decision = case.decision
        _require_found(wanted, decision.public_snapshot)
        release = DecisionRelease.objects.create(
            decision=decision,
            phrases=wanted,
            public_snapshot=without_phrases(decision.public_snapshot, wanted),
            confirmed_by_id=account_of(actor),
            confirmed_on=today,
        )
        write_event(
            actor=actor,
            case=case,
            name=Act.RELEASE_DECISION.value,
            left=case.status,
            happened_on=today,
            note=f"隐去 {len(wanted)} 处后公示",
        )
        entry = append_case_entry(
            actor=actor,
            case=case,
            action=LedgerAction.DECISION_RELEASED,
            payload={"number": decision.number, "digest": digest_of(release.public_snapshot)},
        )
        make_public(decision, release.public_snapshot, entry)
    return release


def _require_found(phrases: Sequence[str], content: Any) -> None:
    text = "\n".join(_texts(content))
    problems = [
        f"“{phrase}”太短，至少 {SHORTEST_PHRASE} 字" for phrase in phrases if len(phrase) < SHORTEST_PHRASE
    ]
    problems += [f"公示内容中没有“{phrase}”" for phrase in phrases if phrase not in text]
    if problems:
        raise InvalidInput.from_fields("release_invalid", {"phrases": problems})


def _texts(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for value in inner for text in _texts(value)]
