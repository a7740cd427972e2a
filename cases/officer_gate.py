"""The hard gate before every enforcement act: who acts, as what, and whether that person may on that day.

行政处罚法 第四十二条、第四十三条. Pure, and evaluated for every row of the procedure (`cases.workflow`), so that form,
interface and import cannot differ. Certificates themselves are judged by `enforcement.officer_eligibility`.
"""

from __future__ import annotations

from cases.guards import CaseSituation
from enforcement.actors import Role
from enforcement.errors import Refusal
from enforcement.wording import date_zh

# Refusals of the gate; an attempt that meets one of them is kept in the ledger.
RECUSED = "recused"
NOT_QUALIFIED = "officer_not_qualified"
NOT_HANDLER = "not_a_case_handler"
TOO_FEW = "handlers_not_valid"
REVIEWS_OWN = "handler_reviews"
SECOND_PERSON = "second_person"
GATE_CODES = frozenset({RECUSED, NOT_QUALIFIED, NOT_HANDLER, TOO_FEW, REVIEWS_OWN, SECOND_PERSON})


def acts_as_officer(situation: CaseSituation, roles: frozenset[Role]) -> bool:
    """True when the act is done with an officer's duty: by a handler, or by somebody who holds no other for it."""
    held = roles & situation.roles
    return Role.OFFICER in held and (situation.actor_is_handler or held == {Role.OFFICER})


def actor_refusal(situation: CaseSituation, roles: frozenset[Role]) -> Refusal | None:
    """Why this person may not do an act open to `roles` on `situation.today`; None when nothing is in the way.

    A recused person does nothing in the case, in whatever duty. Who acts as an officer handles the case, and holds a
    certificate valid on the day for its line and place.
    """
    refusal = recusal_refusal(situation)
    if refusal is not None:
        return refusal
    if not acts_as_officer(situation, roles):
        return None
    if situation.actor_bar:
        return not_qualified(situation.actor_bar, date_zh(situation.today))
    if not situation.actor_is_handler:
        return Refusal(
            NOT_HANDLER, "您不是本案承办人，不能办理这一步。请由承办人办理，或者先由负责人调整承办人。"
        )
    return None


def recusal_refusal(situation: CaseSituation) -> Refusal | None:
    if not situation.actor_recused:
        return None
    return Refusal(RECUSED, "您已从本案回避，不能办理本案的任何事项。请由其他人员办理。")


def not_qualified(reason: str, day: str) -> Refusal:
    """The refusal for an acting officer without a valid certificate; `reason` continues the sentence 您…."""
    return Refusal(
        NOT_QUALIFIED,
        f"您{reason}（{day}），不能办理执法事项。请由执法证有效的执法人员办理；执法证问题请联系本单位法制机构。",
    )
