"""Who may perform an enforcement act: at least two qualified officers (行政处罚法 第四十二条、第四十三条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MINIMUM_OFFICERS = 2


@dataclass(frozen=True, slots=True)
class OfficerStanding:
    """One officer's standing for one act, once per certificate. `valid_until` is its last valid day."""

    id: str
    certified: bool
    valid_from: date | None
    valid_until: date | None
    recused: bool = False
    auxiliary: bool = False
    in_scope: bool = True
    suspended: bool = False
    revoked: bool = False
    serving: bool = True


@dataclass(frozen=True, slots=True)
class OfficerCheck:
    """Whether enough officers qualify; `refused` gives the reasons of the others as (id, Chinese sentence)."""

    valid: bool
    valid_count: int
    qualified: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def check_officers(
    officers: Sequence[OfficerStanding], *, act_on: date, minimum: int = MINIMUM_OFFICERS
) -> OfficerCheck:
    """Counts distinct officers certified on `act_on`, in service, in scope, neither recused nor auxiliary.

    A person listed twice counts once; a recusal, auxiliary status or leaving noted in any entry bars the person,
    while one valid certificate among several is enough. `minimum` differs only where a law says so.
    """
    entries: dict[str, list[OfficerStanding]] = {}
    for officer in officers:
        entries.setdefault(officer.id, []).append(officer)
    refused = {person: reason for person, own in entries.items() if (reason := _bar(own, act_on))}
    qualified = tuple(person for person in entries if person not in refused)
    return OfficerCheck(len(qualified) >= minimum, len(qualified), qualified, tuple(refused.items()))


def _bar(entries: Sequence[OfficerStanding], act_on: date) -> str:
    if any(entry.auxiliary for entry in entries):
        return "是辅助人员，不具有行政执法资格"
    if any(entry.recused for entry in entries):
        return "已回避"
    if not all(entry.serving for entry in entries):
        return "在当日不在岗"
    reasons = [_certificate_bar(entry, act_on) for entry in entries]
    return "" if "" in reasons else reasons[0]


def _certificate_bar(entry: OfficerStanding, act_on: date) -> str:
    if not entry.certified or entry.valid_from is None or entry.valid_until is None:
        return "没有执法证"
    if entry.revoked:
        return "执法证已被注销或者吊销"
    if not entry.valid_from <= act_on <= entry.valid_until:
        return "执法证在当日不在有效期内"
    if entry.suspended:
        return "执法证已被暂扣"
    return "" if entry.in_scope else "不在执法证载明的执法范围内"
