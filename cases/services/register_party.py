"""Registering a party from a case: an officer enters it for the own agency."""

from __future__ import annotations

from enforcement.actors import Actor, Role
from enforcement.errors import NotPermitted
from enforcement.models import Agency, Party
from enforcement.services.parties.enter_party import PartyDetails, checked_identifier, enter_party

__all__ = ["PartyDetails", "checked_identifier", "own_agency", "register_party"]


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


def register_party(*, actor: Actor, details: PartyDetails) -> tuple[Party, bool]:
    """The party with this identifier and whether it is new. An existing party is returned unchanged."""
    return enter_party(actor=actor, agency=own_agency(actor), details=details)
