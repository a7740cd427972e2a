"""Every list entry the analysis looked at, with how it stands in this case and what decided that; and what else in
the case speaks for leniency.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cases.analysis import wording
from cases.analysis.conclusion import Candidate, Conclusion, tier_outcome
from cases.analysis.inputs import POLICY_EXCLUSIONS
from cases.analysis.statutory import StatutoryFinding, StatutoryOutcome
from cases.statuses import Outcome
from discretion.rules import RecommendationStatus
from enforcement.conditions.evaluate import Facts, Truth

UNCONDITIONAL = "没有附加条件"
WITH_TIERS = frozenset({RecommendationStatus.DETERMINED, RecommendationStatus.CHOOSE})


class Standing(StrEnum):
    """How an entry stands to the facts of a case."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class ConsideredEntry:
    """One entry with its standing. `because`: the conditions it was met by, or the one that decided against it."""

    entry_id: int
    version_id: int
    label: str
    path: str
    outcome: Outcome
    is_binding: bool
    standing: Standing
    because: str

    @property
    def is_met(self) -> bool:
        return self.standing is Standing.MET

    @property
    def demand(self) -> str:
        """应当不予处罚 or 可以从轻处罚, as the entry puts it."""
        return f"{wording.MANDATE_WORDS['must' if self.is_binding else 'may']}{self.outcome.label}"


@dataclass(frozen=True, slots=True)
class LeniencyGrounds:
    """What speaks for leniency under the rules that govern the case.

    `policy_clear`: every exclusion of 51号 二(五) was answered 否. `tiers` are the outcomes of the benchmark's tiers
    that the facts lead to.
    """

    entries: tuple[ConsideredEntry, ...] = ()
    statute: StatutoryFinding = field(default_factory=lambda: StatutoryFinding(StatutoryOutcome.NORMAL))
    policy_clear: bool = False
    tiers: tuple[Outcome, ...] = ()


def grounds_of(conclusion: Conclusion, facts: Facts) -> LeniencyGrounds:
    """The grounds of one conclusion, in the order in which its entries count."""
    found = conclusion.recommendation
    options = found.options if found is not None and found.status in WITH_TIERS else ()
    return LeniencyGrounds(
        entries=tuple(_considered(one, conclusion) for one in conclusion.candidates),
        statute=conclusion.statutory,
        policy_clear=all(facts.get(code) is False for code, _ in POLICY_EXCLUSIONS),
        tiers=tuple(tier_outcome(option) for option in options),
    )


def _considered(candidate: Candidate, conclusion: Conclusion) -> ConsideredEntry:
    entry = candidate.entry
    standing = _standing(candidate)
    met_by = "；".join(entry.condition_text) or UNCONDITIONAL
    return ConsideredEntry(
        entry_id=entry.entry_id,
        version_id=entry.version_id,
        label=wording.entry_label(entry),
        path=entry.public_path,
        outcome=candidate.outcome,
        is_binding=entry.mandate == "must",
        standing=standing,
        because=met_by if standing is Standing.MET else wording.why_not(candidate, conclusion),
    )


def _standing(candidate: Candidate) -> Standing:
    if candidate.standing is Truth.TRUE:
        return Standing.MET
    if candidate.standing is Truth.UNKNOWN:
        return Standing.OPEN
    own = any(one.truth is Truth.FALSE for one in candidate.match.exclusions)
    return Standing.EXCLUDED if candidate.policy_blocked or own else Standing.NOT_MET
