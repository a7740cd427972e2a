"""签订并公布委托书 (行政处罚法 第二十条): in writing, with matters, authority and term, published, never passed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection, transaction

from enforcement.actors import Actor
from enforcement.delegation_rules import agency_key, delegated_further, scope_problems
from enforcement.errors import InvalidInput
from enforcement.identifiers import IdentifierError, check_uscc
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, AgencyKind, DelegatedAct, Delegation, PenaltyKind, Violation
from enforcement.registrar import require_registrar
from enforcement.selectors.delegations import delegate_key_of, mandates_overlapping
from enforcement.services.register_rows import save_with_history
from enforcement.services.store_attachment import checked_media_type, store_attachment


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """What the document says. `valid_until` is the last day of the term; no codes means every matter of the line.

    The delegate is an agency of the register, or an organisation by name and 统一社会信用代码. `meets_conditions`: the
    delegating agency has checked 第二十一条 (set up by law for public affairs, qualified staff, technical means).
    """

    document_number: str
    signed_on: dt.date
    valid_from: dt.date
    valid_until: dt.date
    matters: str
    acts: tuple[str, ...]
    penalty_kinds: tuple[str, ...] = ()
    violation_codes: tuple[str, ...] = ()
    delegate_agency_id: int | None = None
    delegate_name: str = ""
    delegate_uscc: str = ""
    meets_conditions: bool = False
    document: bytes = field(default=b"", repr=False)


def conclude_delegation(*, actor: Actor, agency_id: int, new: NewDelegation, today: dt.date) -> Delegation:
    """Record the document and publish it on `today`. Raises NotPermitted, InvalidInput with every problem."""
    with transaction.atomic():
        agency = Agency.objects.filter(pk=agency_id).first()
        if agency is None:
            raise InvalidInput.from_problems("agency_unknown", ["选择委托机关"])
        require_registrar(actor, region_code=agency.region_code, line_code=agency.line_code)
        lock_delegations()
        delegation, problems = checked_delegation(agency=agency, new=new, today=today)
        if problems:
            raise InvalidInput.from_problems("delegation_invalid", problems)
        if new.document:
            delegation.attachment = store_attachment(actor=actor, content=new.document)
            delegation.document_digest = delegation.attachment.digest
        save_with_history(actor=actor, row=delegation, reason="签订并公布")
        append_entry(
            chain=agency.code,
            action=LedgerAction.DELEGATION_CONCLUDED,
            subject=delegation,
            subject_label=f"{agency.name}委托{delegation.delegate_name}（{delegation.document_number}）",
            actor=actor,
            payload={
                "number": delegation.document_number,
                "valid_from": delegation.valid_from,
                "valid_until": delegation.valid_until,
                "document": delegation.document_digest,
            },
        )
    return delegation


def lock_delegations() -> None:
    """Two documents concluded at once could each not see that the other passes its powers on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('delegations', 0))")


def checked_delegation(*, agency: Agency, new: NewDelegation, today: dt.date) -> tuple[Delegation, list[str]]:
    """The unsaved row, and one sentence for each problem; used by the form and by the import."""
    delegate = Agency.objects.filter(pk=new.delegate_agency_id).first() if new.delegate_agency_id else None
    uscc, problems = _delegate_uscc(new, delegate)
    problems += [*_term_problems(agency, delegate, new, today), *_scope_problems(agency, new)]
    if not new.meets_conditions:
        problems.append("确认受委托组织符合行政处罚法第二十一条的条件")
    if new.document:
        try:
            checked_media_type(new.document)
        except InvalidInput as refusal:
            problems += refusal.problems
    delegation = Delegation(
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
        delegate_agency=delegate,
        delegate_name=delegate.name if delegate else new.delegate_name.strip(),
        delegate_uscc=uscc,
        document_number=new.document_number.strip(),
        signed_on=new.signed_on,
        acts=sorted(set(new.acts)),
        penalty_kinds=[kind for kind in PenaltyKind.values if kind in new.penalty_kinds],
        matters=new.matters.strip(),
        violation_codes=sorted(set(new.violation_codes)),
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        published_on=today,
    )
    further = delegated_further(
        delegating_key=agency_key(agency.pk),
        delegate_key=delegate_key_of(delegation),
        first=new.valid_from,
        last=new.valid_until,
        others=mandates_overlapping(first=new.valid_from, last=new.valid_until),
    )
    if further is not None:
        problems.append(further.message)
    return delegation, problems


def _delegate_uscc(new: NewDelegation, delegate: Agency | None) -> tuple[str, list[str]]:
    if delegate is not None:
        return delegate.uscc, []
    if new.delegate_agency_id:
        return "", ["选择的受委托机构不存在，请重新选择"]
    problems = [] if new.delegate_name.strip() else ["选择受委托机构，或填写受委托组织的名称"]
    try:
        return check_uscc(new.delegate_uscc), problems
    except IdentifierError as refusal:
        # 第二十条第四款: an organisation only, never a person; the code is what tells them apart.
        return "", [*problems, f"只能委托组织，不能委托个人。{refusal.message}"]


def _term_problems(agency: Agency, delegate: Agency | None, new: NewDelegation, today: dt.date) -> list[str]:
    problems = []
    if not new.document_number.strip():
        problems.append("填写委托书编号")
    elif Delegation.objects.filter(agency=agency, document_number=new.document_number.strip()).exists():
        problems.append(f"本机关已登记过编号为“{new.document_number.strip()}”的委托书，没有重复登记")
    if new.valid_until < new.valid_from:
        problems.append("委托期限的止日不能早于起日")
    if new.signed_on > new.valid_from:
        problems.append("委托应先签订书面委托书：签订日期不能晚于委托期限的起日")
    if new.signed_on > today:
        problems.append("签订日期还没有到。请在签订之后登记")
    if delegate is not None and delegate.pk == agency.pk:
        problems.append("受委托机构不能是委托机关自己")
    for one in (agency, delegate):
        if one is not None and not (one.works_on(new.valid_from) and one.works_on(new.valid_until)):
            problems.append(f"{one.name}在委托期限内没有全程存续，请调整期限")
    if agency.kind == AgencyKind.ENTRUSTED:
        problems.append("受委托组织不得再委托（行政处罚法第二十条）")
    return problems


def _scope_problems(agency: Agency, new: NewDelegation) -> list[str]:
    problems = [] if new.matters.strip() else ["写明委托的具体事项"]
    problems += scope_problems(new.matters)
    if not new.acts or not set(new.acts) <= set(DelegatedAct.values):
        problems.append("选择委托的行为：行政处罚、行政检查")
    unknown_kinds = set(new.penalty_kinds) - set(PenaltyKind.values)
    if unknown_kinds or (DelegatedAct.PENALTY in new.acts and not new.penalty_kinds):
        problems.append("选择委托的处罚种类")
    known = set(
        Violation.objects.filter(code__in=new.violation_codes, line_id=agency.line_code).values_list(
            "code", flat=True
        )
    )
    foreign = [code for code in new.violation_codes if code not in known]
    if foreign:
        problems.append(f"案由编码 {'、'.join(foreign)} 不在委托机关的条线内，请核对")
    return problems
