"""What a person must have shown before a duty is granted. Pure.

行政处罚法 第五十八条第二款: whoever reviews penalty decisions for the first time needs the national legal
qualification. The rule came into force on 2018-01-01 (decision of 2017-09-01): reviewers of before then keep it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enforcement.actors import Role
from enforcement.errors import Refusal

FIRST_REVIEWERS_NEED_QUALIFICATION_FROM = date(2018, 1, 1)


class QualificationKind(StrEnum):
    """The values stand in the table."""

    LEGAL_PROFESSION = "legal_profession"
    REVIEWED_BEFORE = "reviewed_before"
    SUPERVISION_CARD = "supervision_card"


QUALIFICATION_LABELS = {
    QualificationKind.LEGAL_PROFESSION: "国家统一法律职业资格",
    QualificationKind.REVIEWED_BEFORE: "2018 年前已从事法制审核",
    QualificationKind.SUPERVISION_CARD: "执法监督证",
}

# Any one of these lets a person take the duty; other duties ask for none.
NEEDED_FOR: dict[Role, frozenset[QualificationKind]] = {
    Role.LEGAL_REVIEWER: frozenset({QualificationKind.LEGAL_PROFESSION, QualificationKind.REVIEWED_BEFORE}),
    Role.SUPERVISOR: frozenset({QualificationKind.SUPERVISION_CARD}),
}

_MISSING = {
    Role.LEGAL_REVIEWER: "还没有登记国家统一法律职业资格。初次从事法制审核的人员须通过国家统一法律职业资格考试，请先登记资格再授权。",
    Role.SUPERVISOR: "还没有登记在有效期内的执法监督证。请先登记证件再授权。",
}


@dataclass(frozen=True, slots=True)
class HeldQualification:
    """`valid_until` is the last valid day, none where the qualification does not end."""

    kind: QualificationKind
    obtained_on: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.obtained_on <= day and (self.valid_until is None or day <= self.valid_until)


def grant_refusal(*, name: str, role: Role, held: Iterable[HeldQualification], on: date) -> Refusal | None:
    """Why `role` may not be granted to this person on `on`, or None."""
    needed = NEEDED_FOR.get(role)
    if needed is None or any(one.kind in needed and one.holds_on(on) for one in held):
        return None
    return Refusal("qualification_missing", f"{name}{_MISSING[role]}")
