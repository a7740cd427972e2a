"""Which provision governs when it changed between the act and the decision (行政处罚法 第三十七条, 从旧兼从轻)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ProvisionVersion:
    """A provision in force [effective_from, last_day], both inclusive, open where None.

    `fine` is (minimum, maximum) in fen, minimum None without one; None where it is not known as a range.
    `punishable` is False where the act is not illegal under it.
    """

    fine: tuple[int | None, int] | None = None
    punishable: bool = True
    effective_from: date | None = None
    last_day: date | None = None


class Governs(StrEnum):
    """The version chosen."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class LawChoice:
    """`apply` None means a person must decide; `no_penalty` that the chosen version does not punish the act."""

    apply: Governs | None
    no_penalty: bool
    reason: str


def governing_at_act(
    *, old: ProvisionVersion, new: ProvisionVersion, act_end: date, decided_on: date
) -> LawChoice:
    """The law in force when the act ended."""
    if new.effective_from is not None and act_end >= new.effective_from:
        return _chosen(Governs.NEW, new, "违法行为终了时新规定已经施行，适用新规定")
    return _chosen(Governs.OLD, old, "适用违法行为发生时的规定")


def governing_at_decision(
    *, old: ProvisionVersion, new: ProvisionVersion, act_end: date, decided_on: date
) -> LawChoice:
    """The law in force on the day of the decision."""
    if new.effective_from is not None and decided_on < new.effective_from:
        return _chosen(Governs.OLD, old, "作出决定时新规定尚未施行，适用旧规定")
    return _chosen(Governs.NEW, new, "适用作出决定时的规定")


def governing_lighter(
    *, old: ProvisionVersion, new: ProvisionVersion, act_end: date, decided_on: date
) -> LawChoice:
    """The law at the time of the act, unless the one at the decision is lighter or no longer punishes the act.

    Ranges that cross (lower minimum, higher maximum) are not comparable by rule: `apply` is None.
    """
    moment = {"old": old, "new": new, "act_end": act_end, "decided_on": decided_on}
    at_act, at_decision = governing_at_act(**moment), governing_at_decision(**moment)  # type: ignore[arg-type]
    if at_act.apply is at_decision.apply or at_act.apply is Governs.NEW:
        return at_act
    if not old.punishable:
        return _chosen(Governs.OLD, old, "违法行为发生时的规定不认为是违法，适用旧规定")
    if not new.punishable:
        return _chosen(Governs.NEW, new, "新规定不再认为是违法，适用新规定")
    lighter = _new_is_lighter(old, new)
    if lighter is None:
        return LawChoice(None, False, "新旧规定的轻重不能直接比较，请由执法人员比较并说明理由")
    if lighter:
        return _chosen(Governs.NEW, new, "新规定处罚较轻，适用新规定")
    return _chosen(Governs.OLD, old, "新规定不比旧规定轻，适用违法行为发生时的规定")


def _chosen(which: Governs, version: ProvisionVersion, reason: str) -> LawChoice:
    return LawChoice(which, not version.punishable, reason)


def _new_is_lighter(old: ProvisionVersion, new: ProvisionVersion) -> bool | None:
    if old.fine is None or new.fine is None:
        return None
    low = (new.fine[0] or 0) - (old.fine[0] or 0)
    high = new.fine[1] - old.fine[1]
    if low * high < 0:
        return None
    return low + high < 0


VersionRule: TypeAlias = Callable[..., LawChoice]

VERSION_RULES: dict[str, VersionRule] = {
    "at_act": governing_at_act,
    "at_decision": governing_at_decision,
    "lighter": governing_lighter,
}
