"""保密级别 of a case, and who beyond those who decide it may read a sensitive one (行政处罚法 第五十条)."""

from __future__ import annotations

import datetime as dt

from cases.models import Case, CaseClearance, Confidentiality
from cases.services.advance_case import account_of, append_case_entry, write_event
from cases.services.standing_acts import standing_act_on
from cases.statuses import OPEN_LEVELS
from cases.workflow import Act
from enforcement.actors import CASE_ROLES, Actor, Role
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account

REASON_AT_LEAST = 5
_ORDER = [level.value for level in Confidentiality]


def set_confidentiality(*, actor: Actor, case_id: int, level: str, reason: str, today: dt.date) -> Case:
    """Set the level. A handler may only raise it; lowering is the head's."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.SET_CONFIDENTIALITY, today=today) as (
        case,
        situation,
    ):
        _require_sound_level(case, level, reason)
        if _ORDER.index(level) < _ORDER.index(case.confidentiality) and Role.APPROVER not in situation.roles:
            raise NotPermitted("not_permitted", "降低保密级别由负责人决定。")
        before, case.confidentiality = case.confidentiality, level
        case.lock_version += 1
        case.save()
        note = f"{Confidentiality(before).label} → {Confidentiality(level).label}。{reason.strip()}"
        _event(actor, case, Act.SET_CONFIDENTIALITY, note, today)
        _to_ledger(actor, case, LedgerAction.CASE_LEVEL_SET, {"from": before, "to": level})
    return case


def grant_clearance(
    *, actor: Actor, case_id: int, account_id: int, reason: str, today: dt.date
) -> CaseClearance:
    """Let a supervisor, or somebody of a collaborating agency, read a sensitive case they may otherwise see."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.GRANT_CLEARANCE, today=today) as (case, _):
        account = Account.objects.filter(pk=account_id, is_active=True).first()
        _require_sound_clearance(actor, case, account, reason)
        clearance = CaseClearance.objects.create(
            case=case,
            account_id=account_id,
            reason=reason.strip(),
            granted_by_id=account_of(actor),
            granted_on=today,
        )
        _event(
            actor, case, Act.GRANT_CLEARANCE, f"{clearance.account.display_name}：{clearance.reason}", today
        )
        _to_ledger(actor, case, LedgerAction.CASE_CLEARED, {"account": clearance.account_id})
    return clearance


def withdraw_clearance(*, actor: Actor, case_id: int, clearance_id: int, today: dt.date) -> CaseClearance:
    """End a clearance at once."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.WITHDRAW_CLEARANCE, today=today) as (case, _):
        clearance = CaseClearance.objects.select_for_update().filter(case=case, pk=clearance_id).first()
        if clearance is None or clearance.withdrawn_on is not None:
            raise Refusal("clearance_ended", "这项查阅批准已经收回。")
        clearance.withdrawn_on = today
        clearance.save(update_fields=["withdrawn_on"])
        _event(actor, case, Act.WITHDRAW_CLEARANCE, clearance.account.display_name, today)
        _to_ledger(actor, case, LedgerAction.CASE_CLEARANCE_WITHDRAWN, {"account": clearance.account_id})
    return clearance


def _require_sound_level(case: Case, level: str, reason: str) -> None:
    fields: dict[str, list[str]] = {}
    if level not in Confidentiality.values:
        fields["level"] = ["选择保密级别"]
    elif level == case.confidentiality:
        fields["level"] = ["保密级别没有变化"]
    if len("".join(reason.split())) < REASON_AT_LEAST:
        fields["reason"] = [f"写明理由，至少 {REASON_AT_LEAST} 字"]
    _refuse(fields)


def _require_sound_clearance(actor: Actor, case: Case, account: Account | None, reason: str) -> None:
    fields: dict[str, list[str]] = {}
    if case.confidentiality in OPEN_LEVELS:
        raise Refusal("not_sensitive", "本案不是敏感案件，不需要批准查阅。")
    may_need = {role.value for role in CASE_ROLES | {Role.SUPERVISOR}}
    if account is None or not account.grants.filter(role__in=may_need).exists():
        fields["account"] = ["选择有监督或者办案职责的人员"]
    elif account.pk == actor.account_id:
        fields["account"] = ["不能批准本人"]
    elif case.clearances.filter(account=account, withdrawn_on__isnull=True).exists():
        fields["account"] = ["已批准过这名人员"]
    if len("".join(reason.split())) < REASON_AT_LEAST:
        fields["reason"] = [f"写明理由，至少 {REASON_AT_LEAST} 字"]
    _refuse(fields)


def _refuse(fields: dict[str, list[str]]) -> None:
    if fields:
        raise InvalidInput.from_fields("level_invalid", fields)


def _event(actor: Actor, case: Case, act: Act, note: str, today: dt.date) -> None:
    write_event(actor=actor, case=case, name=act.value, left=case.status, happened_on=today, note=note)


def _to_ledger(actor: Actor, case: Case, action: LedgerAction, payload: dict[str, object]) -> None:
    append_case_entry(
        actor=actor,
        case=case,
        action=action,
        payload=payload,
    )
