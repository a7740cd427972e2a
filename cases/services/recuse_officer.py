"""回避: recording a request and the head's decision (行政处罚法 第四十三条). Until the decision nothing stops."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from cases.models import Case, Recusal, RecusalAsker, RecusalBody, RecusalOutcome, RecusalReason
from cases.models.case import DECIDING_ROLES
from cases.services.advance_case import account_of, append_case_entry, write_event
from cases.services.standing_acts import standing_act_on
from cases.workflow import Act
from enforcement.actors import Actor, Role, actor_for
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, Officer

REASON_AT_LEAST = 5
DISCUSSING_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class RecusalRequest:
    """Who should step aside: an officer or, for a head without a certificate, an account."""

    asked_by: str
    reason_kind: str
    reason: str
    requested_on: dt.date
    officer_id: int | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class RecusalDecision:
    """What was decided. `discussion`: one name a line of those who discussed it, where the person is a head."""

    outcome: str
    grounds: str
    discussion: tuple[str, ...] = ()


def request_recusal(*, actor: Actor, case_id: int, request: RecusalRequest, today: dt.date) -> Recusal:
    """Record a request; the investigation goes on. Raises InvalidInput with `fields`."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.REQUEST_RECUSAL, today=today) as (case, _):
        officer, account = _person(case, request)
        _require_sound_request(case, request, officer, account, today)
        name = officer.name if officer is not None else account.display_name if account is not None else ""
        recusal = Recusal.objects.create(
            case=case,
            officer=officer,
            account=account,
            person_name=name,
            asked_by=request.asked_by,
            reason_kind=request.reason_kind,
            reason=request.reason.strip(),
            requested_on=request.requested_on,
            recorded_by_id=account_of(actor),
        )
        _event(actor, case, Act.REQUEST_RECUSAL, request.requested_on, recusal)
        _to_ledger(actor, case, LedgerAction.RECUSAL_REQUESTED, recusal)
    return recusal


def decide_recusal(
    *, actor: Actor, case_id: int, recusal_id: int, decision: RecusalDecision, today: dt.date
) -> Recusal:
    """Settle a request by the head of the agency; a head's own recusal by collective discussion.

    From this day a recused person counts for nothing in the case and can do nothing in it.
    """
    with standing_act_on(actor=actor, case_id=case_id, act=Act.DECIDE_RECUSAL, today=today) as (case, _):
        recusal = Recusal.objects.select_for_update().filter(case=case, pk=recusal_id).first()
        if recusal is None or recusal.outcome != RecusalOutcome.PENDING:
            raise Refusal("recusal_settled", "这份回避申请已有决定，不能再改。")
        if recusal.is_about(officer_id=actor.officer_id, account_id=actor.account_id):
            raise NotPermitted("own_recusal", "本人是否回避由其他负责人决定。")
        collective = is_head(recusal, case)
        _require_sound_decision(decision, collective=collective)
        recusal.outcome = decision.outcome
        recusal.grounds = decision.grounds.strip()
        recusal.decided_on = today
        recusal.decided_by_id = account_of(actor)
        recusal.body = RecusalBody.COLLECTIVE if collective else RecusalBody.HEAD
        recusal.discussion = "、".join(decision.discussion)
        recusal.save()
        case.lock_version += 1
        case.save()
        _event(actor, case, Act.DECIDE_RECUSAL, today, recusal)
        _to_ledger(actor, case, LedgerAction.RECUSAL_DECIDED, recusal)
    return recusal


def is_head(recusal: Recusal, case: Case) -> bool:
    """True when the person concerned approves cases of this place and line: then no single head may decide."""
    account = recusal.account
    return account is not None and actor_for(account).may(
        Role.APPROVER, region_code=case.region_code, line_code=case.line_code
    )


