"""The analysis of one case, from its rows to a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count

from cases.analysis import Analysis, AnalysisInput, FactRecord, analyse
from cases.models import Case, Decision
from cases.selectors.computed_facts import computed_facts, years_before
from cases.selectors.rules_in_force import rules_in_force, statutory_fine_of, vocabulary_for
from cases.statuses import OPEN_LEVELS, Outcome
from enforcement.actors import Actor
from enforcement.conditions.facts import FactError, parse_fact
from enforcement.conditions.vocabulary import Vocabulary

SIMILAR_AT_LEAST = 5


def analysis_input(case: Case, *, today: dt.date) -> AnalysisInput:
    """Rules, facts and vocabulary of a case; the rules of `today` beside those of the day of the act."""
    at_act = rules_in_force(case, on=case.act_date)
    later = rules_in_force(case, on=today) if today != case.act_date else None
    vocabulary = vocabulary_for([at_act, *([later] if later else [])])
    unanswered = AnalysisInput(
        records={},
        vocabulary=vocabulary,
        at_act=at_act,
        later=later,
        statutory_fine=statutory_fine_of(case),
        key_area=case.violation.key_area,
    )
    return replace(unanswered, records=_records(case, vocabulary, unanswered.fact_codes()))


def analysis_for(*, actor: Actor, case: Case, today: dt.date) -> Analysis:
    """The analysis of a case the actor may see. Needs violation and party loaded; five queries."""
    if not Case.objects.readable_by(actor, on=today).filter(pk=case.pk).exists():
        raise Case.DoesNotExist
    return analyse(analysis_input(case, today=today))


def _records(case: Case, vocabulary: Vocabulary, codes: Iterable[str]) -> dict[str, FactRecord]:
    computed = computed_facts(case, codes)
    records = {code: record for code, record in computed.items() if code in vocabulary}
    for code, held in case.facts.items():
        if code not in vocabulary or held.get("value") is None:
            continue
        try:
            value = parse_fact(vocabulary[code], held["value"])
        except FactError:
            # The list that declared these options has changed; an answer outside them is asked again.
            continue
        if value is not None:
            records[code] = FactRecord(
                value,
                held.get("source", ""),
                held.get("note", ""),
                held.get("by", ""),
                held.get("at_words", ""),
            )
    return records


@dataclass(frozen=True, slots=True)
class SimilarCases:
    """Counts by outcome only; `segments` is empty while there are fewer than five."""

    total: int
    segments: tuple[dict[str, object], ...]

    @property
    def total_text(self) -> str:
        return str(self.total)


def similar_cases(*, actor: Actor, case: Case, today: dt.date) -> SimilarCases:
    """`similar_to` for a case the actor may see, which is asked first."""
    if not Case.objects.readable_by(actor, on=today).filter(pk=case.pk).exists():
        raise Case.DoesNotExist
    return similar_to(case, today=today)


def similar_to(case: Case, *, today: dt.date) -> SimilarCases:
    """Outcomes of the same violation in the line over 24 months: anonymous, no agencies, no amounts.

    For a case that was found for the actor already.
    """
    rows = (
        Decision.objects.filter(
            case__violation_id=case.violation_id,
            case__line_code=case.line_code,
            case__confidentiality__in=OPEN_LEVELS,
            issued_on__gte=years_before(today, 2),
        )
        .exclude(case_id=case.pk)
        .values("outcome")
        .annotate(count=Count("id"))
        .order_by()
    )
    counts = {row["outcome"]: row["count"] for row in rows}
    total = sum(counts.values())
    if total < SIMILAR_AT_LEAST:
        return SimilarCases(total, ())
    segments = tuple(
        {"label": outcome.label, "count": counts[outcome.value]}
        for outcome in Outcome
        if outcome.value in counts
    )
    return SimilarCases(total, segments)
