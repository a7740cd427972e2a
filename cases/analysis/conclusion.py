"""The conclusion for given facts and rules: statute first, then lists, then the benchmark's tier.

What the statute makes mandatory comes before everything. Among list entries the most lenient kind counts
(不予处罚 > 减轻 > 从轻), 应当 before 可以. The exclusions of 51号 二(五) switch off only what is optional.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cases.analysis.inputs import POLICY_EXCLUSIONS, BenchmarkInForce, RulesInForce
from cases.analysis.statutory import StatutoryFinding, StatutoryOutcome
from cases.statuses import Outcome
from discretion.rules import AmountRange, Component, Option, Recommendation, RecommendationStatus, recommend
from discretion.rules.statutory_limits import LimitedRange, statutory_range
from enforcement.conditions.evaluate import Facts, Truth
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import Vocabulary
from exemption_lists.matching import EntryMatch, MatchableEntry, match_entries

KIND_OUTCOMES: dict[str, Outcome] = {
    "no_penalty": Outcome.NO_PENALTY,
    "mitigated": Outcome.MITIGATED,
    "lighter": Outcome.LIGHTER,
}
NO_COMPULSION = "no_compulsion"
MUST = "must"
SEVERITY: dict[str, int] = {
    Outcome.NO_PENALTY: 0,
    Outcome.MITIGATED: 1,
    Outcome.LIGHTER: 2,
    Outcome.NORMAL: 3,
    Outcome.HEAVIER: 4,
}
# Names of tiers are the authority's own; these words in them say how the tier stands to the ordinary one.
TIER_WORDS: tuple[tuple[str, Outcome], ...] = (
    ("不予", Outcome.NO_PENALTY),
    ("免予", Outcome.NO_PENALTY),
    ("减轻", Outcome.MITIGATED),
    ("较轻", Outcome.LIGHTER),
    ("从轻", Outcome.LIGHTER),
    ("轻微", Outcome.LIGHTER),
    ("较重", Outcome.HEAVIER),
    ("从重", Outcome.HEAVIER),
    ("严重", Outcome.HEAVIER),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of the lists with its standing in this case. `policy_blocked` means optional and excluded."""

    match: EntryMatch
    standing: Truth
    policy_blocked: bool = False
    open_facts: tuple[str, ...] = ()

    @property
    def entry(self) -> MatchableEntry:
        return self.match.entry

    @property
    def outcome(self) -> Outcome:
        return KIND_OUTCOMES[self.entry.kind]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`outcome` None means no conclusion yet (see `open_facts`, `choice_notes`) or no rule at all."""

    rules: RulesInForce
    statutory: StatutoryFinding
    candidates: tuple[Candidate, ...]
    outcome: Outcome | None
    by: str = ""
    chosen: Candidate | None = None
    option: Option | None = None
    ranges: tuple[LimitedRange, ...] = ()
    recommendation: Recommendation | None = None
    open_facts: tuple[str, ...] = ()
    choice_notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = field(default=())

    @property
    def benchmark(self) -> BenchmarkInForce | None:
        return self.rules.benchmark

    @property
    def tier_label(self) -> str:
        return self.option.name if self.option else ""


def conclude(
    rules: RulesInForce,
    facts: Facts,
    vocabulary: Vocabulary,
    *,
    statutory: StatutoryFinding,
    statutory_fine: tuple[Component, ...] = (),
    settle_for_known: bool = False,
) -> Conclusion:
    """The conclusion for `facts`. With `settle_for_known` open entries count as not met (for what-if sentences)."""
    candidates = tuple(
        sorted((_candidate(match, facts) for match in _lenient(rules, facts, vocabulary)), key=_rank)
    )
    base = Conclusion(rules=rules, statutory=statutory, candidates=candidates, outcome=None)
    met = next((one for one in candidates if one.standing is Truth.TRUE), None)
    if statutory.outcome is StatutoryOutcome.MUST_NOT_PENALISE:
        free = met if met is not None and met.outcome is Outcome.NO_PENALTY else None
        return replace(base, outcome=Outcome.NO_PENALTY, by="statute", chosen=free)
    if met is not None and met.outcome is Outcome.NO_PENALTY:
        return replace(base, outcome=Outcome.NO_PENALTY, by="entry", chosen=met)
    excluded = any(facts.get(code) is not False for code, _ in POLICY_EXCLUSIONS)
    if statutory.outcome is StatutoryOutcome.MAY_NOT_PENALISE and not excluded:
        return replace(base, outcome=Outcome.NO_PENALTY, by="statute")
    # An undecided statute could still forbid the penalty, so its questions come first.
    asked = dict.fromkeys((*statutory.open_facts, *_open_before(candidates, met)))
    open_facts = () if settle_for_known else tuple(asked)
    return _penal(base, met, open_facts, facts, vocabulary, statutory_fine)


def _lenient(rules: RulesInForce, facts: Facts, vocabulary: Vocabulary) -> tuple[EntryMatch, ...]:
    return match_entries((one for one in rules.entries if one.kind in KIND_OUTCOMES), facts, vocabulary)


def _candidate(match: EntryMatch, facts: Facts) -> Candidate:
    if match.entry.mandate == MUST or match.truth is Truth.FALSE:
        return Candidate(match, match.truth, open_facts=match.open_facts)
    answers: dict[str, FactValue | None] = {code: facts.get(code) for code, _ in POLICY_EXCLUSIONS}
    if any(answer is True for answer in answers.values()):
        return Candidate(match, Truth.FALSE, policy_blocked=True)
    unanswered = tuple(code for code, answer in answers.items() if answer is None)
    standing = Truth.UNKNOWN if unanswered else match.truth
    open_facts = tuple(dict.fromkeys((*match.open_facts, *unanswered)))
    return Candidate(match, standing, open_facts=open_facts)


def _rank(candidate: Candidate) -> tuple[int, bool, bool, int]:
    """Most lenient first, 应当 before 可以, the matter's own entry before a general clause, nearest agency first."""
    entry = candidate.entry
    return (SEVERITY[candidate.outcome], entry.mandate != MUST, entry.is_general, -len(entry.region_code))


