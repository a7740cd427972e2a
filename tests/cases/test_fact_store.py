"""The fact store: typed columns, nothing that names a person, complete at its watermark, written again when in doubt."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest
from django.utils import timezone

from cases.fact_store.columns import LEADING, typed_frame
from cases.fact_store.decided import DecidedCase
from cases.fact_store.keeping import holds, refresh, store_root
from cases.fact_store.manifest import LIST_NAME, in_place_of, read_manifest
from cases.models import Decision
from cases.selectors.decided_cases import decided_cases, declared_types
from enforcement.conditions.compile import column_type
from enforcement.conditions.vocabulary import STANDARD, FactType
from tests.case_builders import MINOR_CORRECTED, answer, decide, make_case
from tests.enforcement.random_conditions import VOCABULARY

NOW = dt.timedelta(0)
DAY = dt.date(2025, 3, 1)
TYPES = {code: definition.type for code, definition in VOCABULARY.items()}


def row(case_id: int, **facts) -> DecidedCase:
    return DecidedCase(case_id, 1, "SCJG", "530102", DAY, "normal", facts)


def decided(world, facts):
    return decide(world, answer(world, make_case(world), facts), outcome="no_penalty") if facts else None


def content(root):
    """Everything the store holds, by file place."""
    manifest = read_manifest(root)
    return {
        (one.violation_id, one.year): pl.read_parquet(root / one.file).sort("case_id").rows()
        for one in manifest.partitions
    }


def test_no_fact_has_the_name_of_a_leading_column():
    assert LEADING.keys().isdisjoint(STANDARD)


def test_columns_have_the_types_conditions_are_compiled_for():
    answers = {"flag": True, "count": 2, "ratio": "0.1", "money": 800_001, "kind": "甲", "grade": "无"}
    frame, left_out = typed_frame([row(2, **answers, day="2024-02-29"), row(1)], TYPES)
    for code in (*answers, "day"):
        assert frame.schema[code] == column_type(VOCABULARY[code])
        assert frame[code].to_list()[0] is None
    assert frame["case_id"].to_list() == [1, 2]
    assert frame["money"].to_list()[1] == 800_001 and str(frame["ratio"].to_list()[1]) == "0.100000"
    assert left_out == frozenset()


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"text": "某店老板"}, False),
        ({"x_unknown": "某店老板"}, False),
        ({"x_unknown": "1.5"}, False),
        ({"x_unknown": True}, True),
        ({"x_unknown": 3}, True),
        ({"x_unknown": None}, True),
        ({"kind": "丁"}, True),
    ],
)
def test_free_text_and_facts_of_no_known_type_are_left_out(facts, kept):
    frame, left_out = typed_frame([row(1, **facts)], TYPES)
    assert left_out == (frozenset() if kept else frozenset(facts))
    assert "某店老板" not in str(frame.rows())


def test_an_answer_of_another_type_counts_as_unknown():
    frame, _ = typed_frame(
        [row(1, count="许多", kind=3, ratio="x"), row(2, count=1, kind="甲", ratio="1")], TYPES
    )
    assert frame.select("count", "kind", "ratio").rows()[0] == (None, None, None)


def test_a_failed_writing_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="stop"), in_place_of(path) as temporary:
        temporary.write_text("half")
        raise ValueError("stop")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_new_decisions_join_their_partition_and_a_rebuild_gives_the_same(world):
    decided(world, MINOR_CORRECTED)
    first = refresh(margin=NOW)
    decided(world, MINOR_CORRECTED)
    second = refresh(margin=NOW)
    assert (first.decisions, second.decisions) == (1, 2)
    grown = content(store_root())
    assert refresh(margin=NOW) == second, "nothing new: the same list"
    refresh(rebuild=True, margin=NOW)
    assert content(store_root()) == grown
    assert len(grown) == 1


def test_decisions_within_the_margin_wait(world):
    decided(world, MINOR_CORRECTED)
    manifest = refresh(margin=dt.timedelta(hours=1))
    assert manifest.decisions == 0 and holds(manifest)


def test_a_decision_committed_behind_the_watermark_is_noticed(world, monkeypatch):
    decided(world, MINOR_CORRECTED)
    manifest = refresh(margin=NOW)
    earlier = timezone.now() - dt.timedelta(hours=2)
    late = make_case(world)
    answer(world, late, MINOR_CORRECTED)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: earlier)
        decide(world, late, outcome="no_penalty")
    assert Decision.objects.filter(recorded_at__lt=manifest.watermark).count() == 2
    assert not holds(manifest)
    assert refresh(margin=NOW).decisions == 2


@pytest.mark.parametrize("damage", ["list", "file", "format"])
def test_a_damaged_store_is_written_anew(world, damage):
    decided(world, MINOR_CORRECTED)
    manifest = refresh(margin=NOW)
    path = store_root() / (manifest.partitions[0].file if damage == "file" else LIST_NAME)
    if damage == "format":
        path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    else:
        path.unlink()
    assert refresh(margin=NOW).decisions == 1
    assert content(store_root())


def test_facts_are_those_the_decision_rests_on(world):
    decision = decided(world, MINOR_CORRECTED)
    case = decision.case
    case.refresh_from_db()
    case.facts = {"harm": {"value": "严重", "source": "officer"}}
    case.region_code = "530103"
    case.save()
    (found,) = decided_cases(Decision.objects.all())
    assert (found.region_code, found.line_code, found.violation_id) == ("530102", "SCJG", case.violation_id)
    assert found.facts["harm"] == "轻微" and found.facts["offence_count"] == 1
    assert found.facts == {
        code: fact["value"] for code, fact in decision.snapshot["analysis"]["facts"].items()
    }


def test_the_store_names_nobody(world):
    decision = decided(world, MINOR_CORRECTED)
    refresh(margin=NOW)
    kept = json.dumps([str(rows) for rows in content(store_root()).values()], ensure_ascii=False)
    party = decision.snapshot["party"]
    for text in (party["name"], party["identifier"], decision.number, decision.case.number, "杨叙"):
        assert text and text not in kept


def test_every_declared_fact_has_a_type(world):
    types = declared_types()
    assert types["harm"] is FactType.GRADE and types["offence_count"] is FactType.INTEGER
