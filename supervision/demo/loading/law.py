"""Laws, provisions and violations of the demonstration."""

from __future__ import annotations

from enforcement.models import Law, Provision, ProvisionSuccession, Violation
from supervision.demo.law_changes import LEVEL_CODES, MAKERS, LawChangeSeed, law_changes, successions
from supervision.demo.legal_content import Citation, LawSeed, read_laws, read_violations

Provisions = dict[tuple[str, int, int | None, int | None], Provision]


def load_law() -> dict[str, Violation]:
    """Every text with its provisions, what became of them, and the violations by code."""
    provisions: Provisions = {}
    texts: dict[str, Law] = {}
    # A text names the one that took over, which is the later one: newest first.
    for seed in sorted(read_laws(), key=lambda law: law.effective_from, reverse=True):
        texts[seed.alias] = _load_text(seed, texts)
    for seed in read_laws():
        rows = Provision.objects.bulk_create(
            Provision(
                law=texts[seed.alias],
                article=one.article,
                paragraph=one.paragraph,
                item=one.item,
                gist=one.gist,
            )
            for one in seed.provisions
        )
        provisions.update({(seed.name, row.article, row.paragraph, row.item): row for row in rows})
    ProvisionSuccession.objects.bulk_create(
        ProvisionSuccession(old=provisions[_key(old)], new=provisions[_key(new)])
        for old, new in successions()
    )
    return _load_violations(provisions)


def _load_text(seed: LawSeed, texts: dict[str, Law]) -> Law:
    change = law_changes().get(seed.alias, LawChangeSeed())
    return Law.objects.create(
        name=seed.name,
        level=LEVEL_CODES[seed.level],
        issued_by=MAKERS[seed.level],
        change_kind=change.change_kind,
        effective_from=seed.effective_from,
        effective_until=seed.effective_until,
        ending=change.ending,
        succeeded_by=texts[change.succeeded_by] if change.succeeded_by else None,
    )


def _load_violations(provisions: Provisions) -> dict[str, Violation]:
    loaded: dict[str, Violation] = {}
    for act in read_violations():
        violation = Violation.objects.create(
            code=act.code,
            name=act.name,
            line_id=act.line_code,
            statutory_fine=act.statutory_fine,
            is_high_frequency=act.is_high_frequency,
            key_area=act.key_area,
        )
        violation.violated.set(provisions[_key(citation)] for citation in act.violated)
        violation.punished_by.set(provisions[_key(citation)] for citation in act.punished_by)
        loaded[act.code] = violation
    return loaded


def _key(citation: Citation) -> tuple[str, int, int | None, int | None]:
    return (citation.law, citation.article, citation.paragraph, citation.item)