def _open_before(candidates: Iterable[Candidate], met: Candidate | None) -> tuple[str, ...]:
    """Open facts of entries more lenient than the one already met: only they could change the outcome."""
    limit = SEVERITY[met.outcome] if met is not None else len(SEVERITY)
    open_codes = (
        code
        for one in candidates
        if one.standing is Truth.UNKNOWN and SEVERITY[one.outcome] < limit
        for code in one.open_facts
    )
    return tuple(dict.fromkeys(open_codes))


def _penal(
    base: Conclusion,
    met: Candidate | None,
    open_facts: tuple[str, ...],
    facts: Facts,
    vocabulary: Vocabulary,
    statutory_fine: tuple[Component, ...],
) -> Conclusion:
    benchmark = base.benchmark
    found = recommend(benchmark.rules, facts, benchmark.vocabulary) if benchmark is not None else None
    settled = _with_tier(replace(base, recommendation=found), met, facts, vocabulary, statutory_fine)
    needs = tuple(need.fact for need in found.needs) if found is not None and settled.outcome is None else ()
    open_codes = tuple(dict.fromkeys((*open_facts, *needs)))
    if open_codes:
        return replace(
            settled, outcome=None, by="", chosen=None, option=None, ranges=(), open_facts=open_codes
        )
    return settled


def _with_tier(
    base: Conclusion,
    met: Candidate | None,
    facts: Facts,
    vocabulary: Vocabulary,
    statutory_fine: tuple[Component, ...],
) -> Conclusion:
    found = base.recommendation
    if found is None or found.status is RecommendationStatus.NO_TIER:
        return _without_tier(base, met, facts, vocabulary, statutory_fine)
    if found.status is not RecommendationStatus.DETERMINED:
        notes = found.notes if found.status is RecommendationStatus.CHOOSE else ()
        return replace(base, choice_notes=notes, options=found.options)
    option = found.options[0]
    outcome = tier_outcome(option)
    if outcome is Outcome.NO_PENALTY:
        return replace(base, outcome=outcome, by="benchmark", option=option, options=found.options)
    outcome, by, chosen = _with_leniency(outcome, met, base.statutory)
    mitigated = outcome is Outcome.MITIGATED
    ranges = _below_minimum(found.ranges) if mitigated and by != "benchmark" else found.ranges
    return replace(
        base, outcome=outcome, by=by, chosen=chosen, option=option, ranges=ranges, options=found.options
    )


def _without_tier(
    base: Conclusion,
    met: Candidate | None,
    facts: Facts,
    vocabulary: Vocabulary,
    statutory_fine: tuple[Component, ...],
) -> Conclusion:
    """No tier decides: the statutory range itself, where one is known."""
    ranges = tuple(LimitedRange(one, one) for one in statutory_ranges(statutory_fine, facts, vocabulary))
    if not ranges and met is None:
        return base
    outcome, by, chosen = _with_leniency(Outcome.NORMAL, met, base.statutory)
    by = "statutory_range" if by == "benchmark" else by
    ranges = _below_minimum(ranges) if outcome is Outcome.MITIGATED else ranges
    return replace(base, outcome=outcome, by=by, chosen=chosen, ranges=ranges)


def _with_leniency(
    outcome: Outcome, met: Candidate | None, statutory: StatutoryFinding
) -> tuple[Outcome, str, Candidate | None]:
    """The tier's outcome, made more lenient by an entry that is met or by the statute, never harsher."""
    if met is not None and SEVERITY[met.outcome] <= SEVERITY[outcome]:
        return met.outcome, "entry", met
    must_be_lighter = statutory.outcome is StatutoryOutcome.MUST_LIGHTER_OR_MITIGATE
    if must_be_lighter and SEVERITY[outcome] > SEVERITY[Outcome.LIGHTER]:
        return Outcome.LIGHTER, "statute", None
    return outcome, "benchmark", None


def tier_outcome(option: Option) -> Outcome:
    """How a tier stands to the ordinary one, by the words of its name."""
    if option.no_penalty:
        return Outcome.NO_PENALTY
    return next((outcome for word, outcome in TIER_WORDS if word in option.name), Outcome.NORMAL)


def _below_minimum(ranges: tuple[LimitedRange, ...]) -> tuple[LimitedRange, ...]:
    """减轻: the part below the statutory minimum, where a minimum is known."""
    reduced = []
    for one in ranges:
        floor = one.statutory.min_fen if one.statutory is not None else 0
        if floor <= 0:
            continue
        amount = AmountRange(
            one.amount.subject,
            0,
            floor,
            min_inclusive=False,
            max_inclusive=False,
            steps=("减轻处罚，低于法定最低额",),
        )
        reduced.append(LimitedRange(amount, one.statutory, below_minimum=True))
    return tuple(reduced)


def statutory_ranges(
    components: tuple[Component, ...], facts: Facts, vocabulary: Vocabulary
) -> tuple[AmountRange, ...]:
    """The statutory range of each subject the statute names, as far as the facts allow to compute it."""
    subjects = dict.fromkeys(component.subject for component in components)
    found = (statutory_range(components, subject, facts, vocabulary) for subject in subjects)
    return tuple(one for one in found if one is not None)
