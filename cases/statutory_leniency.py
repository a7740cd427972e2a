"""Whether the law forbids, allows or softens a penalty (行政处罚法 第三十条至第三十三条; 云政办发〔2022〕51号 二(五)).

Mandatory rules come first and no policy document can switch them off; the discretionary option of 首违可不罚 can be
switched off by 51号. A key area alone never excludes leniency, it raises the level of review.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from typing import Any

NO_PENALTY_BELOW_AGE = 14
LENIENCY_BELOW_AGE = 18
EXCEPTION_LEVELS = frozenset({"法律", "行政法规"})
GUARDIAN_DISCIPLINE = "责令监护人管教"
GUARDIAN_CARE = "责令监护人严加看管和治疗"


class Outcome(StrEnum):
    """What the law says about penalising."""

    MUST_NOT = "must_not_penalise"
    MAY_NOT = "may_not_penalise"
    MUST_SOFTEN = "must_lighter_or_mitigate"
    MAY_SOFTEN = "may_lighter_or_mitigate"
    NORMAL = "normal"


class Harm(StrEnum):
    """危害后果 as the two sentences of 第三十三条第一款 need it."""

    NONE = "none"
    SLIGHT = "slight"
    SERIOUS = "serious"


class Capacity(StrEnum):
    """Capacity to recognise or control one's act at the time (第三十一条)."""

    FULL = "full"
    PARTIAL = "partial"
    INTERMITTENT_NORMAL = "intermittent_normal"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LeniencyFacts:
    """The established facts; None means not yet established.

    `grounds` are proven circumstances of 第三十二条, in words. `fault_exception` is the level of the document that
    punishes without fault (法律, 行政法规), empty if none. `source_exemption` is a domain's own may-exempt rule that
    is met, in words (食品安全法 第一百三十六条).
    """

    minor: bool | None = False
    timely_corrected: bool | None = False
    harm: Harm | None = None
    first_violation: bool | None = False
    policy_excluded: bool = False
    key_area: bool = False
    age_at_act: int | None = None
    capacity: Capacity = Capacity.FULL
    no_fault_proven: bool = False
    fault_exception: str = ""
    grounds: tuple[str, ...] = ()
    source_exemption: str = ""


@dataclass(frozen=True, slots=True)
class LeniencyFinding:
    """The outcome and what follows from it. `outcome` None: facts in `open_facts` decide it."""

    outcome: Outcome | None
    reasons: tuple[str, ...]
    education_required: bool = False
    education_required_if_used: bool = False
    option_off: Outcome | None = None
    raise_review: bool = False
    also: str = ""
    otherwise: Outcome | None = None
    open_facts: tuple[str, ...] = ()


def statutory_leniency(facts: LeniencyFacts) -> LeniencyFinding:
    """The strongest rule that applies: must not, may not, must soften, may soften, normal.

    `otherwise` says what holds if the agency does not use a may-not option. 第三十三条第三款: every decision not to
    penalise requires education.
    """
    barred = next(_bars(facts), None)
    if barred is not None:
        reason, also = barred
        return LeniencyFinding(
            Outcome.MUST_NOT, (reason,), education_required=True, raise_review=facts.key_area, also=also
        )
    softened, reasons = softening(facts)
    missing = _open_facts(facts)
    if missing:
        return LeniencyFinding(
            None, ("尚有事实未查明，不能判断是否不予处罚",), raise_review=facts.key_area, open_facts=missing
        )
    option = _option(facts)
    if not option:
        return LeniencyFinding(softened, reasons, raise_review=facts.key_area)
    if facts.policy_excluded:
        switched_off = "属于云政办发〔2022〕51号二（五）所列不适用包容审慎监管的情形，不适用可以不予处罚"
        return LeniencyFinding(
            softened, (*reasons, switched_off), option_off=Outcome.MAY_NOT, raise_review=facts.key_area
        )
    return LeniencyFinding(
        Outcome.MAY_NOT,
        (option, *reasons),
        education_required_if_used=True,
        raise_review=facts.key_area,
        otherwise=softened,
    )


def _bars(facts: LeniencyFacts) -> Iterator[tuple[str, str]]:
    if facts.age_at_act is not None and facts.age_at_act < NO_PENALTY_BELOW_AGE:
        yield "不满十四周岁，不予行政处罚（第三十条）", GUARDIAN_DISCIPLINE
    if facts.capacity is Capacity.NONE:
        yield "违法时不能辨认或者不能控制自己行为，不予行政处罚（第三十一条）", GUARDIAN_CARE
    if facts.minor and facts.timely_corrected and facts.harm is Harm.NONE:
        yield "违法行为轻微并及时改正，没有造成危害后果，不予行政处罚（第三十三条第一款）", ""
    if facts.no_fault_proven and facts.fault_exception not in EXCEPTION_LEVELS:
        yield "当事人足以证明没有主观过错，不予行政处罚（第三十三条第二款）", ""


def softening(facts: LeniencyFacts) -> tuple[Outcome, tuple[str, ...]]:
    """What 第三十条 to 第三十二条 give when no rule bars the penalty, with its reasons."""
    reasons = [f"{ground}，应当从轻或者减轻处罚（第三十二条）" for ground in facts.grounds]
    if facts.age_at_act is not None and NO_PENALTY_BELOW_AGE <= facts.age_at_act < LENIENCY_BELOW_AGE:
        reasons.insert(0, "已满十四周岁不满十八周岁，应当从轻或者减轻处罚（第三十条）")
    if reasons:
        return Outcome.MUST_SOFTEN, tuple(reasons)
    if facts.capacity is Capacity.PARTIAL:
        return Outcome.MAY_SOFTEN, ("尚未完全丧失辨认或者控制能力，可以从轻或者减轻处罚（第三十一条）",)
    return Outcome.NORMAL, ("没有查明从轻、减轻或者不予处罚的情形",)


def _option(facts: LeniencyFacts) -> str:
    slight = facts.harm in (Harm.SLIGHT, Harm.NONE)
    if facts.first_violation and facts.timely_corrected and slight:
        return "初次违法且危害后果轻微并及时改正，可以不予行政处罚（第三十三条第一款）"
    return facts.source_exemption


def _open_facts(facts: LeniencyFacts) -> tuple[str, ...]:
    """Facts not established whose answers could lead to different outcomes; every possible answer is tried."""
    unknown = {name: answers for name, answers in _ANSWERS.items() if getattr(facts, name) is None}
    outcomes = {
        _possible_outcome(replace(facts, **dict(zip(unknown, answers, strict=True))))
        for answers in product(*unknown.values())
    }
    return tuple(unknown) if len(outcomes) > 1 else ()


def _possible_outcome(facts: LeniencyFacts) -> Outcome:
    if next(_bars(facts), None) is not None:
        return Outcome.MUST_NOT
    return Outcome.MAY_NOT if _option(facts) and not facts.policy_excluded else Outcome.NORMAL


_ANSWERS: dict[str, tuple[Any, ...]] = {
    "minor": (True, False),
    "timely_corrected": (True, False),
    "harm": tuple(Harm),
    "first_violation": (True, False),
}
