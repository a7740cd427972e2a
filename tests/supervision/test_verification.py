"""`verify_ledger` holds after honest work and fails after one changed byte, wherever it was changed."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from cases.models import Decision
from enforcement.models import EntryCitation
from supervision.verification import verify_everything
from tests.case_builders import MINOR_CORRECTED, NOT_CORRECTED, CaseWorld, answer, decide, make_case
from tests.tampering import change_behind_triggers

pytestmark = pytest.mark.django_db

CHANGES = {
    "a byte of the ledger": (
        "enforcement_ledgerentry",
        "UPDATE enforcement_ledgerentry SET payload = overlay(payload placing 'X' from 3 for 1) WHERE id ="
        " (SELECT max(id) FROM enforcement_ledgerentry)",
    ),
    "a word of a published entry": (
        "exemption_lists_listentry",
        "UPDATE exemption_lists_listentry SET violation_name = violation_name || '一'",
    ),
    "a figure of a published benchmark": (
        "discretion_benchmark",
        "UPDATE discretion_benchmark SET rules = jsonb_set(rules, '{mode}', '\"range_matrix\"')",
    ),
    "the day a version takes effect": (
        "enforcement_ruleversion",
        "UPDATE enforcement_ruleversion SET effective_from = effective_from - 1",
    ),
    "an issued decision": (
        "cases_decision",
        "UPDATE cases_decision SET snapshot = jsonb_set(snapshot, '{number}', '\"0\"')",
    ),
    "an issued document": (
        "cases_casedocument",
        "UPDATE cases_casedocument SET content = set_byte(content, 10, (get_byte(content, 10) + 1) % 256)",
    ),
}


@pytest.fixture
def decided(world: CaseWorld) -> Decision:
    decide(world, answer(world, make_case(world), MINOR_CORRECTED))
    return decide(world, answer(world, make_case(world), NOT_CORRECTED))


def test_holds_after_honest_work(decided: Decision) -> None:
    report = verify_everything()
    assert report.breaks == []
    assert (report.versions, report.decisions) == (2, 2)
    assert report.entries > 10


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_one_change_behind_the_triggers_is_named(decided: Decision, change: tuple[str, str]) -> None:
    change_behind_triggers(*change)
    assert verify_everything().breaks


def test_command_prints_one_json_document_and_exits_1_on_a_break(decided: Decision) -> None:
    printed = StringIO()
    call_command("verify_ledger", "--json", stdout=printed)
    assert json.loads(printed.getvalue())["holds"] is True
    change_behind_triggers(
        "enforcement_ledgerentry", "UPDATE enforcement_ledgerentry SET actor_name = 'x' WHERE sequence = 1"
    )
    printed = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger", "--json", stdout=printed)
    assert stopped.value.code == 1
    assert json.loads(printed.getvalue())["breaks"]


def test_the_index_of_citations_is_written_again_from_the_entries(decided: Decision) -> None:
    EntryCitation.objects.all().delete()
    printed = StringIO()
    call_command("index_citations", stdout=printed)
    assert f"{EntryCitation.objects.count()} 条引用" in printed.getvalue()
