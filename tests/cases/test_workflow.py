"""The table of the procedure: complete, followed by one service only, and written down."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest

from cases.guards import CaseSituation
from cases.management.commands.print_workflow import workflow_document
from cases.selectors.case_list import ACT_WORDS
from cases.stages import stage_rail
from cases.statuses import ENDED, CaseStatus, Outcome
from cases.workflow import TRANSITIONS, Act, Route, offered_acts, row_for
from enforcement.actors import Role

ROOT = Path(__file__).resolve().parents[2]
BOTH = frozenset({Role.OFFICER, Role.APPROVER})


def situation(**changes: object) -> CaseSituation:
    ready: dict[str, object] = {
        "status": CaseStatus.INVESTIGATION,
        "today": dt.date(2026, 11, 23),
        "roles": BOTH,
        "actor_account_id": 2,
        "actor_is_handler": True,
        "valid_handlers": 2,
        "narrative": "事实",
        "evidence_count": 1,
    }
    return CaseSituation(**{**ready, **changes})  # type: ignore[arg-type]


def test_every_stage_is_reached_and_left() -> None:
    reached = {CaseStatus.INVESTIGATION} | {row.target for row in TRANSITIONS}
    left = {source for row in TRANSITIONS for source in row.sources}
    assert reached == set(CaseStatus)
    assert left == set(CaseStatus) - ENDED
    assert set(ACT_WORDS) == left


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.name}-{row.target}")
def test_every_row_has_a_duty_a_law_and_a_way_to_tell_it_from_its_namesakes(row) -> None:  # type: ignore[no-untyped-def]
    assert row.roles
    assert "第" in row.law_reference
    namesakes = [other for other in TRANSITIONS if other.name == row.name]
    assert len({other.route for other in namesakes}) == len(namesakes)
    assert len(namesakes) == 1 or Route.ANY not in {other.route for other in namesakes}


def test_every_path_ends() -> None:
    distance = dict.fromkeys(ENDED, 0)
    for _ in CaseStatus:
        for row in TRANSITIONS:
            for source in row.sources:
                if row.target in distance:
                    distance.setdefault(source, distance[row.target] + 1)
    assert set(distance) == set(CaseStatus)


@pytest.mark.parametrize(
    ("outcome", "target"),
    [
        (Outcome.NO_PENALTY, CaseStatus.DECISION),
        (Outcome.LIGHTER, CaseStatus.NOTICE),
        (Outcome.NORMAL, CaseStatus.NOTICE),
    ],
)
def test_approval_leads_to_a_notice_only_when_something_is_imposed(outcome: str, target: str) -> None:
    found = row_for(Act.APPROVE, situation(status=CaseStatus.APPROVAL, outcome=outcome))
    assert found.target == target


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"valid_handlers": 1, "invalid_handlers": ("罗启",)}, "handlers_not_valid"),
        ({"narrative": " "}, "narrative_missing"),
        ({"evidence_count": 0}, "evidence_missing"),
        ({"roles": frozenset({Role.APPROVER})}, "not_permitted"),
        ({"status": CaseStatus.NOTICE}, "wrong_stage"),
    ],
)
def test_proposal_is_refused_for_one_reason_at_a_time(changes: dict[str, object], code: str | None) -> None:
    now = situation(**changes)
    refusal = row_for(Act.SUBMIT_PROPOSAL, now).refusal(now)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"actor_account_id": 1}, "second_person"),
        ({"actor_account_id": None}, "second_person"),
        ({"actor_is_handler": True}, "handler_reviews"),
        ({"proposal_verdict": "approved"}, "no_pending_proposal"),
    ],
)
def test_approval_needs_a_second_person(changes: dict[str, object], code: str | None) -> None:
    ready = {
        "status": CaseStatus.APPROVAL,
        "outcome": "normal",
        "actor_is_handler": False,
        "proposal_verdict": "pending",
        "proposed_by_id": 1,
    }
    now = situation(**{**ready, **changes})
    refusal = row_for(Act.APPROVE, now).refusal(now)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(("outcome", "heard", "code"), [
    ("normal", False, "statement_missing"),
    ("normal", True, None),
    ("no_penalty", False, None),
])  # fmt: skip
def test_no_penalty_without_hearing_the_party(outcome: str, heard: bool, code: str | None) -> None:
    now = situation(
        status=CaseStatus.DECISION, outcome=outcome, proposal_verdict="approved", statement_recorded=heard
    )
    refusal = row_for(Act.ISSUE_DECISION, now).refusal(now)
    assert (refusal.code if refusal else None) == code


def test_buttons_come_from_the_table_with_their_reasons() -> None:
    offered = offered_acts(situation(evidence_count=0))
    assert [one.transition.name for one in offered] == [Act.SUBMIT_PROPOSAL, Act.WITHDRAW]
    assert offered[0].refusal is not None
    assert "证据" in offered[0].refusal.message
    assert offered[1].refusal is not None, "a handler withdraws nothing"
    assert offered_acts(situation(actor_is_handler=False))[1].is_possible
    assert offered_acts(situation(status=CaseStatus.CLOSED)) == ()


@pytest.mark.parametrize(("outcome", "state", "note"), [
    (Outcome.NO_PENALTY, "closed", "不予处罚，无需告知"),
    (Outcome.NORMAL, "todo", "须先通过审核"),
    (None, "todo", "须先通过审核"),
])  # fmt: skip
def test_rail_says_why_a_stage_is_closed(outcome: str | None, state: str, note: str) -> None:
    rail = stage_rail(
        status=CaseStatus.APPROVAL, outcome=outcome, opened_on=dt.date(2026, 11, 17), left_on={}
    )
    assert [stage.name for stage in rail] == [
        "立案",
        "调查取证",
        "审核",
        "告知",
        "决定",
        "送达",
        "执行",
        "归档",
    ]
    assert (rail[3].state, rail[3].note) == (state, note)
    assert [stage.state for stage in rail[:3]] == ["done", "done", "current"]


def test_status_is_assigned_in_one_place_only() -> None:
    places = []
    # A replay has a status of its own, which is no stage of a case.
    for path in sorted(one for one in (ROOT / "cases").rglob("*.py") if "replay" not in one.name):
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            assigned = [one for one in targets if isinstance(one, ast.Attribute) and one.attr == "status"]
            updated = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("update", "bulk_update")
                and any(keyword.arg == "status" for keyword in node.keywords)
            )
            places += [path.name for _ in assigned] + ([path.name] if updated else [])
    assert places == ["advance_case.py"]


def test_document_is_up_to_date() -> None:
    assert (ROOT / "docs/workflow.md").read_text() == workflow_document()
