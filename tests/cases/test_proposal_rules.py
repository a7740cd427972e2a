"""What stands against a proposal, at every limit. Amounts in fen; the statute runs from 200 to 5,000 yuan."""

from __future__ import annotations

from typing import Any

import pytest

from cases.analysis import Analysis
from cases.proposal_rules import ProposalDraft, proposal_problems
from cases.statuses import Outcome
from discretion.rules import AmountRange

TIER = AmountRange("", 50000, 200000, True, False)
STATUTE = AmountRange("", 20000, 500000)
REASONS = "当事人另有隐瞒销售记录的情节，现有事实项没有反映出来。"


def analysis(outcome: Outcome | None = Outcome.NORMAL) -> Analysis:
    penal = outcome is not None and outcome is not Outcome.NO_PENALTY
    ranges = (TIER,) if penal else ()
    document: dict[str, Any] = {"range_text": TIER.text, "questions": []}
    return Analysis("settled", outcome, None, 1, "一般" if penal else "", ranges, (STATUTE,), document)


def fields(draft: ProposalDraft, found: Analysis | None = None) -> list[str]:
    return [problem.field for problem in proposal_problems(draft, found or analysis())]


def following(fen: int, **changes: Any) -> ProposalDraft:
    return ProposalDraft(**{"outcome": "normal", "follows_analysis": True, "fines": {"": fen}, **changes})


def departing(fen: int, **changes: Any) -> ProposalDraft:
    reasoned = {"departure_class": "facts", "departure_reasons": REASONS, "follows_analysis": False}
    return following(fen, **{**reasoned, **changes})


@pytest.mark.parametrize(
    ("fen", "problems"), [(49999, ["fine"]), (50000, []), (199999, []), (200000, ["fine"]), (0, ["fine"])]
)
def test_following_stays_inside_the_tier(fen: int, problems: list[str]) -> None:
    assert fields(following(fen)) == problems


@pytest.mark.parametrize(("fen", "problems"), [(20000, []), (500000, []), (500001, ["fine"])])
def test_departing_stays_inside_the_statute(fen: int, problems: list[str]) -> None:
    assert fields(departing(fen)) == problems


def test_below_the_minimum_is_mitigation_and_needs_its_ground() -> None:
    assert fields(departing(19999)) == ["outcome", "mitigation_basis"]
    assert fields(departing(19999, outcome="mitigated")) == ["mitigation_basis"]
    assert fields(departing(19999, outcome="mitigated", mitigation_basis="第三十二条第一项")) == []


@pytest.mark.parametrize(
    ("reasons", "problems"),
    [("字" * 19, ["departure_reasons"]), ("字" * 20, []), ("字" * 19 + "   ", ["departure_reasons"])],
)
def test_departure_reasons_have_twenty_signs(reasons: str, problems: list[str]) -> None:
    assert fields(departing(60000, departure_reasons=reasons)) == problems


def test_departure_needs_a_class() -> None:
    assert fields(departing(60000, departure_class="")) == ["departure_class"]


def test_following_means_the_advised_outcome_and_tier() -> None:
    assert fields(following(60000, outcome="heavier")) == ["outcome"]
    assert fields(following(60000, tier_label="严重")) == ["tier_label"]
    assert fields(following(60000), analysis(None))[0] == "outcome"


def test_no_penalty_needs_education_and_takes_no_fine() -> None:
    free = analysis(Outcome.NO_PENALTY)
    draft = ProposalDraft(outcome="no_penalty", follows_analysis=True, education="已教育")
    assert fields(draft, free) == []
    assert fields(ProposalDraft(outcome="no_penalty", follows_analysis=True), free) == ["education"]
    with_fine = ProposalDraft(
        outcome="no_penalty", follows_analysis=True, education="已教育", fines={"": 100}
    )
    assert fields(with_fine, free) == ["fine"]


def test_a_penalty_without_fine_or_measure_is_incomplete() -> None:
    assert fields(ProposalDraft(outcome="normal", follows_analysis=True)) == ["fine"]
