"""Two submissions at the same moment, from two connections."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.models import Case
from cases.services.issue_decision import issue_decision
from cases.services.later_steps import StatementRecord, record_statement
from cases.services.open_case import NewCase, open_case
from enforcement.errors import Refusal
from enforcement.ledger.verify import verify_chains
from tests.case_builders import (
    ACT_DATE,
    NOT_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    approve,
    make_case,
    make_party,
    make_world,
    propose,
    publish_standard,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):  # type: ignore[no-untyped-def]
    """Run the acts together; each result is what was returned or the Refusal raised."""
    gate = Barrier(len(acts))

    def run(act):  # type: ignore[no-untyped-def]
        try:
            gate.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def _ready_for_issue(world: CaseWorld) -> Case:
    case = answer(world, make_case(world), NOT_CORRECTED)
    propose(world, case)
    approve(world, case)
    record = StatementRecord(TODAY, TODAY)
    return record_statement(actor=world.officer, case_id=case.pk, record=record, today=TODAY)


def test_one_form_opens_one_case() -> None:
    world = make_world()
    new = NewCase(
        violation_id=world.violation.pk,
        party_id=make_party(world).pk,
        handler_ids=(world.officer.officer_id or 0, world.partner.officer_id or 0),
        source="inspection",
        act_date=ACT_DATE,
        found_on=ACT_DATE,
        opened_on=ACT_DATE,
    )
    operation = uuid.uuid4()
    results = at_once(
        *[lambda: open_case(actor=world.officer, operation_id=operation, new=new, today=TODAY)] * 4
    )
    assert sorted(opened for _, opened in results) == [False, False, False, True]
    assert {case.number for case, _ in results} == {"五市监立〔2026〕1号"}


def test_one_case_gets_one_decision_and_numbers_have_no_gap() -> None:
    world = make_world()
    publish_standard(world)
    cases = [_ready_for_issue(world) for _ in range(3)]
    acts = [
        lambda case=case: issue_decision(actor=world.officer, case_id=case.pk, today=TODAY)
        for case in [*cases, *cases]
    ]
    results = at_once(*acts)
    issued = sorted(one.number for one in results if not isinstance(one, Refusal))
    assert issued == ["五市监罚〔2026〕1号", "五市监罚〔2026〕2号", "五市监罚〔2026〕3号"]
    assert sum(isinstance(one, Refusal) for one in results) == 3
    assert verify_chains().holds
