"""委托执法 by its terms (行政处罚法 第二十条、第二十一条; 行政强制法 第十七条). Pure: values in, a Refusal or None out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enforcement.errors import Refusal
from enforcement.wording import date_zh

COMPULSION = "compulsion"
# Words that name 行政强制措施 (行政强制法 第九条); none of it may be delegated, whatever the document says.
COMPULSION_WORDS = ("强制措施", "查封", "扣押", "冻结存款", "冻结汇款", "限制公民人身自由")
# A clause that excludes them is just what the law wants.
EXCLUDING_WORDS = ("除外", "不含", "不包括", "不得", "不委托")


def agency_key(agency_id: int) -> str:
    """The key of a delegate that is an agency of the register."""
    return f"agency:{agency_id}"


@dataclass(frozen=True, slots=True)
class Mandate:
    """The terms of one delegation. `last_day` is inclusive and already shortened by a revocation.

    `violation_codes` None means every matter of the agency's line.
    """

    agency_id: int
    delegate_key: str
    acts: frozenset[str]
    violation_codes: frozenset[str] | None
    penalty_kinds: frozenset[str]
    valid_from: dt.date
    last_day: dt.date

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day <= self.last_day

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        return self.valid_from <= last and first <= self.last_day

    def covers(self, violation_code: str) -> bool:
        return self.violation_codes is None or violation_code in self.violation_codes


@dataclass(frozen=True, slots=True)
class IntendedAct:
    """What a delegate wants to do: an act (`DelegatedAct` or `COMPULSION`), for a violation, with penalties of kinds."""

    act: str
    violation_code: str = ""
    penalty_kinds: frozenset[str] = frozenset()


def may_act_for(
    *, delegate_key: str, agency_id: int, intended: IntendedAct, mandates: Iterable[Mandate], on: dt.date
) -> Refusal | None:
    """None when one delegation covers the whole act on that day; else why not, from the nearest delegation.

    Two delegations are never added up: each document states its own matters, authority and term.
    """
    if intended.act == COMPULSION:
        return Refusal(
            "compulsion_not_delegable",
            "行政强制措施权不得委托（行政强制法第十七条）。请由有权的行政机关自己实施。",
        )
    own = [one for one in mandates if one.agency_id == agency_id and one.delegate_key == delegate_key]
    if not own:
        return Refusal("no_delegation", "没有这个组织受该机关书面委托的记录。请先签订并登记委托书。")
    current = [one for one in own if one.holds_on(on)]
    if not current:
        return _not_in_force(own, on)
    acting = [one for one in current if intended.act in one.acts]
    if not acting:
        return Refusal("act_not_delegated", "委托书没有委托这类行为。请由委托机关办理。")
    for_matter = [one for one in acting if not intended.violation_code or one.covers(intended.violation_code)]
    if not for_matter:
        return Refusal("matter_not_delegated", "这个案由不在委托的事项之内。请由委托机关办理。")
    if any(intended.penalty_kinds <= one.penalty_kinds for one in for_matter):
        return None
    return Refusal("penalty_not_delegated", "拟作的处罚种类超出委托的权限。请由委托机关办理。")


def _not_in_force(own: Sequence[Mandate], on: dt.date) -> Refusal:
    coming = min((one.valid_from for one in own if one.valid_from > on), default=None)
    if coming is not None and all(one.last_day >= on for one in own):
        return Refusal("delegation_not_begun", f"委托自{date_zh(coming)}起生效，当天还没有开始。")
    ended = max(one.last_day for one in own)
    return Refusal("delegation_ended", f"委托已于{date_zh(ended)}期满或解除。需要继续的，请重新签订委托书。")


def scope_problems(matters: str) -> list[str]:
    """What the scope of a delegation may not hold, found in its own words, clause by clause."""
    clauses = [
        clause
        for clause in re.split(r"[，。；,;\n]", matters)
        if not any(word in clause for word in EXCLUDING_WORDS)
    ]
    return [
        f"委托事项中写有“{word}”：行政强制措施权不得委托（行政强制法第十七条），请删去"
        for word in COMPULSION_WORDS
        if any(word in clause for clause in clauses)
    ]


def delegated_further(
    *, delegating_key: str, delegate_key: str, first: dt.date, last: dt.date, others: Iterable[Mandate]
) -> Refusal | None:
    """行政处罚法 第二十条第四款: who acts by delegation may not delegate, in the same days."""
    for one in others:
        if not one.overlaps(first, last):
            continue
        if one.delegate_key == delegating_key:
            return Refusal(
                "delegated_further",
                "本机关在这段期限内受其他机关委托，不得再委托他人（行政处罚法第二十条）。请由原委托机关委托。",
            )
        if agency_key(one.agency_id) == delegate_key:
            return Refusal(
                "delegate_delegates",
                "受委托组织在这段期限内又委托了其他组织，不能接受委托（行政处罚法第二十条）。请先解除它的委托。",
            )
    return None
