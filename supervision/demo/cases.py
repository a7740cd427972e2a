"""Four hundred case plans over the two years before `today`. Pure: the same day always gives the same plans.

A plan says what `load_demo` is to make of a case through the ordinary services: who, what, when, the facts, the
statement of facts, how far the case has come, and what was decided. Facts fit the published demonstration rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from cases.statuses import DepartureClass, Outcome
from enforcement.conditions.facts import fact_to_json
from enforcement.conditions.tree import FactValue
from supervision.demo.agencies import AgencySeed
from supervision.demo.case_choices import (
    Departure,
    TargetStage,
    choose_agency,
    choose_departure,
    choose_party,
    choose_stage,
    choose_violation,
    stage_dates,
    wanted_kinds,
)
from supervision.demo.case_facts import NO_COMPULSION, ChosenFacts, facts_for, kinds_available, mildest_kind
from supervision.demo.legal_content import ViolationSeed
from supervision.demo.narratives import SceneOfInspection, figures_named_in, narrative_of
from supervision.demo.parties import demo_parties
from supervision.demo.people import OfficerSeed, demo_officers
from supervision.demo.rules_in_force import GoverningRules, governing_rules

SEED = 20260815
CASE_COUNT = 415
PERIOD_DAYS = 730
NEWEST_ACT_DAYS = 3
# A good share is recent, so that every stage of the procedure has open cases.
RECENT_DAYS = 75
RECENT_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case. `facts` are typed values; `declared_facts` define those whose code begins with `x_`.

    `fine_position` is where inside the chosen tier's range the fine lies (0 lowest, 1 highest), None without fine.
    `entry_serials` are the list entries that match the facts; `stage_dates` the days on which each stage began.
    """

    number: int
    agency_code: str
    officer_keys: tuple[str, str]
    violation_code: str
    party_index: int
    source: str
    place: str
    act_date: dt.date
    found_on: dt.date
    opened_on: dt.date
    facts: dict[str, FactValue]
    declared_facts: tuple[dict[str, Any], ...]
    narrative: str
    target_stage: TargetStage
    stage_dates: tuple[tuple[TargetStage, dt.date], ...]
    entry_serials: tuple[str, ...]
    expected_outcome: Outcome
    outcome: Outcome
    without_compulsion: bool
    departure_class: DepartureClass | None
    departure_reason: str
    fine_position: Decimal | None

    @property
    def departs(self) -> bool:
        """Whether the chosen outcome differs from what the rules give."""
        return self.outcome != self.expected_outcome

    def facts_document(self) -> dict[str, Any]:
        """The facts in the JSON form a case stores."""
        return {code: fact_to_json(value) for code, value in self.facts.items()}


@cache
def demo_cases(today: dt.date) -> tuple[CasePlan, ...]:
    """The plans in order of the day of opening, numbered from 1."""
    random = Random(SEED)  # noqa: S311 - a reproducible demonstration, not a secret
    drafts = sorted(
        (_plan(index, today, random) for index in range(CASE_COUNT)), key=lambda plan: plan.opened_on
    )
    return tuple(replace(plan, number=number) for number, plan in enumerate(drafts, start=1))


def _plan(index: int, today: dt.date, random: Random) -> CasePlan:
    while True:
        oldest = RECENT_DAYS if random.random() < RECENT_SHARE else PERIOD_DAYS
        act_date = today - dt.timedelta(days=random.randint(NEWEST_ACT_DAYS, oldest))
        violation = choose_violation(index, act_date, random)
        agency = choose_agency(violation.line_code, random)
        party_index = choose_party(violation.code, agency, random)
        rules = governing_rules(violation.code, act_date)
        named = figures_named_in(violation.code)
        subject = demo_parties()[party_index].kind
        for kind in wanted_kinds(index, kinds_available(rules), random):
            chosen = facts_for(rules=rules, kind=kind, subject=subject, named=named, random=random)
            if chosen is not None:
                return _drawn_up(
                    index, today, act_date, violation, agency, party_index, rules, chosen, random
                )


