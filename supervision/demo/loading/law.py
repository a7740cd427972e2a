"""Laws, provisions and violations of the demonstration, with their first line of history."""

from __future__ import annotations

import datetime as dt

from enforcement.actors import SYSTEM
from enforcement.models import Law, Provision, ProvisionSuccession, Violation
from enforcement.services.bulk_register_rows import create_rows
from enforcement.services.violations import link_provisions
from supervision.demo.law_changes import LEVEL_CODES, MAKERS, LawChangeSeed, law_changes, successions
from supervision.demo.legal_content import Citation, LawSeed, ViolationSeed, read_laws, read_violations
from supervision.demo.loading.regions_and_lines import FIRST_LOAD, registered_at

Provisions = dict[tuple[str, int, int | None, int | None], Provision]


def load_law(*, today: dt.date) -> dict[str, Violation]:
    """Every text with its provisions, what became of them, and the violations by code."""
    at = registered_at(today)
    texts: dict[str, Law] = {}
    # A text names the one that took over, which is the later one: newest first.
    for seed in sorted(read_laws(), key=lambda law: law.effective_from, reverse=True):
        row = _text(seed, texts)
        texts[seed.alias] = create_rows(actor=SYSTEM, model=Law, rows=[row], reason=FIRST_LOAD, at=at)[0]
    seeds = [(texts[law.alias], one) for law in read_laws() for one in law.provisions]
    rows = [
        Provision(law=law, article=one.article, paragraph=one.paragraph, item=one.item, gist=one.gist)
        for law, one in seeds
    ]
    create_rows(actor=SYSTEM, model=Provision, rows=rows, reason=FIRST_LOAD, at=at)
    by_place = {(row.law.name, row.article, row.paragraph, row.item): row for row in rows}
    _load_successions(by_place, at)
    return _load_violations(at)


def _text(seed: LawSeed, texts: dict[str, Law]) -> Law:
    change = law_changes().get(seed.alias, LawChangeSeed())
    return Law(
        name=seed.name,
        level=LEVEL_CODES[seed.level],
        issued_by=MAKERS[seed.level],
        change_kind=change.change_kind,
        effective_from=seed.effective_from,
        effective_until=seed.effective_until,
        ending=change.ending,
        succeeded_by=texts[change.succeeded_by] if change.succeeded_by else None,
    )


def _load_successions(provisions: Provisions, at: dt.datetime) -> None:
    rows = [
        ProvisionSuccession(old=provisions[_key(old)], new=provisions[_key(new)])
        for old, new in successions()
    ]
    create_rows(actor=SYSTEM, model=ProvisionSuccession, rows=rows, reason=FIRST_LOAD, at=at)


def _load_violations(at: dt.datetime) -> dict[str, Violation]:
    rows = [_violation(act) for act in read_violations()]
    create_rows(actor=SYSTEM, model=Violation, rows=rows, reason=FIRST_LOAD, at=at)
    link_provisions(rows)
    return {row.code: row for row in rows}


def _violation(act: ViolationSeed) -> Violation:
    return Violation(
        code=act.code,
        name=act.name,
        line_id=act.line_code,
        violated_text="\n".join(citation.text for citation in act.violated),
        punished_text="\n".join(citation.text for citation in act.punished_by),
        statutory_fine=act.statutory_fine,
        is_high_frequency=act.is_high_frequency,
        key_area=act.key_area,
    )


def _key(citation: Citation) -> tuple[str, int, int | None, int | None]:
    return (citation.law, citation.article, citation.paragraph, citation.item)
