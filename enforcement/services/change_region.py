"""登记区划变更: the change is written down for good, and the rows of 行政区划 follow it. Agencies and grants stay put.

What stands on a code that is no more is shown as a warning (`enforcement.selectors.region_changes.stranded_on`): moving an
agency or somebody's rights to another region is a decision, never a side effect.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import PROVINCE_CHAIN, append_entry
from enforcement.models import Region, RegionChange, RegionChangeKind
from enforcement.region_codes import level_of, parent_of
from enforcement.registrar import WHOLE_PROVINCE, require_registrar_of_all_lines
from enforcement.services.register_rows import save_with_history


@dataclass(frozen=True, slots=True)
class NewRegionChange:
    """What a registrar fills in. `old_code` names an existing region except for 设立; `new_code` is needed where the
    code changes, and may name who took over the area of an abolished region.
    """

    kind: str
    effective_on: dt.date
    basis: str
    old_code: str = ""
    new_code: str = ""
    new_name: str = ""
    form: str = ""
    with_subordinates: bool = False


def change_region(*, actor: Actor, change: NewRegionChange, today: dt.date) -> RegionChange:
    """Record the change and apply it to the rows. What lies below follows the new code when asked.

    Raises NotPermitted, InvalidInput with every problem.
    """
    require_registrar_of_all_lines(actor, region_code=(change.old_code or change.new_code)[:WHOLE_PROVINCE])
    with transaction.atomic():
        old = Region.objects.select_for_update().filter(pk=change.old_code).first()
        problems = [*_shape_problems(change, today), *_row_problems(change, old)]
        if problems:
            raise InvalidInput.from_problems("region_change_invalid", problems)
        recorded = [_apply(actor, change, old)]
        if change.with_subordinates and old is not None and change.new_code != change.old_code:
            recorded += _subordinates_follow(actor, change, old)
        append_entry(
            chain=PROVINCE_CHAIN,
            action=LedgerAction.REGION_CHANGED,
            subject=recorded[0],
            subject_label=recorded[0].sentence(),
            actor=actor,
            payload={
                "kind": change.kind,
                "changes": [[one.old_code, one.new_code] for one in recorded],
                "effective_on": change.effective_on,
            },
        )
    return recorded[0]


def _shape_problems(change: NewRegionChange, today: dt.date) -> list[str]:
    problems = []
    if change.kind not in RegionChangeKind.values:
        problems.append("选择变更类型")
    if not change.basis.strip():
        problems.append("填写变更依据，例如批准文件的文号")
    if change.effective_on > today:
        problems.append("变更日期还没有到。请在当日或之后登记")
    if change.kind == RegionChangeKind.RENAMED and not change.new_name.strip():
        problems.append("填写新名称")
    if change.kind in (
        RegionChangeKind.ESTABLISHED,
        RegionChangeKind.CODE_CHANGED,
        RegionChangeKind.TRANSFERRED,
    ):
        problems += _new_code_problems(change)
    return problems


def _new_code_problems(change: NewRegionChange) -> list[str]:
    try:
        level_of(change.new_code)
    except InvalidInput as refusal:
        return [refusal.message.rstrip("。")]
    if Region.objects.filter(pk=change.new_code).exists():
        return [f"代码 {change.new_code} 已经用于其他行政区划，请核对"]
    parent = parent_of(change.new_code)
    if parent and not Region.objects.filter(pk=parent, abolished_on__isnull=True).exists():
        return [f"上级行政区划 {parent} 不存在或已撤销，请先登记上级"]
    if not change.new_name.strip() and change.kind == RegionChangeKind.ESTABLISHED:
        return ["填写新名称"]
    return []


def _row_problems(change: NewRegionChange, old: Region | None) -> list[str]:
    if change.kind == RegionChangeKind.ESTABLISHED:
        return []
    if old is None:
        return [f"没有代码为“{change.old_code}”的行政区划，请核对"]
    if old.abolished_on is not None:
        return [f"{old.name}（{old.code}）已于 {old.abolished_on:%Y-%m-%d} 撤销，不能再变更"]
    if old.established_on is not None and change.effective_on <= old.established_on:
        return [f"变更日期应晚于{old.name}的设立日期 {old.established_on:%Y-%m-%d}"]
    if change.kind == RegionChangeKind.RENAMED and change.new_name.strip() == old.name:
        return ["新名称与现名称相同"]
    if (
        change.kind == RegionChangeKind.ABOLISHED
        and change.new_code
        and not Region.objects.filter(pk=change.new_code, abolished_on__isnull=True).exists()
    ):
        return [f"接管区域的行政区划 {change.new_code} 不存在或已撤销，请核对"]
    if change.kind == RegionChangeKind.RENAMED:
        return []
    return _subordinate_problems(change, old)


def _subordinate_problems(change: NewRegionChange, old: Region) -> list[str]:
    """Nothing may be left standing below a code that is no more."""
    if not Region.objects.filter(parent=old, abolished_on__isnull=True).exists():
        return []
    if change.kind == RegionChangeKind.ABOLISHED:
        return [f"{old.name}还有下级行政区划，请先登记它们的变更"]
    if not change.with_subordinates:
        return [f"{old.name}的下级行政区划也要变更代码，请勾选“下级代码一并变更”"]
    if len(change.new_code) != len(old.code):
        return ["新代码与原代码层级不同，下级代码不能一并变更，请先登记它们的变更"]
    return []


def _apply(actor: Actor, change: NewRegionChange, old: Region | None) -> RegionChange:
    """Write the change and bring the rows to what it says."""
    new_name = change.new_name.strip() or (old.name if old else "")
    new_code = change.new_code
    match change.kind:
        case RegionChangeKind.RENAMED:
            assert old is not None
            new_code = old.code
        case RegionChangeKind.ABOLISHED:
            taker = Region.objects.filter(pk=new_code).first() if new_code else None
            new_name = taker.name if taker else ""
    recorded = RegionChange.objects.create(
        kind=change.kind,
        year=change.effective_on.year,
        effective_on=change.effective_on,
        old_code=old.code if old else "",
        old_name=old.name if old else "",
        new_code=new_code,
        new_name=new_name,
        form=change.form.strip(),
        basis=change.basis.strip(),
        recorded_by=actor.name,
    )
    if change.kind == RegionChangeKind.RENAMED and old is not None:
        old.name = new_name
        _save(actor, old, recorded)
        return recorded
    if change.kind != RegionChangeKind.ABOLISHED:
        new = Region(
            code=new_code,
            name=new_name,
            level=level_of(new_code).value,
            parent_id=parent_of(new_code),
            established_on=change.effective_on,
        )
        save_with_history(actor=actor, row=new, reason=recorded.sentence())
    if old is not None:
        old.abolished_on = change.effective_on
        _save(actor, old, recorded)
    return recorded


def _save(actor: Actor, region: Region, recorded: RegionChange) -> None:
    region.lock_version += 1
    save_with_history(actor=actor, row=region, reason=f"{recorded.sentence()}（{recorded.basis}）")


def _subordinates_follow(actor: Actor, change: NewRegionChange, old: Region) -> list[RegionChange]:
    """Every region below keeps the rest of its code under the new prefix."""
    below = Region.objects.filter(code__startswith=old.code, abolished_on__isnull=True).exclude(pk=old.pk)
    recorded = []
    for child in below.order_by("code"):
        moved = NewRegionChange(
            kind=change.kind,
            effective_on=change.effective_on,
            basis=change.basis,
            old_code=child.code,
            new_code=change.new_code + child.code.removeprefix(old.code),
            new_name=child.name,
            form="随上级变更",
        )
        recorded.append(_apply(actor, moved, child))
    return recorded
