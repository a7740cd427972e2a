"""A replay by columns says of every case what the explaining evaluator says of it alone, over random lists and cases."""

from __future__ import annotations

import datetime as dt
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.fact_store.decided import DecidedCase
from cases.fact_store.keeping import write_partition
from cases.replay.engine import PastCases, ReplayPlan, replay
from cases.replay.sides import Matter, ReplayEntry, changed_entries, old_key
from enforcement.conditions.evaluate import Truth, evaluate
from enforcement.conditions.facts import fact_to_json
from enforcement.conditions.tree import Compare, Operator, fact_codes
from enforcement.conditions.vocabulary import FactType
from tests.enforcement.random_conditions import VOCABULARY, random_case, random_tree

KINDS = ("no_penalty", "mitigated", "lighter", "no_compulsion")
LENIENT = ("no_penalty", "mitigated", "lighter")
MATTERS = {1: Matter(1, "A-1", "甲行为"), 2: Matter(2, "A-2", "乙行为"), 3: Matter(3, "A-3", "丙行为")}
TYPES = {code: definition.type for code, definition in VOCABULARY.items()}
LINE, REGION = "SCJG", "5301"
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def entry(condition, *, key="1", kind="no_penalty", violation_id=1, **changes) -> ReplayEntry:
    values = {
        "serial": key,
        "title": MATTERS[violation_id].name if violation_id else "通用条款",
        "mandate": "may",
        "is_general": violation_id is None,
        "violation_name": "",
        "position": 1,
        "definitions": {code: VOCABULARY[code] for code in fact_codes(condition)},
        **changes,
    }
    return ReplayEntry(key=key, kind=kind, violation_id=violation_id, condition=condition, **values)


def random_entry(random: Random, number: int) -> ReplayEntry:
    about = random.choice((1, 1, 2, None))
    named = random.random() < 0.2 and about is not None
    return entry(
        random_tree(random, depth=2),
        key=str(number),
        kind=random.choice(KINDS),
        violation_id=None if named else about,
        is_general=about is None,
        violation_name=MATTERS[about].name if about else "",
        title="条目",
        mandate=random.choice(("must", "may")),
        position=number,
    )


def random_lists(random: Random) -> tuple[tuple[ReplayEntry, ...], tuple[ReplayEntry, ...]]:
    """An old list and a new one in which entries were changed, added and taken out."""
    old = tuple(random_entry(random, number) for number in range(random.randint(0, 7)))
    kept = [one if random.random() < 0.6 else random_entry(random, int(one.key)) for one in old]
    kept = [one for one in kept if random.random() < 0.85]
    return old, (*kept, *(random_entry(random, 10 + number) for number in range(random.randint(0, 2))))


def random_decided(random: Random, case_id: int) -> DecidedCase:
    facts = {code: fact_to_json(value) for code, value in random_case(random).items() if value is not None}
    if random.random() < 0.1:
        facts["grade"] = "特别严重"  # not an option any more
    return DecidedCase(
        case_id=case_id,
        violation_id=random.choice((1, 1, 2, 3)),
        line_code=LINE if random.random() < 0.9 else "STHJ",
        region_code=random.choice(("530102", "530103", "5301", "5303")),
        issued_on=dt.date(random.choice((2024, 2025)), random.randint(1, 12), 5),
        outcome="normal",
        facts=facts,
    )


def past_of(root, rows: list[DecidedCase], newer: list[DecidedCase]) -> PastCases:
    places: dict[tuple[int, int], list[DecidedCase]] = {}
    for row in rows:
        places.setdefault((row.violation_id, row.issued_on.year), []).append(row)
    partitions = tuple(write_partition(root, place, held, TYPES, at=AT) for place, held in places.items())
    return PastCases(
        root=root,
        partitions=partitions,
        rows_of=lambda one: places[one.violation_id, one.year],
        newer=tuple(newer),
    )


def plan_of(old, new, *, line=LINE, region=REGION) -> ReplayPlan:
    return ReplayPlan(tuple(old), tuple(new), line, region, MATTERS)


