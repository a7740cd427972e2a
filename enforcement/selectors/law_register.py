"""Reads of laws, provisions and violations for the pages of the register."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from enforcement.actors import Actor
from enforcement.models import (
    EntryCitation,
    Law,
    Line,
    Provision,
    ProvisionSuccession,
    RuleVersion,
    Violation,
)


def list_laws(*, actor: Actor) -> QuerySet[Law]:
    """Every text, with what came after it and `provision_count`."""
    laws: QuerySet[Law] = Law.objects.visible_to(actor)
    return laws.select_related("succeeded_by").annotate(provision_count=Count("provisions"))


def list_provisions(*, actor: Actor) -> QuerySet[Provision]:
    """Every provision with its text."""
    rows: QuerySet[Provision] = Provision.objects.visible_to(actor)
    return rows.select_related("law")


def list_successions(*, actor: Actor) -> QuerySet[ProvisionSuccession]:
    """Every pair of old and new."""
    rows: QuerySet[ProvisionSuccession] = ProvisionSuccession.objects.visible_to(actor)
    return rows.select_related("old__law", "new__law")


def list_violations(*, actor: Actor) -> QuerySet[Violation]:
    """Every violation with its line."""
    rows: QuerySet[Violation] = Violation.objects.visible_to(actor)
    return rows.select_related("line")


def search_laws(rows: QuerySet[Law], words: str) -> QuerySet[Law]:
    """Texts whose title or number contains the words."""
    return rows.filter(Q(name__icontains=words) | Q(document_number__icontains=words))


def search_provisions(rows: QuerySet[Provision], words: str) -> QuerySet[Provision]:
    """Provisions whose law or summary contains the words."""
    return rows.filter(Q(law__name__icontains=words) | Q(gist__icontains=words))


def search_successions(rows: QuerySet[ProvisionSuccession], words: str) -> QuerySet[ProvisionSuccession]:
    """Pairs of which one law's title contains the words."""
    return rows.filter(Q(old__law__name__icontains=words) | Q(new__law__name__icontains=words))


def search_violations(rows: QuerySet[Violation], words: str) -> QuerySet[Violation]:
    """Violations whose code, name or citations contain the words."""
    return rows.filter(
        Q(code__icontains=words)
        | Q(name__icontains=words)
        | Q(violated_text__icontains=words)
        | Q(punished_text__icontains=words)
    )


def standing_on(rows: QuerySet[Law], *, state: str, on: dt.date) -> QuerySet[Law]:
    """The texts in force, still to come, or ended on a day; all for any other word."""
    match state:
        case "in_force":
            return rows.filter(effective_from__lte=on).exclude(effective_until__lte=on)
        case "upcoming":
            return rows.filter(effective_from__gt=on)
        case "ended":
            return rows.filter(effective_until__lte=on)
        case _:
            return rows


def line_choices(*, actor: Actor) -> list[tuple[str, str]]:
    """Lines as choices."""
    return list(Line.objects.visible_to(actor).values_list("code", "name"))


def law_choices(*, actor: Actor) -> QuerySet[Law]:
    """Texts as choices, newest first within a title."""
    rows: QuerySet[Law] = Law.objects.visible_to(actor)
    return rows.order_by("name", "-effective_from")


def provisions_of(law: Law) -> QuerySet[Provision]:
    """The provisions of a text in their order, with how many violations they serve."""
    return (
        Provision.objects.filter(law=law)
        .select_related("law")
        .annotate(used=Count("violated_by", distinct=True) + Count("punishes", distinct=True))
        .order_by("article", "paragraph", "item")
    )


def citing_in_force(
    *, name: str, on: dt.date, numbers: tuple[int, int | None, int | None] | None = None
) -> QuerySet[EntryCitation]:
    """Citations of a law, or of one provision, by versions in force."""
    cited = EntryCitation.objects.filter(law_name=name, version__in=RuleVersion.objects.in_force_on(on))
    if numbers is not None:
        article, paragraph, item = numbers
        cited = cited.filter(article=article, paragraph=paragraph, item=item)
    return cited.select_related("version__document__agency").order_by("version_id", "pk")


def violations_of(provision: Provision) -> QuerySet[Violation]:
    """Violations that the provision is violated by, or that it punishes."""
    linked = Violation.objects.filter(Q(violated=provision) | Q(punished_by=provision))
    return linked.select_related("line").distinct().order_by("code")


def repealed_in_use(*, on: dt.date) -> int:
    """How many texts have ended while a version in force still cites their title and no text of it is in force."""
    cited = EntryCitation.objects.filter(version__in=RuleVersion.objects.in_force_on(on)).values("law_name")
    current = Law.objects.filter(effective_from__lte=on).exclude(effective_until__lte=on).values("name")
    return (
        Law.objects.filter(name__in=cited, effective_until__lte=on)
        .exclude(name__in=current)
        .values("name")
        .distinct()
        .count()
    )
