"""Recorded law situations run through the real rules, and the runner itself."""

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from cases.law_cases import run_law_cases, same
from cases.statutory_leniency import Harm, LeniencyFacts, Outcome, statutory_leniency

FOLDER = Path(__file__).parent.parent / "law_cases"
SITUATIONS = [
    one for path in sorted(FOLDER.glob("*.yaml")) for one in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one["name"])
def test_situation(situation: dict) -> None:
    (result,) = run_law_cases([{"id": situation["name"], **situation}])
    assert result.problem == ""
    assert result.differences == ()


def test_situations_cover_every_operation_of_this_file() -> None:
    assert {one["op"] for one in SITUATIONS} >= {
        "leniency",
        "range",
        "concurrent",
        "law_choice",
        "officer_check",
        "deadline",
    }


def test_unknown_operation_fails() -> None:
    (result,) = run_law_cases([{"id": "X", "op": "fortune_telling", "given": {}, "expect": {}}])
    assert not result.passed
    assert "unknown op" in result.problem


def test_unreadable_given_fails_instead_of_stopping_the_run() -> None:
    results = run_law_cases(
        [
            {"id": "bad", "op": "range", "given": {"min": "1"}, "expect": {}},
            {"id": "good", "op": "range", "given": {"min": "1", "max": "2"}, "expect": {"max": "2"}},
        ]
    )
    assert [result.passed for result in results] == [False, True]


@pytest.mark.parametrize(
    ("expected", "got", "equal"),
    [
        ("50000", "50000.00", True),
        (2, "2.00", True),
        (1, True, False),
        (True, True, True),
        (None, None, True),
        (None, False, False),
        ("old", "new", False),
    ],
)
def test_same(expected: object, got: object, equal: bool) -> None:
    assert same(expected, got) is equal


def _written(tmp_path: Path, document: object) -> str:
    path = tmp_path / "situations.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_command_prints_failures_and_counts(tmp_path: Path) -> None:
    vectors = [
        {"id": "A", "op": "range", "given": {"min": "1", "max": "2"}, "expect": {"max": "3.00"}},
        {"id": "B", "op": "concurrent", "given": {"provisions": []}, "expect": {"choose": None}},
    ]
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_law_cases", _written(tmp_path, vectors), stdout=out)
    assert stopped.value.code == 1
    assert out.getvalue().splitlines() == ['A: max: expected "3.00", got "2.00"', "1 passed, 1 failed"]


def test_command_filters_operations(tmp_path: Path) -> None:
    vectors = [
        {"id": "A", "op": "range", "given": {"min": "1", "max": "2"}, "expect": {"max": "3.00"}},
        {"id": "B", "op": "concurrent", "given": {"provisions": []}, "expect": {"choose": None}},
    ]
    out = StringIO()
    call_command("check_law_cases", _written(tmp_path, vectors), "--ops", "concurrent", stdout=out)
    assert out.getvalue().strip() == "1 passed, 0 failed"


def test_command_refuses_a_file_that_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("check_law_cases", _written(tmp_path, {"other": 1}))


def test_open_facts_are_only_those_that_matter() -> None:
    hopeless = LeniencyFacts(minor=None, timely_corrected=False, harm=Harm.SERIOUS, first_violation=None)
    assert statutory_leniency(hopeless).outcome is Outcome.NORMAL
    undecided = LeniencyFacts(minor=True, timely_corrected=None, harm=Harm.NONE)
    assert statutory_leniency(undecided).open_facts == ("timely_corrected",)


def test_unused_option_falls_back_to_the_mandatory_softening() -> None:
    finding = statutory_leniency(
        LeniencyFacts(timely_corrected=True, harm=Harm.SLIGHT, first_violation=True, age_at_act=15)
    )
    assert finding.outcome is Outcome.MAY_NOT
    assert finding.otherwise is Outcome.MUST_SOFTEN