def _drawn_up(
    index: int,
    today: dt.date,
    act_date: dt.date,
    violation: ViolationSeed,
    agency: AgencySeed,
    party_index: int,
    rules: GoverningRules,
    chosen: ChosenFacts,
    random: Random,
) -> CasePlan:
    found_on = min(act_date + dt.timedelta(days=random.randint(0, 12)), today)
    opened_on = min(found_on + dt.timedelta(days=random.randint(0, 7)), today)
    expected = Outcome(mildest_kind(chosen.matching) or Outcome.NORMAL)
    departure = choose_departure(index, expected, chosen, random)
    stage = choose_stage(index, opened_on, today, departure.outcome, random)
    officers = _officers_of(agency, found_on, today)
    address = demo_parties()[party_index].address
    place = f"{address.partition('路')[0]}路" if agency.line_code == "JTYS" else address
    scene = SceneOfInspection(
        day=found_on,
        agency=agency.name,
        officers=(officers[0].name, officers[1].name),
        party=demo_parties()[party_index].name,
        address=address,
        place=place,
    )
    facts = _known_at(stage, chosen.facts, random)
    return CasePlan(
        number=0,
        agency_code=agency.code,
        officer_keys=(officers[0].key, officers[1].key),
        violation_code=violation.code,
        party_index=party_index,
        source=random.choice(("inspection", "inspection", "complaint", "transfer")),
        place=place,
        act_date=act_date,
        found_on=found_on,
        opened_on=opened_on,
        facts=facts,
        declared_facts=tuple(fact for fact in rules.declared_facts if fact["code"] in facts),
        narrative=narrative_of(violation_code=violation.code, scene=scene, facts=chosen.facts, random=random),
        target_stage=stage,
        stage_dates=stage_dates(stage, opened_on, today, departure.outcome, random),
        entry_serials=tuple(one.entry.serial for one in chosen.matching),
        expected_outcome=expected,
        outcome=departure.outcome,
        without_compulsion=any(one.entry.kind == NO_COMPULSION for one in chosen.matching),
        departure_class=departure.departure_class,
        departure_reason=departure.reason,
        fine_position=_fine_position(departure, violation, random),
    )


def _known_at(stage: TargetStage, facts: dict[str, FactValue], random: Random) -> dict[str, FactValue]:
    """Nothing is established when a case is filed, and part of it while the investigation lasts."""
    if stage in (TargetStage.FILING, TargetStage.NOT_FILED):
        return {}
    if stage is TargetStage.INVESTIGATION:
        return {code: value for code, value in facts.items() if random.random() < 0.6}
    return dict(facts)


def _fine_position(departure: Departure, violation: ViolationSeed, random: Random) -> Decimal | None:
    low, high = {
        Outcome.NO_PENALTY: (0, 0),
        Outcome.MITIGATED: (0, 0),
        Outcome.LIGHTER: (0, 25),
        Outcome.NORMAL: (30, 60),
        Outcome.HEAVIER: (75, 100),
    }[departure.outcome]
    if departure.outcome == Outcome.NO_PENALTY or not violation.fines:
        return None
    return Decimal(random.randint(low, high)) / 100


def _officers_of(agency: AgencySeed, first: dt.date, last: dt.date) -> tuple[OfficerSeed, OfficerSeed]:
    """Two officers of the agency whose certificates are valid all the time the case may take."""
    valid = list(_valid_officers(agency.code, first, last))
    return valid[0], valid[1]


def _valid_officers(agency_code: str, first: dt.date, last: dt.date) -> Iterator[OfficerSeed]:
    for officer in demo_officers(last):
        certificate = officer.certificate
        if (
            officer.agency_code == agency_code
            and certificate
            and certificate.is_valid_throughout(first, last)
        ):
            yield officer
