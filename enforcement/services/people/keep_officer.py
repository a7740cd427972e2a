"""Registering an officer, correcting the registration, and the end of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from enforcement.actors import Actor
from enforcement.crypto.fields import matching
from enforcement.errors import InvalidInput, Refusal
from enforcement.identifiers import check_id_number
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Custody, Officer
from enforcement.register_people import OFFICER
from enforcement.services.register_rows import add_row, change_row


@transaction.atomic
def add_officer(*, actor: Actor, values: Mapping[str, Any], reason: str, today: dt.date) -> Officer:
    """A new officer. Raises InvalidInput by field, also for an identity number that is registered already."""
    wanted = _checked(values, key=None)
    officer: Officer = add_row(actor=actor, kind=OFFICER, values=wanted, reason=reason)
    return officer


@transaction.atomic
def change_officer(
    *,
    actor: Actor,
    key: int,
    values: Mapping[str, Any],
    expected_version: int,
    reason: str,
    today: dt.date,
) -> tuple[str, ...]:
    """The names of what changed. Raises StaleVersion when somebody else saved in between."""
    wanted = _checked(values, key=key)
    _officer, changed = change_row(
        actor=actor, kind=OFFICER, key=key, values=wanted, expected_version=expected_version, reason=reason
    )
    return changed


@transaction.atomic
def record_leaving(
    *, actor: Actor, officer_id: int, left_on: dt.date, expected_version: int, reason: str
) -> Officer:
    """离岗: `left_on` is the last day of service; nothing may be done in this person's name afterwards.

    Refused while the person holds equipment beyond that day: somebody has to answer for it.
    """
    held = (
        Custody.objects.filter(holder_id=officer_id)
        .filter(Q(returned_on__isnull=True) | Q(returned_on__gt=left_on))
        .select_related("equipment")
    )
    numbers = [one.equipment.inventory_number for one in held]
    if numbers:
        raise Refusal(
            "holds_equipment",
            f"名下还有 {len(numbers)} 件装备没有交还（{'、'.join(numbers[:5])}），没有保存。请先登记交还，再登记离岗。",
        )
    officer, _changed = change_row(
        actor=actor,
        kind=OFFICER,
        key=officer_id,
        values={"left_on": left_on},
        expected_version=expected_version,
        reason=reason,
        action=LedgerAction.REGISTER_ROW_ENDED,
    )
    found: Officer = officer
    return found


def _checked(values: Mapping[str, Any], *, key: int | None) -> dict[str, Any]:
    """The values with the identity number in normal form, once it is known to belong to nobody else."""
    wanted = dict(values)
    if wanted.get("id_number"):
        wanted["id_number"] = check_id_number(wanted["id_number"])
        others = Officer.objects.filter(matching(Officer, "id_number_index", wanted["id_number"]))
        if any(one != key for one in others.values_list("pk", flat=True)):
            sentence = "这个身份证号已登记在其他工号下。请核对号码"
            refusal = InvalidInput.from_problems("id_number_taken", [sentence])
            refusal.data["fields"] = {"id_number": [sentence]}
            raise refusal
    return wanted
