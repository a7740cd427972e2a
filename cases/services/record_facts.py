"""Recording what was found: facts of the vocabulary with their sources, the narrative and the list of evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.models import Case
from cases.selectors.rules_in_force import rules_in_force, vocabulary_for
from cases.services.advance_case import lock_case, require_standing_act
from cases.services.refused_acts import enforcement_act
from cases.statuses import FactSource
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.conditions.facts import FactError, fact_to_json, parse_fact
from enforcement.conditions.vocabulary import Vocabulary
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry

NOTE_LIMIT = 120
EVIDENCE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """One answer as typed or chosen. An empty value takes the fact back."""

    value: object
    source: str = FactSource.OFFICER
    note: str = ""


def record_facts(
    *,
    actor: Actor,
    case_id: int,
    answers: Mapping[str, FactAnswer],
    today: dt.date,
    expected_lock: int | None = None,
) -> Case:
    """Save answers to facts. All or none: InvalidInput carries `fields` {code: sentence} beside the problems."""
    with enforcement_act(actor=actor, case_id=case_id, act=Act.RECORD_FACTS):
        case = lock_case(actor=actor, case_id=case_id, expected_lock=expected_lock)
        require_standing_act(actor=actor, case=case, act=Act.RECORD_FACTS, today=today)
        days = dict.fromkeys((case.act_date, today))
        vocabulary = vocabulary_for([rules_in_force(case, on=day) for day in days])
        changed = _apply(case, answers, vocabulary, actor)
        if not changed:
            return case
        case.lock_version += 1
        case.save()
        _to_ledger(case, actor, {"facts": sorted(changed)})
    return case


def record_narrative(
    *,
    actor: Actor,
    case_id: int,
    narrative: str,
    evidence: Sequence[str],
    place: str,
    today: dt.date,
    expected_lock: int | None = None,
) -> Case:
    """Save the facts in words and the evidence by name (行政处罚法 第四十六条、第五十九条)."""
    names = [name.strip() for name in evidence if name.strip()]
    if len(names) > EVIDENCE_LIMIT:
        raise InvalidInput.from_problems(
            "evidence_invalid", [f"证据最多列 {EVIDENCE_LIMIT} 份，现在是 {len(names)} 份"]
        )
    with enforcement_act(actor=actor, case_id=case_id, act=Act.RECORD_NARRATIVE):
        case = lock_case(actor=actor, case_id=case_id, expected_lock=expected_lock)
        require_standing_act(actor=actor, case=case, act=Act.RECORD_NARRATIVE, today=today)
        case.narrative, case.evidence, case.place = narrative.strip(), names, place.strip()
        case.lock_version += 1
        case.save()
        _to_ledger(case, actor, {"narrative": True, "evidence": len(names)})
    return case


def _apply(case: Case, answers: Mapping[str, FactAnswer], vocabulary: Vocabulary, actor: Actor) -> list[str]:
    """Write the answers into `case.facts`; the codes that changed."""
    facts: dict[str, Any] = dict(case.facts)
    refused: dict[str, str] = {}
    for code, answer in answers.items():
        problem = _write(facts, code, answer, vocabulary, actor)
        if problem:
            refused[code] = problem
    if refused:
        raise InvalidInput(
            "facts_invalid", "；".join(refused.values()), {"problems": [*refused.values()], "fields": refused}
        )
    changed = [code for code in answers if facts.get(code) != case.facts.get(code)]
    case.facts = facts
    return changed


def _write(facts: dict[str, Any], code: str, answer: FactAnswer, vocabulary: Vocabulary, actor: Actor) -> str:
    """The problem, or an empty string when the answer is written."""
    if code not in vocabulary:
        return f"“{code}”不是本案可以记录的事实"
    try:
        value = parse_fact(vocabulary[code], answer.value)
    except FactError as error:
        return str(error)
    if value is None:
        facts.pop(code, None)
        return ""
    label = vocabulary[code].label
    if answer.source not in FactSource.values:
        return f"选择“{label}”的来源"
    if len(answer.note) > NOTE_LIMIT:
        return f"“{label}”的来源说明最多 {NOTE_LIMIT} 字"
    held = facts.get(code, {})
    new = {"value": fact_to_json(value), "source": str(answer.source), "note": answer.note.strip()}
    if {key: held.get(key) for key in new} == new:
        return ""
    now = timezone.localtime()
    words = f"{now.month}月{now.day}日 {now:%H:%M}"
    facts[code] = {**new, "by": actor.name, "at": now.isoformat(timespec="seconds"), "at_words": words}
    return ""


def _to_ledger(case: Case, actor: Actor, payload: dict[str, Any]) -> None:
    append_entry(
        chain=case.agency.code,
        action=LedgerAction.CASE_FACTS_RECORDED,
        subject=case,
        subject_label=case.number,
        actor=actor,
        payload={**payload, "lock_version": case.lock_version},
    )
