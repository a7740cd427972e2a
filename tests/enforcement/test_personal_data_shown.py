"""What of a party's data each kind of reader is shown without a recorded reading."""

from __future__ import annotations

import pytest

from enforcement.actors import PUBLIC, SYSTEM, Actor, Role, ScopeGrant
from enforcement.identifiers import mask_phone
from enforcement.models import Party
from enforcement.personal_data import ADDRESS_HIDDEN, shown_party

PERSON = Party(
    kind="person",
    name="马丽华",
    id_number="53010219900101001X",
    phone="13812340000",
    address="五华区青藤路1号",
    region_code="530102",
    line_code="market",
)
SHOP = Party(
    kind="sole_trader",
    name="阿诺小吃店",
    uscc="92530102MA6K00001A",
    representative="马丽华",
    phone="13812340000",
    address="五华区青藤路2号",
    region_code="530102",
    line_code="market",
)


def actor(role: Role, region: str = "5301", line: str | None = "market") -> Actor:
    return Actor(account_id=1, name="某", grants=(ScopeGrant(role, region, line),))


KNOWING = [Role.OFFICER, Role.APPROVER, Role.LEGAL_REVIEWER, Role.REGISTRAR]
OTHERS = [
    *(actor(role) for role in Role if role not in KNOWING),
    actor(Role.OFFICER, region="5303"),
    actor(Role.OFFICER, line="ecology"),
    PUBLIC,
]


@pytest.mark.parametrize("role", KNOWING)
def test_case_duties_in_scope_read_names_but_masked_numbers(role: Role) -> None:
    shown = shown_party(actor(role), PERSON, within=PERSON)
    assert (shown.name, shown.address) == ("马丽华", "五华区青藤路1号")
    assert (shown.identifier, shown.phone) == ("530*************1X", "138****0000")
    assert shown.is_masked


@pytest.mark.parametrize("reader", OTHERS, ids=lambda reader: reader.duty_labels or reader.name)
def test_everyone_else_reads_neither_name_nor_address_of_a_person(reader: Actor) -> None:
    shown = shown_party(reader, PERSON, within=PERSON)
    assert (shown.name, shown.address) == ("马某", ADDRESS_HIDDEN)
    assert (shown.identifier, shown.phone) == ("530*************1X", "138****0000")
    shop = shown_party(reader, SHOP, within=SHOP)
    assert (shop.name, shop.identifier) == ("阿诺小吃店", "92530102MA6K00001A")
    assert (shop.representative, shop.phone) == ("马某", "138****0000")


def test_even_the_system_shows_no_whole_number() -> None:
    assert shown_party(SYSTEM, PERSON, within=PERSON).identifier == "530*************1X"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("138 1234 0000", "138****0000"),
        ("0871-6312 3456", "087*****3456"),
        ("1234567", "1234567"[:3] + "4567"),
        ("123456", "****56"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_masked_telephones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked
