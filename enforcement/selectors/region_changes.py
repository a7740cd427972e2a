"""Reads of 行政区划: what became of a code, and what still stands on codes that are no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from enforcement.actors import Actor
from enforcement.models import Agency, Region, RegionChange, RoleGrant
from enforcement.region_history import CodeChange, CodeFate, fate_of


def successor_of(code: str, on: dt.date) -> CodeFate:
    """What became of a code by `on`: in use, the codes that took over, or unknown. One query."""
    return fate_of(code, changes=_changes(), on=on)


def _changes() -> list[CodeChange]:
    return [
        CodeChange(one.kind, one.certain_from(), one.old_code, one.new_code)
        for one in RegionChange.objects.all()
    ]


def changes_of(*, actor: Actor, code: str) -> QuerySet[RegionChange]:
    """Changes from or to this code, newest first."""
    return RegionChange.objects.filter(Q(old_code=code) | Q(new_code=code))


CHANGES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One page of changes; `next_cursor` is empty on the last one."""

    changes: Sequence[RegionChange]
    next_cursor: str


def region_changes(*, actor: Actor, query: str = "", kind: str = "", cursor: str = "") -> ChangePage:
    """Changes, the newest year first, narrowed by a code's beginning or words of a name, and by kind."""
    rows = RegionChange.objects.all()
    if query:
        rows = rows.filter(
            Q(old_code__startswith=query)
            | Q(new_code__startswith=query)
            | Q(old_name__icontains=query)
            | Q(new_name__icontains=query)
        )
    if kind:
        rows = rows.filter(kind=kind)
    year, _, key = cursor.partition("_")
    if year.isdecimal() and key.isdecimal() and len(cursor) < 20:
        rows = rows.filter(Q(year__lt=int(year)) | Q(year=int(year), pk__lt=int(key)))
    found = list(rows.order_by("-year", "-pk")[: CHANGES_A_PAGE + 1])
    page = found[:CHANGES_A_PAGE]
    more = len(found) > CHANGES_A_PAGE
    return ChangePage(page, f"{page[-1].year}_{page[-1].pk}" if more else "")


def region_by_code(code: str) -> Region | None:
    return Region.objects.filter(pk=code).first()


@dataclass(frozen=True, slots=True)
class Stranded:
    """Something that still stands on an abolished code, with where the code leads."""

    kind: str
    label: str
    code: str
    fate: CodeFate
    successor_names: tuple[str, ...]

    @property
    def sentence(self) -> str:
        to = "、".join(self.successor_names)
        advice = f"现为{to}，请改登记" if to else "没有查到承接的行政区划，请核对"
        return f"{self.kind}“{self.label}”仍在已撤销的代码 {self.code} 上；{advice}。"


def stranded_on(*, actor: Actor, on: dt.date) -> Sequence[Stranded]:
    """Working agencies in the actor's scope, and grants inside it, whose region is no more on that day."""
    gone = set(Region.objects.filter(abolished_on__lte=on).values_list("pk", flat=True))
    if not gone:
        return ()
    agencies = (
        Agency.objects.visible_to(actor)
        .filter(region_id__in=gone)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
    )
    found = [("执法主体", one.name, one.region_code) for one in agencies]
    for grant in RoleGrant.objects.filter(region_code__in=gone).select_related("account"):
        if any(grant.region_code.startswith(own.region_code) for own in actor.grants) or actor.is_system:
            found.append(
                ("授权", f"{grant.account.display_name} {grant.get_role_display()}", grant.region_code)
            )
    changes = _changes()
    fates = {code: fate_of(code, changes=changes, on=on) for code in {code for _, _, code in found}}
    names = dict(
        Region.objects.filter(pk__in={to for fate in fates.values() for to in fate.successors}).values_list(
            "pk", "name"
        )
    )
    return [
        Stranded(kind, label, code, fates[code], tuple(names.get(to, to) for to in fates[code].successors))
        for kind, label, code in found
    ]
