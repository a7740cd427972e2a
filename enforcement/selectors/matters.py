"""Reads of responsibility lists: what an agency may exercise on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from enforcement.actors import Actor
from enforcement.models import Agency, DocumentKind, Matter, MatterKind, RuleDocument, RuleVersion, Violation


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Whether an agency's list in force holds a violation. `has_list` False: nothing is published, nothing is known."""

    has_list: bool
    holds: bool

    @property
    def is_lacking(self) -> bool:
        """A list is in force and does not hold the matter."""
        return self.has_list and not self.holds


def matters_of(version: RuleVersion) -> QuerySet[Matter]:
    """The matters of a version in their printed order."""
    return Matter.objects.filter(version=version).select_related("violation").order_by("position")


def find_matter(*, version: RuleVersion, slug: str) -> Matter | None:
    """One matter of a version by its slug."""
    return matters_of(version).filter(slug=slug).first()


def find_violation(*, actor: Actor, code: str) -> Violation | None:
    """A violation of the register by its code; none for an empty code."""
    found: Violation | None = Violation.objects.visible_to(actor).filter(code=code).first() if code else None
    return found


def versions_with_matter(*, document: RuleDocument, slug: str) -> frozenset[int]:
    """Ids of the document's versions that hold a matter of this slug."""
    held = Matter.objects.filter(version__document=document, slug=slug)
    return frozenset(held.values_list("version_id", flat=True))


def lists_in_force(*, agency: Agency, on: dt.date) -> QuerySet[RuleVersion]:
    """The agency's own lists in force on the day. A superior's list says what the superior may do, so it never counts."""
    documents = RuleDocument.objects.filter(
        kind=DocumentKind.RESPONSIBILITY_LIST,
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
    )
    return RuleVersion.objects.in_force_on(on).filter(document__in=documents)


def matters_on(*, agency: Agency, day: dt.date) -> QuerySet[Matter]:
    """Everything the agency's lists in force on `day` give it."""
    return (
        Matter.objects.filter(version__in=lists_in_force(agency=agency, on=day))
        .select_related("violation", "version__document")
        .order_by("version_id", "position")
    )


def violation_named(text: str, *, line_code: str) -> Violation | None:
    """The registered violation of the line by its code or its name."""
    rows = Violation.objects.filter(line_id=line_code)
    return rows.filter(code=text.strip()).first() or rows.filter(name=text.strip()).first()


def is_responsible_for(*, agency: Agency, violation: Violation, day: dt.date) -> Responsibility:
    """Whether the agency may punish the violation by its own list in force on `day`. Two queries at most.

    A penalty matter counts when it is linked to the violation or named in the same words.
    """
    if not lists_in_force(agency=agency, on=day).exists():
        return Responsibility(has_list=False, holds=False)
    penalties = matters_on(agency=agency, day=day).filter(kind=MatterKind.PENALTY)
    linked = penalties.filter(violation=violation) | penalties.filter(name=violation.name)
    return Responsibility(has_list=True, holds=linked.exists())
