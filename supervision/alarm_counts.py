"""How useful alarms of each kind are: counts of alarms only, over everything the supervisor sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cases.models import AlarmFinding, AlarmKind, LeniencyAlarm
from cases.selectors.leniency_alarms import visible_alarms
from enforcement.actors import Actor
from supervision.selectors import OverviewFilter, supervised_cases

STATES: tuple[tuple[str, str], ...] = (
    ("open", "待核查"),
    ("asked", "等待说明"),
    ("replied", "已说明，待核查"),
    ("settled", "已核查"),
)
_STATE_FILTERS: dict[str, Q] = {
    "open": Q(finding="", inquiry=""),
    "asked": ~Q(inquiry="") & Q(reply="", finding=""),
    "replied": ~Q(reply="") & Q(finding=""),
    "settled": ~Q(finding=""),
}


@dataclass(frozen=True, slots=True)
class KindUsefulness:
    """One kind over a month: raised, checked, and of those found true."""

    label: str
    raised: int
    settled: int
    upheld: int

    @property
    def sentence(self) -> str:
        """本月 8 条，已核查 5 条，其中问题属实 3 条（60%）."""
        if not self.settled:
            return f"本月 {self.raised} 条，还没有核查结论"
        share = (self.upheld * 100 + self.settled // 2) // self.settled
        return f"本月 {self.raised} 条，已核查 {self.settled} 条，其中问题属实 {self.upheld} 条（{share}%）"


def alarms_in_view(
    *, actor: Actor, narrowed: OverviewFilter, kind: str = "", state: str = ""
) -> QuerySet[LeniencyAlarm]:
    """Alarms of the supervised cases that the filter leaves, unsettled first, then the newest."""
    alarms = visible_alarms(actor=actor).filter(case__in=supervised_cases(actor=actor, narrowed=narrowed))
    if kind:
        alarms = alarms.filter(kind=kind)
    if state in _STATE_FILTERS:
        alarms = alarms.filter(_STATE_FILTERS[state])
    return alarms.order_by("settled_at", "-raised_at", "-id")


def usefulness(*, actor: Actor, today: dt.date) -> tuple[KindUsefulness, ...]:
    """Alarms raised since the first of the month, by kind; one query."""
    first = timezone.make_aware(dt.datetime.combine(today.replace(day=1), dt.time.min))
    rows = (
        visible_alarms(actor=actor)
        .filter(raised_at__gte=first)
        .order_by()
        .values("kind")
        .annotate(
            raised=Count("id"),
            settled=Count("id", filter=~Q(finding="")),
            upheld=Count("id", filter=Q(finding=AlarmFinding.UPHELD)),
        )
    )
    found = {row["kind"]: row for row in rows}
    return tuple(
        KindUsefulness(
            kind.label,
            *(found[kind][name] if kind in found else 0 for name in ("raised", "settled", "upheld")),
        )
        for kind in AlarmKind
    )
