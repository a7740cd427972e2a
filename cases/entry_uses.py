"""Which list entries a proposal applies, which it refuses although their conditions are met, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cases.analysis.conclusion import SEVERITY
from cases.analysis.considered import ConsideredEntry, LeniencyGrounds, Standing
from cases.statuses import DepartureClass, EntryStance, Outcome

REASONS_AT_LEAST = 20
STANCES: dict[Standing, EntryStance] = {
    Standing.NOT_MET: EntryStance.NOT_MET,
    Standing.OPEN: EntryStance.OPEN,
    Standing.EXCLUDED: EntryStance.EXCLUDED,
}


@dataclass(frozen=True, slots=True)
class StatedReasons:
    """Why something is not followed: a class of `DepartureClass` and the reasons in words."""

    reason_class: str = ""
    reasons: str = ""

    @property
    def length(self) -> int:
        """Signs without blanks, which is what is asked for."""
        return len("".join(self.reasons.split()))


@dataclass(frozen=True, slots=True)
class EntryUseDraft:
    """One considered entry and what the proposal makes of it; `stated` is filled for a refused one."""

    entry: ConsideredEntry
    stance: EntryStance
    stated: StatedReasons = field(default_factory=StatedReasons)


def entry_uses(
    *,
    outcome: Outcome,
    grounds: LeniencyGrounds,
    applied_id: int | None,
    advised_id: int | None = None,
    stated: Mapping[int, StatedReasons] | None = None,
    departure: StatedReasons | None = None,
) -> tuple[EntryUseDraft, ...]:
    """One row for each considered entry, in their order.

    An entry that is met gives way without reasons when the proposal is at least as lenient. `departure` are the reasons
    for not following the advice: they are also the reasons for not applying the entry it rests on (`advised_id`).
    """
    given = dict(stated or {})
    if departure is not None and advised_id is not None and advised_id != applied_id:
        own = given.get(advised_id)
        given[advised_id] = own if own is not None and own.reasons.strip() else departure
    return tuple(_use(one, outcome, applied_id, advised_id, given) for one in grounds.entries)


def _use(
    entry: ConsideredEntry,
    outcome: Outcome,
    applied_id: int | None,
    advised_id: int | None,
    given: Mapping[int, StatedReasons],
) -> EntryUseDraft:
    if entry.entry_id == applied_id:
        return EntryUseDraft(entry, EntryStance.APPLIED)
    if not entry.is_met:
        return EntryUseDraft(entry, STANCES[entry.standing])
    turned_down = entry.entry_id == advised_id and entry.entry_id in given
    if turned_down or SEVERITY[entry.outcome] < SEVERITY[outcome]:
        return EntryUseDraft(entry, EntryStance.REFUSED, given.get(entry.entry_id, StatedReasons()))
    return EntryUseDraft(entry, EntryStance.YIELDED)


def reason_problems(stated: StatedReasons, *, what: str) -> Iterator[tuple[str, str]]:
    """(`class` or `reasons`, sentence) for each part of reasons that falls short. `what` names what is not followed."""
    if stated.reason_class not in DepartureClass.values:
        yield "class", f"选择{what}的理由类别"
    if stated.length < REASONS_AT_LEAST:
        yield "reasons", f"{what}的理由至少 {REASONS_AT_LEAST} 字，现在是 {stated.length} 字"


def applied_problem(*, outcome: Outcome, grounds: LeniencyGrounds, applied_id: int | None) -> str:
    """Why a departing proposal may not rest on the entry it names, or nothing."""
    if applied_id is None:
        return ""
    entry = next((one for one in grounds.entries if one.entry_id == applied_id), None)
    if entry is None or not entry.is_met:
        return "所选的清单条目不符合本案已查明的事实，请另选，或者不选"
    if entry.outcome is not outcome:
        return f"所选条目的处理方式是“{entry.outcome.label}”，与拟作的“{outcome.label}”不同"
    return ""
