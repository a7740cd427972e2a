"""What a proposal must satisfy against the analysis it is made on. Pure.

Fines stay inside the tier unless the officer departs with reasons; never above the statutory maximum; below the
statutory minimum only as 减轻处罚 with its ground (行政处罚法 第三十二条、第三十四条).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cases.analysis import Analysis
from cases.entry_uses import (
    REASONS_AT_LEAST,
    EntryUseDraft,
    StatedReasons,
    applied_problem,
    entry_uses,
    reason_problems,
)
from cases.statuses import DepartureClass, EntryStance, Outcome
from discretion.rules import AmountRange
from discretion.rules.statutory_limits import same_subject
from enforcement.wording import money_text


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """What the handlers propose. `fines` maps a subject (empty: the party) to fen; no fine is no entry.

    A departure may rest on another list entry (`entry_id`) than the advice; `entry_reasons` says by entry why one whose
    conditions are met is not applied.
    """

    outcome: str
    follows_analysis: bool
    fines: Mapping[str, int] = field(default_factory=dict)
    tier_label: str = ""
    other_measures: tuple[str, ...] = ()
    departure_class: str = ""
    departure_reasons: str = ""
    mitigation_basis: str = ""
    education: str = ""
    entry_id: int | None = None
    entry_reasons: Mapping[int, StatedReasons] = field(default_factory=dict)

    @property
    def departure(self) -> StatedReasons | None:
        """Why the advice is not followed; None when it is."""
        if self.follows_analysis:
            return None
        return StatedReasons(self.departure_class, self.departure_reasons.strip())


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one field of the form."""

    field: str
    sentence: str


def proposal_problems(draft: ProposalDraft, analysis: Analysis) -> tuple[Problem, ...]:
    """Everything that stands against the proposal, in the order of the form."""
    return (
        *_outcome_problems(draft, analysis),
        *_departure_problems(draft),
        *_entry_problems(draft, analysis),
        *_fine_problems(draft, analysis),
        *_education_problems(draft),
    )


def _outcome_problems(draft: ProposalDraft, analysis: Analysis) -> Iterator[Problem]:
    if draft.outcome not in Outcome.values:
        yield Problem("outcome", "选择处理方式")
    elif draft.follows_analysis and analysis.outcome is None:
        yield Problem("outcome", "系统还不能给出建议。请先查明所列事实，或者选择“不采纳”并说明理由。")
    elif draft.follows_analysis and draft.outcome != analysis.outcome:
        advised = analysis.outcome.label if analysis.outcome else ""
        yield Problem("outcome", f"系统建议“{advised}”。要作其他处理，请选择“不采纳”并说明理由。")
    if draft.follows_analysis and draft.tier_label and draft.tier_label != analysis.tier_label:
        yield Problem(
            "tier_label", f"系统建议的档次是“{analysis.tier_label}”。要改选，请选择“不采纳”并说明理由。"
        )


def _departure_problems(draft: ProposalDraft) -> Iterator[Problem]:
    if draft.follows_analysis:
        return
    if draft.departure_class not in DepartureClass.values:
        yield Problem("departure_class", "选择不采纳的类别")
    length = len("".join(draft.departure_reasons.split()))
    if length < REASONS_AT_LEAST:
        yield Problem("departure_reasons", f"不采纳理由至少 {REASONS_AT_LEAST} 字，现在是 {length} 字")


def applied_entry_id(draft: ProposalDraft, analysis: Analysis) -> int | None:
    """The list entry a proposal rests on: that of the advice when it is followed, else the one it names."""
    return analysis.entry_id if draft.follows_analysis else draft.entry_id


def uses_of(draft: ProposalDraft, analysis: Analysis) -> tuple[EntryUseDraft, ...]:
    """What the proposal makes of every entry the analysis considered. The outcome must be a known one."""
    return entry_uses(
        outcome=Outcome(draft.outcome),
        grounds=analysis.grounds,
        applied_id=applied_entry_id(draft, analysis),
        advised_id=analysis.entry_id,
        stated=draft.entry_reasons,
        departure=draft.departure,
    )


def _entry_problems(draft: ProposalDraft, analysis: Analysis) -> Iterator[Problem]:
    """Each entry that is met and not applied needs its reasons; those of the advised one are the departure's."""
    if draft.outcome not in Outcome.values:
        return
    outcome = Outcome(draft.outcome)
    if not draft.follows_analysis:
        problem = applied_problem(outcome=outcome, grounds=analysis.grounds, applied_id=draft.entry_id)
        if problem:
            yield Problem("entry_id", problem)
    for use in uses_of(draft, analysis):
        if use.stance is not EntryStance.REFUSED or use.stated == draft.departure:
            continue
        for part, sentence in reason_problems(use.stated, what=f"不适用{use.entry.label}"):
            yield Problem(f"entry_{part}_{use.entry.entry_id}", sentence)


def _fine_problems(draft: ProposalDraft, analysis: Analysis) -> Iterator[Problem]:
    if draft.outcome == Outcome.NO_PENALTY:
        if draft.fines:
            yield Problem("fine", "不予处罚的，不填罚款金额")
        return
    if not draft.fines and draft.follows_analysis and analysis.ranges:
        yield Problem("fine", f"填写罚款金额，应在{analysis.document['range_text']}之间")
    if not draft.fines and not draft.other_measures and not analysis.ranges:
        yield Problem("fine", "填写罚款金额，或者写明其他处罚")
    for subject, fen in draft.fines.items():
        yield from _one_fine(subject, fen, draft, analysis)


def _one_fine(subject: str, fen: int, draft: ProposalDraft, analysis: Analysis) -> Iterator[Problem]:
    amount = money_text(fen, unit="元")
    if fen <= 0:
        yield Problem("fine", "罚款金额应大于零。不罚款的，请留空。")
        return
    limit = _range_of(subject, analysis.statutory)
    if limit is not None and fen > limit.max_fen:
        highest = money_text(limit.max_fen, unit="元")
        yield Problem("fine", f"罚款 {amount} 超过法定最高额 {highest}，任何理由都不能超过。")
        return
    advised = _range_of(subject, analysis.ranges)
    if draft.follows_analysis and advised is not None and not advised.contains(fen):
        tier = f"（“{analysis.tier_label}”档）" if analysis.tier_label else ""
        yield Problem("fine", f"罚款金额应在{advised.text}之间{tier}。要超出，请先选择“不采纳”并说明理由。")
    if limit is not None and limit.min_inclusive and fen < limit.min_fen:
        lowest = money_text(limit.min_fen, unit="元")
        if draft.outcome != Outcome.MITIGATED:
            yield Problem(
                "outcome", f"罚款 {amount} 低于法定最低额 {lowest}，属于减轻处罚。处理方式请选“减轻处罚”。"
            )
        if not draft.mitigation_basis.strip():
            yield Problem("mitigation_basis", f"罚款低于法定最低额 {lowest}，填写减轻处罚的依据和理由")


def _range_of(subject: str, ranges: tuple[AmountRange, ...]) -> AmountRange | None:
    return next((one for one in ranges if same_subject(one.subject, subject)), None)


def _education_problems(draft: ProposalDraft) -> Iterator[Problem]:
    if draft.outcome == Outcome.NO_PENALTY and not draft.education.strip():
        yield Problem("education", "不予处罚的，应当对当事人进行教育。写明教育的内容和方式。")
