"""Which lists in force stand on law that has since ended, been renumbered or been revised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch

from enforcement import wording
from enforcement.models import DocumentKind, EntryCitation, Law, Provision, ProvisionSuccession, RuleVersion


class Staleness(StrEnum):
    """Why a citation deserves a look."""

    ENDED = "ended"
    RENUMBERED = "renumbered"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class StaleCitation:
    """One citation with what happened to the law since. `becomes` are the provisions to cite now, where known."""

    citation: EntryCitation
    reason: Staleness
    law: Law
    becomes: tuple[Provision, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened and what to do."""
        cited = wording.provision_text(self.citation.as_reference())
        where = f"第 {self.citation.serial} 条引用的{cited}"
        now = "、".join(wording.provision_text(one.as_reference()) for one in self.becomes)
        match self.reason:
            case Staleness.ENDED:
                ended = self.law.effective_until
                word = "废止" if self.law.ending == "repealed" else "失效"
                then = f"，现为{now}" if now else _absorbed_by(self.law)
                return f"{where}已于{wording.date_zh(ended) if ended else '此前'}{word}{then}。请在下一版中修改。"
            case Staleness.RENUMBERED:
                since = wording.date_zh(self.law.effective_from)
                return f"{where}自{since}起改为{now}。请在下一版中修改。"
            case _:
                since = wording.date_zh(self.law.effective_from)
                return f"{where}有了自{since}起施行的新文本。请核对内容有没有变化。"


def _absorbed_by(law: Law) -> str:
    return f"，由{wording.law_title(law.succeeded_by.name)}接续" if law.succeeded_by else ""


def stale_citations(
    *, on: dt.date, kind: DocumentKind | None = None, versions: Iterable[RuleVersion] | None = None
) -> tuple[StaleCitation, ...]:
    """Citations by versions in force on `on` whose law is no longer what the version was made on. Four queries.

    A law the register does not know is not judged. An entry that also cites the text that took over is in order.
    """
    in_force = RuleVersion.objects.in_force_on(on)
    if kind is not None:
        in_force = in_force.filter(document__kind=kind)
    if versions is not None:
        in_force = in_force.filter(pk__in=[version.pk for version in versions])
    citations = list(
        EntryCitation.objects.filter(version__in=in_force)
        .select_related("version__document__agency")
        .order_by("version__document__region_code", "version__document__title", "pk")
    )
    texts = _texts({citation.law_name for citation in citations})
    cited_together: dict[tuple[int, str], set[str]] = {}
    for citation in citations:
        cited_together.setdefault((citation.version_id, citation.slug), set()).add(citation.law_name)
    judged = (
        _judge(
            citation,
            texts.get(citation.law_name, ()),
            beside=cited_together[citation.version_id, citation.slug],
            on=on,
        )
        for citation in citations
    )
    return tuple(one for one in judged if one is not None)


def stale_by_version(stale: Iterable[StaleCitation]) -> dict[int, list[StaleCitation]]:
    """The same, by the id of the version."""
    grouped: dict[int, list[StaleCitation]] = {}
    for one in stale:
        grouped.setdefault(one.citation.version_id, []).append(one)
    return grouped


def _texts(names: set[str]) -> Mapping[str, Sequence[Law]]:
    successions = ProvisionSuccession.objects.select_related("new__law").order_by("new_id")
    provisions = Provision.objects.prefetch_related(Prefetch("successions", queryset=successions))
    laws = (
        Law.objects.filter(name__in=names)
        .select_related("succeeded_by")
        .prefetch_related(Prefetch("provisions", queryset=provisions))
        .order_by("name", "effective_from")
    )
    grouped: dict[str, list[Law]] = {}
    for law in laws:
        grouped.setdefault(law.name, []).append(law)
    return grouped


def _judge(
    citation: EntryCitation, texts: Sequence[Law], *, beside: set[str], on: dt.date
) -> StaleCitation | None:
    current = next((text for text in texts if text.is_in_force_on(on)), None)
    made_on = citation.version.effective_from or on
    cited = next((text for text in texts if text.is_in_force_on(made_on)), None)
    if current is None:
        ended = [text for text in texts if text.effective_until is not None and text.effective_until <= on]
        if not ended:
            return None
        last = ended[-1]
        if last.succeeded_by is not None and last.succeeded_by.name in beside:
            return None
        return StaleCitation(citation, Staleness.ENDED, last, _successors(last, citation, on))
    if cited is None or cited.pk == current.pk:
        return None
    moved = tuple(one for one in _successors(cited, citation, on) if one.law_id == current.pk)
    if moved and all(_numbers(one) != _numbers(citation) for one in moved):
        return StaleCitation(citation, Staleness.RENUMBERED, current, moved)
    return StaleCitation(citation, Staleness.REVISED, current)


def _successors(law: Law, citation: EntryCitation, on: dt.date) -> tuple[Provision, ...]:
    """The provisions in force on the day that took over from the cited one, one step on."""
    same = [provision for provision in law.provisions.all() if _numbers(provision) == _numbers(citation)]
    return tuple(
        succession.new
        for provision in same
        for succession in provision.successions.all()
        if succession.new.law.is_in_force_on(on)
    )


def _numbers(place: Provision | EntryCitation) -> tuple[int | None, int | None, int | None]:
    return place.article, place.paragraph, place.item
