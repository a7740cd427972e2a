"""Which text of a law governs on a day, what a provision became, and who cites it.

A reference is the JSON form `{law, article, paragraph, item, text}` that entries and decisions keep.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from enforcement.models import EntryCitation, Law, LawLevel, Provision, RuleVersion


class LawStanding(StrEnum):
    """Where a text stands on a day; the Chinese word is what people read."""

    UPCOMING = "尚未施行"
    IN_FORCE = "现行有效"
    REPLACED = "已被新文本替代"
    REPEALED = "已废止"
    ENDED = "已失效"

    @property
    def tone(self) -> str:
        """Tag colour."""
        return {"现行有效": "ok", "尚未施行": "brand"}.get(self.value, "warn")


def standing_of(law: Law, day: dt.date) -> LawStanding:
    """Where the text stands on the day."""
    if day < law.effective_from:
        return LawStanding.UPCOMING
    if law.is_in_force_on(day):
        return LawStanding.IN_FORCE
    return {"replaced": LawStanding.REPLACED, "repealed": LawStanding.REPEALED}.get(
        law.ending, LawStanding.ENDED
    )


@dataclass(frozen=True, slots=True)
class GoverningText:
    """The text of a law in force on a day, and in it the provision asked for, where the register holds it."""

    law: Law | None
    provision: Provision | None


def revisions_of(name: str) -> list[Law]:
    """Every text of a law, newest first, each with what came after it."""
    texts = Law.objects.filter(name=name).select_related("succeeded_by")
    return sorted(texts, key=lambda text: text.effective_from, reverse=True)


def law_list(*, query: str = "", level: str = "", in_force_on: dt.date | None = None) -> QuerySet[Law]:
    """Texts whose title holds every word, by level and title, with `provision_count`."""
    laws = Law.objects.select_related("succeeded_by").annotate(provision_count=Count("provisions"))
    for word in query.split():
        laws = laws.filter(name__icontains=word)
    if level in LawLevel.values:
        laws = laws.filter(level=level)
    if in_force_on is not None:
        laws = laws.in_force_on(in_force_on)
    return laws.order_by("name", "-effective_from")


def text_in_force(name: str, *, on: dt.date) -> Law | None:
    """The one text of this title in force on the day."""
    return Law.objects.filter(name=name).in_force_on(on).first()


def provision_on(reference: Mapping[str, Any], day: dt.date) -> GoverningText:
    """Which text governs what the reference names, on `day`. Numbers are taken as they stand in the reference."""
    law = text_in_force(str(reference.get("law") or ""), on=day)
    return GoverningText(law, _provision_in(law, reference) if law else None)


def texts_cited(references: Sequence[Mapping[str, Any]], *, day: dt.date) -> list[GoverningText]:
    """The text each reference means when it is written on `day`: the one in force, else the last before it. Two queries.

    A list may still cite a repealed law for acts committed under it.
    """
    names = {str(reference.get("law") or "") for reference in references}
    begun = Law.objects.filter(name__in=names, effective_from__lte=day).order_by("effective_from")
    laws = {law.name: law for law in begun}
    provisions = {
        (one.law.name, one.article, one.paragraph, one.item): one
        for one in Provision.objects.filter(law__in=laws.values()).select_related("law")
    }
    return [_cited_text(reference, laws, provisions) for reference in references]


def _cited_text(
    reference: Mapping[str, Any], laws: Mapping[str, Law], provisions: Mapping[tuple[Any, ...], Provision]
) -> GoverningText:
    name = str(reference.get("law") or "")
    numbers = tuple(reference.get(part) for part in ("article", "paragraph", "item"))
    return GoverningText(law=laws.get(name), provision=provisions.get((name, *numbers)))


def became(reference: Mapping[str, Any], *, cited_on: dt.date, day: dt.date) -> tuple[Provision, ...]:
    """What a provision cited on one day is on another: itself, its renumbered successors, or nothing.

    Follows 新旧条款对应 forward over as many revisions as lie between; a text kept word for word under the same number
    needs no entry there, as long as the law keeps its title. Empty when the law is gone without a known successor.
    """
    start = provision_on(reference, cited_on)
    if start.law is None:
        return ()
    if start.provision is None:
        same = provision_on(reference, day).provision
        return (same,) if same else ()
    seen: set[int] = set()
    waiting, found = [start.provision], []
    while waiting:
        provision = waiting.pop(0)
        if provision.pk in seen:
            continue
        seen.add(provision.pk)
        if provision.law.is_in_force_on(day):
            found.append(provision)
        else:
            waiting.extend(_next_of(provision, day))
    return tuple(found)


def _next_of(provision: Provision, day: dt.date) -> list[Provision]:
    named = [
        succession.new for succession in provision.successions.select_related("new__law").order_by("new_id")
    ]
    if named or provision.law.effective_from > day:
        return named
    law = text_in_force(provision.law.name, on=day)
    same = _provision_in(law, provision.as_reference()) if law else None
    return [same] if same else []


def _provision_in(law: Law, reference: Mapping[str, Any]) -> Provision | None:
    article = reference.get("article")
    if article is None:
        return None
    return (
        Provision.objects.filter(
            law=law, article=article, paragraph=reference.get("paragraph"), item=reference.get("item")
        )
        .select_related("law")
        .first()
    )


def citations_of(*, names: Iterable[str], on: dt.date) -> QuerySet[EntryCitation]:
    """Citations of these laws by versions in force on the day, in printed order."""
    return (
        EntryCitation.objects.filter(
            law_name__in=list(names), version__in=RuleVersion.objects.in_force_on(on)
        )
        .select_related("version__document__agency")
        .order_by("version__document__region_code", "version__document__title", "pk")
    )


def find_text(*, name: str, effective_from: dt.date) -> Law | None:
    """One text with its provisions and what each of them became."""
    provisions = Provision.objects.order_by("article", "paragraph", "item").prefetch_related(
        "successions__new__law", "origins__old__law"
    )
    return (
        Law.objects.filter(name=name, effective_from=effective_from)
        .select_related("succeeded_by")
        .prefetch_related(Prefetch("provisions", queryset=provisions))
        .first()
    )
