"""Entering a party once: the identifier is checked, and a party that is already there is found, not doubled."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from enforcement.actors import Actor
from enforcement.crypto.fields import index_tokens, matching
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.identifiers import check_id_number, check_uscc
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, Party, PartyKind
from enforcement.selectors.parties import agencies_kept_by
from enforcement.services.register_rows import save_with_history


@dataclass(frozen=True, slots=True)
class PartyDetails:
    """What a person fills in. Natural persons are told apart by 身份证号, all others by 统一社会信用代码."""

    kind: str
    name: str
    identifier: str
    representative: str = ""
    address: str = ""
    phone: str = ""


def checked_identifier(kind: str, identifier: str) -> dict[str, str]:
    """`{"uscc": …}` or `{"id_number": …}` in its normal form. Raises IdentifierError."""
    if kind == PartyKind.PERSON:
        return {"id_number": check_id_number(identifier)}
    return {"uscc": check_uscc(identifier)}


def identified_by(identity: dict[str, str]) -> Q:
    """Condition for the party with what `checked_identifier` returned; a 身份证号 is found by its blind index."""
    if "id_number" in identity:
        return matching(Party, "id_number_index", identity["id_number"])
    return Q(uscc=identity["uscc"])


def enter_party(*, actor: Actor, agency: Agency, details: PartyDetails) -> tuple[Party, bool]:
    """The party with this identifier and whether it is new; it belongs to the agency's region and line.

    A party entered before is returned unchanged. The caller has checked that the actor may act for `agency`.
    Raises InvalidInput.
    """
    if details.kind not in PartyKind.values:
        raise InvalidInput.from_problems("party_invalid", ["选择当事人类型"])
    identity = checked_identifier(details.kind, details.identifier)
    _check_texts(details)
    with transaction.atomic():
        wait_for_same_identifier(identity)
        known = Party.objects.filter(identified_by(identity)).first()
        if known is not None:
            return known, False
        party = Party(
            **identity,
            kind=details.kind,
            name=details.name.strip(),
            representative=details.representative.strip(),
            address=details.address.strip(),
            phone=details.phone.strip(),
            region_code=agency.region_code,
            line_code=agency.line_code,
        )
        save_with_history(actor=actor, row=party, reason="登记当事人")
        append_entry(
            chain=agency.code,
            action=LedgerAction.PARTY_REGISTERED,
            subject=party,
            subject_label=f"当事人 {party.pk}",
            actor=actor,
            payload={"kind": party.kind},
        )
    return party, True


def enter_party_as_registrar(*, actor: Actor, agency_id: int, details: PartyDetails) -> Party:
    """A party entered on its own, not from a case. Raises InvalidInput when the identifier is already registered."""
    agency = agencies_kept_by(actor).filter(pk=agency_id).first()
    if agency is None:
        raise NotPermitted("not_permitted", "这个登记机关不在您的职责范围内。请联系管理员授权。")
    party, is_new = enter_party(actor=actor, agency=agency, details=details)
    if not is_new:
        sentence = "这个号码已有当事人登记，没有重复登记。可以在列表中按号码查找"
        refusal = InvalidInput.from_problems("party_known", [sentence])
        refusal.data["fields"] = {"identifier": [sentence]}
        raise refusal
    return party


def _check_texts(details: PartyDetails) -> None:
    problems = [] if details.name.strip() else ["填写当事人名称"]
    for text, label, length in (
        (details.name, "名称", 120),
        (details.representative, "法定代表人（负责人）", 40),
        (details.address, "住所（经营场所）", 200),
        (details.phone, "联系电话", 30),
    ):
        if len(text.strip()) > length:
            problems.append(f"{label}最多 {length} 个字")
    if problems:
        raise InvalidInput.from_problems("party_invalid", problems)


def wait_for_same_identifier(identity: dict[str, str]) -> None:
    """Hold, until commit, whoever enters the same identifier at the same moment.

    The unique index alone would not do while data keys are exchanged: two processes may then write different tokens
    for one number. The token of the oldest key is the one they share, and it tells the database log nothing.
    """
    number = identity.get("id_number")
    name = index_tokens(Party, "id_number_index", number)[-1] if number else identity["uscc"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"party:{name}"])
