"""Acts on equipment: handing it out, taking it back, and its calibration."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Calibration, Custody, Equipment, Officer
from enforcement.register_people import EQUIPMENT
from enforcement.services.register_rows import check_row, locked_row, save_with_history


@transaction.atomic
def hand_out_equipment(
    *, actor: Actor, equipment_id: int, holder_id: int, held_from: dt.date, today: dt.date
) -> Custody:
    """领用 by an officer of the same agency. Raises InvalidInput while somebody else holds it."""
    equipment = _writable(actor, equipment_id)
    holder = Officer.objects.filter(pk=holder_id, agency_id=equipment.agency_id).first()
    problems = []
    if holder is None:
        problems.append("领用人应是本机构的执法人员。请重新选择")
    elif not holder.serves_on(held_from):
        problems.append(f"{holder.name}在 {held_from} 不在岗。请核对日期或者领用人")
    if held_from > today:
        problems.append("领用日期不能晚于今天")
    if held_from < equipment.acquired_on:
        problems.append(f"领用日期不能早于启用日期 {equipment.acquired_on}")
    if equipment.retired_on is not None and held_from >= equipment.retired_on:
        problems.append(f"这件装备已于 {equipment.retired_on} 停用，不能领用")
    if problems or holder is None:
        raise InvalidInput.from_problems("custody_invalid", problems)
    custody = Custody(equipment=equipment, holder=holder, held_from=held_from)
    check_row(custody)
    save_with_history(actor=actor, row=custody, reason="登记领用")
    _record(
        actor,
        equipment,
        LedgerAction.EQUIPMENT_HANDED_OUT,
        {"custody": custody.pk, "holder": holder.pk, "held_from": held_from},
    )
    return custody


@transaction.atomic
def take_back_equipment(*, actor: Actor, equipment_id: int, returned_on: dt.date, today: dt.date) -> Custody:
    """交还 by whoever holds it now; the next person may take it on the same day."""
    equipment = _writable(actor, equipment_id)
    custody = equipment.custodies.select_for_update().filter(returned_on__isnull=True).first()
    if custody is None:
        raise Refusal("not_handed_out", "这件装备现在没有人领用，没有保存。")
    if returned_on > today or returned_on < custody.held_from:
        raise InvalidInput.from_problems(
            "return_invalid", [f"交还日期应在领用日期 {custody.held_from} 和今天之间。请核对日期"]
        )
    custody.returned_on = returned_on
    custody.lock_version += 1
    check_row(custody)
    save_with_history(actor=actor, row=custody, reason="登记交还")
    _record(
        actor,
        equipment,
        LedgerAction.EQUIPMENT_RETURNED,
        {"custody": custody.pk, "returned_on": returned_on},
    )
    return custody


@transaction.atomic
def record_calibration(
    *,
    actor: Actor,
    equipment_id: int,
    certificate_number: str,
    body: str,
    done_on: dt.date,
    valid_until: dt.date,
    today: dt.date,
) -> Calibration:
    """检定 or 校准 with its paper. Raises InvalidInput for days that cannot be."""
    equipment = _writable(actor, equipment_id)
    if not equipment.needs_calibration:
        raise Refusal(
            "needs_no_calibration",
            "这件装备登记为不需要检定，没有保存。需要检定的，请先修改装备的登记内容。",
        )
    if done_on > today:
        raise InvalidInput.from_problems("calibration_invalid", ["检定日期不能晚于今天"])
    calibration = Calibration(
        equipment=equipment,
        certificate_number=certificate_number.strip(),
        body=body.strip(),
        done_on=done_on,
        valid_until=valid_until,
    )
    check_row(calibration)
    save_with_history(actor=actor, row=calibration, reason="登记检定")
    _record(
        actor,
        equipment,
        LedgerAction.EQUIPMENT_CALIBRATED,
        {"calibration": calibration.pk, "done_on": done_on, "valid_until": valid_until},
    )
    return calibration


def _writable(actor: Actor, equipment_id: int) -> Equipment:
    equipment: Equipment = locked_row(actor=actor, kind=EQUIPMENT, key=equipment_id)
    EQUIPMENT.require_write(actor, equipment)
    return equipment


def _record(actor: Actor, equipment: Equipment, action: LedgerAction, payload: dict[str, Any]) -> None:
    append_entry(
        chain=EQUIPMENT.chain_of(equipment),
        action=action,
        subject=equipment,
        subject_label=f"装备 {equipment.inventory_number}",
        actor=actor,
        payload=payload,
    )