def _person(case: Case, request: RecusalRequest) -> tuple[Officer | None, Account | None]:
    """Officer and account of the person, where both exist: officers of the agency, and whoever approves or reviews."""
    if request.officer_id is not None:
        own = Q(agency=case.agency_id) | Q(cases=case)
        officer = Officer.objects.filter(own, pk=request.officer_id).distinct().first()
        return officer, Account.objects.filter(officer=officer).first() if officer is not None else None
    account = Account.objects.filter(pk=request.account_id or 0).first()
    reach = {"region_code": case.region_code, "line_code": case.line_code}
    if account is None or not actor_for(account).may_any(DECIDING_ROLES, **reach):
        return None, None
    return account.officer, account


def _require_sound_request(
    case: Case, request: RecusalRequest, officer: Officer | None, account: Account | None, today: dt.date
) -> None:
    fields: dict[str, list[str]] = {}
    if officer is None and account is None:
        fields["person"] = ["选择本机关的人员"]
    elif _is_pending(case, officer, account):
        fields["person"] = ["这名人员的回避申请正在等待决定"]
    if request.asked_by not in RecusalAsker.values:
        fields["asked_by"] = ["选择由谁提出"]
    if request.reason_kind not in RecusalReason.values:
        fields["reason_kind"] = ["选择理由类别"]
    if len("".join(request.reason.split())) < REASON_AT_LEAST:
        fields["reason"] = [f"写明具体的利害关系或者其他关系，至少 {REASON_AT_LEAST} 字"]
    if request.requested_on > today:
        fields["requested_on"] = ["提出日期不能晚于今天"]
    elif request.requested_on < case.found_on:
        fields["requested_on"] = [f"提出日期不能早于发现日期 {case.found_on.isoformat()}"]
    _refuse("recusal_invalid", fields)


def _is_pending(case: Case, officer: Officer | None, account: Account | None) -> bool:
    officer_id, account_id = officer.pk if officer else None, account.pk if account else None
    return any(
        one.outcome == RecusalOutcome.PENDING and one.is_about(officer_id=officer_id, account_id=account_id)
        for one in case.recusals.all()
    )


def _require_sound_decision(decision: RecusalDecision, *, collective: bool) -> None:
    fields: dict[str, list[str]] = {}
    if decision.outcome not in (RecusalOutcome.RECUSED, RecusalOutcome.REJECTED):
        fields["outcome"] = ["选择回避或者不予回避"]
    if len("".join(decision.grounds.split())) < REASON_AT_LEAST:
        fields["grounds"] = [f"写明决定的理由，至少 {REASON_AT_LEAST} 字"]
    if collective and len(decision.discussion) < DISCUSSING_AT_LEAST:
        fields["discussion"] = [
            f"负责人是否回避由负责人集体讨论决定，写明参加讨论的人员，至少 {DISCUSSING_AT_LEAST} 名"
        ]
    _refuse("recusal_invalid", fields)


def _refuse(code: str, fields: dict[str, list[str]]) -> None:
    if fields:
        raise InvalidInput.from_fields(code, fields)


def _event(actor: Actor, case: Case, act: Act, day: dt.date, recusal: Recusal) -> None:
    decided = act is Act.DECIDE_RECUSAL
    words = (
        f"{recusal.person_name}：{recusal.get_outcome_display()}（{recusal.get_body_display()}）。{recusal.grounds}"
        if decided
        else f"{recusal.get_asked_by_display()}{recusal.person_name}回避：{recusal.get_reason_kind_display()}。"
    )
    write_event(
        actor=actor,
        case=case,
        name=act.value,
        left=case.status,
        happened_on=day,
        note=words,
        details={"recusal": recusal.pk},
    )


def _to_ledger(actor: Actor, case: Case, action: LedgerAction, recusal: Recusal) -> None:
    append_case_entry(
        actor=actor,
        case=case,
        action=action,
        payload={
            "recusal": recusal.pk,
            "officer": recusal.officer_id,
            "account": recusal.account_id,
            "outcome": recusal.outcome,
            "body": recusal.body,
        },
    )
