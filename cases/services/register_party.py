"""Registering a party once: the identifier is checked, and an existing party is found instead of doubled."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.identifiers import check_id_number, check_uscc
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Agency, Party, PartyKind


@dataclass(frozen=True, slots=True)
class PartyDetails:
    """What an officer fills in. Natural persons are told apart by 身份证号, all others by 统一社会信用代码."""

    kind: str
    name: str
    identifier: str
    representative: str = ""
    address: str = ""
    phone: str = ""


def own_agency(actor: Actor) -> Agency:
    """The agency an officer works for and may open cases of. Raises NotPermitted."""
    agency = Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None
    if agency is None or not actor.may(
        Role.OFFICER, region_code=agency.region_code, line_code=agency.line_code
    ):
        raise NotPermitted(
            "not_permitted", "只有执法人员可以为本机关办理案件。如因工作需要，请联系管理员授权。"
        )
    return agency


def checked_identifier(kind: str, identifier: str) -> dict[str, str]:
    """`{"uscc": …}` or `{"id_number": …}` in its normal form. Raises IdentifierError."""
    if kind == PartyKind.PERSON:
        return {"id_number": check_id_number(identifier)}
    return {"uscc": check_uscc(identifier)}


def register_party(*, actor: Actor, details: PartyDetails) -> tuple[Party, bool]:
    """The party with this identifier and whether it is new. An existing party is returned unchanged."""
    agency = own_agency(actor)
    if details.kind not in PartyKind.values:
        raise InvalidInput.from_problems("party_invalid", ["选择当事人类型"])
    identity = checked_identifier(details.kind, details.identifier)
    if not details.name.strip():
        raise InvalidInput.from_problems("party_invalid", ["填写当事人名称"])
    with transaction.atomic():
        party, created = Party.objects.get_or_create(
            **identity,
            defaults={
                "kind": details.kind,
                "name": details.name.strip(),
                "representative": details.representative.strip(),
                "address": details.address.strip(),
                "phone": details.phone.strip(),
                "region_code": agency.region_code,
                "line_code": agency.line_code,
            },
        )
        if created:
            append_entry(
                chain=agency.code,
                action=LedgerAction.PARTY_REGISTERED,
                subject=party,
                subject_label=f"当事人 {party.pk}",
                actor=actor,
                payload={"kind": party.kind},
            )
    return party, created
