"""What the page for opening a case offers."""

from __future__ import annotations

from django.db.models import QuerySet

from enforcement.actors import Actor
from enforcement.errors import Refusal
from enforcement.models import Agency, Officer, Party, Violation
from enforcement.services.parties.enter_party import checked_identifier, identified_by


def violations_of(*, agency: Agency) -> QuerySet[Violation]:
    """Violations of the agency's line, by code."""
    return Violation.objects.filter(line_id=agency.line_code).order_by("code")


def violation_named(*, agency: Agency, words: str) -> Violation | None:
    """The violation with exactly this name or code; otherwise the only one whose name contains the words."""
    wanted = words.strip()
    own = violations_of(agency=agency)
    exact = own.filter(name=wanted).first() or own.filter(code=wanted).first()
    if exact is not None:
        return exact
    near = list(own.filter(name__icontains=wanted)[:2]) if wanted else []
    return near[0] if len(near) == 1 else None


def violation_with_code(*, agency: Agency, code: str) -> Violation | None:
    """The violation of the agency's line with exactly this code."""
    return violations_of(agency=agency).filter(code=code.strip()).first()


def officers_of(*, agency: Agency) -> QuerySet[Officer]:
    """Officers who may be handlers."""
    return Officer.objects.filter(agency=agency, is_auxiliary=False).order_by("id")


def party_by_identifier(*, actor: Actor, kind: str, identifier: str) -> Party | None:
    """The registered party, or None. An officer types the whole number, so nothing can be browsed."""
    if not actor.is_signed_in:
        return None
    try:
        return Party.objects.filter(identified_by(checked_identifier(kind, identifier))).first()
    except Refusal:
        return None
