"""A person goes through a whole case; nothing of them is in the ledger, the export, the witness or the public log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.services.later_steps import DeliveryMethod, deliver_document
from cases.services.record_facts import record_narrative
from enforcement.ledger.export import export_lines
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleDocument
from enforcement.services.draft_version import start_next_version
from enforcement.services.make_checkpoint import make_checkpoint
from enforcement.services.return_version import discard_draft
from exemption_lists.content import BODY
from tests.case_builders import (
    NOT_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    make_case,
    make_party,
    make_world,
    publish_list,
    publish_standard,
)

pytestmark = pytest.mark.django_db

# Invented; the check digit of the number is right.
NAME, ID_NUMBER, PHONE = "诺苏阿依", "530102199003071334", "13987650011"
ADDRESS, RECEIVER = "示范巷十七号附三号", "诺苏木果"
CANARIES = (NAME, ID_NUMBER, PHONE, ADDRESS, RECEIVER)


@pytest.fixture
def world() -> CaseWorld:
    made = make_world()
    publish_list(made)
    publish_standard(made)
    return made


def test_no_canary_reaches_what_can_never_forget(world: CaseWorld, settings: Any) -> None:
    party = make_party(world, kind="person", name=NAME, identifier=ID_NUMBER, phone=PHONE, address=ADDRESS)
    case = answer(world, make_case(world, party=party), NOT_CORRECTED)
    record_narrative(
        actor=world.officer,
        case_id=case.pk,
        narrative=f"当事人{NAME}（{ID_NUMBER}，电话{PHONE}）在{ADDRESS}经营，没有明码标价，现场检查时未能改正。",
        evidence=[f"{NAME}询问笔录"],
        place=ADDRESS,
        today=TODAY,
    )
    decision = decide(world, case)
    deliver_document(
        actor=world.officer,
        case_id=decision.case_id,
        delivered_on=TODAY,
        method=DeliveryMethod.IN_PERSON,
        receiver=RECEIVER,
        today=TODAY,
    )
    make_checkpoint(force=True)
    kept = "\n".join(export_lines())
    kept += "".join(path.read_text() for path in Path(settings.WITNESS_DIR).rglob("*.json"))
    kept += " ".join(entry.sentence() for entry in LedgerEntry.objects.all())
    assert decision.number in kept
    assert [canary for canary in CANARIES if canary in kept] == []


def test_a_number_typed_as_a_reason_is_masked_on_its_way_in(world: CaseWorld) -> None:
    document = RuleDocument.objects.get(kind=BODY.kind)
    draft = start_next_version(actor=world.compiler, body=BODY, document_id=document.pk)
    discard_draft(
        actor=world.compiler, body=BODY, version_id=draft.pk, reason=f"{ID_NUMBER}来电{PHONE}反映有误"
    )
    entry = LedgerEntry.objects.get(action="version_discarded")
    assert entry.reason == "●●●●来电●●●●反映有误"
