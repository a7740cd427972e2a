"""The superiors' entries in force about the same acts, read for the checks and for the comparison of an import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from enforcement.conditions.parse import ConditionError
from enforcement.conditions.vocabulary import STANDARD, Vocabulary, VocabularyError, merge_declared
from enforcement.documents import Finding
from enforcement.models import DocumentKind
from enforcement.selectors.documents import versions_in_force
from exemption_lists.checks.checked_entry import CheckedEntry
from exemption_lists.checks.superiors import SuperiorEntry, superior_findings
from exemption_lists.models import EntryScope, ListEntry
from exemption_lists.selectors import checkable


def superior_entries(
    entries: Sequence[CheckedEntry], *, region_code: str, line_code: str, on: dt.date
) -> list[SuperiorEntry]:
    """What lists of superior regions in the same line say on the day about the acts of these entries. Two queries."""
    names = {entry.violation_name for entry in entries if not entry.is_general}
    ids = {entry.violation_id for entry in entries if entry.violation_id is not None}
    in_force = versions_in_force(
        kinds=(DocumentKind.EXEMPTION_LIST,), region_code=region_code, line_code=line_code, on=on
    ).exclude(document__region_code=region_code)
    rows = ListEntry.objects.filter(version__in=in_force, scope=EntryScope.MATTER)
    about = rows.filter(violation_name__in=names) | rows.filter(violation__in=ids)
    found = []
    for row in about.select_related("version__document__agency").order_by("version_id", "position"):
        try:
            entry = checkable(row)
        except (ConditionError, VocabularyError):
            continue
        above = row.version.document
        found.append(SuperiorEntry(entry, f"{above.agency.name}《{above.title}》"))
    return found


def differences_from_superiors(
    rows: Iterable[ListEntry], *, region_code: str, line_code: str, on: dt.date
) -> list[Finding]:
    """What the check would say about these entries, which need not be stored. An entry that cannot be read yet is left
    out: it is named elsewhere.
    """
    entries = []
    for row in rows:
        try:
            entries.append(checkable(row))
        except (ConditionError, VocabularyError, ValueError):
            continue
    superiors = superior_entries(entries, region_code=region_code, line_code=line_code, on=on)
    try:
        vocabulary = shared_vocabulary([*entries, *(one.entry for one in superiors)])
    except VocabularyError:
        return []
    return superior_findings(entries, superiors, vocabulary)


def shared_vocabulary(entries: Iterable[CheckedEntry]) -> Vocabulary:
    """The standard vocabulary with what all entries declare. Raises `VocabularyError` when two order one grade differently."""
    return STANDARD.with_declared(merge_declared(*(entry.declared_facts for entry in entries)))
