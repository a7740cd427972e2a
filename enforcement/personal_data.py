"""What of a person's data an actor is shown: the one place that decides (security.md C5). Pure over loaded rows.

- 身份证号 and telephone are masked for everyone; the whole value comes only from `reveal_party`, which asks for a
  reason and records the reading.
- Names and addresses of natural persons are for those who handle cases or keep the register where the row belongs;
  supervisors and everyone else read 张某 and no address. Names of organisations and their 统一社会信用代码 are public.
"""

from __future__ import annotations

from dataclasses import dataclass

from enforcement.actors import CASE_ROLES, Actor, Role
from enforcement.identifiers import mask_id_number, mask_name, mask_phone
from enforcement.models import Party, PartyKind
from enforcement.scoping import Scoped

NAMING_ROLES = CASE_ROLES | {Role.REGISTRAR}
ADDRESS_HIDDEN = "仅办案机关可见"


@dataclass(frozen=True, slots=True)
class ShownParty:
    """A party as one actor sees it. `is_masked`: something is hidden that a recorded reading would show."""

    name: str
    kind_label: str
    identifier_label: str
    identifier: str
    representative: str
    address: str
    phone: str
    is_masked: bool


def names_are_shown(actor: Actor, within: Scoped) -> bool:
    """Whether the actor handles cases or keeps the register where `within` (a case or a party) belongs."""
    reach = {"region_code": within.region_code, "line_code": within.line_code}
    return actor.is_system or actor.may_any(NAMING_ROLES, **reach)


def shown_name(actor: Actor, party: Party, *, within: Scoped) -> str:
    """The party's name, of a natural person 张某 unless the actor may know it."""
    is_open = party.kind != PartyKind.PERSON or names_are_shown(actor, within)
    return party.name if is_open else mask_name(party.name)


def shown_party(actor: Actor, party: Party, *, within: Scoped) -> ShownParty:
    """Everything of a party a page may show without a recorded reading. Opens the sealed values to mask them."""
    is_person, is_known = party.kind == PartyKind.PERSON, names_are_shown(actor, within)
    number, phone = party.id_number or "", party.phone
    return ShownParty(
        name=shown_name(actor, party, within=within),
        kind_label=party.get_kind_display(),
        identifier_label="身份证号" if is_person else "统一社会信用代码",
        identifier=mask_id_number(number) if is_person else party.uscc or "",
        representative=party.representative if is_known else mask_name(party.representative),
        address=party.address if is_known or not is_person or not party.address else ADDRESS_HIDDEN,
        phone=mask_phone(phone),
        is_masked=bool(number or phone),
    )
