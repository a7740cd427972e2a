"""Taking the agencies of an act: inside the registrar's reach, locked in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import Agency
from enforcement.registrar import require_registrar


def locked_agencies(*, actor: Actor, agency_ids: Iterable[int]) -> dict[int, Agency]:
    """The agencies by id, locked to the end of the transaction. Raises NotPermitted, InvalidInput when one is missing."""
    wanted = set(agency_ids)
    rows = Agency.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    found = {agency.pk: agency for agency in rows}
    if len(found) != len(wanted):
        raise InvalidInput.from_problems("agency_unknown", ["选择的执法主体不存在，请重新选择"])
    for agency in found.values():
        require_registrar(actor, region_code=agency.region_code, line_code=agency.line_code)
    return found
