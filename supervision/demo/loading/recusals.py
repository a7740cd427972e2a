"""A few requests for recusal in the demonstration's running cases: one waiting, one rejected, one granted."""

from __future__ import annotations

import datetime as dt

from cases.models import Case, CaseStatus, RecusalAsker, RecusalOutcome, RecusalReason
from cases.services.recuse_officer import RecusalDecision, RecusalRequest, decide_recusal, request_recusal
from enforcement.actors import Role, actor_for
from enforcement.models import Account

REQUESTS = (
    (RecusalAsker.PARTY, RecusalReason.OTHER_RELATION, "当事人称承办人与其经营场所的出租人熟识。", None),
    (
        RecusalAsker.PARTY,
        RecusalReason.DIRECT_INTEREST,
        "当事人称承办人此前处理过对其的投诉。",
        (RecusalOutcome.REJECTED, "此前依法处理投诉不属于直接利害关系，不影响公正执法。"),
    ),
    (
        RecusalAsker.OFFICER,
        RecusalReason.OTHER_RELATION,
        "本人与当事人的负责人系同学，可能影响公正执法。",
        (RecusalOutcome.RECUSED, "情况属实，可能影响公正执法，应当回避。"),
    ),
)


def load_recusals(*, today: dt.date) -> int:
    """Requests in the newest cases under investigation whose agency has a head of its own; how many there are."""
    wanted = list(REQUESTS)
    running = Case.objects.filter(status=CaseStatus.INVESTIGATION).order_by("-opened_on", "-id")
    for case in running.select_related("agency").prefetch_related("handlers__account"):
        if not wanted:
            break
        head = Account.objects.filter(agency=case.agency_id, grants__role=Role.APPROVER).first()
        handlers = [one for one in case.handlers.all() if hasattr(one, "account")]
        if head is not None and handlers:
            _ask(case, handlers[-1].account, head, *wanted.pop(0), today=today)
    return len(REQUESTS) - len(wanted)


def _ask(
    case: Case,
    handler: Account,
    head: Account,
    asker: RecusalAsker,
    kind: RecusalReason,
    reason: str,
    verdict: tuple[RecusalOutcome, str] | None,
    *,
    today: dt.date,
) -> None:
    request = RecusalRequest(asker, kind, reason, case.opened_on, officer_id=handler.officer_id)
    asked = request_recusal(actor=actor_for(handler), case_id=case.pk, request=request, today=today)
    if verdict is not None:
        decision = RecusalDecision(outcome=verdict[0], grounds=verdict[1])
        decide_recusal(
            actor=actor_for(head), case_id=case.pk, recusal_id=asked.pk, decision=decision, today=today
        )
