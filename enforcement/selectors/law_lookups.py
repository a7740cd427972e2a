"""What people write for a law or a provision → the row of the register, and back.

A title stands for several texts, so a text is written with the day it came into force: 示范法（2018-10-26）.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enforcement import wording
from enforcement.citations import read_citations
from enforcement.models import Law, Provision

_DATED = re.compile(r"》\s*[（(]\s*(\d{4}-\d{2}-\d{2})\s*[）)]")


def label_of_law(law: Law) -> str:
    """示范法（2018-10-26）"""
    return f"{law.name}（{law.effective_from.isoformat()}）"


def label_of_provision(provision: Provision) -> str:
    """《示范法》（2018-10-26）第七十条第一款. Needs the law loaded."""
    printed = wording.provision_text(provision.as_reference())
    return printed.replace("》", f"》（{provision.law.effective_from.isoformat()}）", 1)


def law_ids() -> Mapping[str, int]:
    """Id of a text by its label, and by its title alone where the title has one text. One query."""
    laws = list(Law.objects.order_by("name"))
    ids: dict[str, int] = {}
    for law in laws:
        label = label_of_law(law)
        for spelling in (label, unicodedata.normalize("NFKC", label)):
            ids[spelling] = law.pk
    texts = Counter(law.name for law in laws)
    ids.update({law.name: law.pk for law in laws if texts[law.name] == 1})
    return ids


def law_label(value: object) -> str:
    """The label for an id, as an export writes it; a label stays as it is."""
    if not isinstance(value, int):
        return str(value or "")
    law = Law.objects.filter(pk=value).first()
    return label_of_law(law) if law is not None else ""


def provision_label(value: object) -> str:
    """The same for a provision."""
    if not isinstance(value, int):
        return str(value or "")
    provision = Provision.objects.select_related("law").filter(pk=value).first()
    return label_of_provision(provision) if provision is not None else ""


def provision_ids() -> Mapping[str, int]:
    """Id of every provision by its label. One query."""
    rows = Provision.objects.select_related("law")
    ids: dict[str, int] = {}
    for row in rows:
        label = label_of_provision(row)
        for spelling in (label, unicodedata.normalize("NFKC", label)):
            ids[spelling] = row.pk
    return ids


def provision_named(text: str) -> Provision | None:
    """The one provision a label or citation names; None for none or several."""
    found = resolve_citations([text])[text]
    return found.provisions[0] if len(found.provisions) == 1 and not found.unknown else None


@dataclass(frozen=True, slots=True)
class ResolvedCitations:
    """The provisions that several lines name, in order; `unknown` are the lines the register has no row for."""

    provisions: tuple[Provision, ...]
    unknown: tuple[str, ...]


def resolve_citations(texts: Iterable[str]) -> dict[str, ResolvedCitations]:
    """Each text of citations, one a line, with the rows it names. One query for all.

    A citation with the day of a text means that text; without it, the newest text of the title that has the provision.
    """
    read = {text: [(line, _read_line(line)) for line in text.splitlines() if line.strip()] for text in texts}
    names = {reference[0] for lines in read.values() for _line, found in lines for reference in found}
    rows = Provision.objects.filter(law__name__in=names).select_related("law").order_by("law__effective_from")
    known: dict[tuple[object, ...], Provision] = {}
    for row in rows:
        numbers = (row.article, row.paragraph, row.item)
        known[(row.law.name, *numbers, "")] = row
        known[(row.law.name, *numbers, row.law.effective_from.isoformat())] = row
    resolved: dict[str, ResolvedCitations] = {}
    for text, lines in read.items():
        found, unknown = [], []
        for line, references in lines:
            provisions = [known.get(reference) for reference in references]
            found += [one for one in provisions if one is not None]
            if not references or None in provisions:
                unknown.append(line.strip())
        resolved[text] = ResolvedCitations(tuple(dict.fromkeys(found)), tuple(unknown))
    return resolved


def _read_line(line: str) -> list[tuple[object, ...]]:
    """(title, article, paragraph, item, day or "") of each citation in a line."""
    dated = _DATED.search(line)
    day = dated.group(1) if dated else ""
    return [
        (one["law"], one["article"], one["paragraph"], one["item"], day)
        for one in read_citations(line).references
        if one["law"] and one["article"] is not None
    ]


def printed_citations(provisions: Iterable[Provision]) -> str:
    """Citations, one a line, without days."""
    return "\n".join(wording.provision_text(one.as_reference()) for one in provisions)
