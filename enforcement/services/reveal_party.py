"""查看完整信息: a party's number and telephone in full, for a stated purpose, recorded before they are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models, transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Party, ReadKind, SensitiveRead
from enforcement.personal_data import names_are_shown
from enforcement.scoping import Scoped
from enforcement.selectors.accounts import chain_of_actor

REASON_LENGTH = 5


class RevealPurpose(models.TextChoices):
    IDENTIFY = "identify", "核对当事人身份"
    DELIVER = "deliver", "送达文书"
    WRITE = "write", "制作文书"
    CONTACT = "contact", "联系当事人"
    TRANSFER = "transfer", "移送或者协助"
    REGISTER = "register", "核对登记内容"


@dataclass(frozen=True, slots=True)
class RevealReason:
    """Why a person reads: one of the purposes and a sentence of at least five signs, without the data itself."""

    purpose: str
    text: str

    @property
    def sentence(self) -> str:
        return f"{RevealPurpose(self.purpose).label}：{self.text.strip()}"


@dataclass(frozen=True, slots=True)
class RevealedParty:
    """The whole values, for one answer; never stored, cached or put into an address."""

    name: str
    identifier_label: str
    identifier: str
    phone: str
    address: str


def reveal_party(
    *, actor: Actor, party: Party, within: Scoped, within_label: str, reason: RevealReason, today: dt.date
) -> RevealedParty:
    """Record the reading in the ledger of the reader's agency, count it, and return the values.

    The caller has found `party` through `within`, a case or the party itself, which `within_label` names without
    personal data. Raises InvalidInput without a purpose and reason, NotPermitted for those who neither handle cases
    nor keep the register there: who may not even read the name has no use of the number.
    """
    if actor.account_id is None or not names_are_shown(actor, within):
        raise NotPermitted(
            "not_permitted",
            "完整信息只供办案人员和基础信息管理人员在其管辖范围内查看。如因工作需要，请联系管理员授权。",
        )
    check_reason(reason)
    with transaction.atomic():
        count_reading(actor=actor, kind=ReadKind.UNMASKED, rows=1, today=today)
        append_entry(
            chain=chain_of_actor(actor),
            action=LedgerAction.PERSONAL_DATA_UNMASKED,
            subject=party,
            subject_label=f"当事人 {party.pk}",
            actor=actor,
            payload={"purpose": reason.purpose, "within": within_label, "fields": ["identifier", "phone"]},
            reason=reason.sentence,
        )
    is_person = party.id_number is not None
    return RevealedParty(
        name=party.name,
        identifier_label="身份证号" if is_person else "统一社会信用代码",
        identifier=party.id_number or party.uscc or "",
        phone=party.phone,
        address=party.address,
    )


def check_reason(reason: RevealReason) -> None:
    """Raises InvalidInput with the fields that are missing."""
    problems = {}
    if reason.purpose not in RevealPurpose.values:
        problems["purpose"] = "选择查看目的"
    if len(reason.text.strip()) < REASON_LENGTH:
        problems["text"] = f"写明查看的理由，至少 {REASON_LENGTH} 个字"
    if problems:
        refusal = InvalidInput.from_problems("reason_missing", list(problems.values()))
        refusal.data["fields"] = {name: [sentence] for name, sentence in problems.items()}
        raise refusal


def count_reading(*, actor: Actor, kind: ReadKind, rows: int, today: dt.date) -> None:
    """One line for the alarm on bulk reading; inside the caller's transaction."""
    if actor.account_id is not None and rows:
        SensitiveRead.objects.create(account_id=actor.account_id, kind=kind, rows=rows, read_on=today)
