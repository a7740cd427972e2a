"""该免未免 and 不该免而免: when a proposal and the grounds of leniency do not go together. Pure.

该免未免: an entry or the statute gives leniency on the facts, and something heavier is proposed. 应当 comes before 可以;
the exclusions of 51号 二(五) switch off only what is optional, and a key area switches off nothing.
不该免而免: leniency is proposed and nothing that is established supports it: no entry, no rule of the statute, no tier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.analysis.conclusion import SEVERITY
from cases.analysis.considered import ConsideredEntry, LeniencyGrounds, Standing
from cases.analysis.statutory import StatutoryOutcome
from cases.statuses import AlarmKind, Outcome

LENIENT = frozenset({Outcome.NO_PENALTY, Outcome.MITIGATED, Outcome.LIGHTER})
# What the statute gives at least, for those of its answers that bind.
STATUTE_GIVES: dict[StatutoryOutcome, Outcome] = {
    StatutoryOutcome.MUST_NOT_PENALISE: Outcome.NO_PENALTY,
    StatutoryOutcome.MUST_LIGHTER_OR_MITIGATE: Outcome.LIGHTER,
}
STATUTE_SOFTENS = frozenset(
    {StatutoryOutcome.MUST_LIGHTER_OR_MITIGATE, StatutoryOutcome.MAY_LIGHTER_OR_MITIGATE}
)
NAMED_AGAINST = 3


@dataclass(frozen=True, slots=True)
class AlarmDraft:
    """One alarm: its kind, the entry it is mostly about (None: the statute, or no entry at all), and why."""

    kind: AlarmKind
    entry_id: int | None
    explanation: str


def leniency_alarms(outcome: Outcome, grounds: LeniencyGrounds) -> tuple[AlarmDraft, ...]:
    """The alarms that a proposal of `outcome` raises; none when it goes together with the grounds."""
    found = (_not_spared(outcome, grounds), _wrongly_spared(outcome, grounds))
    return tuple(one for one in found if one is not None)


def _not_spared(outcome: Outcome, grounds: LeniencyGrounds) -> AlarmDraft | None:
    lighter = [one for one in grounds.entries if one.is_met and SEVERITY[one.outcome] < SEVERITY[outcome]]
    lighter.sort(key=lambda one: not one.is_binding)
    statute = _statute_spares(outcome, grounds)
    if not lighter and not statute:
        return None
    parts = [f"{one.label}（{one.demand}）的条件经查符合" for one in lighter]
    words = "；".join([*([statute] if statute else []), *parts])
    entry_id = lighter[0].entry_id if lighter else None
    return AlarmDraft(AlarmKind.NOT_SPARED, entry_id, f"{words}，拟作{outcome.label}。")


def _statute_spares(outcome: Outcome, grounds: LeniencyGrounds) -> str:
    """The statute's own words when it gives less than `outcome`, else nothing."""
    finding = grounds.statute
    given = STATUTE_GIVES.get(finding.outcome)
    if finding.outcome is StatutoryOutcome.MAY_NOT_PENALISE and grounds.policy_clear:
        given = Outcome.NO_PENALTY
    if given is None and finding.must_soften:
        given = Outcome.LIGHTER
    if given is None or SEVERITY[given] >= SEVERITY[outcome]:
        return ""
    return "；".join(finding.lines) or "有法定应当从轻或者减轻处罚的情形"


def _wrongly_spared(outcome: Outcome, grounds: LeniencyGrounds) -> AlarmDraft | None:
    if outcome not in LENIENT or _is_supported(outcome, grounds):
        return None
    against = [one for one in grounds.entries if SEVERITY[one.outcome] <= SEVERITY[outcome]]
    against.sort(key=_nearness)
    reasons = [f"{one.label}：{one.because}" for one in against[:NAMED_AGAINST]]
    lead = f"拟作{outcome.label}，没有已经查明的清单条目、法定情形或者裁量档次支持"
    entry_id = against[0].entry_id if against else None
    return AlarmDraft(AlarmKind.WRONGLY_SPARED, entry_id, f"{'；'.join([lead, *reasons])}。")


def _nearness(entry: ConsideredEntry) -> int:
    """An exclusion says most about a wrong leniency, then what is unknown, then a condition that fails."""
    return (Standing.EXCLUDED, Standing.OPEN, Standing.NOT_MET, Standing.MET).index(entry.standing)


def _is_supported(outcome: Outcome, grounds: LeniencyGrounds) -> bool:
    """Something established gives at least this much leniency."""
    gives = [one.outcome for one in grounds.entries if one.is_met]
    return _reaches([*gives, *grounds.tiers], outcome) or _statute_supports(outcome, grounds)


def _reaches(given: Iterable[Outcome], outcome: Outcome) -> bool:
    return any(SEVERITY[one] <= SEVERITY[outcome] for one in given)


def _statute_supports(outcome: Outcome, grounds: LeniencyGrounds) -> bool:
    finding = grounds.statute
    if finding.outcome is StatutoryOutcome.MUST_NOT_PENALISE:
        return True
    if finding.outcome is StatutoryOutcome.MAY_NOT_PENALISE and grounds.policy_clear:
        return True
    softens = finding.outcome in STATUTE_SOFTENS or finding.must_soften
    return softens and outcome is not Outcome.NO_PENALTY