def naive_conclusion(entries, row: DecidedCase) -> tuple[str, str]:
    """Straight from the sentence “the most lenient entry that applies, unknown stays its own value”."""
    about = [
        one
        for one in entries
        if one.is_general
        or one.violation_id == row.violation_id
        or one.violation_name == MATTERS[row.violation_id].name
    ]
    truths = {kind: {truth_of_case(one, row) for one in about if one.kind == kind} for kind in KINDS}
    penal = next(
        (
            kind if Truth.TRUE in truths[kind] else "unknown"
            for kind in LENIENT
            if truths[kind] & {Truth.TRUE, Truth.UNKNOWN}
        ),
        "none",
    )
    spared = truths["no_compulsion"]
    compulsion = "yes" if Truth.TRUE in spared else ("unknown" if Truth.UNKNOWN in spared else "no")
    return penal, compulsion


def truth_of_case(one: ReplayEntry, row: DecidedCase) -> Truth:
    from enforcement.conditions.facts import FactError, parse_fact

    typed = {}
    for code, raw in row.facts.items():
        try:
            typed[code] = parse_fact(VOCABULARY[code], raw)
        except FactError:
            typed[code] = None
    return evaluate(one.condition, typed, VOCABULARY).truth


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(0, 60))
def test_ids_and_counts_agree_with_evaluating_each_case_by_itself(tmp_path_factory, seed, count):
    random = Random(seed)
    old, new = random_lists(random)
    rows = [random_decided(random, number) for number in range(1, count + 1)]
    split = random.randint(0, count)
    past = past_of(tmp_path_factory.mktemp("store"), rows[:split], rows[split:])
    found = replay(plan_of(old, new), past)
    inside = [row for row in rows if row.line_code == LINE and row.region_code.startswith(REGION)]
    expected = [row.case_id for row in inside if naive_conclusion(old, row) != naive_conclusion(new, row)]
    assert found.cases == len(inside)
    assert sorted(found.changes["case_id"].to_list()) == expected
    # Where the rows lie, in files or behind the watermark, makes no difference, down to the deciding entry.
    by_row = replay(plan_of(old, new), PastCases(past.root, (), past.rows_of, tuple(rows)))
    assert sorted(by_row.changes.rows()) == sorted(found.changes.rows())


def test_the_random_trial_meets_every_conclusion():
    random = Random(5)
    seen = set()
    for _ in range(60):
        old, _new = random_lists(random)
        seen |= {naive_conclusion(old, random_decided(random, 1)) for _ in range(10)}
    assert {penal for penal, _ in seen} == {*LENIENT, "none", "unknown"}
    assert {compulsion for _, compulsion in seen} == {"yes", "no", "unknown"}


FLAG = Compare("flag", Operator.EQ, True)
COUNT = Compare("count", Operator.LE, 1)


def case(case_id: int, violation_id: int = 1, **facts) -> DecidedCase:
    return DecidedCase(case_id, violation_id, LINE, "530102", dt.date(2025, 3, 1), "normal", facts)


@pytest.mark.parametrize(
    ("facts", "changed"),
    [
        ({"flag": True, "count": 0}, None),
        ({"flag": True, "count": 1}, None),
        ({"flag": True, "count": 2}, ("no_penalty", "none")),
        ({"flag": True}, ("no_penalty", "unknown")),
        ({"flag": False}, None),
        ({"count": 2}, ("unknown", "none")),
        ({}, None),
    ],
)
def test_a_stricter_condition_changes_exactly_those_who_lose_it(tmp_path, facts, changed):
    from enforcement.conditions.tree import AllOf

    old, new = [entry(FLAG)], [entry(AllOf((FLAG, COUNT)))]
    found = replay(plan_of(old, new), past_of(tmp_path, [case(7, **facts)], []))
    told = found.changes.select("case_id", "was", "becomes", "entry").rows()
    # The entry named is the new version's where it decides, else the old one's: here both have the key 1.
    assert told == ([] if changed is None else [(7, *changed, "1")])


