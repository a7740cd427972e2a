"""Everything the checks find about a version on a day: reads the rows, asks the pure checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from enforcement.conditions.vocabulary import VocabularyError
from enforcement.documents import CitingEntry, Finding
from enforcement.models import DocumentKind, Law, MatterKind, RuleVersion
from enforcement.models.matters import Matter
from exemption_lists.checks.amounts import AmountRange, EntryAmounts, amount_findings, ranges_of
from exemption_lists.checks.checked_entry import warning
from exemption_lists.checks.citations import KnownText, citation_findings, law_name
from exemption_lists.checks.conditions import condition_findings
from exemption_lists.checks.pairs import pair_findings
from exemption_lists.checks.responsibilities import HeldMatters, responsibility_findings
from exemption_lists.checks.superior_lists import shared_vocabulary, superior_entries
from exemption_lists.checks.superiors import superior_findings
from exemption_lists.models import LeniencyKind, ListEntry
from exemption_lists.selectors import checkable


def findings_about(
    version: RuleVersion, rows: Sequence[ListEntry], citing: Iterable[CitingEntry], *, on: dt.date
) -> tuple[Finding, ...]:
    """Errors and warnings about the entries `rows` of a version, as if it took effect `on`. Six queries.

    The rows must be well formed (`problems_of` found nothing) and have version, document, agency and violation loaded.
    """
    entries = [checkable(row) for row in rows]
    document = version.document
    superiors = superior_entries(
        entries, region_code=document.region_code, line_code=document.line_code, on=on
    )
    try:
        vocabulary = shared_vocabulary([*entries, *(one.entry for one in superiors)])
    except VocabularyError as error:
        # Two entries order the same grade differently: each is readable alone, together they cannot be compared.
        return (warning("vocabulary", f"条目之间不能比对：{'；'.join(error.problems)}。请统一写法。"),)
    citations = list(citing)
    return (
        *condition_findings(entries, vocabulary),
        *pair_findings(entries, vocabulary),
        *superior_findings(entries, superiors, vocabulary),
        *responsibility_findings(entries, _held(version, on)),
        *amount_findings(_amounts(row) for row in rows),
        *citation_findings(citations, _texts(citations), on=on),
        *_without_condition(rows),
    )


def _held(version: RuleVersion, on: dt.date) -> HeldMatters:
    """What the agency and those below it in the line may punish."""
    document = version.document
    lists = RuleVersion.objects.in_force_on(on).filter(
        document__kind=DocumentKind.RESPONSIBILITY_LIST,
        document__line_code=document.line_code,
        document__region_code__startswith=document.region_code,
    )
    if not lists.exists():
        return HeldMatters(has_list=False)
    rows = Matter.objects.filter(version__in=lists, kind=MatterKind.PENALTY)
    held = list(rows.values_list("violation_id", "name", "violation__name"))
    ids = frozenset(violation_id for violation_id, _, _ in held if violation_id is not None)
    return HeldMatters(True, ids, frozenset(name for _, *names in held for name in names if name))


def _amounts(row: ListEntry) -> EntryAmounts:
    registered = row.violation.statutory_fine if row.violation is not None else []
    return EntryAmounts(
        serial=row.serial,
        slug=row.slug,
        kind=LeniencyKind(row.kind),
        statutory=ranges_of(row.statutory_ranges),
        treated=ranges_of(row.fine_ranges),
        registered=_registered(registered),
    )


def _registered(components: Iterable[Mapping[str, object]]) -> tuple[AmountRange, ...]:
    """Fixed amounts of a violation's statutory fine, one range per subject around all its branches."""
    ranges: dict[str, AmountRange] = {}
    for one in components:
        if one.get("basis") != "fixed":
            continue
        subject = str(one.get("subject") or "")
        low, high = _fen(one.get("minimum")), _fen(one.get("maximum"))
        known = ranges.get(subject)
        if known is not None:
            low = min(known.min_fen or 0, low or 0)
            high = max(known.max_fen, high) if known.max_fen is not None and high is not None else None
        ranges[subject] = AmountRange(subject, low, high)
    return tuple(ranges.values())


def _fen(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _texts(citations: Iterable[CitingEntry]) -> dict[str, list[KnownText]]:
    names = {law_name(reference) for entry in citations for reference in entry.references}
    texts: dict[str, list[KnownText]] = {}
    laws = Law.objects.filter(name__in=names).select_related("succeeded_by").prefetch_related("provisions")
    for law in laws:
        articles = frozenset(one.article for one in law.provisions.all() if one.article is not None)
        became = law.succeeded_by.name if law.succeeded_by else ""
        known = KnownText(law.effective_from, law.effective_until, articles, became)
        texts.setdefault(law.name, []).append(known)
    return texts


def _without_condition(rows: Iterable[ListEntry]) -> list[Finding]:
    """Some published lists do have entries without any condition; it should be on purpose."""
    serials = [row.serial for row in rows if not row.condition_text]
    if not serials:
        return []
    text = f"第 {'、'.join(serials)} 条没有写适用条件，将按“没有附加条件”公布。请核对是否如此。"
    return [warning("no_condition", text, field="condition_text")]
