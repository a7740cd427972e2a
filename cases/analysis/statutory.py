"""The facts of a case put to the statutory rules of leniency, and their answer in the words of the analysis."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from cases.statutory_leniency import (
    Capacity,
    Harm,
    LeniencyFacts,
    LeniencyFinding,
    softening,
    statutory_leniency,
)
from cases.statutory_leniency import Outcome as LegalOutcome
from enforcement.conditions.evaluate import Facts

PENALTY_LAW = "《中华人民共和国行政处罚法》"
NO_HARM = frozenset({"无", "无明显社会危害"})
SLIGHT_HARM = frozenset({"轻微"})
MINOR_CIRCUMSTANCES = frozenset({"显著轻微", "轻微"})
CAPACITIES = {
    "尚未完全丧失辨认或者控制能力": Capacity.PARTIAL,
    "间歇性精神病人精神正常时": Capacity.INTERMITTENT_NORMAL,
    "不能辨认或者不能控制自己行为": Capacity.NONE,
}
GROUNDS = {
    "harm_eliminated_voluntarily": "主动消除或者减轻危害后果",
    "coerced_or_deceived": "受他人胁迫或者诱骗实施违法行为",
    "confessed_voluntarily": "主动供述尚未掌握的违法行为",
    "meritorious": "配合查处违法行为有立功表现",
}
# The four questions of 第三十三条第一款 and the facts of the vocabulary that answer them.
QUESTION_FACTS = {
    "minor": "circumstances",
    "timely_corrected": "corrected_timely",
    "harm": "harm",
    "first_violation": "offence_count",
}


class StatutoryOutcome(StrEnum):
    """What the statute says; UNDECIDED while `open_facts` could still forbid the penalty."""

    MUST_NOT_PENALISE = "must_not_penalise"
    MAY_NOT_PENALISE = "may_not_penalise"
    MUST_LIGHTER_OR_MITIGATE = "must_lighter_or_mitigate"
    MAY_LIGHTER_OR_MITIGATE = "may_lighter_or_mitigate"
    NORMAL = "normal"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class StatutoryFinding:
    """The statute's answer. `lines` are sentences, `open_facts` codes of the vocabulary.

    `must_soften`: 从轻 or 减轻 is due already, whatever the open facts turn out to be.
    """

    outcome: StatutoryOutcome
    lines: tuple[str, ...] = ()
    open_facts: tuple[str, ...] = ()
    must_soften: bool = False

    @property
    def law(self) -> str:
        """The article the first line names: 《中华人民共和国行政处罚法》第三十三条第一款."""
        found = (
            re.search(r"第[一二三四五六七八九十]+条(第[一二三四五六七八九十]+款)?", self.lines[0])
            if self.lines
            else None
        )
        return PENALTY_LAW + (found.group(0) if found else "")

    @property
    def short_reason(self) -> str:
        """The first line without the article in brackets."""
        return re.sub(r"（第[^）]*）$", "", self.lines[0]) if self.lines else ""


def statutory_finding(facts: Facts) -> StatutoryFinding:
    """Run the statutory rules on the facts of a case. A key area alone changes nothing here."""
    known = _leniency_facts(facts)
    softened, _ = softening(known)
    found = _in_words(statutory_leniency(known))
    return replace(found, must_soften=softened is LegalOutcome.MUST_SOFTEN)


def _leniency_facts(facts: Facts) -> LeniencyFacts:
    age = facts.get("age_at_act")
    return LeniencyFacts(
        minor=_minor(facts),
        timely_corrected=_timely_corrected(facts),
        harm=_harm(facts),
        first_violation=_first_violation(facts),
        policy_excluded=facts.get("high_risk_irreversible") is True
        or facts.get("emergency_price_gouging") is True,
        age_at_act=age if isinstance(age, int) and not isinstance(age, bool) else None,
        capacity=CAPACITIES.get(str(facts.get("mental_capacity")), Capacity.FULL),
        no_fault_proven=facts.get("subjective_fault") == "没有主观过错",
        grounds=tuple(words for code, words in GROUNDS.items() if facts.get(code) is True),
    )


def _minor(facts: Facts) -> bool | None:
    circumstances = facts.get("circumstances")
    return None if circumstances is None else circumstances in MINOR_CIRCUMSTANCES


def _timely_corrected(facts: Facts) -> bool | None:
    """Corrected on the spot or at once is corrected in time; not corrected at all is not."""
    if facts.get("corrected_timely") is not None:
        return facts["corrected_timely"] is True
    if facts.get("corrected_on_spot") is True or facts.get("corrected_immediately") is True:
        return True
    return False if facts.get("corrected") is False else None


def _harm(facts: Facts) -> Harm | None:
    harm = facts.get("harm")
    if harm is None:
        return None
    if harm in NO_HARM:
        return Harm.NONE
    return Harm.SLIGHT if harm in SLIGHT_HARM else Harm.SERIOUS


def _first_violation(facts: Facts) -> bool | None:
    count = facts.get("offence_count")
    return None if not isinstance(count, int) else count <= 1


def _in_words(finding: LeniencyFinding) -> StatutoryFinding:
    lines = (*finding.reasons, *((f"同时{finding.also}",) if finding.also else ()))
    if finding.outcome is None:
        codes = tuple(QUESTION_FACTS[name] for name in finding.open_facts)
        return StatutoryFinding(StatutoryOutcome.UNDECIDED, lines, codes)
    outcomes = {
        LegalOutcome.MUST_NOT: StatutoryOutcome.MUST_NOT_PENALISE,
        LegalOutcome.MAY_NOT: StatutoryOutcome.MAY_NOT_PENALISE,
        LegalOutcome.MUST_SOFTEN: StatutoryOutcome.MUST_LIGHTER_OR_MITIGATE,
        LegalOutcome.MAY_SOFTEN: StatutoryOutcome.MAY_LIGHTER_OR_MITIGATE,
        LegalOutcome.NORMAL: StatutoryOutcome.NORMAL,
    }
    if finding.outcome is LegalOutcome.MAY_NOT and finding.otherwise is LegalOutcome.NORMAL:
        # What would hold without the option adds nothing when it is only the ordinary rule.
        lines = lines[:1]
    return StatutoryFinding(outcomes[finding.outcome], lines)
