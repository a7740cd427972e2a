"""试算: the page computes what `recommend` computes, asks for what is open, and stores nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from discretion.models import Benchmark
from discretion.rules import recommend
from discretion.rules.asked_facts import asked_facts
from discretion.rules.import_research import read_research_text
from discretion.selectors import benchmark_rules, benchmark_vocabulary
from discretion.trial import questions_of, run_trial
from enforcement.conditions.facts import parse_fact
from enforcement.conditions.vocabulary import FactType
from enforcement.ledger.models import LedgerEntry
from tests.cast import raise_cast
from tests.discretion.research_file import import_as_draft, publish_over_http, research_bytes

DRAFTS = {draft.id: draft for draft in read_research_text(research_bytes().decode())}
PUBLIC = "/public/standards/market-standard/v1/"
OFFICER = "/officer/standards/market-standard/v1/"


@pytest.fixture
def public(db: None) -> Client:
    cast = raise_cast()
    import_as_draft(cast, "/officer/standards/", research_bytes(), "market-standard")
    publish_over_http(cast, OFFICER)
    return Client()


def sample_answer(benchmark: Benchmark, code: str) -> str:
    """Some valid answer to a fact, as typed into the form."""
    definition = benchmark_vocabulary(benchmark)[code]
    match definition.type:
        case FactType.BOOLEAN:
            return "true"
        case FactType.CHOICE | FactType.GRADE:
            return definition.options[0]
        case FactType.MONEY:
            return "10000"
        case FactType.DATE:
            return "2025-03-01"
        case _:
            return "2"


@pytest.mark.parametrize("id", sorted(DRAFTS))
def test_every_fact_the_benchmark_needs_is_asked(id: str) -> None:
    draft = DRAFTS[id]
    asked = set(asked_facts(draft.rules))
    assert asked
    assert {need.fact for need in recommend(draft.rules, {}, draft.vocabulary).needs} <= asked
    assert {fact["code"] for fact in draft.declared_facts} <= asked
    assert len(questions_of(draft.rules, draft.vocabulary)) == len(asked)


@pytest.mark.parametrize("slug", ["t1", "t2", "t3", "t4", "w1", "d1", "m1"])
def test_the_page_shows_what_recommend_computes(public: Client, slug: str) -> None:
    benchmark = Benchmark.objects.get(slug=slug)
    rules, vocabulary = benchmark_rules(benchmark), benchmark_vocabulary(benchmark)
    answers = {code: sample_answer(benchmark, code) for code in asked_facts(rules)}
    facts = {code: parse_fact(vocabulary[code], raw) for code, raw in answers.items()}
    expected = recommend(rules, facts, vocabulary)
    text = public.get(f"{PUBLIC}{slug}/trial/", answers).content.decode()
    assert run_trial(rules, facts, vocabulary).headline in text
    for option in expected.options:
        assert option.name in text
        for one in option.ranges:
            assert one.amount.text in text
            assert all(step in text for step in one.amount.steps)
    assert all(need.label in text for need in expected.needs)


def count_code() -> str:
    return asked_facts(DRAFTS["T1"].rules)[0]


@pytest.mark.parametrize(
    ("count", "tier", "amount"),
    [("1", "情节较轻", "2,000元"), ("2", "情节较重", "5,000元"), ("3", "情节严重", "10,000元")],
)
def test_the_tier_follows_the_answer(public: Client, count: str, tier: str, amount: str) -> None:
    response = public.get(f"{PUBLIC}t1/trial/", {count_code(): count}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text, "a script gets the result alone"
    assert f"<h3>{tier}</h3>" in text and amount in text and "有结果" in text


def test_open_facts_are_named(public: Client) -> None:
    code = asked_facts(DRAFTS["W1"].rules)[-1]
    raw = "2" if DRAFTS["W1"].vocabulary[code].type is not FactType.BOOLEAN else "true"
    text = public.get(f"{PUBLIC}w1/trial/", {code: raw}).content.decode()
    assert "还要查明下列事实" in text


def test_an_unreadable_answer_is_named_and_kept(public: Client) -> None:
    text = public.get(f"{PUBLIC}t1/trial/", {count_code(): "两次"}).content.decode()
    assert "应为不小于零的整数" in text and 'value="两次"' in text


def test_a_trial_stores_nothing(public: Client) -> None:
    before = LedgerEntry.objects.count()
    response = public.get(f"{PUBLIC}t1/trial/", {count_code(): "1"})
    assert LedgerEntry.objects.count() == before
    assert not response.cookies
    assert "HX-Request" in response["Vary"]


def test_the_fixture_holds_every_mode() -> None:
    document: dict[str, Any] = json.loads(research_bytes())
    assert {one["mode"] for one in document["matters"]} == {draft.mode.value for draft in DRAFTS.values()}
    assert len({draft.mode for draft in DRAFTS.values()}) == 5
