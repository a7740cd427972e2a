"""What the checks found about a version, as lines of a page that lead to the entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from enforcement.models import RuleVersion
from enforcement.web.documents.addresses import OfficerAddresses
from enforcement.web.documents.surface import DocumentSurface


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One sentence; `url` is the officer's page of its entry, "" when it is about the whole document."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FindingLines:
    """`problems` block legal review and publication, `remarks` are kept with the published version."""

    problems: tuple[FindingLine, ...] = ()
    remarks: tuple[FindingLine, ...] = ()


def finding_lines(surface: DocumentSurface, found: RuleVersion, *, on: dt.date) -> FindingLines:
    """As seen on the day for a version under work; what was kept at publication for a published one."""
    if found.is_published:
        return FindingLines(remarks=tuple(_line(surface, found, one) for one in found.recorded_warnings))
    findings = surface.body.findings(found, on=on)
    lines = [(one.blocks, _line(surface, found, one.as_document())) for one in findings]
    return FindingLines(
        problems=tuple(line for blocks, line in lines if blocks),
        remarks=tuple(line for blocks, line in lines if not blocks),
    )


def _line(surface: DocumentSurface, found: RuleVersion, finding: Mapping[str, str]) -> FindingLine:
    slug = finding["entry"]
    return FindingLine(finding["text"], OfficerAddresses(surface, found).entry(slug) if slug else "")
