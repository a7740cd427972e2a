"""Newer versions of lists and benchmarks for running cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from cases.deadlines import BEFORE_DECISION
from cases.models import Case, CaseVersionNotice
from cases.selectors.rules_in_force import RULE_KINDS
from cases.version_changes import DatedVersion, VersionChange, changes_since
from discretion.selectors import benchmark_versions_about, benchmark_violations
from enforcement.models import RuleDocument, RuleVersion
from enforcement.selectors.documents import is_withdrawn
from exemption_lists.selectors import list_versions_about, violations_of_versions


def version_changes(case: Case) -> list[VersionChange]:
    """What the page of an undecided case says about newer versions. Three queries; none for a decided case."""
    if case.status not in BEFORE_DECISION:
        return []
    documents = RuleDocument.objects.filter(kind__in=RULE_KINDS).applicable_to(
        region_code=case.region_code, line_code=case.line_code
    )
    versions = list(
        RuleVersion.objects.published().filter(document__in=documents).select_related("document", "repeal")
    )
    ids = [version.pk for version in versions]
    about = list_versions_about(
        version_ids=ids, violation_id=case.violation_id, violation_name=case.violation.name
    ) | benchmark_versions_about(
        version_ids=ids, violation_id=case.violation_id, violation_name=case.violation.name
    )
    dated = [_dated(version, speaks=version.pk in about) for version in versions if not is_withdrawn(version)]
    return list(changes_since(dated, act_date=case.act_date))


def _dated(version: RuleVersion, *, speaks: bool) -> DatedVersion:
    if version.effective_from is None:
        raise ValueError("a published version has the day it takes effect")
    ends = (version.effective_until, version.repealed.ends_on if version.repealed else None)
    return DatedVersion(
        version_id=version.pk,
        document_id=version.document_id,
        kind=version.document.kind,
        slug=version.document.slug,
        title=version.document.title,
        number=version.number,
        effective_from=version.effective_from,
        effective_until=min((day for day in ends if day is not None), default=None),
        speaks=speaks,
    )


def cases_to_tell(version: RuleVersion) -> list[Case]:
    """Undecided cases to which a published version could apply and that were not told of it.

    Same line, inside the document's region, an act before the version takes effect, and a violation of which this
    version or the one before it speaks. Four queries.
    """
    document = version.document
    before = document.versions.published().filter(number__lt=version.number).order_by("-number").first()
    ids = [version.pk] if before is None else [version.pk, before.pk]
    violation_ids, names = violations_spoken_of(ids)
    told = CaseVersionNotice.objects.filter(version=version).values("case_id")
    cases = Case.objects.filter(
        Q(violation_id__in=violation_ids) | Q(violation__name__in=names),
        status__in=BEFORE_DECISION,
        line_code=document.line_code,
        region_code__startswith=document.region_code,
        act_date__lt=version.effective_from,
    )
    return list(cases.exclude(pk__in=told).order_by("pk"))


def violations_spoken_of(version_ids: Collection[int]) -> tuple[set[int], set[str]]:
    """Ids and names of the violations that entries of these versions are about. Two queries."""
    rows = [*violations_of_versions(version_ids), *benchmark_violations(version_ids)]
    return {pk for pk, _ in rows if pk is not None}, {name for _, name in rows if name}


def notices_by_case(cases: Collection[Case]) -> dict[int, list[RuleVersion]]:
    """The versions the handlers of these cases were told of, by case; decided cases have none. One query."""
    open_ids = [case.pk for case in cases if case.status in BEFORE_DECISION]
    notices = CaseVersionNotice.objects.filter(case_id__in=open_ids).select_related("version__document")
    found: dict[int, list[RuleVersion]] = {}
    for notice in notices.order_by("version_id"):
        found.setdefault(notice.case_id, []).append(notice.version)
    return found


def versions_to_tell_of(*, today: dt.date) -> list[RuleVersion]:
    """Versions of rules that take effect from a year ago on: older ones were told of long since. One query."""
    versions = RuleVersion.objects.published().filter(
        document__kind__in=RULE_KINDS, effective_from__gte=today - dt.timedelta(days=365)
    )
    return list(versions.select_related("document__agency").order_by("pk"))
