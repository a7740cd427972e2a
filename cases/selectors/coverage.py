"""Matters that no leniency list in force speaks about, by how often they occur. Counts of cases, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from cases.models import Case
from cases.models.case import READING_ROLES
from enforcement.actors import Actor, Role
from enforcement.models import Agency, DocumentKind, Line, MatterKind, Region, RuleVersion, Violation
from enforcement.selectors.documents import drafts_to_fill
from enforcement.selectors.matters import lists_in_force, matters_on
from exemption_lists.models import EntryScope
from exemption_lists.selectors import entries_in_force

COMPILING = frozenset({Role.COMPILER})
# Whoever may not read the cases themselves learns no smaller number than this.
SHOWN_FROM = 5


@dataclass(frozen=True, slots=True)
class CoverageScope:
    """A region and a line the actor compiles lists for."""

    region_code: str
    line_code: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.region_code}-{self.line_code}"


@dataclass(frozen=True, slots=True)
class UncoveredMatter:
    """A violation without an entry. `count` is None where the number is hidden: between one and four."""

    violation_id: int
    code: str
    name: str
    count: int | None

    @property
    def count_text(self) -> str:
        return f"少于 {SHOWN_FROM}" if self.count is None else str(self.count)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`agency_name` is whose responsibility list was taken; "" means the whole line, because none is in force."""

    agency_name: str
    matters: int
    uncovered: tuple[UncoveredMatter, ...]

    @property
    def covered(self) -> int:
        return self.matters - len(self.uncovered)


def coverage_scopes(*, actor: Actor) -> tuple[CoverageScope, ...]:
    """Every pair of region and line of the actor's compiling grants, in their order; two queries."""
    grants = [grant for grant in actor.grants if grant.role == Role.COMPILER]
    if not grants:
        return ()
    lines = {line.code: line.name for line in Line.objects.visible_to(actor)}
    regions = dict(
        Region.objects.filter(code__in=[grant.region_code for grant in grants]).values_list("code", "name")
    )
    pairs = dict.fromkeys(
        (grant.region_code, line)
        for grant in grants
        for line in ([grant.line_code] if grant.line_code is not None else lines)
    )
    return tuple(
        CoverageScope(region, line, f"{regions.get(region, region)}　{lines.get(line, line)}")
        for region, line in pairs
    )


def coverage(
    *, actor: Actor, scope: CoverageScope, on: dt.date, opened_from: dt.date, opened_until: dt.date
) -> Coverage:
    """What the lists in force on `on` leave out, most frequent in cases filed in the period first. Seven queries at most.

    Raises ValueError for a scope the actor does not compile for.
    """
    if not actor.may(Role.COMPILER, region_code=scope.region_code, line_code=scope.line_code):
        raise ValueError("not a scope of this actor")
    agency, matters = _matters(scope, on)
    ids, names = _spoken_of(scope, on)
    left_out = [one for one in matters if one.pk not in ids and one.name not in names]
    counts = _counts(actor, scope, left_out, opened_from, opened_until)
    exact = actor.may_any(READING_ROLES, region_code=scope.region_code, line_code=scope.line_code)
    rows = [
        UncoveredMatter(one.pk, one.code, one.name, _shown(counts.get(one.pk, 0), exact=exact))
        for one in left_out
    ]
    # Hidden numbers stand together in the order of the register: their place says nothing about them.
    rows.sort(key=lambda row: (-_place(row), row.code))
    return Coverage(agency.name if agency is not None else "", len(matters), tuple(rows))


def draft_to_fill(*, actor: Actor, scope: CoverageScope) -> RuleVersion | None:
    """The newest draft of a list of the scope, where a new entry can go; None while there is none."""
    drafts = drafts_to_fill(actor=actor, kind=DocumentKind.EXEMPTION_LIST).filter(
        document__region_code=scope.region_code, document__line_code=scope.line_code
    )
    return drafts.order_by("-pk").first()


def _shown(count: int, *, exact: bool) -> int | None:
    return count if exact or count == 0 or count >= SHOWN_FROM else None


def _place(row: UncoveredMatter) -> int:
    return 1 if row.count is None else row.count


def _matters(scope: CoverageScope, on: dt.date) -> tuple[Agency | None, list[Violation]]:
    """Penalty matters of the responsibility list in force, else every violation of the line in force that day."""
    agency = (
        Agency.objects.filter(region_code=scope.region_code, line_code=scope.line_code).order_by("pk").first()
    )
    line = Violation.objects.filter(line__code=scope.line_code).order_by("code")
    if agency is None or not lists_in_force(agency=agency, on=on).exists():
        return None, list(line)
    penalties = matters_on(agency=agency, day=on).filter(kind=MatterKind.PENALTY)
    held = [(one.violation_id, one.name) for one in penalties]
    ids, names = {pk for pk, _ in held}, {name for _, name in held}
    return agency, [one for one in line if one.pk in ids or one.name in names]


def _spoken_of(scope: CoverageScope, on: dt.date) -> tuple[set[int], set[str]]:
    """Violations the entries in force are linked to or name in the same words; general clauses name none."""
    entries = entries_in_force(region_code=scope.region_code, line_code=scope.line_code, on=on)
    rows = entries.exclude(scope=EntryScope.GENERAL).order_by().values_list("violation_id", "violation_name")
    found = list(rows)
    return {pk for pk, _ in found if pk is not None}, {name.strip() for _, name in found if name.strip()}


def _counts(
    actor: Actor,
    scope: CoverageScope,
    violations: Iterable[Violation],
    opened_from: dt.date,
    opened_until: dt.date,
) -> dict[int, int]:
    """Cases filed in the period inside the scope, by violation; sensitive cases are not counted."""
    cases = Case.objects.visible_to(actor, roles=COMPILING).filter(
        region_code__startswith=scope.region_code,
        line_code=scope.line_code,
        opened_on__gte=opened_from,
        opened_on__lte=opened_until,
        violation__in=[one.pk for one in violations],
    )
    return dict(cases.order_by().values_list("violation_id").annotate(number=Count("id")))
