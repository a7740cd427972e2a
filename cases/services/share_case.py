"""协办: letting the case people of another agency read a case for a purpose and a time (行政处罚法 第二十六条)."""

from __future__ import annotations

import datetime as dt

from cases.models import Case, CaseShare
from cases.services.advance_case import account_of, append_case_entry, write_event
from cases.services.standing_acts import standing_act_on
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Agency

PURPOSE_AT_LEAST = 5
LONGEST = dt.timedelta(days=366)


def share_case(
    *,
    actor: Actor,
    case_id: int,
    agency_id: int,
    purpose: str,
    starts_on: dt.date,
    ends_on: dt.date,
    today: dt.date,
) -> CaseShare:
    """Let an agency read the case through `ends_on`. Raises InvalidInput with `fields`."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.SHARE_CASE, today=today) as (case, _):
        agency = Agency.objects.filter(pk=agency_id).first()
        _require_sound(case, agency, purpose, starts_on, ends_on, today)
        share = CaseShare.objects.create(
            case=case,
            agency_id=agency_id,
            purpose=purpose.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            granted_by_id=account_of(actor),
        )
        _record(actor, case, share, Act.SHARE_CASE, LedgerAction.CASE_SHARED, today)
    return share


def withdraw_share(*, actor: Actor, case_id: int, share_id: int, today: dt.date) -> CaseShare:
    """End a share at once. Raises Refusal when it has already ended."""
    with standing_act_on(actor=actor, case_id=case_id, act=Act.WITHDRAW_SHARE, today=today) as (case, _):
        share = CaseShare.objects.select_for_update().filter(case=case, pk=share_id).first()
        if share is None or share.withdrawn_on is not None:
            raise Refusal("share_ended", "这项协办授权已经收回。")
        share.withdrawn_on, share.withdrawn_by_id = today, account_of(actor)
        share.save(update_fields=["withdrawn_on", "withdrawn_by"])
        _record(actor, case, share, Act.WITHDRAW_SHARE, LedgerAction.CASE_SHARE_WITHDRAWN, today)
    return share


def _require_sound(
    case: Case,
    agency: Agency | None,
    purpose: str,
    starts_on: dt.date,
    ends_on: dt.date,
    today: dt.date,
) -> None:
    fields: dict[str, list[str]] = {}
    if agency is None or agency.pk == case.agency_id:
        fields["agency"] = ["选择另一个执法主体"]
    elif case.shares.filter(agency=agency, withdrawn_on__isnull=True, ends_on__gte=starts_on).exists():
        fields["agency"] = ["这个机关已有没有到期的协办授权，请先收回"]
    if len("".join(purpose.split())) < PURPOSE_AT_LEAST:
        fields["purpose"] = [f"写明协办事项，至少 {PURPOSE_AT_LEAST} 字"]
    if starts_on < today:
        fields["starts_on"] = ["开始日期不能早于今天"]
    if ends_on < starts_on:
        fields["ends_on"] = ["截止日期不能早于开始日期"]
    elif ends_on - starts_on > LONGEST:
        fields["ends_on"] = ["协办授权最长一年，到期可以再次授权"]
    if fields:
        raise InvalidInput.from_fields("share_invalid", fields)


def _record(
    actor: Actor, case: Case, share: CaseShare, act: Act, action: LedgerAction, today: dt.date
) -> None:
    write_event(
        actor=actor,
        case=case,
        name=act.value,
        left=case.status,
        happened_on=today,
        note=f"{share.agency.name}：{share.purpose}（{share.starts_on.isoformat()} 至 {share.ends_on.isoformat()}）",
        details={"share": share.pk},
    )
    append_case_entry(
        actor=actor,
        case=case,
        action=action,
        payload={
            "share": share.pk,
            "agency": share.agency_id,
            "from": share.starts_on,
            "until": share.ends_on,
        },
    )