def test_only_matters_on_which_the_versions_differ_are_opened(tmp_path):
    rows = [case(1, 1, flag=True), case(2, 2, flag=True), case(3, 3, flag=True)]
    past = past_of(tmp_path, rows, [])
    for one in past.partitions:
        if one.violation_id != 2:
            (tmp_path / one.file).unlink()
    old = [entry(FLAG), entry(FLAG, key="2", violation_id=2)]
    new = [entry(FLAG), entry(COUNT, key="2", violation_id=2)]
    seen = []
    found = replay(plan_of(old, new), past, lambda done, total: seen.append((done, total)))
    assert found.evaluated == (2,) and found.by_row == 0
    assert seen == [(2, 3), (3, 3)]


def test_the_same_words_in_another_order_change_nothing(tmp_path):
    old = [entry(FLAG, key="1", position=1), entry(COUNT, key="2", position=2, kind="lighter")]
    new = [entry(COUNT, key="2", position=1, kind="lighter"), entry(FLAG, key="1", position=2)]
    assert replay(plan_of(old, new), past_of(tmp_path, [case(1, flag=True)], [])).evaluated == ()


@pytest.mark.parametrize("damage", ["missing", "broken", "left out"])
def test_what_a_file_cannot_answer_is_evaluated_by_row(tmp_path, damage):
    text = Compare("text", Operator.EQ, "甲")
    past = past_of(tmp_path, [case(1, flag=True, text="甲"), case(2, flag=True, text="乙")], [])
    file = tmp_path / past.partitions[0].file
    if damage == "missing":
        file.unlink()
    if damage == "broken":
        file.write_bytes(b"no parquet")
    condition = text if damage == "left out" else FLAG
    found = replay(plan_of([], [entry(condition)]), past)
    assert found.changes["case_id"].to_list() == ([1] if damage == "left out" else [1, 2])
    assert found.by_row == 2


def test_a_fact_nobody_answered_is_unknown(tmp_path):
    found = replay(plan_of([], [entry(COUNT)]), past_of(tmp_path, [case(1, flag=True)], []))
    assert found.changes.select("was", "becomes").rows() == [("none", "unknown")]


def test_a_fact_stored_with_another_type_is_evaluated_by_row(tmp_path):
    types = {"count": FactType.CHOICE}
    row = case(1, count="2")
    part = write_partition(tmp_path, (1, 2025), [row], types, at=AT)
    past = PastCases(tmp_path, (part,), lambda one: [row])
    found = replay(plan_of([entry(FLAG)], [entry(COUNT)]), past)
    assert found.by_row == 1


def test_an_old_entry_is_found_again_in_the_new_version():
    new = [entry(FLAG, key="2", kind="no_compulsion", title="查封", serial="强-2"), entry(COUNT, key="3")]
    named = {"number": 1, "new": new}
    moved = old_key("no-compulsion-2", kind="no_compulsion", serial="强-2", title="查封", **named)
    taken = old_key("2", kind="no_penalty", serial="2", title="甲行为", **named)
    gone = old_key("9", kind="no_penalty", serial="9", title="甲行为", **named)
    assert (moved, taken, gone) == ("2", "2@1", "9")


def test_changed_entries_are_those_added_changed_and_dropped():
    old = [entry(FLAG, key="1"), entry(FLAG, key="2"), entry(FLAG, key="3")]
    new = [entry(FLAG, key="1", mandate="must"), entry(COUNT, key="2"), entry(FLAG, key="4")]
    assert [one.key for one in changed_entries(old, new)] == ["2", "4", "3"]


def test_changes_have_exactly_the_declared_columns(tmp_path):
    from cases.replay.columnar import CHANGES

    past = past_of(tmp_path, [case(1, flag=True)], [case(2, flag=True)])
    found = replay(plan_of([], [entry(FLAG)]), past)
    assert dict(found.changes.schema) == CHANGES
    assert found.changes["month"].to_list() == ["2025-03", "2025-03"]
    assert isinstance(found.changes, pl.DataFrame)
