"""What was published before the public log gets its proof later; the nightly verification tells of a break."""

from __future__ import annotations

from io import StringIO

import pytest
import structlog
from django.core.management import call_command

from cases.services.later_steps import DeliveryMethod, deliver_document
from config.celery import app
from enforcement.actors import SYSTEM
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.models import Line
from enforcement.services.record_read import record_read
from supervision.tasks import verify_whole_ledger
from supervision.verification import verify_everything
from tests.case_builders import MINOR_CORRECTED, TODAY, CaseWorld, answer, decide, make_case
from tests.tampering import change_behind_triggers

pytestmark = pytest.mark.django_db


def served(world: CaseWorld) -> str:
    decision = decide(world, answer(world, make_case(world), MINOR_CORRECTED))
    deliver_document(
        actor=world.officer,
        case_id=decision.case_id,
        delivered_on=TODAY,
        method=DeliveryMethod.DIRECT,
        receiver="当事人",
        today=TODAY,
    )
    return decision.slug


def complete() -> str:
    out = StringIO()
    call_command("complete_public_log", stdout=out)
    return out.getvalue().strip()


def test_earlier_publications_and_served_decisions_are_entered_once(world: CaseWorld) -> None:
    slug = served(world)
    decide(world, answer(world, make_case(world), MINOR_CORRECTED))  # not served: not public
    recorded = set(PublicLogEntry.objects.values_list("kind", "key", "digest", "entry_hash"))
    change_behind_triggers("enforcement_publiclogentry", "DELETE FROM enforcement_publiclogentry")
    assert complete() == "补记 3 条。"
    assert set(PublicLogEntry.objects.values_list("kind", "key", "digest", "entry_hash")) == recorded
    assert PublicLogEntry.objects.get(kind="decision").key == slug
    assert complete() == "补记 0 条。"
    assert verify_everything().breaks == []


def test_a_changed_public_copy_is_found_by_its_public_record(world: CaseWorld) -> None:
    served(world)
    change_behind_triggers(
        "cases_decision",
        "UPDATE cases_decision SET public_snapshot = jsonb_set(public_snapshot, '{narrative}', '\"改过\"')",
    )
    assert any("与公开时的内容不符" in line for line in verify_everything().breaks)


def test_the_nightly_task_writes_an_error_line_for_a_break(world: CaseWorld) -> None:
    with structlog.testing.capture_logs() as lines:
        verify_whole_ledger()
        change_behind_triggers(
            "enforcement_ledgerentry", "UPDATE enforcement_ledgerentry SET action = 'x' WHERE sequence = 1"
        )
        verify_whole_ledger()
    assert [(line["event"], line["log_level"]) for line in lines if line["event"].startswith("ledger")] == [
        ("ledger_verified", "info"),
        ("ledger_broken", "error"),
    ]


def test_what_a_task_does_carries_its_id(db: None) -> None:
    @app.task(name="tests.look")
    def look() -> None:
        record_read(
            actor=SYSTEM, subject=Line(code="x"), subject_label="某材料", action=LedgerAction.SENSITIVE_READ
        )

    look.apply(task_id="8f14e45f-ceea-467f-a0e2-8e2b1d0e7a11")
    assert LedgerEntry.objects.get().request_id == "8f14e45f-ceea-467f-a0e2-8e2b1d0e7a11"
