"""Taking the delegation of an act: visible, locked, and inside the registrar's reach."""

from __future__ import annotations

from enforcement.actors import Actor
from enforcement.models import Delegation
from enforcement.registrar import require_registrar


def locked_delegation(*, actor: Actor, delegation_id: int) -> Delegation:
    """The delegation, locked to the end of the transaction.

    Raises Delegation.DoesNotExist when the actor may not see it, NotPermitted without the duty.
    """
    delegation: Delegation = (
        Delegation.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=delegation_id)
    )
    require_registrar(actor, region_code=delegation.region_code, line_code=delegation.line_code)
    return delegation
