"""Reads for the supervisor's pages: counts of cases, never amounts (no totals, ranks or targets of fines)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from cases.models import (
    Case,
    CaseEvent,
    CaseStatus,
    Decision,
    DepartureClass,
    Outcome,
    Proposal,
    ProposalVerdict,
)
from cases.models.case import CaseQuerySet
from cases.selectors.entry_uses import with_refused_entries, with_uses_and_alarms
from enforcement.actors import Actor, Role
from enforcement.models import Line, Region

SUPERVISING = frozenset({Role.SUPERVISOR})
PROVINCE_CODE_LENGTH = 2
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A label with a number of cases and, when there is one, the address of those cases."""

    key: str
    label: str
    count: int
    share_percent: int = 0


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A prefecture and its decided cases by outcome: 不予、减轻、从轻、一般、从重."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """One supervisor's view: everything counted over the same set of cases."""

    total: int
    open: int
    overdue: int
    by_stage: tuple[CountRow, ...]
    by_outcome: tuple[CountRow, ...]
    proposals: int
    departures: int
    by_departure_class: tuple[CountRow, ...]
    by_region: tuple[RegionRow, ...]


@dataclass(frozen=True, slots=True)
class OverviewFilter:
    """What the page narrows to; empty strings mean everything in scope. Dates are days of filing, both inclusive."""

    line_code: str = ""
    region_code: str = ""
    opened_from: dt.date | None = None
    opened_until: dt.date | None = None


def supervised_cases(*, actor: Actor, narrowed: OverviewFilter) -> CaseQuerySet:
    """Cases inside the actor's supervising grants and the page's filter."""
    cases: CaseQuerySet = Case.objects.visible_to(actor, roles=SUPERVISING)
    if narrowed.line_code:
        cases = cases.filter(line_code=narrowed.line_code)
    if narrowed.region_code:
        cases = cases.filter(region_code__startswith=narrowed.region_code)
    if narrowed.opened_from:
        cases = cases.filter(opened_on__gte=narrowed.opened_from)
    if narrowed.opened_until:
        cases = cases.filter(opened_on__lte=narrowed.opened_until)
    return cases


def overview(*, actor: Actor, narrowed: OverviewFilter, today: dt.date) -> Overview:
    """Counts for the first page; seven queries whatever the number of cases."""
    cases = supervised_cases(actor=actor, narrowed=narrowed)
    stages = dict(cases.order_by().values_list("status").annotate(n=Count("id")))
    outcomes = dict(
        cases.filter(decision__isnull=False)
        .order_by()
        .values_list("decision__outcome")
        .annotate(n=Count("id"))
    )
    proposals = Proposal.objects.filter(case__in=cases).exclude(verdict=ProposalVerdict.RETURNED)
    classes = dict(
        proposals.filter(follows_analysis=False)
        .order_by()
        .values_list("departure_class")
        .annotate(n=Count("id"))
    )
    still_open = cases.open()
    return Overview(
        total=sum(stages.values()),
        open=sum(
            n for status, n in stages.items() if status not in (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)
        ),
        overdue=still_open.decision_due_by(today - ONE_DAY).filter(decision__isnull=True).count(),
        by_stage=_rows(CaseStatus.choices, stages),
        by_outcome=_rows(Outcome.choices, outcomes),
        proposals=proposals.count(),
        departures=sum(classes.values()),
        by_departure_class=_rows(DepartureClass.choices, classes),
        by_region=_by_region(cases),
    )


def departures(*, actor: Actor, narrowed: OverviewFilter) -> QuerySet[Proposal]:
    """Proposals that did not follow the analysis, newest first, with what the page shows of them."""
    departing = Proposal.objects.filter(
        case__in=supervised_cases(actor=actor, narrowed=narrowed), follows_analysis=False
    )
    return with_refused_entries(
        departing.select_related("case__agency", "case__violation", "proposed_by")
    ).order_by("-proposed_at", "-id")


def filter_choices(*, actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Lines and prefectures (or the granted regions themselves) that the actor supervises."""
    grants = [grant for grant in actor.grants if grant.role == Role.SUPERVISOR]
    lines = Line.objects.all()
    if not any(grant.line_code is None for grant in grants):
        lines = lines.filter(code__in=[grant.line_code for grant in grants])
    below = Q(pk__in=[])
    for grant in grants:
        below |= Q(code=grant.region_code) | Q(parent=grant.region_code)
    regions = Region.objects.filter(below).order_by("code")
    return [(line.code, line.name) for line in lines], [(region.code, region.name) for region in regions]


def _by_region(cases: QuerySet[Case]) -> tuple[RegionRow, ...]:
    """In region-code order, never ranked."""
    decided = cases.filter(decision__isnull=False).order_by()
    counted: dict[str, Counter[str]] = {}
    for region, outcome, number in decided.values_list("region_code", "decision__outcome").annotate(
        n=Count("id")
    ):
        counted.setdefault(region[:4], Counter())[outcome] += number
    names = dict(Region.objects.filter(code__in=counted).values_list("code", "name"))
    return tuple(
        RegionRow(
            name="省本级" if len(code) == PROVINCE_CODE_LENGTH else names.get(code, code),
            counts=tuple(counted[code][outcome] for outcome in Outcome.values),
        )
        for code in sorted(counted)
    )


def _rows(choices: list[tuple[str, str]], counts: dict[str, int]) -> tuple[CountRow, ...]:
    total = sum(counts.values())
    return tuple(
        CountRow(
            key=key,
            label=label,
            count=counts.get(key, 0),
            share_percent=(counts.get(key, 0) * 100 + total // 2) // total if total else 0,
        )
        for key, label in choices
    )


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a supervisor reads of one case: the case, its events, every proposal with its frozen analysis."""

    case: Case
    events: tuple[CaseEvent, ...]
    proposals: tuple[Proposal, ...]
    decision: Decision | None


def case_rows(
    *, actor: Actor, narrowed: OverviewFilter, status: str, outcome: str, overdue_on: dt.date | None
) -> CaseQuerySet:
    """The cases behind a count, newest first. `overdue_on`: only those past the ninety days on that day."""
    cases: CaseQuerySet = supervised_cases(actor=actor, narrowed=narrowed).select_related(
        "agency", "violation", "decision"
    )
    if status:
        cases = cases.filter(status=status)
    if outcome:
        cases = cases.filter(decision__outcome=outcome)
    if overdue_on is not None:
        cases = cases.open().decision_due_by(overdue_on - ONE_DAY).filter(decision__isnull=True)
    return cases


def case_file(*, actor: Actor, case_id: int) -> CaseFile | None:
    """One case inside the actor's supervising grants, else None (not visible is not existing)."""
    case = (
        Case.objects.visible_to(actor, roles=SUPERVISING)
        .select_related("agency", "violation", "party")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        return None
    proposals = with_uses_and_alarms(case.proposals.select_related("proposed_by", "decided_by")).order_by(
        "-number"
    )
    return CaseFile(
        case=case,
        events=tuple(case.events.order_by("sequence")),
        proposals=tuple(proposals),
        decision=Decision.objects.filter(case=case).first(),
    )
