"""Parties and object classes as the shared services of the register see them: duty, ledger chain, label."""

from __future__ import annotations

from typing import Any

from enforcement.actors import Actor
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Agency, ObjectClass, Party
from enforcement.personal_data import NAMING_ROLES
from enforcement.register_kinds import RegisterKind, reach_of_agency_row


def _chain_of_place(row: Any) -> str:
    """The chain of the agency that works there now; parties outlive agencies, so there may be none."""
    agencies = Agency.objects.filter(region_code=row.region_code, line_code=row.line_code)
    return agencies.order_by("-pk").values_list("code", flat=True).first() or PROVINCE_CHAIN


def may_read_parties(actor: Actor) -> bool:
    """Those who handle cases or keep the register; which rows, `visible_to` says."""
    return bool(actor.roles & NAMING_ROLES)


PARTY = RegisterKind(
    slug="parties",
    noun="当事人",
    model=Party,
    reach_of=reach_of_agency_row,
    chain_of=_chain_of_place,
    # Never the name: labels go into the ledger.
    label_of=lambda row: f"登记号 {row.pk}" if row.pk else "（新登记）",
)
OBJECT_CLASS = RegisterKind(
    slug="object-classes", noun="监管对象类别", model=ObjectClass, end_field="ended_on"
)
